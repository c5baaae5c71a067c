//! What others are about to see, on every screen for as long as it can be taken back, and a word when it has
//! happened.

use client::Command;
use client::view::{AboutToShow as AboutToShowQuery, HeldRow, HeldWhat, Saving};
use kit::{Live, Rows, StandingToast, after_each_change};
use leptos::prelude::*;

use super::shared_copies::said;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::text::{fill, t};

/// Nothing while there is nothing.
#[component]
pub(crate) fn AboutToShow() -> impl IntoView {
    let found = use_view(|| AboutToShowQuery);
    let notices = use_notices();
    let shown = found.part(|found| found.shown.clone());
    let connected = use_view(|| Saving).part(|saving| saving.connected);
    let told = StoredValue::new(shown.get_untracked());
    after_each_change(move || {
        let now = shown.get();
        if let Some(shown) = now.as_ref().filter(|_| told.with_value(|told| *told != now)) {
            notices.tell(has_happened(shown, connected.get_untracked()));
        }
        told.set_value(now);
    });
    let held = found.part(|found| found.held.clone());
    view! { <Rows each=held key=|row: &HeldRow| row.id.key() row=held_row/> }
}

fn held_row(row: Live<HeldRow>) -> impl IntoView {
    let commands = use_commands();
    let id = row.with_untracked(|row| row.id);
    let action = row.map(|row| if row.has_failed { t().close() } else { t().undo() }.to_owned());
    let back = move |()| drop(commands.run(Command::TakeBackHeld(id)));
    view! { <StandingToast words=row.map(is_about_to_happen) action on_action=back/> }
}

fn is_about_to_happen(row: &HeldRow) -> String {
    let t = t();
    match &row.what {
        _ if row.has_failed => t.held_failed().to_owned(),
        HeldWhat::Note { .. } => t.held_note().to_owned(),
        HeldWhat::Parts { name } => fill(t.held_parts(), &[("name", name)]),
    }
}

/// It has left this device's hands, and is with the others as soon as there is a network.
fn has_happened(row: &HeldRow, connected: bool) -> String {
    let t = t();
    match (&row.what, connected) {
        (HeldWhat::Note { others, .. }, true) => said(t.held_note_done(), others),
        (HeldWhat::Note { others, .. }, false) => said(t.held_note_coming(), others),
        (HeldWhat::Parts { name }, true) => fill(t.held_parts_done(), &[("name", name)]),
        (HeldWhat::Parts { name }, false) => fill(t.held_parts_coming(), &[("name", name)]),
    }
}
