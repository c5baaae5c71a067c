//! A life area's document: goals, small steps, agreements and how they stand, and how it goes.

use domain::{
    Agreement, AgreementState, AreaPlan, Day, Doer, Goal, ItemId, LifeArea, Milestone, StateChange,
    Step, legible,
};
use litemap::LiteMap;

pub use crate::assessment::add_assessment;
use crate::assessment::{ASSESSMENTS, read_assessments};
use crate::paper::Paper;
use crate::row::{Author, Oddity, Row};
use crate::support::SUPPORT;
use crate::table::{Table, optional, string, who, whole};

pub(crate) const AREA: Table = Table("area");
pub(crate) const GOALS: Table = Table("goals");
pub(crate) const MILESTONES: Table = Table("milestones");
pub(crate) const STEPS: Table = Table("steps");
pub(crate) const AGREEMENTS: Table = Table("agreements");
/// One row for each change of state: never overwritten, so none is lost.
const STATES: Table = Table("states");
/// The one row of the table `area`.
const THE_AREA: ItemId = ItemId(0);

/// A list in a life area whose rows can be thrown out and taken back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum List {
    /// Goals.
    Goals,
    /// Milestones.
    Milestones,
    /// Small steps.
    Steps,
    /// Agreements.
    Agreements,
    /// What was said of how it goes.
    Assessments,
    /// Help that the citizen gets.
    Supports,
}

impl List {
    fn table(self) -> Table {
        match self {
            Self::Goals => GOALS,
            Self::Milestones => MILESTONES,
            Self::Steps => STEPS,
            Self::Agreements => AGREEMENTS,
            Self::Assessments => ASSESSMENTS,
            Self::Supports => SUPPORT,
        }
    }
}

/// Says which area the document is about.
pub fn set_area(paper: &mut Paper, area: &LifeArea, author: Author) {
    AREA.add(paper, THE_AREA, author, [("area", string(area.key()))]);
}

/// Adds a goal at the end.
pub fn add_goal(paper: &mut Paper, id: ItemId, author: Author) {
    let position = GOALS.end(paper);
    GOALS.add(paper, id, author, [("position", string(&position))]);
}

/// Adds a milestone to a goal, at the end.
pub fn add_milestone(paper: &mut Paper, id: ItemId, goal: ItemId, author: Author) {
    let position = MILESTONES.end(paper);
    let fields = [("position", string(&position)), ("goal", string(&goal.to_string()))];
    MILESTONES.add(paper, id, author, fields);
}

/// Puts a milestone at a place among those of its goal that are shown: 0 is first. Beyond the end is last.
pub fn move_milestone(paper: &mut Paper, id: ItemId, place: usize) {
    let goal = paper.read(|look| {
        let row = MILESTONES.row(look, id, &mut Vec::new());
        row.and_then(|row| row.parsed::<ItemId>("goal"))
    });
    MILESTONES.put(paper, (id, place), |row| row.parsed("goal") == goal);
}

/// Says that a milestone is reached, or with `None` that it is not.
pub fn set_milestone_reached(paper: &mut Paper, id: ItemId, at_ms: Option<i64>) {
    MILESTONES.set(paper, id, "reached", optional(at_ms, whole));
}

/// Adds a small step to a goal, at the end.
pub fn add_step(paper: &mut Paper, id: ItemId, goal: ItemId, author: Author) {
    let position = STEPS.end(paper);
    let fields = [("position", string(&position)), ("goal", string(&goal.to_string()))];
    STEPS.add(paper, id, author, fields);
}

/// Says that a goal is reached, or with `None` that it is not.
pub fn set_reached(paper: &mut Paper, id: ItemId, at_ms: Option<i64>) {
    GOALS.set(paper, id, "reached", optional(at_ms, whole));
}

/// Says that a step is done, or with `None` that it is not.
pub fn set_done(paper: &mut Paper, id: ItemId, at_ms: Option<i64>) {
    STEPS.set(paper, id, "done", optional(at_ms, whole));
}

/// Adds an agreement.
pub fn add_agreement(paper: &mut Paper, id: ItemId, goal: Option<ItemId>, author: Author) {
    let goal = optional(goal, |goal| string(&goal.to_string()));
    AGREEMENTS.add(paper, id, author, [("goal", goal)]);
}

/// Says who does it.
pub fn set_doer(paper: &mut Paper, id: ItemId, doer: &Doer) {
    let (field, value, other) = match doer {
        Doer::Member(person) => ("doer", who(*person), "doer_name"),
        Doer::Named(name) => ("doer_name", string(name), "doer"),
    };
    AGREEMENTS.set(paper, id, field, value);
    AGREEMENTS.set(paper, id, other, yrs::Any::Null);
}

/// Says by when.
pub fn set_by_day(paper: &mut Paper, id: ItemId, day: Option<Day>) {
    AGREEMENTS.set(paper, id, "by_day", optional(day, |day| string(&day.to_string())));
}

/// Says that an agreement is a trial, to learn from, or that it is not.
pub fn set_trial(paper: &mut Paper, id: ItemId, is_trial: bool) {
    AGREEMENTS.set(paper, id, "trial", yrs::Any::Bool(is_trial));
}

