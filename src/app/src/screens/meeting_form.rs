//! When, where and how long: a new meeting, or another time for one.

use client::view::{MeetingOf, MeetingRow};
use client::{DocumentId, Made, Refusal, ToolCommand};
use domain::{LocalTime, Meeting};
use kit::{Button, Choice, Field, FieldKind, Live, Local, Look, Page, PageHead, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::overlaps::Overlaps;
use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::routes::Place;
use crate::text::{self, fill, t};

const LENGTHS_MINUTES: [u16; 4] = [30, 60, 90, 120];
const PLACE_UNITS_MAX: u32 = 200;

/// What stands in the boxes.
#[derive(Clone, Copy)]
struct Boxes {
    day: Local<String>,
    time: Local<String>,
    minutes: Local<u16>,
    place: Local<String>,
}

impl Boxes {
    fn filled_from(meeting: &Meeting) -> Self {
        let starts = meeting.starts.map(|starts| starts.to_string()).unwrap_or_default();
        let (day, time) = starts.split_once('T').unwrap_or_default();
        Self {
            day: Local::new(day.to_owned()),
            time: Local::new(time.to_owned()),
            minutes: Local::new(meeting.minutes.unwrap_or(60)),
            place: Local::new(meeting.place.clone()),
        }
    }

    fn read(self) -> Result<Meeting, Refusal> {
        let starts = [self.day.get_untracked(), self.time.get_untracked()].join("T");
        let starts: LocalTime =
            starts.parse().map_err(|why| Refusal::Meeting(domain::NoMeeting::When(why)))?;
        let place = self.place.get_untracked();
        Ok(Meeting::at(starts, self.minutes.get_untracked(), &place)?)
    }
}

impl Boxes {
    /// The time that stands there, once it is one.
    fn when(self) -> Option<(LocalTime, u16)> {
        let starts = [self.day.get(), self.time.get()].join("T").parse().ok()?;
        Some((starts, self.minutes.get()))
    }
}

/// A new meeting in a course.
#[component]
pub(crate) fn NewMeeting(course: DocumentId) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let make = move |meeting| {
        if let Ok(Some(Made::Document(document))) =
            commands.run(ToolCommand::MakeMeeting { course, meeting })
        {
            address.go_instead(&Place::Agenda(document));
        }
    };
    view! {
        <Page>
            <PageHead title=t().meeting_new_title()/>
            <MeetingForm meeting=Meeting::default() label=t().meeting_save() on_done=Callback::new(make)/>
        </Page>
    }
}

/// Another time or place for a meeting, or none.
#[component]
pub(crate) fn ChangeMeeting(document: DocumentId) -> impl IntoView {
    let row = use_view(move || MeetingOf(document));
    let first = row.get_untracked();
    view! {
        <Page>
            <PageHead title=t().meeting_change_title()/>
            {first.map(|first| view! { <Change document first/> })}
        </Page>
    }
}

#[component]
fn Change(document: DocumentId, first: MeetingRow) -> impl IntoView {
    let (commands, address, notices) = (use_commands(), use_address(), use_notices());
    let is_cancelled = first.meeting.cancelled.is_some();
    let change = move |meeting| {
        if commands.run(ToolCommand::ChangeMeeting { document, meeting }).is_ok() {
            address.go_instead(&Place::Agenda(document));
        }
    };
    let set = move |cancelled| commands.run(ToolCommand::CancelMeeting { document, cancelled });
    let undo = move || drop(set(is_cancelled));
    let cancel = move || {
        if set(!is_cancelled).is_ok() {
            let words = if is_cancelled { t().meeting_is_on() } else { t().meeting_is_cancelled() };
            notices.tell_undo(words, undo);
            address.go_instead(&Place::Meetings);
        }
    };
    let cancel_label = if is_cancelled { t().meeting_take_up() } else { t().meeting_cancel() };
    view! {
        <MeetingForm meeting=first.meeting except=document label=t().meeting_save() on_done=Callback::new(change)/>
        <Button label=cancel_label look=Look::Second on_press=cancel/>
    }
}

#[component]
fn MeetingForm(
    meeting: Meeting,
    /// Its document, where it has one.
    #[prop(optional)]
    except: Option<DocumentId>,
    label: &'static str,
    on_done: Callback<Meeting>,
) -> impl IntoView {
    let boxes = Boxes::filled_from(&meeting);
    let mistake = Local::new(None::<String>);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        match boxes.read() {
            Ok(meeting) => on_done.run(meeting),
            Err(refusal) => mistake.set(Some(text::refusal(&refusal).to_owned())),
        }
    };
    let lengths: Vec<(u16, String)> =
        LENGTHS_MINUTES.map(|minutes| (minutes, length(minutes))).into();
    let Boxes { day, time, minutes, place } = boxes;
    view! {
        <form class="form" on:submit=send>
            <div class="form-pair">
                <Field label=t().meeting_day() kind=FieldKind::Date value=day error=mistake on_input=move |v| day.set(v)/>
                <Field label=t().meeting_time() kind=FieldKind::Time value=time on_input=move |v| time.set(v)/>
            </div>
            <Field
                label=t().meeting_place()
                hint=t().meeting_place_hint()
                limit=PLACE_UNITS_MAX
                value=place
                on_input=move |v| place.set(v)
            />
            <Overlaps chosen=Live::memo(move || boxes.when()) except/>
            <Choice
                title=t().meeting_length()
                options=lengths
                chosen=Live::derive(move || Some(minutes.get()))
                on_choose=move |chosen| minutes.set(chosen)
            />
            <SubmitButton label/>
        </form>
    }
}

fn length(minutes: u16) -> String {
    match minutes {
        60 => t().length_hour().to_owned(),
        120 => t().length_two_hours().to_owned(),
        90 => t().length_hour_and_half().to_owned(),
        other => fill(t().length_minutes(), &[("count", &other.to_string())]),
    }
}
