//! Dreams, in boxes that people write in together. The plan shows them as words until this half of the app is here.

use client::view::{DreamRow, PlanView};
use client::{Command, Statement, Thing};
use kit::{CardSection, IconButton, Live, Look, Rows, Shape};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::plan::{dreams_of, dreams_title, readers_of};
use super::together::{Opened, Together};
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::said::{SaidLine, say};
use crate::text::t;
use crate::thrown_out::throw_out;

/// The dreams of a plan, and a box for one more.
#[component]
pub(crate) fn Dreams(opened: Opened, plan: Live<Option<PlanView>>) -> impl IntoView {
    let commands = use_commands();
    let part = use_part().get_untracked();
    let command = move |text| Command::AddDream { course: opened.document, text };
    let add = move |text: String| say(commands, part, command(text), Statement::Dream).is_ok();
    let dream = move |row: Live<DreamRow>| {
        let id = row.with_untracked(|row| row.id);
        let find = move |plan: &Option<PlanView>| {
            plan.as_ref()?.dreams.iter().find(|dream| dream.id == id).cloned()
        };
        let live = Live::derive(move || plan.with(find).unwrap_or_else(|| row.get()));
        view! { <Dream opened dream=live/> }
    };
    view! {
        <CardSection title=plan.map(dreams_title)>
            <Rows each=plan.map(dreams_of) key=|row: &DreamRow| row.id.to_string() row=dream/>
            <AddLine name="dream" label=t().dream_new() button=t().dream_add() look=Look::Second on_add=Callback::new(add)/>
            <WhoSees readers=plan.map(readers_of)/>
        </CardSection>
    }
}

#[component]
fn Dream(opened: Opened, dream: Live<DreamRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let text = dream.map(|dream| dream.text.clone());
    let id = dream.with_untracked(|dream| dream.id);
    let place = Place::SaidBy(opened.document, Statement::Dream(id), None);
    let thing = Thing::Dream(id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    view! {
        <div class="row" data-top="">
            <div class="grow dream">
                <Together opened text label=t().dream_label()/>
                <SaidLine said=dream.map(|dream| dream.said.clone()) place/>
            </div>
            <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/>
        </div>
    }
}