/// Says how an agreement stands now. What it was stays in its history.
pub fn set_state(
    paper: &mut Paper,
    (change, agreement): (ItemId, ItemId),
    state: AgreementState,
    author: Author,
) {
    let fields = [("agreement", string(&agreement.to_string())), ("state", string(state.key()))];
    STATES.add(paper, change, author, fields);
}

/// Throws a row out, or takes it back when there is no author.
pub fn throw_out(paper: &mut Paper, list: List, id: ItemId, author: Option<Author>) {
    list.table().throw_out(paper, id, author);
}

/// Everything in the area.
pub fn read(paper: &Paper) -> (AreaPlan, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let area = AREA.row(look, THE_AREA, &mut oddities);
        let area = area.and_then(|row| LifeArea::from_key(row.string("area")?));

        let rows = MILESTONES.in_order(look, &mut oddities);
        let (removed_milestones, mut milestones) = by_goal(&rows, milestone);
        let (removed_steps, mut steps) = by_goal(&STEPS.in_order(look, &mut oddities), step);
        let goals = GOALS.in_order(look, &mut oddities);
        let goals = goals.iter().map(|row| Goal {
            milestones: milestones.remove(&row.id).unwrap_or_default(),
            steps: steps.remove(&row.id).unwrap_or_default(),
            ..goal(row)
        });
        let (removed_goals, goals) = goals.partition(|goal| goal.removed.is_some());

        let mut history: LiteMap<ItemId, Vec<StateChange>> = LiteMap::new();
        for row in STATES.rows(look, &mut oddities) {
            if let Some((agreement, change)) = state_change(&row) {
                history.entry(agreement).or_default().push(change);
            }
        }
        let rows = AGREEMENTS.rows(look, &mut oddities).into_iter();
        let agreements = rows.map(|row| agreement(&row, history.remove(&row.id)));
        let (mut removed_agreements, mut agreements): (Vec<_>, Vec<_>) =
            agreements.partition(|agreement| agreement.removed.is_some());
        for list in [&mut agreements, &mut removed_agreements] {
            list.sort_by_key(|agreement| {
                (agreement.by_day.is_none(), agreement.by_day, agreement.id)
            });
        }
        let (removed_assessments, assessments) = read_assessments(look, &mut oddities);
        let plan = AreaPlan {
            area,
            goals,
            agreements,
            assessments,
            removed_goals,
            removed_milestones,
            removed_steps,
            removed_agreements,
            removed_assessments,
        };
        (plan, oddities)
    })
}

/// Those that were thrown out, and the others by their goal.
type ByGoal<T> = (Vec<T>, LiteMap<ItemId, Vec<T>>);

fn by_goal<T>(rows: &[Row<'_>], read: fn(&Row<'_>) -> T) -> ByGoal<T> {
    let (mut removed, mut there) = (Vec::new(), LiteMap::<_, Vec<_>>::new());
    for row in rows {
        if row.removed().is_some() {
            removed.push(read(row));
        } else if let Some(goal) = row.parsed("goal") {
            there.entry(goal).or_default().push(read(row));
        }
    }
    (removed, there)
}

/// A goal without what belongs to it.
fn goal(row: &Row<'_>) -> Goal {
    Goal {
        id: row.id,
        title: row.written("title"),
        milestones: Vec::new(),
        steps: Vec::new(),
        reached_ms: row.number("reached"),
        by: row.by(),
        said: row.said(),
        removed: row.removed(),
    }
}

fn milestone(row: &Row<'_>) -> Milestone {
    Milestone {
        id: row.id,
        text: row.written("text"),
        reached_ms: row.number("reached"),
        by: row.by(),
        said: row.said(),
        removed: row.removed(),
    }
}

fn step(row: &Row<'_>) -> Step {
    let text = row.written("text");
    Step { id: row.id, text, done_ms: row.number("done"), removed: row.removed() }
}

fn state_change(row: &Row<'_>) -> Option<(ItemId, StateChange)> {
    let state = AgreementState::from_key(row.string("state")?)?;
    let change = StateChange {
        id: row.id,
        state,
        by: row.by(),
        at_ms: row.number("at").unwrap_or_default(),
    };
    Some((row.parsed("agreement")?, change))
}

fn agreement(row: &Row<'_>, history: Option<Vec<StateChange>>) -> Agreement {
    let made = StateChange {
        id: row.id,
        state: AgreementState::Agreed,
        by: row.by(),
        at_ms: row.number("at").unwrap_or_default(),
    };
    let mut changes = history.unwrap_or_default();
    changes.sort_by_key(|change| (change.at_ms, change.id));
    changes.insert(0, made);
    let named = Doer::Named(legible(row.string("doer_name").unwrap_or_default()));
    Agreement {
        id: row.id,
        goal: row.parsed("goal"),
        what: row.written("what"),
        doer: row.parsed("doer").map_or(named, Doer::Member),
        by_day: row.parsed("by_day"),
        follow_up: row.written("follow_up"),
        by: row.by(),
        said: row.said(),
        is_trial: row.is_so("trial"),
        learnt: row.written("learnt"),
        history: changes,
        removed: row.removed(),
    }
}
