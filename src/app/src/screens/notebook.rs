//! Kun mig: what the citizen writes for nobody else. A list of notes, and one note to write in.

use client::view::{
    Devices, NoteOf, NoteRow, NoteView, Notebook as NotebookQuery, NotebookView, ThisDevice,
};
use client::{DocumentId, Thing, ToolCommand};
use domain::ItemId;
use kit::{
    Button, ButtonLink, CardLink, LinkList, LinkRow, Live, Look, Notice, Page, PageHead, Rows,
    Shape, SubmitButton, TextArea,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::nowhere::Nowhere;
use super::shared_copies::Copies;
use super::together::{Opened, Together, open};
use crate::address::use_address;
use crate::hooks::{lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{fill, full_day_in_words, t};
use crate::thrown_out::throw_out;
use crate::unsent::use_unsent;

/// The screen with all notes.
#[component]
pub(crate) fn Notebook(course: DocumentId) -> impl IntoView {
    let notebook = use_view(move || NotebookQuery { course });
    let is_there = notebook.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <NotebookPage course notebook/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn NotebookPage(course: DocumentId, notebook: Live<Option<NotebookView>>) -> impl IntoView {
    let readers = notebook.part(|all| all.as_ref().map(|all| all.readers.clone()));
    let readers = readers.map(|readers| readers.clone().unwrap_or_default());
    let is_new = use_view(|| ThisDevice).part(|this| this.needs_yes);
    let devices = Place::Devices(Devices::Mine).href();
    let notes = notebook.part(|all| all.as_ref().map(|all| all.notes.clone()));
    let notes = notes.map(|notes| notes.clone().unwrap_or_default());
    view! {
        <Page>
            <PageHead title=t().notebook_title()>
                <p class="soft">{move || if is_new.get() { t().notebook_lead_new() } else { t().notebook_lead() }}</p>
                <WhoSees readers/>
            </PageHead>
            <LinkList><LinkRow href=devices label=t().devices_see() icon=Shape::Phone/></LinkList>
            {move || is_new.get().then(elsewhere)}
            <NewNote course/>
            <div class="stack">
                <Rows each=notes key=note_key row=note_card/>
            </div>
        </Page>
    }
}

/// On a phone that none of the others has said yes to: where the notes are, and what can be done.
fn elsewhere() -> AnyView {
    view! {
        <Notice icon=Shape::Phone>
            <p class="strong">{t().notebook_elsewhere()}</p>
            <p>{t().notebook_elsewhere_yes()}</p>
            <p>{t().notebook_elsewhere_new()}</p>
            <ButtonLink href=Place::FileIn.href() label=t().file_in_title() look=Look::Second/>
        </Notice>
    }
    .into_any()
}

#[component]
fn NewNote(course: DocumentId) -> impl IntoView {
    let commands = use_commands();
    let words = use_unsent("note");
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if commands.run(ToolCommand::AddNote { course, text: words.get() }).is_ok() {
            words.sent();
        }
    };
    view! {
        <form class="stack" on:submit=send>
            <TextArea label=t().note_new() hint=t().note_new_hint() value=words.live() on_input=move |v| words.set(v)/>
            <SubmitButton label=t().note_save()/>
        </form>
    }
}

/// A note that came in from a file may stand in two notebooks.
fn note_key(note: &NoteRow) -> String {
    [note.document.to_string(), note.id.to_string()].concat()
}

fn note_card(note: Live<NoteRow>) -> impl IntoView {
    let href = note.map(|note| Place::Note(note.document, note.id).href());
    let readers = note.map(|note| note.readers.clone());
    view! {
        <CardLink href>
            <span class="own-words">{move || note.with(opening)}</span>
            <span class="card-foot">
                <span>{move || note.with(about)}</span>
                <WhoSees readers/>
            </span>
        </CardLink>
    }
}

fn opening(note: &NoteRow) -> String {
    let words = note.opening.clone();
    if words.is_empty() { t().note_blank().to_owned() } else { words }
}

fn about(note: &NoteRow) -> String {
    let day = fill(t().note_written(), &[("day", &full_day_in_words(note.day))]);
    if note.is_shared { [&day, t().note_is_shared()].join(" ") } else { day }
}

/// The screen with one note.
#[component]
pub(crate) fn Note(document: DocumentId, note: ItemId) -> impl IntoView {
    let found = use_view(move || NoteOf { document, note });
    let is_there = found.part(Option::is_some);
    let shown = lasting(found);
    let draw = move || {
        if is_there.get() {
            view! { <NotePage opened=open(document) note shown/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn NotePage(opened: Opened, note: ItemId, shown: Live<Option<NoteView>>) -> impl IntoView {
    let Some(first) = shown.get_untracked() else { return ().into_any() };
    let written = fill(t().note_written(), &[("day", &full_day_in_words(first.day))]);
    let text = Live::derive(move || {
        let now = shown.with(|note| note.as_ref().map(|note| note.text.clone()));
        now.unwrap_or_else(|| first.text.clone())
    });
    let copies = shown.map(|note| note.as_ref().map(|note| note.copies.clone()));
    let copies = copies.map(|copies| copies.clone().unwrap_or_default());
    let can_share = shown.part(|note| note.as_ref().is_some_and(|note| !note.is_blank));
    let share = Place::ShareNote(opened.document, note).href();
    let (commands, notices, address, part) =
        (use_commands(), use_notices(), use_address(), use_part());
    let out = move || {
        throw_out(commands, notices, (opened.document, Thing::Note(note)));
        let place = Place::Note(opened.document, note);
        place.back(part.get_untracked()).iter().for_each(|back| address.go_instead(back));
    };
    view! {
        <Page>
            <PageHead title=t().note_title()>
                <p class="soft">{written}</p>
                <WhoSees readers=first.readers/>
            </PageHead>
            <Together opened text label=t().note_label()/>
            <Copies copies/>
            {move || can_share.get().then(|| view! {
                <ButtonLink href=share.clone() label=t().note_share() look=Look::Second icon=Shape::People/>
            })}
            <Button label=t().note_throw_out() look=Look::Second icon=Shape::Bin on_press=out/>
        </Page>
    }
    .into_any()
}
