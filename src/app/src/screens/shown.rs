//! What somebody sees whom a citizen has let in: before the yes, and afterwards on their own phone.

use client::DocumentId;
use client::view::{AgreementRow, SayingRow, Shown, ShownGoal, ShownView, SupportRow};
use domain::LifeArea;
use kit::{Card, Icon, Live, Page, PageHead, Paper, Shape, StateChip, Tone, Who};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::use_view;
use crate::people::WhoSees;
use crate::text::{date_in_words, fill, t};
use crate::words;

/// The screen of somebody who was let in.
#[component]
pub(crate) fn ShownArea(course: DocumentId, area: LifeArea) -> impl IntoView {
    let shown = use_view({
        let area = area.clone();
        move || Shown { course, area: area.clone() }
    });
    let is_there = shown.part(Option::is_some);
    let readers =
        shown.map(|shown| shown.as_ref().map(|it| it.readers.clone()).unwrap_or_default());
    let draw = move || {
        if !is_there.get() {
            return view! { <Nowhere/> }.into_any();
        }
        let area = area.clone();
        view! {
            <Page>
                <PageHead title=words::area(&area)>
                    <WhoSees readers/>
                </PageHead>
                <Everything course area is_page=true/>
            </Page>
        }
        .into_any()
    };
    view! { {draw} }
}

/// What whoever may not write sees at the address of one thing of it: no boxes that refuse.
pub(super) fn to_read(area: Option<(DocumentId, LifeArea)>) -> AnyView {
    match area {
        Some((course, area)) => view! { <ShownArea course area/> }.into_any(),
        None => view! { <Nowhere/> }.into_any(),
    }
}

/// All that stands in a life area, to be read.
#[component]
pub(crate) fn Everything(
    course: DocumentId,
    area: LifeArea,
    /// Whether the page is about nothing else: then what stands there is one heading higher.
    #[prop(optional)]
    is_page: bool,
) -> impl IntoView {
    let shown = use_view(move || Shown { course, area: area.clone() });
    view! { {move || all(shown.get().unwrap_or_default(), is_page)} }
}

fn heading(words: String, is_page: bool) -> AnyView {
    if is_page {
        view! { <h2 class="own-words">{words}</h2> }.into_any()
    } else {
        view! { <h3 class="own-words">{words}</h3> }.into_any()
    }
}

fn all(shown: ShownView, is_page: bool) -> AnyView {
    if shown.is_empty() {
        return view! { <Card paper=Paper::Sunk><p>{t().consent_none_here()}</p></Card> }
            .into_any();
    }
    let without_goal = (!shown.agreements.is_empty()).then(|| {
        let agreements = shown.agreements.into_iter().map(agreement).collect_view();
        view! { <Card>{agreements}</Card> }
    });
    view! {
        <div class="stack">
            {shown.goals.into_iter().map(|row| goal(row, is_page)).collect_view()}
            {without_goal}
            {shown.supports.into_iter().map(|row| support(row, is_page)).collect_view()}
            {shown.sayings.into_iter().map(saying).collect_view()}
        </div>
    }
    .into_any()
}

fn goal(goal: ShownGoal, is_page: bool) -> AnyView {
    let reached = (t().goal_reached(), Tone::Warm, Shape::Check);
    let ShownGoal { row, said, milestones, steps, agreements } = goal;
    let said = said.as_ref().map(words::said);
    let said = said.map(|words| view! { <Who icon=Shape::Message words/> });
    let steps: Vec<_> = milestones.into_iter().chain(steps).collect();
    let chip = row.is_reached.then(|| view! { <StateChip state=Live::derive(move || reached)/> });
    let steps = (!steps.is_empty()).then(|| {
        let steps = steps.into_iter().map(|(_, text, is_done)| step(text, is_done)).collect_view();
        view! { <ul class="support-lines">{steps}</ul> }
    });
    view! {
        <Card>
            {heading(row.title, is_page)}
            {said}
            {chip}
            {steps}
            {agreements.into_iter().map(agreement).collect_view()}
        </Card>
    }
    .into_any()
}

fn step(text: String, is_done: bool) -> AnyView {
    let shape = if is_done { Shape::Check } else { Shape::Forward };
    let done = is_done.then(|| view! { <span class="soft">{t().shown_done()}</span> });
    view! {
        <li class="support-line">
            <Icon shape/>
            <span><span class="own-words">{text}</span>" "{done}</span>
        </li>
    }
    .into_any()
}

fn agreement(row: AgreementRow) -> AnyView {
    let state = words::state(row.state);
    let doer = if row.is_mine { t().you_first().to_owned() } else { row.doer };
    let day = row.by_day.map(|day| fill(t().shown_by_day(), &[("day", &date_in_words(day))]));
    let line = [Some(doer), day].into_iter().flatten().filter(|words| !words.is_empty());
    let line = line.collect::<Vec<_>>().join(", ");
    view! {
        <div class="stack" data-gap="small">
            <span class="strong own-words">{row.what.text}</span>
            <span class="soft">{line}</span>
            <span class="row"><StateChip state=Live::derive(move || state)/></span>
        </div>
    }
    .into_any()
}

fn support(row: SupportRow, is_page: bool) -> AnyView {
    let written = [(Shape::Person, row.from.text), (Shape::Clock, row.often.text)];
    let line = |(shape, words): (Shape, String)| {
        view! {
            <li class="support-line"><Icon shape/><span class="own-words">{words}</span></li>
        }
    };
    let lines = written.into_iter().filter(|(_, words)| !words.is_empty()).map(line);
    view! {
        <Card>
            {heading(row.what.text, is_page)}
            <ul class="support-lines">{lines.collect_view()}</ul>
        </Card>
    }
    .into_any()
}

fn saying(row: SayingRow) -> AnyView {
    let score = row.score.map(words::score);
    let by = row.by.as_ref().map(words::subject).unwrap_or_default();
    let head = fill(t().shown_said(), &[("who", &by), ("day", &date_in_words(row.day))]);
    view! {
        <Card>
            <p class="soft">{head}</p>
            {score.map(|score| view! { <p class="strong">{score}</p> })}
            <p class="own-words">{row.words}</p>
        </Card>
    }
    .into_any()
}
