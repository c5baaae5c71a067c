//! I dag, for a coordinator: broken and overdue promises first, then who has waited long.

use client::view::{CitizenRow, CoordinatorToday, CoordinatorTodayView, PromiseRow};
use kit::{ButtonLink, CardLink, CardSection, Look, Page, PageHead, PageWidth, Rows, StateChip};
use leptos::prelude::*;

use super::citizens::next_meeting;
use super::today::NextMeeting;
use crate::hooks::use_view;
use crate::routes::Place;
use crate::text::{capital, fill, full_day_in_words, plural, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn StaffToday() -> impl IntoView {
    let day = use_view(|| CoordinatorToday);
    let promises = Signal::derive(move || day.with(|day| day.promises.clone()));
    let waiting = Signal::derive(move || day.with(|day| day.without_meeting.clone()));
    let next = Memo::new(move |_| day.with(|day| (day.next_meeting.clone(), day.today)));
    let next = move || {
        let (row, today) = next.get();
        row.map(|row| view! { <NextMeeting row today/> })
    };
    view! {
        <Page width=PageWidth::Wide>
            <PageHead title=Signal::derive(move || day.with(hello))>
                <p class="soft">{move || day.with(date)}</p>
            </PageHead>
            <div class="columns">
                <Promises promises/>
                <div class="stack" data-gap="large">
                    {next}
                    <Waiting waiting/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Promises(promises: Signal<Vec<PromiseRow>>) -> impl IntoView {
    let is_empty = Memo::new(move |_| promises.with(Vec::is_empty));
    view! {
        <CardSection title=t().promises_title>
            {move || is_empty.get().then(|| view! { <p class="soft">{t().promises_none}</p> })}
            <div class="stack">
                <Rows each=promises key=|row: &PromiseRow| (row.agreement.document, row.agreement.id) row=promise/>
            </div>
        </CardSection>
    }
}

fn promise(row: Signal<PromiseRow>) -> impl IntoView {
    let state = Memo::new(move |_| words::state(row.with(|row| row.agreement.state)));
    let href = move || {
        row.with(|row| {
            row.agreement
                .goal
                .map_or(Place::Citizen(row.course), |goal| {
                    Place::Goal(row.agreement.document, goal)
                })
                .href()
        })
    };
    view! {
        <CardLink href=Signal::derive(href)>
            <span class="promise-words">
                <span class="stack" data-gap="small">
                    <span class="strong own-words">{move || row.with(|row| row.agreement.what.text.clone())}</span>
                    <span class="soft">{move || row.with(who_and_when)}</span>
                </span>
                <StateChip
                    word=Signal::derive(move || state.get().0.to_owned())
                    tone=Signal::derive(move || state.get().1)
                    icon=Signal::derive(move || Some(state.get().2))
                />
            </span>
        </CardLink>
    }
}

fn who_and_when(row: &PromiseRow) -> String {
    let agreement = &row.agreement;
    let doer = if agreement.is_mine { t().you_first } else { &agreement.doer };
    let values = [("who", doer), ("citizen", &row.citizen)];
    let is_own = *doer == row.citizen;
    let who = if is_own { doer.to_owned() } else { fill(t().promise_for, &values) };
    let Some(day) = agreement.by_day else { return who };
    let sentence = if agreement.is_overdue { t().agreement_was_due } else { t().agreement_due };
    fill(sentence, &[("who", &who), ("day", &full_day_in_words(day))])
}

#[component]
fn Waiting(waiting: Signal<Vec<CitizenRow>>) -> impl IntoView {
    let has_any = Memo::new(move |_| !waiting.with(Vec::is_empty));
    let draw = move || {
        view! {
            <CardSection title=t().waiting_title>
                <Rows each=waiting key=|row: &CitizenRow| row.course row=waiting_row/>
            </CardSection>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

fn waiting_row(row: Signal<CitizenRow>) -> impl IntoView {
    let href = Signal::derive(move || row.with(|row| Place::NewMeeting(Some(row.course)).href()));
    view! {
        <div class="promise-words">
            <span class="stack" data-gap="small">
                <span class="strong">{move || row.with(|row| row.name.clone())}</span>
                <span class="soft">{move || row.with(next_meeting)}</span>
            </span>
            <ButtonLink href label=t().meeting_new look=Look::Quiet/>
        </div>
    }
}

fn hello(day: &CoordinatorTodayView) -> String {
    fill(t().today_hello, &[("name", &day.name)]).trim_end().to_owned()
}

fn date(day: &CoordinatorTodayView) -> String {
    let count = plural(t().citizens_one, t().citizens_many, day.citizens);
    [capital(&full_day_in_words(day.today)), count].join(". ")
}
