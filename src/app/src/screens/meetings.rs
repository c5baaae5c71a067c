//! Møder: those to come, and those that have been.

use client::DocumentId;
use client::view::{MeetingRow, Meetings as MeetingsQuery};
use kit::{ButtonLink, Card, CardLink, Leaf, LeafTime, Live, Page, PageHead, Rows, Section};
use leptos::prelude::*;

use crate::hooks::use_view;
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{self, plural, t};
use crate::words;

/// The screen: the meetings of a course, or of all of them.
#[component]
pub(crate) fn Meetings(course: Option<DocumentId>) -> impl IntoView {
    let meetings = use_view(move || MeetingsQuery { course });
    let upcoming = meetings.map(|all| all.upcoming.clone());
    let past = meetings.map(|all| all.past.clone());
    let is_empty = upcoming.part(Vec::is_empty);
    let has_past = Live::memo(move || !past.with(Vec::is_empty));

    view! {
        <Page>
            <PageHead title=t().meetings_title()/>
            <Section title=t().meetings_upcoming()>
                {move || is_empty.get().then(|| view! { <Card><p>{t().meetings_none()}</p></Card> })}
                <Rows each=upcoming key=key row=row/>
            </Section>
            {course.map(find_a_time)}
            {move || has_past.get().then(|| view! { <Past past/> })}
        </Page>
    }
}

fn find_a_time(course: DocumentId) -> impl IntoView {
    view! { <ButtonLink href=Place::NewMeeting(Some(course)).href() label=t().meeting_new()/> }
}

#[component]
fn Past(past: Live<Vec<MeetingRow>>) -> impl IntoView {
    view! {
        <Section title=t().meetings_past()>
            <Rows each=past key=key row=row/>
        </Section>
    }
}

fn key(row: &MeetingRow) -> String {
    row.document.to_string()
}

fn row(meeting: Live<MeetingRow>) -> impl IntoView {
    let readers = meeting.map(|row| row.readers.clone());
    let href = meeting.map(|row| Place::Agenda(row.document).href());
    view! {
        <CardLink href>
            <span class="meeting-row" data-state=move || meeting.with(state)>
                {move || meeting.with(leaf)}
                <span class="grow">
                    <span class="strong">{move || meeting.with(when)}</span>
                    <span class="soft own-words">{move || meeting.with(|row| row.meeting.place.clone())}</span>
                    <span class="soft">{move || meeting.with(topics)}</span>
                    <span class="strong">{move || meeting.with(overlap)}</span>
                </span>
            </span>
            <WhoSees readers/>
        </CardLink>
    }
}

fn leaf(row: &MeetingRow) -> Option<impl IntoView + use<>> {
    let (weekday, day, month) = text::leaf(row.meeting.starts?.day);
    let time = if row.is_past { LeafTime::Past } else { LeafTime::Coming };
    Some(view! { <Leaf weekday day month time/> })
}

fn when(row: &MeetingRow) -> String {
    words::meeting_when(&row.when())
}

fn topics(row: &MeetingRow) -> String {
    plural(t().topics_one(), t().topics_many(), row.topics)
}

fn overlap(row: &MeetingRow) -> Option<String> {
    let part = use_part().get_untracked();
    row.overlaps.first().map(|other| words::overlap(other, part))
}

fn state(row: &MeetingRow) -> Option<&'static str> {
    row.meeting.cancelled.is_some().then_some("cancelled")
}
