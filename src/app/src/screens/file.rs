//! Alt i en fil: all that a citizen has, to keep without the app or for another phone.

use client::view::{Everything, FileOut, Notebook};
use client::{DocumentId, FileCommand};
use kit::{Button, ButtonLink, Check, Local, Look, Page, PageHead, Shape, hand_out};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::{use_commands, use_view};
use crate::notices::{Notices, use_notices};
use crate::routes::Place;
use crate::text::t;

mod page;

/// The screen.
#[component]
pub(crate) fn File(course: DocumentId) -> impl IntoView {
    // Only the citizen has a notebook.
    let is_theirs = use_view(move || Notebook { course }).part(Option::is_some);
    let draw = move || {
        if is_theirs.get() {
            view! { <FilePage course/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn FilePage(course: DocumentId) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let with_notes = Local::new(false);
    let out = use_view(|| FileOut);
    let all = use_view(move || Everything { course, with_notes: with_notes.get() });
    drop(commands.run(FileCommand::Begin));
    on_cleanup(move || drop(commands.run(FileCommand::Leave)));
    let save_page = move || {
        let Some(all) = all.get_untracked() else { return };
        let name = format!("medspil-{}.html", all.day);
        give(notices, (&name, "text/html", page::page(&all).as_bytes()));
    };
    let save_file = move || {
        let make = FileCommand::Make { course, with_notes: with_notes.get_untracked() };
        if commands.run(make).is_ok()
            && let Some(file) = out.get_untracked().file
        {
            give(notices, (&file.name, file.kind, &file.bytes));
        }
    };
    view! {
        <Page>
            <PageHead title=t().file_title()>
                <p>{t().file_lead()}</p>
            </PageHead>
            <Check label=t().file_notes() hint=t().file_notes_hint() checked=with_notes on_change=move |yes| with_notes.set(yes)/>
            <Button label=t().file_save_page() icon=Shape::List on_press=save_page/>
            <Button label=t().file_save() look=Look::Second icon=Shape::Phone on_press=save_file/>
            <ButtonLink href=Place::FileIn.href() label=t().file_in_title() look=Look::Quiet icon=Shape::Undo/>
        </Page>
    }
}

fn give(notices: Notices, (name, kind, bytes): (&str, &str, &[u8])) {
    let is_given = hand_out(name, kind, bytes);
    notices.tell(if is_given { t().file_saved() } else { t().file_not_saved() });
}
