//! On the day's screen, once there is a goal: one more thing that could be done, which can be skipped.

use client::view::Next as NextQuery;
use client::{DocumentId, NextStep, ToolCommand};
use kit::{Button, ButtonLink, CardSection, Look, Paper};
use leptos::prelude::*;

use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::routes::Place;
use crate::text::t;

/// The card; nothing when there is nothing to do.
#[component]
pub(crate) fn Next(course: DocumentId) -> impl IntoView {
    let step = use_view(move || NextQuery { course });
    view! { {move || step.get().map(|step| view! { <NextCard course step/> })} }
}

#[component]
fn NextCard(course: DocumentId, step: NextStep) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let tell = move |skips| commands.run(ToolCommand::Skip { course, step, skips });
    let skip = move || {
        if tell(true).is_ok() {
            notices.tell_undo(t().next_skipped(), move || drop(tell(false)));
        }
    };
    let (lead, label, place) = offer(course, step);
    view! {
        <CardSection title=t().next_title() paper=Paper::Sunk>
            <p>{lead}</p>
            <div class="actions">
                <ButtonLink href=place.href() label look=Look::Second/>
                <Button label=t().next_skip() look=Look::Quiet on_press=skip/>
            </div>
        </CardSection>
    }
}

/// What it says, and where it is done.
fn offer(course: DocumentId, step: NextStep) -> (&'static str, &'static str, Place) {
    let t = t();
    match step {
        NextStep::Dream => (t.next_dream(), t.next_dream_write(), Place::Plan(None)),
        NextStep::Person => (t.next_person(), t.person_new(), Place::NewPerson(course)),
        NextStep::Meeting => (t.next_meeting(), t.meeting_new(), Place::NewMeeting(None)),
    }
}
