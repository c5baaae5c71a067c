//! I dag, for a coordinator: broken and overdue promises first, then who has waited long.

use client::view::{CitizenRow, CoordinatorToday, CoordinatorTodayView, PromiseRow};
use kit::{ButtonLink, CardSection, Live, Look, Page, PageHead, PageWidth, Rows};
use leptos::prelude::*;

use super::citizens::next_meeting;
use crate::hooks::use_view;
use crate::routes::Place;
use crate::screens::promises::PromiseCard;
use crate::screens::today::NextMeeting;
use crate::text::{capital, fill, full_day_in_words, plural, t};

/// The screen.
#[component]
pub(crate) fn StaffToday() -> impl IntoView {
    let day = use_view(|| CoordinatorToday);
    let promises = day.map(|day| day.promises.clone());
    let waiting = day.map(|day| day.without_meeting.clone());
    let next = Live::memo(move || day.with(|day| (day.next_meeting.clone(), day.today)));
    let next = move || {
        let (row, today) = next.get();
        row.map(|row| view! { <NextMeeting row today/> })
    };
    view! {
        <Page width=PageWidth::Wide>
            <PageHead title=day.map(hello)>
                <p class="soft">{move || day.with(date)}</p>
            </PageHead>
            <div class="columns">
                <Promises promises/>
                <div class="stack" data-gap="large">
                    {move || next()}
                    <Waiting waiting/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Promises(promises: Live<Vec<PromiseRow>>) -> impl IntoView {
    let is_empty = promises.part(Vec::is_empty);
    view! {
        <CardSection title=t().promises_title()>
            <p class="soft">{move || none(is_empty.get())}</p>
            <div class="stack">
                <Rows each=promises key=|row: &PromiseRow| row.agreement.id.to_string() row=promise/>
            </div>
        </CardSection>
    }
}

/// A word where there is nothing; an empty line takes no room.
fn none(is_empty: bool) -> String {
    if is_empty { t().promises_none().to_owned() } else { String::new() }
}

fn promise(row: Live<PromiseRow>) -> impl IntoView {
    let agreement = row.map(|row| row.agreement.clone());
    let elsewhere = Live::derive(move || row.with(|row| Place::Citizen(row.course).href()));
    view! { <PromiseCard agreement words=row.map(who_and_when) elsewhere/> }
}

fn who_and_when(row: &PromiseRow) -> String {
    let agreement = &row.agreement;
    let doer = if agreement.is_mine { t().you_first() } else { &agreement.doer };
    let values = [("who", doer), ("citizen", &row.citizen)];
    let is_own = *doer == row.citizen;
    let who = if is_own { doer.to_owned() } else { fill(t().promise_for(), &values) };
    let Some(day) = agreement.by_day else { return who };
    let sentence = if agreement.is_overdue { t().agreement_was_due() } else { t().agreement_due() };
    fill(sentence, &[("who", &who), ("day", &full_day_in_words(day))])
}

#[component]
fn Waiting(waiting: Live<Vec<CitizenRow>>) -> impl IntoView {
    let has_any = Live::memo(move || !waiting.with(Vec::is_empty));
    let draw = move || {
        view! {
            <CardSection title=t().waiting_title()>
                <Rows each=waiting key=|row: &CitizenRow| row.course.to_string() row=waiting_row/>
            </CardSection>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

fn waiting_row(row: Live<CitizenRow>) -> impl IntoView {
    let href = Live::derive(move || row.with(|row| Place::NewMeeting(Some(row.course)).href()));
    view! {
        <div class="promise-words">
            <span class="stack" data-gap="small">
                <span class="strong">{move || row.with(|row| row.name.clone())}</span>
                <span class="soft">{move || row.with(next_meeting)}</span>
            </span>
            <ButtonLink href label=t().meeting_new() look=Look::Quiet/>
        </div>
    }
}

fn hello(day: &CoordinatorTodayView) -> String {
    fill(t().today_hello(), &[("name", &day.name)]).trim_end().to_owned()
}

fn date(day: &CoordinatorTodayView) -> String {
    let count = plural(t().citizens_one(), t().citizens_many(), day.citizens);
    [capital(&full_day_in_words(day.today)), count].join(". ")
}
