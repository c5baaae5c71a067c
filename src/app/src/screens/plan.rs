//! Min plan: dreams first, then goals by life area.

use client::DocumentId;
use client::view::{AreaRow, DreamRow, GoalRow, Named, Plan as PlanQuery, PlanView};
use domain::Role;
use kit::{ButtonLink, CardSection, LinkList, LinkRow, Live, Page, PageHead, Rows, Section, Shape};
use leptos::prelude::*;

use super::fetched::{self, Piece, addition_or, when_missing};
use super::today::goal_card;
use super::together::open;
use crate::hooks::use_view;
use crate::part::{Part, use_part};
use crate::people::{PrintButton, WhoSees};
use crate::routes::Place;
use crate::text::t;
use crate::words;

/// The screen.
#[component]
pub(crate) fn Plan(course: DocumentId) -> impl IntoView {
    let plan = use_view(move || PlanQuery { course });
    let is_there = plan.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <PlanPage course plan/> }.into_any()
        } else {
            fetched::screen(Some(course), &Place::Nowhere)
        }
    };
    view! { {move || draw()} }
}

#[component]
fn PlanPage(course: DocumentId, plan: Live<Option<PlanView>>) -> impl IntoView {
    let opened = open(course);
    let areas = plan.map(with_goals);
    view! {
        <Page>
            <PageHead title=plan.map(title)/>
            {addition_or(Some(course), Piece::Dreams(opened, plan), move || dreams_to_read(plan))}
            <Rows each=areas key=|row: &AreaRow| row.area.key().to_owned() row=area/>
            <ButtonLink href=Place::NewGoal(course).href() label=t().goal_new()/>
            <Onward course/>
            <PrintButton/>
        </Page>
    }
}

/// To all that the plan is besides dreams and goals.
#[component]
fn Onward(course: DocumentId) -> impl IntoView {
    let part = use_part().get_untracked();
    let here = part.course_in_path(course);
    // What is the citizen's alone is on nobody else's screen.
    let is_mine = matches!(part, Part::Citizen(_));
    let notebook = is_mine.then_some((Place::Notebook, t().notebook_title(), Shape::Lock));
    let ways = [
        (Place::Course(here), t().course_see(), Shape::List),
        (Place::Promises(here), t().promised_see(), Shape::Agreement),
        (Place::Support(here), t().support_see(), Shape::People),
        (Place::HowItGoes(here), t().how_see(), Shape::Sprout),
        (Place::ResultsBoard(here), t().board_see(), Shape::Flag),
        (Place::WhoSees(here), t().who_sees_title(), Shape::Eye),
    ];
    let last = [
        (Place::Search(here), t().search_title(), Shape::Search),
        (Place::Bin(here), t().bin_title(), Shape::Bin),
    ];
    let all = ways.into_iter().chain(notebook).chain(last);
    let row = |(place, label, icon): (Place, &'static str, Shape)| {
        view! { <LinkRow href=place.href() label icon/> }
    };
    view! { <LinkList>{all.map(row).collect_view()}</LinkList> }
}

/// The dreams as they stand, as long as what writes them is not here.
fn dreams_to_read(plan: Live<Option<PlanView>>) -> AnyView {
    let row = |dream: Live<DreamRow>| {
        let text = dream.map(|dream| dream.text.text.clone());
        view! { <p class="dream own-words">{move || text.get()}</p> }
    };
    view! {
        <CardSection title=plan.map(dreams_title)>
            <Rows each=plan.map(dreams_of) key=|row: &DreamRow| row.id.to_string() row=row/>
            {when_missing(t().dreams_missing())}
            <WhoSees readers=plan.map(readers_of)/>
        </CardSection>
    }
    .into_any()
}

fn area(row: Live<AreaRow>) -> impl IntoView {
    let title = row.map(|row| words::area(&row.area).to_owned());
    let goals = row.map(|row| row.goals.clone());
    view! {
        <Section title>
            <Rows each=goals key=|goal: &GoalRow| goal.id.to_string() row=goal_card/>
        </Section>
    }
}

fn with_goals(plan: &Option<PlanView>) -> Vec<AreaRow> {
    let areas = plan.iter().flat_map(|plan| &plan.areas);
    areas.filter(|area| !area.goals.is_empty()).cloned().collect()
}

/// The citizen, when somebody else looks at the plan.
fn other_citizen(plan: &Option<PlanView>) -> Option<&Named> {
    let is_other = |named: &&Named| named.role == Some(Role::Citizen) && !named.is_me;
    plan.as_ref()?.readers.iter().find(is_other)
}

fn title(plan: &Option<PlanView>) -> String {
    words::title(other_citizen(plan), t().plan_title(), t().plan_of())
}

/// What the dreams are called: the reader's own, or somebody else's.
pub(super) fn dreams_title(plan: &Option<PlanView>) -> String {
    if other_citizen(plan).is_some() { t().dreams_of() } else { t().dreams_title() }.to_owned()
}

/// The dreams of a plan.
pub(super) fn dreams_of(plan: &Option<PlanView>) -> Vec<DreamRow> {
    plan.as_ref().map(|plan| plan.dreams.clone()).unwrap_or_default()
}

/// Who may read them.
pub(super) fn readers_of(plan: &Option<PlanView>) -> Vec<Named> {
    plan.as_ref().map(|plan| plan.readers.clone()).unwrap_or_default()
}
