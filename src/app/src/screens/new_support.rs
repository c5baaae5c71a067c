//! A help that the citizen gets, as it is first written down. Only what it is must be known.

use client::view::Plan;
use client::{DocumentId, NewSupport as New, ToolCommand};
use domain::{Day, NotADate};
use kit::{Field, FieldKind, Live, Local, Page, PageHead, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::new_goal::{AreaChoice, chosen_area};
use super::nowhere::Nowhere;
use crate::address::use_address;
use crate::focus;
use crate::hooks::{use_commands, use_view};
use crate::part::use_part;
use crate::routes::Place;
use crate::text::{no_date, t};
use crate::unsent::{use_answer, use_unsent};

/// The screen.
#[component]
pub(crate) fn NewSupport(course: DocumentId) -> impl IntoView {
    let plan = use_view(move || Plan { course });
    let can_write = plan.part(|plan| plan.as_ref().is_some_and(|plan| plan.can_write));
    let draw = move || match can_write.get() {
        true => view! { <SupportForm course/> }.into_any(),
        false => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

#[component]
fn SupportForm(course: DocumentId) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let course_in_path = use_part().get_untracked().course_in_path(course);
    let (what, from, often) = (use_unsent("what"), use_unsent("from"), use_unsent("often"));
    let (area, day) = (use_answer("area"), use_answer("since"));
    let since = Local::new(Ok::<Option<Day>, NotADate>(day.get().parse().ok()));
    let (mistake, no_area) = (Local::new(None), Local::new(None));

    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(about) = chosen_area(area, no_area) else { return };
        let since = match since.get_untracked() {
            Ok(since) => since,
            // It is told under its box already.
            Err(_) => return focus::go_to_mistake(),
        };
        let support = New { what: what.get(), from: from.get(), often: often.get(), since };
        let command = ToolCommand::AddSupport { course, area: about, support };
        if commands.under(mistake).run(command).is_ok() {
            [what, from, often, area, day].iter().for_each(|words| words.sent());
            address.go_instead(&Place::Support(course_in_path));
        }
    };
    let known = since.live().map(|since| since.ok().flatten());
    let set_since = move |read: Result<Option<Day>, NotADate>| {
        since.set(read);
        day.set(read.ok().flatten().map(|day| day.to_string()).unwrap_or_default());
    };
    view! {
        <Page>
            <PageHead title=t().support_new_title()/>
            <form class="form" on:submit=send>
                <Field label=t().support_what() hint=t().support_what_hint() value=what.live() error=mistake on_input=move |v| what.set(v)/>
                <Field label=t().support_from() hint=t().support_from_hint() value=from.live() on_input=move |v| from.set(v)/>
                <Field label=t().support_often() hint=t().support_often_hint() value=often.live() on_input=move |v| often.set(v)/>
                <DayField label=t().support_since() hint=t().support_since_hint() day=known on_day=set_since/>
                <AreaChoice course area error=no_area/>
                <SubmitButton label=t().support_save()/>
            </form>
        </Page>
    }
}

/// A day that may be unknown. What is no day of ours is said at once, and given on as such.
#[component]
pub(crate) fn DayField(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    /// The day that is known.
    day: Live<Option<Day>>,
    /// Given each day that is written; `None` when the box is emptied.
    #[prop(into)]
    on_day: Callback<Result<Option<Day>, NotADate>>,
) -> impl IntoView {
    let mistake = Local::new(None::<NotADate>);
    let typed = move |words: String| {
        let read = if words.is_empty() { Ok(None) } else { words.parse().map(Some) };
        mistake.set(read.err());
        on_day.run(read);
    };
    let value = day.map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    let error = mistake.live().map(|why| why.map(|why| no_date(why).to_owned()));
    view! { <Field label hint kind=FieldKind::Date value error on_input=typed/> }
}
