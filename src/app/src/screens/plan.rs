//! Min plan: dreams first, then goals by life area.

use client::view::{AreaRow, DreamRow, GoalRow, Named, Plan as PlanQuery, PlanView};
use client::{Command, DocumentId, Statement, Thing};
use domain::Role;
use kit::{
    ButtonLink, CardSection, IconButton, LinkList, LinkRow, Live, Look, Page, PageHead, Rows,
    Section, Shape,
};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::nowhere::Nowhere;
use super::today::goal_card;
use super::together::{Opened, Together, open};
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::people::{PrintButton, WhoSees};
use crate::routes::Place;
use crate::said::{SaidLine, say};
use crate::text::t;
use crate::thrown_out::throw_out;
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
            view! { <Nowhere/> }.into_any()
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
            <Dreams opened plan/>
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

#[component]
fn Dreams(opened: Opened, plan: Live<Option<PlanView>>) -> impl IntoView {
    let commands = use_commands();
    let dreams = Live::derive(move || {
        plan.with(|plan| plan.as_ref().map(|plan| plan.dreams.clone()).unwrap_or_default())
    });
    let readers = Live::derive(move || {
        plan.with(|plan| plan.as_ref().map(|plan| plan.readers.clone()).unwrap_or_default())
    });
    let part = use_part().get_untracked();
    let command = move |text| Command::AddDream { course: opened.document, text };
    let add = move |text: String| say(commands, part, command(text), Statement::Dream).is_ok();
    let dream = move |row: Live<DreamRow>| {
        let id = row.with_untracked(|row| row.id);
        let find = move |plan: &Option<PlanView>| {
            plan.as_ref()?.dreams.iter().find(|dream| dream.id == id).cloned()
        };
        let live = Live::derive(move || plan.with(find).unwrap_or_else(|| row.get()));
        view! { <Dream opened dream=live/> }
    };
    view! {
        <CardSection title=plan.map(dreams_title)>
            <Rows each=dreams key=|row: &DreamRow| row.id.to_string() row=dream/>
            <AddLine name="dream" label=t().dream_new() button=t().dream_add() look=Look::Second on_add=Callback::new(add)/>
            <WhoSees readers/>
        </CardSection>
    }
}

#[component]
fn Dream(opened: Opened, dream: Live<DreamRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let text = dream.map(|dream| dream.text.clone());
    let id = dream.with_untracked(|dream| dream.id);
    let place = Place::SaidBy(opened.document, Statement::Dream(id), None);
    let thing = Thing::Dream(id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    view! {
        <div class="row" data-top="">
            <div class="grow dream">
                <Together opened text label=t().dream_label()/>
                <SaidLine said=dream.map(|dream| dream.said.clone()) place/>
            </div>
            <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/>
        </div>
    }
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

fn dreams_title(plan: &Option<PlanView>) -> String {
    if other_citizen(plan).is_some() { t().dreams_of() } else { t().dreams_title() }.to_owned()
}
