//! Sådan vil jeg have det: seat, breaks, who sits beside me.

use client::view::{AgendaView, WishRow};
use client::{AgendaCommand, MeetingList, Thing, ToolCommand};
use domain::WishKind;
use kit::{Button, CardSection, Icon, IconButton, Live, Look, Rows, Shape};
use leptos::prelude::*;

use super::together::{Opened, Together};
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::text::t;
use crate::thrown_out::throw_out;
use crate::words;

/// The wishes, and the ones there could be.
#[component]
pub(crate) fn Wishes(opened: Opened, agenda: Live<AgendaView>) -> impl IntoView {
    let commands = use_commands();
    let wishes = agenda.map(|agenda| agenda.wishes.clone());
    let add = move |kind| {
        let command = AgendaCommand::AddWish(kind, String::new());
        drop(commands.run(ToolCommand::Agenda(opened.document, command)));
    };
    let offer = move |kind: WishKind| {
        view! { <Button label=words::wish(kind).0 icon=Shape::Add look=Look::Quiet on_press=move || add(kind)/> }
    };
    let wish = move |row: Live<WishRow>| {
        let id = row.with_untracked(|row| row.id);
        let find =
            move |agenda: &AgendaView| agenda.wishes.iter().find(|row| row.id == id).cloned();
        let live = Live::derive(move || agenda.with(find).unwrap_or_else(|| row.get()));
        view! { <Wish opened wish=live/> }
    };
    view! {
        <CardSection title=t().wishes_title()>
            <Rows each=wishes key=|row: &WishRow| row.id.to_string() row=wish/>
            <div class="row" data-wrap="">{WishKind::ALL.map(offer).collect_view()}</div>
        </CardSection>
    }
}

#[component]
fn Wish(opened: Opened, wish: Live<WishRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let WishRow { id, kind, .. } = wish.get_untracked();
    let (label, shape) = words::wish(kind);
    let text = wish.map(|wish| wish.text.clone());
    let thing = Thing::Meeting(MeetingList::Wishes, id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    view! {
        <div class="wish">
            <Icon shape/>
            <div class="grow"><Together opened text label/></div>
            <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/>
        </div>
    }
}
