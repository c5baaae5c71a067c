//! When, where and how long: a new meeting, or another time for one.

use client::view::{MeetingOf, MeetingRow};
use client::{DocumentId, Made, MeetingBoxes, MeetingForm as Form, Refusal, ToolCommand};
use domain::{LocalTime, Meeting};
use kit::{
    Button, Choice, Field, FieldKind, Live, Local, Look, Page, PageHead, SubmitButton, Value,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::agenda::Cancelled;
use super::nowhere::Nowhere;
use super::overlaps::Overlaps;
use super::overruled::{Overruled, Overtaken};
use crate::address::use_address;
use crate::hooks::{lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::routes::Place;
use crate::text::{self, full_moment_in_words, t};
use crate::words;

const LENGTHS_MINUTES: [u16; 4] = [30, 60, 90, 120];

/// What stands in the boxes, and what the document says meanwhile.
#[derive(Clone, Copy)]
struct Boxes {
    form: Local<Form>,
    now: Live<Meeting>,
}

impl Boxes {
    fn new(now: Live<Meeting>) -> Self {
        Self { form: Local::new(Form::default()), now }
    }

    fn shown<T: Value>(self, part: fn(&MeetingBoxes) -> T) -> Live<T> {
        Live::memo(move || self.now.with(|now| part(&self.form.with(|form| form.shown(now)))))
    }

    /// Whether somebody else has written something else since a box was touched.
    fn overtaken(self, is_so: fn(&Form, &MeetingBoxes) -> bool) -> Live<bool> {
        Live::memo(move || {
            self.now.with(|now| self.form.with(|form| is_so(form, &MeetingBoxes::of(now))))
        })
    }

    /// Something is put in a box, or its own word is left again.
    fn change(self, change: impl FnOnce(&mut Form, &MeetingBoxes)) {
        let mut form = self.form.get_untracked();
        change(&mut form, &self.now.with_untracked(MeetingBoxes::of));
        self.form.set(form);
    }

    /// The time that stands there, once it is one.
    fn when(self) -> Option<(LocalTime, u16)> {
        let shown = self.now.with(|now| self.form.with(|form| form.shown(now)));
        let starts = [shown.day, shown.time].join("T").parse().ok()?;
        Some((starts, shown.minutes))
    }
}

/// A new meeting in a course.
#[component]
pub(crate) fn NewMeeting(course: DocumentId) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let boxes = Boxes::new(Live::from(Meeting::default()));
    let make = move || {
        let meeting = boxes.form.with_untracked(Form::new_meeting)?;
        if let Ok(Some(Made::Document(document))) =
            commands.run(ToolCommand::MakeMeeting { course, meeting })
        {
            address.go_instead(&Place::Agenda(document));
        }
        Ok(())
    };
    view! {
        <Page>
            <PageHead title=t().meeting_new_title()/>
            <MeetingForm boxes on_done=make/>
        </Page>
    }
}

/// Another time or place for a meeting, or none.
#[component]
pub(crate) fn ChangeMeeting(document: DocumentId) -> impl IntoView {
    let row = use_view(move || MeetingOf(document));
    let is_there = row.part(Option::is_some);
    let shown = lasting(row);
    let draw = move || match is_there.get() {
        true => view! { <Change document shown/> }.into_any(),
        false => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

#[component]
fn Change(document: DocumentId, shown: Live<Option<MeetingRow>>) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let now = shown.map(|row| row.as_ref().map(|row| row.meeting.clone()).unwrap_or_default());
    let boxes = Boxes::new(now);
    let change = move || {
        let now = now.get_untracked();
        let change = boxes.form.with_untracked(|form| form.change(&now))?;
        if commands.run(ToolCommand::ChangeMeeting { document, change }).is_ok() {
            address.go_instead(&Place::Agenda(document));
        }
        Ok(())
    };
    let is_cancelled = now.part(|now| now.cancelled.is_some());
    view! {
        <Page>
            <PageHead title=t().meeting_change_title()><Cancelled meeting=shown/></PageHead>
            <Overruled document/>
            <MeetingForm boxes except=document on_done=change/>
            {move || view! { <Cancel document is_cancelled=is_cancelled.get()/> }}
        </Page>
    }
}

/// Cancels it, or takes it up again.
#[component]
fn Cancel(document: DocumentId, is_cancelled: bool) -> impl IntoView {
    let (commands, address, notices) = (use_commands(), use_address(), use_notices());
    let set = move |cancelled| commands.run(ToolCommand::CancelMeeting { document, cancelled });
    let undo = move || drop(set(is_cancelled));
    let cancel = move || {
        if set(!is_cancelled).is_ok() {
            let words = if is_cancelled { t().meeting_is_on() } else { t().meeting_is_cancelled() };
            notices.tell_undo(words, undo);
            address.go_instead(&Place::Meetings);
        }
    };
    let label = if is_cancelled { t().meeting_take_up() } else { t().meeting_cancel() };
    view! { <Button label look=Look::Second on_press=cancel/> }
}

#[component]
fn MeetingForm(
    boxes: Boxes,
    /// Its document, where it has one.
    #[prop(optional)]
    except: Option<DocumentId>,
    /// Does what the boxes say.
    on_done: impl Fn() -> Result<(), Refusal> + 'static,
) -> impl IntoView {
    let mistake = Local::new(None::<String>);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let refusal = on_done().err();
        mistake.set(refusal.map(|refusal| text::refusal(&refusal).to_owned()));
    };
    let lengths: Vec<(u16, String)> =
        LENGTHS_MINUTES.map(|minutes| (minutes, words::length(minutes))).into();
    let day = move |typed| boxes.change(|form, now| form.day.touch(typed, &now.day));
    let time = move |typed| boxes.change(|form, now| form.time.touch(typed, &now.time));
    let minutes = move |typed| boxes.change(|form, now| form.minutes.touch(typed, &now.minutes));
    let place = move |typed| boxes.change(|form, now| form.place.touch(typed, &now.place));
    view! {
        <form class="form" on:submit=send>
            <div class="form-pair">
                <Field label=t().meeting_day() kind=FieldKind::Date value=boxes.shown(|boxes| boxes.day.clone()) error=mistake on_input=day/>
                <Field label=t().meeting_time() kind=FieldKind::Time value=boxes.shown(|boxes| boxes.time.clone()) on_input=time/>
            </div>
            <Overtaken
                is_so=boxes.overtaken(|form, now| form.day.is_overtaken(&now.day) || form.time.is_overtaken(&now.time))
                theirs=boxes.now.map(|now| now.starts.map(full_moment_in_words).unwrap_or_default())
                on_take=move |()| boxes.change(|form, _| (form.day.leave(), form.time.leave()).1)
            />
            <Field
                label=t().meeting_place()
                hint=t().meeting_place_hint()
                value=boxes.shown(|boxes| boxes.place.clone())
                on_input=place
            />
            <Overtaken
                is_so=boxes.overtaken(|form, now| form.place.is_overtaken(&now.place))
                theirs=boxes.now.map(|now| now.place.clone())
                on_take=move |()| boxes.change(|form, _| form.place.leave())
            />
            <Overlaps chosen=Live::memo(move || boxes.when()) except/>
            <Choice
                title=t().meeting_length()
                options=lengths
                chosen=boxes.shown(|boxes| Some(boxes.minutes))
                on_choose=minutes
            />
            <Overtaken
                is_so=boxes.overtaken(|form, now| form.minutes.is_overtaken(&now.minutes))
                theirs=boxes.now.map(|now| words::length(now.minutes.unwrap_or_default()))
                on_take=move |()| boxes.change(|form, _| form.minutes.leave())
            />
            <SubmitButton label=t().meeting_save()/>
        </form>
    }
}
