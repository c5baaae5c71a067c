//! What we will talk about: the agenda, written together.

use client::view::{Agenda as AgendaQuery, AgendaView, HereRow, MeetingOf, MeetingRow, TopicRow};
use client::{AgendaCommand, DocumentId, ToolCommand};
use kit::{
    Button, ButtonLink, FaceHere, Live, Look, Notice, Page, PageHead, Rows, Shape, Sortable,
    UndoWish,
};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::avoid::Avoid;
use super::nowhere::Nowhere;
use super::overruled::Overruled;
use super::together::{Opened, Together, open};
use super::topic::{Topic, find_topic};
use super::wishes::Wishes;
use crate::hooks::{use_commands, use_view};
use crate::part::use_part;
use crate::people::{PrintButton, WhoSees};
use crate::routes::Place;
use crate::text::{fill, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Agenda(document: DocumentId) -> impl IntoView {
    let agenda = use_view(move || AgendaQuery(document));
    let is_there = agenda.part(Option::is_some);
    let shown = Live::memo(move || agenda.get().unwrap_or_else(empty));
    let draw = move || {
        if is_there.get() {
            view! { <AgendaPage document agenda=shown/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn AgendaPage(document: DocumentId, agenda: Live<AgendaView>) -> impl IntoView {
    let opened = open(document);
    let meeting = use_view(move || MeetingOf(document));
    let readers = agenda.map(|agenda| agenda.readers.clone());
    let purpose = agenda.map(|agenda| agenda.purpose.clone());
    let course = meeting.with_untracked(|row| row.as_ref()?.course);
    let bin =
        Place::Bin(course.and_then(|course| use_part().get_untracked().course_in_path(course)))
            .href();
    let can_undo = agenda.part(|agenda| agenda.can_undo);
    view! {
        <Page>
            <PageHead title=t().agenda_title()>
                <p class="soft">{move || meeting.with(when)}</p>
                <p class="soft own-words">{move || meeting.with(place)}</p>
                <Cancelled meeting/>
                <div class="agenda-here">
                    <ButtonLink href=Place::MeetingTime(document).href() label=t().meeting_change() look=Look::Quiet icon=Shape::Calendar/>
                    <WhoSees readers/>
                    <PeopleHere opened/>
                </div>
            </PageHead>
            <Overruled document/>
            <Together opened text=purpose label=t().agenda_purpose() example=t().agenda_purpose_example()/>
            <Topics opened agenda/>
            <Avoid opened agenda/>
            <Wishes opened agenda/>
            {move || can_undo.get().then(|| view! { <UndoMine opened/> })}
            <PrintButton/>
            <ButtonLink href=bin label=t().bin_title() look=Look::Quiet icon=Shape::Bin/>
        </Page>
    }
}

/// That it is cancelled, and by whom: at once, for whoever has it open.
#[component]
pub(crate) fn Cancelled(meeting: Live<Option<MeetingRow>>) -> impl IntoView {
    let by = meeting.part(|row| {
        let row = row.as_ref().filter(|row| row.meeting.cancelled.is_some())?;
        Some(row.cancelled_by.as_ref().map_or_else(|| t().somebody().to_owned(), words::subject))
    });
    let draw = |by: String| {
        let says = fill(t().meeting_cancelled_by(), &[("who", &by)]);
        view! { <Notice icon=Shape::Calendar><p class="strong">{says}</p></Notice> }
    };
    view! { <div class="meanwhile" role="status">{move || by.get().map(draw)}</div> }
}

#[component]
fn PeopleHere(opened: Opened) -> impl IntoView {
    let here = Live::derive(move || opened.here.get());
    view! { <Rows each=here key=|row: &HereRow| row.named.who.to_string() row=here_row/> }
}

fn here_row(row: Live<HereRow>) -> impl IntoView {
    let HereRow { named, .. } = row.get_untracked();
    let says = fill(t().is_here(), &[("who", &words::name_or_role(&named))]);
    view! { <FaceHere initials=named.initials() kind=words::face(&named) says/> }
}

#[component]
fn Topics(opened: Opened, agenda: Live<AgendaView>) -> impl IntoView {
    let commands = use_commands();
    let document = opened.document;
    let topics = agenda.map(|agenda| agenda.topics.clone());
    let hidden = agenda.part(|agenda| agenda.hidden_topics);
    let tell = move |command| commands.run(ToolCommand::Agenda(document, command));
    let put = move |(topic, place): (TopicRow, usize)| {
        drop(tell(AgendaCommand::MoveTopic(topic.id, place)));
    };
    let add = move |title: String| tell(AgendaCommand::AddTopic(title)).is_ok();
    let topic = move |row: Live<TopicRow>| {
        let id = row.with_untracked(|row| row.id);
        // Read past the list, so that what is typed stands there at once.
        let live = Live::derive(move || {
            agenda.with(|agenda| find_topic(agenda, id)).unwrap_or_else(|| row.get())
        });
        view! { <Topic opened agenda topic=live/> }
    };
    view! {
        <Sortable each=topics key=|row: &TopicRow| row.id.to_string() row=topic on_move=put/>
        {move || (hidden.get() > 0).then(|| view! { <p>{hidden_in_words(hidden.get())}</p> })}
        <AddLine name="topic" label=t().topic_new() button=t().topic_add() on_add=Callback::new(add)/>
    }
}

fn hidden_in_words(count: usize) -> String {
    fill(t().topics_hidden(), &[("count", &count.to_string())])
}

#[component]
fn UndoMine(opened: Opened) -> impl IntoView {
    view! {
        <Button
            label=t().undo_mine()
            look=Look::Quiet
            icon=Shape::Undo
            on_press=move || opened.undo(UndoWish::Undo)
        />
    }
}

fn when(meeting: &Option<MeetingRow>) -> String {
    words::meeting_when(&meeting.as_ref().map(MeetingRow::when).unwrap_or_default())
}

fn place(meeting: &Option<MeetingRow>) -> Option<String> {
    let place = meeting.as_ref().map(|row| row.meeting.place.trim().to_owned());
    place.filter(|place| !place.is_empty())
}

/// What a screen that is being taken down still shows.
fn empty() -> AgendaView {
    AgendaView {
        purpose: client::view::TextView {
            field: client::TextField::Purpose,
            text: String::new(),
            by: Vec::new(),
        },
        topics: Vec::new(),
        hidden_topics: 0,
        avoid: Vec::new(),
        wishes: Vec::new(),
        goals: Vec::new(),
        can_write: false,
        can_undo: false,
        readers: Vec::new(),
    }
}
