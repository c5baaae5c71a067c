//! Det vil jeg ikke tale om: a closed, quiet place on the agenda.

use client::view::{AgendaView, RemarkRow};
use client::{AgendaCommand, MeetingList, Thing, ToolCommand};
use kit::{CardSection, IconButton, Live, Look, Rows, Shape};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::together::{Opened, Together};
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::text::t;
use crate::thrown_out::throw_out;

/// What must not be talked about.
#[component]
pub(crate) fn Avoid(opened: Opened, agenda: Live<AgendaView>) -> impl IntoView {
    let commands = use_commands();
    let remarks = agenda.map(|agenda| agenda.avoid.clone());
    let command = move |words| ToolCommand::Agenda(opened.document, AgendaCommand::AddAvoid(words));
    let add = move |words: String| commands.run(command(words)).is_ok();
    let remark = move |row: Live<RemarkRow>| {
        let id = row.with_untracked(|row| row.id);
        let find = move |agenda: &AgendaView| agenda.avoid.iter().find(|row| row.id == id).cloned();
        let live = Live::derive(move || agenda.with(find).unwrap_or_else(|| row.get()));
        view! { <Remark opened remark=live/> }
    };
    view! {
        <CardSection title=t().avoid_title() class="not-this">
            <Rows each=remarks key=|row: &RemarkRow| row.id.to_string() row=remark/>
            <AddLine name="avoid" label=t().avoid_new() button=t().avoid_add() look=Look::Second on_add=Callback::new(add)/>
        </CardSection>
    }
}

#[component]
fn Remark(opened: Opened, remark: Live<RemarkRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let id = remark.with_untracked(|remark| remark.id);
    let text = remark.map(|remark| remark.text.clone());
    let thing = Thing::Meeting(MeetingList::Avoid, id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    view! {
        <div class="row">
            <div class="grow"><Together opened text label=t().avoid_label()/></div>
            <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/>
        </div>
    }
}
