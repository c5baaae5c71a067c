//! The milestones of a goal: what can be reached on the way to it, in the citizen's own order.

use client::view::{GoalView, MilestoneRow};
use client::{AreaList, Made, MilestoneCommand, Statement, Thing, ToolCommand};
use domain::ItemId;
use kit::{Button, IconButton, Live, Local, Look, Rows, Section, Shape};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::reworded::{RewordButton, Reworded};
use super::together::Opened;
use crate::around::use_around;
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::part::use_part;
use crate::routes::Place;
use crate::said::{SaidLine, speaks};
use crate::text::{fill, full_day_in_words, t};
use crate::thrown_out::throw_out;
use crate::unsent::use_unsent;

/// The name of the box for a new one.
const MILESTONE: &str = "milestone";

/// The milestones there are, and the way to one more. Where there is none, only the way.
#[component]
pub(crate) fn Milestones(
    opened: Opened,
    goal: ItemId,
    shown: Live<Option<GoalView>>,
) -> impl IntoView {
    let rows = shown.map(|goal| goal.as_ref().map(|it| it.milestones.clone()).unwrap_or_default());
    let has_any = Live::memo(move || !rows.with(Vec::is_empty));
    // Words that stand in the box from before must not be out of sight.
    let is_open = Local::new(!use_unsent(MILESTONE).get().is_empty());
    let row = move |milestone: Live<MilestoneRow>| view! { <Milestone opened goal milestone/> };
    let list = move || {
        view! {
            <Section title=t().milestones_title()>
                <Rows each=rows key=|row: &MilestoneRow| row.id.to_string() row=row/>
                <NewMilestone opened goal/>
            </Section>
        }
        .into_any()
    };
    let open = move || is_open.set(true);
    let way = move || {
        view! { <Button label=t().milestones_begin() look=Look::Quiet icon=Shape::Flag on_press=open/> }
            .into_any()
    };
    let draw = move || if has_any.get() || is_open.get() { list() } else { way() };
    view! { {move || draw()} }
}

#[component]
fn NewMilestone(opened: Opened, goal: ItemId) -> impl IntoView {
    let (commands, part) = (use_commands(), use_part().get_untracked());
    let document = opened.document;
    let add = move |words: String| {
        let command = MilestoneCommand::Add(goal, words);
        let made = commands.run(ToolCommand::Milestone(document, command));
        if let Ok(Some(Made::Item(_, id))) = made {
            speaks(commands, part, (document, Statement::Milestone(id)));
        }
        made.is_ok()
    };
    view! {
        <AddLine name=MILESTONE label=t().milestone_new() button=t().milestone_add() look=Look::Second on_add=Callback::new(add)/>
    }
}

#[component]
fn Milestone(opened: Opened, goal: ItemId, milestone: Live<MilestoneRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let (document, id) = (opened.document, milestone.with_untracked(|row| row.id));
    let tell = move |command| commands.run(ToolCommand::Milestone(document, command));
    let text = milestone.map(|row| row.text.clone());
    let (checked, is_open) = (milestone.part(|row| row.reached.is_some()), Local::new(false));
    let reach = move |reached| drop(tell(MilestoneCommand::SetReached(id, reached)));
    let day = milestone.part(|row| row.reached);
    let reached = move |day| {
        let line = fill(t().milestone_reached(), &[("day", &full_day_in_words(day))]);
        view! { <span class="soft small">{line}</span> }
    };
    let said = milestone.map(|row| row.said.clone());
    let place = Place::SaidBy(document, Statement::Milestone(id), Some(goal));
    let thing = Thing::Area(AreaList::Milestones, id);
    let out = move || throw_out(commands, notices, (document, thing));
    view! {
        <div class="stack" data-gap="small">
            <Reworded opened text checked is_open on_change=reach/>
            {move || day.get().map(reached)}
            <div class="row" data-wrap="">
                <span class="grow"><SaidLine said place/></span>
                <Order opened milestone/>
                <RewordButton is_open/>
                <IconButton icon=Shape::Bin label=t().milestone_throw_out() on_press=out/>
            </div>
        </div>
    }
}

/// Up and down, where there is more than one.
#[component]
fn Order(opened: Opened, milestone: Live<MilestoneRow>) -> impl IntoView {
    let (commands, around) = (use_commands(), use_around());
    let document = opened.document;
    let id = milestone.with_untracked(|row| row.id);
    let is_first = milestone.part(|row| row.place == 0);
    let is_last = milestone.part(|row| row.is_last);
    let is_only = Live::memo(move || is_first.get() && is_last.get());
    let place = move || milestone.with_untracked(|row| row.place);
    let put = move |place: usize| {
        let command = MilestoneCommand::Move(id, place);
        if commands.run(ToolCommand::Milestone(document, command)).is_ok() {
            around.say(fill(t().topic_moved(), &[("number", &(place + 1).to_string())]));
        }
    };
    let draw = move || {
        view! {
            <IconButton icon=Shape::Up label=t().milestone_up() idle=is_first on_press=move || put(place() - 1)/>
            <IconButton icon=Shape::Down label=t().milestone_down() idle=is_last on_press=move || put(place() + 1)/>
        }
    };
    view! { {move || (!is_only.get()).then(draw)} }
}
