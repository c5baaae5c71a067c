//! One goal: its words, the small steps, and what has been promised.

use client::view::{AgreementRow, GoalOf, GoalView, StepRow};
use client::{AreaList, Command, DocumentId, PlanCommand, Statement, Thing};
use domain::ItemId;
use kit::{
    Button, CoLines, IconButton, Live, Local, Look, Page, PageHead, Rows, Section, Shape, Switch,
    Value,
};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::agreement::{Agreement, NewAgreement};
use super::milestones::Milestones;
use super::nowhere::Nowhere;
use super::overruled::Overruled;
use super::reworded::{RewordButton, Reworded};
use super::shown::to_read;
use super::together::{Opened, Together, open_at};
use crate::address::use_address;
use crate::hooks::{lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::use_part;
use crate::people::{WhoSees, WrittenBy};
use crate::routes::Place;
use crate::said::SaidLine;
use crate::text::t;
use crate::thrown_out::throw_out;
use crate::words;

/// The screen.
#[component]
pub(crate) fn Goal(document: DocumentId, goal: ItemId) -> impl IntoView {
    let found = use_view(move || GoalOf { document, goal });
    let can_write = found.part(|found| found.as_ref().map(|found| found.can_write));
    let shown = lasting(found);
    let draw = move || match can_write.get() {
        Some(true) => view! { <GoalPage opened=open_at(document, goal) goal shown/> }.into_any(),
        Some(false) => to_read(shown.with_untracked(|goal| {
            goal.as_ref().and_then(|goal| goal.course.zip(goal.row.area.clone()))
        })),
        None => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

/// Something of the goal, or nothing while the screen is being taken down.
fn of<T: Value + Default>(shown: Live<Option<GoalView>>, part: fn(&GoalView) -> T) -> Live<T> {
    shown.map(move |goal| goal.as_ref().map(part).unwrap_or_default())
}

#[component]
fn GoalPage(opened: Opened, goal: ItemId, shown: Live<Option<GoalView>>) -> impl IntoView {
    let commands = use_commands();
    let Some(first) = shown.get_untracked() else { return ().into_any() };
    let title = Live::derive(move || {
        shown
            .with(|goal| goal.as_ref().map(|goal| goal.title.clone()))
            .unwrap_or_else(|| first.title.clone())
    });
    let area = first.row.area.as_ref().map(words::area).unwrap_or_default();
    let is_reached = of(shown, |goal| goal.row.is_reached);
    let command = move |reached| PlanCommand::SetReached(goal, reached);
    let reach = move |reached| drop(commands.run(Command::Plan(opened.document, command(reached))));
    let (notices, address, part) = (use_notices(), use_address(), use_part());
    let out = move || {
        throw_out(commands, notices, (opened.document, Thing::Area(AreaList::Goals, goal)));
        let place = Place::Goal(opened.document, goal);
        place.back(part.get_untracked()).iter().for_each(|back| address.go_instead(back));
    };
    let said_at = Place::SaidBy(opened.document, Statement::Goal(goal), Some(goal));
    // Of one alone it is told with whose words it is.
    let writers = of(shown, |goal| goal.title.by.clone());
    let several = writers.part(|writers| writers.len() > 1);
    view! {
        <Page>
            <PageHead title=area>
                <WhoSees readers=of(shown, |goal| goal.row.readers.clone())/>
            </PageHead>
            <Together opened text=title label=t().goal_label() lines=CoLines::One/>
            <SaidLine said=of(shown, |goal| goal.said.clone()) place=said_at/>
            {move || several.get().then(|| view! { <WrittenBy by=writers/> })}
            <Overruled document=opened.document/>
            <Milestones opened goal shown/>
            <Steps opened goal shown/>
            <Agreements opened goal shown/>
            <Switch label=t().goal_reached() on=is_reached on_change=reach/>
            <Button label=t().goal_throw_out() look=Look::Second icon=Shape::Bin on_press=out/>
        </Page>
    }
    .into_any()
}

#[component]
fn Steps(opened: Opened, goal: ItemId, shown: Live<Option<GoalView>>) -> impl IntoView {
    let commands = use_commands();
    let command = move |words| Command::Plan(opened.document, PlanCommand::AddStep(goal, words));
    let add = move |words: String| commands.run(command(words)).is_ok();
    let step = move |row: Live<StepRow>| view! { <Step opened step=row/> };
    view! {
        <Section title=t().steps_title()>
            <Rows each=of(shown, |goal| goal.steps.clone()) key=|step: &StepRow| step.id.to_string() row=step/>
            <AddLine name="step" label=t().step_new() button=t().step_add() look=Look::Second on_add=Callback::new(add)/>
        </Section>
    }
}

#[component]
fn Step(opened: Opened, step: Live<StepRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let id = step.with_untracked(|step| step.id);
    let text = step.map(|step| step.text.clone());
    let (checked, is_open) = (step.map(|step| step.done.is_some()), Local::new(false));
    let command = move |done| Command::Plan(opened.document, PlanCommand::SetDone(id, done));
    let thing = Thing::Area(AreaList::Steps, id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    view! {
        <div class="row">
            <Reworded opened text checked is_open on_change=move |done| drop(commands.run(command(done)))/>
            <RewordButton is_open/>
            <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/>
        </div>
    }
}

#[component]
fn Agreements(opened: Opened, goal: ItemId, shown: Live<Option<GoalView>>) -> impl IntoView {
    let agreements = of(shown, |goal| goal.agreements.clone());
    let doers = of(shown, |goal| goal.doers.clone());
    let row = move |agreement: Live<AgreementRow>| view! { <Agreement opened agreement doers/> };
    view! {
        <Section title=t().agreements_title()>
            <Rows each=agreements key=|row: &AgreementRow| row.id.to_string() row=row/>
            <NewAgreement opened goal doers/>
        </Section>
    }
}
