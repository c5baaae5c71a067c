//! Mine aftaler: what others have promised, what the citizen has promised, and what is done with.

use client::DocumentId;
use client::view::{AgreementRow, Named, Promises as PromisesQuery, PromisesView};
use kit::{ButtonLink, CardLink, Live, Page, PageHead, Rows, Section, StateChip};
use leptos::prelude::*;

use super::agreement::{LearntWords, TrialChip, who_and_when};
use super::nowhere::Nowhere;
use crate::hooks::use_view;
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{fill, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Promises(course: DocumentId) -> impl IntoView {
    let promises = use_view(move || PromisesQuery { course });
    let is_there = promises.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <PromisesPage course promises/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn PromisesPage(course: DocumentId, promises: Live<Option<PromisesView>>) -> impl IntoView {
    let is_empty = promises.map(is_empty);
    let plan = Place::Plan(use_part().get_untracked().course_in_path(course)).href();
    let plan = Live::derive(move || plan.clone());
    let group = move |part: fn(&PromisesView) -> &Vec<AgreementRow>| {
        promises.map(move |promises| promises.as_ref().map(part).cloned().unwrap_or_default())
    };
    view! {
        <Page>
            <PageHead title=promises.map(title)>
                <p class="soft">{move || lead(is_empty.get())}</p>
            </PageHead>
            <Group plan title=promises.map(others_title) agreements=group(|all| &all.of_others)/>
            <Group plan title=promises.map(citizens_title) agreements=group(|all| &all.of_citizen)/>
            <Group plan title=t().promised_over() agreements=group(|all| &all.over)/>
            {move || is_empty.get().then(|| view! {
                <ButtonLink href=Place::NewGoal(course).href() label=t().goal_new()/>
            })}
        </Page>
    }
}

/// A heading and what stands under it; nothing where nothing does.
#[component]
fn Group(
    #[prop(into)] title: Live<String>,
    agreements: Live<Vec<AgreementRow>>,
    plan: Live<String>,
) -> impl IntoView {
    let promise = move |agreement: Live<AgreementRow>| {
        view! { <PromiseCard agreement words=agreement.map(who_and_when) elsewhere=plan/> }
    };
    let has_any = Live::memo(move || !agreements.with(Vec::is_empty));
    let draw = move || {
        view! {
            <Section title>
                <Rows each=agreements key=|row: &AgreementRow| row.id.to_string() row=promise/>
            </Section>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

/// A promise in a list; it leads to its goal.
#[component]
pub(crate) fn PromiseCard(
    agreement: Live<AgreementRow>,
    /// Who has promised, and by when.
    words: Live<String>,
    /// Where it leads when it belongs to no goal.
    elsewhere: Live<String>,
) -> impl IntoView {
    let state = Live::memo(move || words::state(agreement.with(|row| row.state)));
    let goal = agreement.map(|row| row.goal.map(|goal| Place::Goal(row.document, goal).href()));
    let href = Live::derive(move || goal.get().unwrap_or_else(|| elsewhere.get()));
    view! {
        <CardLink href>
            <span class="promise-words">
                <span class="stack" data-gap="small">
                    <span class="strong own-words">{move || agreement.with(|row| row.what.text.clone())}</span>
                    <span class="soft">{move || words.get()}</span>
                    <LearntWords agreement/>
                    <WhoSees readers=agreement.map(|row| row.readers.clone())/>
                </span>
                <span class="row" data-wrap="">
                    <StateChip state/>
                    <TrialChip agreement/>
                </span>
            </span>
        </CardLink>
    }
}

/// The citizen, when somebody else looks.
fn other_citizen(promises: &Option<PromisesView>) -> Option<&Named> {
    promises.as_ref()?.citizen.as_ref().filter(|citizen| !citizen.is_me)
}

fn title(promises: &Option<PromisesView>) -> String {
    words::title(other_citizen(promises), t().promised_title(), t().promised_of())
}

fn others_title(promises: &Option<PromisesView>) -> String {
    let is_other = other_citizen(promises).is_some();
    if is_other { t().promised_with_you() } else { t().promised_others() }.to_owned()
}

fn citizens_title(promises: &Option<PromisesView>) -> String {
    let citizen = promises.as_ref().and_then(|promises| promises.citizen.as_ref());
    let who = citizen.map(words::subject).unwrap_or_default();
    fill(t().promised_by(), &[("who", &who)])
}

fn is_empty(promises: &Option<PromisesView>) -> bool {
    promises.as_ref().is_some_and(|all| {
        all.of_others.is_empty() && all.of_citizen.is_empty() && all.over.is_empty()
    })
}

fn lead(is_empty: bool) -> String {
    if is_empty { t().promised_none().to_owned() } else { String::new() }
}
