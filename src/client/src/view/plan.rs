//! The plan: dreams, goals by life area, and agreements with all they have been.

use documents::{TextField, area, course};
use domain::{
    Agreement, AgreementState, Day, Doer, Goal, ItemId, LifeArea, Milestone, StateChange,
};
use trust::{DocumentId, Kind};

use super::agenda::TextView;
use super::people::Named;
use super::said::Said;
use crate::client::{Client, Query, Topic};
use crate::sheet::Sheet;

/// The plan of a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The course.
    pub course: DocumentId,
}

/// A plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanView {
    /// Dreams, in order.
    pub dreams: Vec<DreamRow>,
    /// Every life area of the programme, those with goals and those without, and any other area
    /// that has a document.
    pub areas: Vec<AreaRow>,
    /// Whether I may write.
    pub can_write: bool,
    /// Who may read the dreams, I first.
    pub readers: Vec<Named>,
}

/// A dream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DreamRow {
    /// Its name.
    pub id: ItemId,
    /// What it says.
    pub text: TextView,
    /// Whose words it is.
    pub said: Option<Said>,
}

/// A life area.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AreaRow {
    /// Which.
    pub area: LifeArea,
    /// Its goals, in order.
    pub goals: Vec<GoalRow>,
}

/// A goal in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoalRow {
    /// The document of its life area.
    pub document: DocumentId,
    /// Its name.
    pub id: ItemId,
    /// The area.
    pub area: Option<LifeArea>,
    /// In the citizen's words.
    pub title: String,
    /// How many small steps are done, and how many there are.
    pub steps: (usize, usize),
    /// Whether it is reached.
    pub is_reached: bool,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
}

/// One goal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GoalOf {
    /// The document of its life area.
    pub document: DocumentId,
    /// Its name.
    pub goal: ItemId,
}

/// A goal with all that belongs to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoalView {
    /// As in a list.
    pub row: GoalRow,
    /// The course it belongs to.
    pub course: Option<DocumentId>,
    /// Its title, to write in.
    pub title: TextView,
    /// Whose words it is.
    pub said: Option<Said>,
    /// Milestones, in order.
    pub milestones: Vec<MilestoneRow>,
    /// Small steps, in order.
    pub steps: Vec<StepRow>,
    /// Agreements: broken ones first, then overdue ones, then those that wait; those that are done last.
    pub agreements: Vec<AgreementRow>,
    /// Who can be the one who does something: everyone who may read it.
    pub doers: Vec<Named>,
    /// Whether I may write.
    pub can_write: bool,
    /// Whether there is something of mine to undo.
    pub can_undo: bool,
}

/// A milestone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MilestoneRow {
    /// Its name.
    pub id: ItemId,
    /// What it says.
    pub text: TextView,
    /// The day it was reached.
    pub reached: Option<Day>,
    /// Whose words it is.
    pub said: Option<Said>,
    /// Its place among those of its goal, from 0.
    pub place: usize,
    /// Whether it is the last.
    pub is_last: bool,
}

/// A small step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepRow {
    /// Its name.
    pub id: ItemId,
    /// What is to be done.
    pub text: TextView,
    /// The day it was done.
    pub done: Option<Day>,
}

/// An agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementRow {
    /// The document of its life area.
    pub document: DocumentId,
    /// Its name.
    pub id: ItemId,
    /// The goal it belongs to.
    pub goal: Option<ItemId>,
    /// What is to be done.
    pub what: TextView,
    /// Whose words it is.
    pub said: Option<Said>,
    /// How and by whom it is followed up.
    pub follow_up: TextView,
    /// Who has promised to do it.
    pub promised_by: Doer,
    /// What the one who does it is called.
    pub doer: String,
    /// Whether I am the one who does it.
    pub is_mine: bool,
    /// By when at the latest.
    pub by_day: Option<Day>,
    /// How it stands.
    pub state: AgreementState,
    /// Whether it is a trial action, made to learn from.
    pub is_trial: bool,
    /// Whether it is time to say what was learnt.
    pub asks_learnt: bool,
    /// What was learnt; words may stand here also when it is no trial any more.
    pub learnt: TextView,
    /// Whether it should have been done before today and is not.
    pub is_overdue: bool,
    /// All it has been, the oldest first.
    pub history: Vec<HistoryRow>,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
}

/// One change of an agreement's state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryRow {
    /// Its name.
    pub id: ItemId,
    /// To what.
    pub state: AgreementState,
    /// Who said so.
    pub by: Option<Named>,
    /// On which day.
    pub day: Day,
}

impl Query for Plan {
    type View = Option<PlanView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let areas = client.parts(Some(self.course), Kind::LifeArea).map(|(document, _)| document);
        client.topics_of(areas)
    }

    fn look(&self, client: &Client) -> Option<PlanView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let (course, _) = course::read(&sheet.paper);
        let dream = |dream: domain::Dream| DreamRow {
            id: dream.id,
            said: client.said(sheet, dream.said.as_ref(), dream.by),
            text: client.text_view(TextField::Dream(dream.id), dream.text),
        };
        let mut areas: Vec<AreaRow> =
            course.programme.life_areas().map(|area| AreaRow { area, goals: Vec::new() }).collect();
        for goal in client.goals(Some(self.course)) {
            let Some(area) = goal.area.clone() else { continue };
            match areas.iter_mut().find(|row| row.area == area) {
                Some(row) => row.goals.push(goal),
                None => areas.push(AreaRow { area, goals: vec![goal] }),
            }
        }
        Some(PlanView {
            dreams: course.dreams.into_iter().map(dream).collect(),
            areas,
            can_write: client.can_write(sheet),
            readers: client.readers(sheet),
        })
    }
}

impl Query for GoalOf {
    type View = Option<GoalView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([self.document]);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<GoalView> {
        let sheet = client.sheets.get(&self.document).filter(|sheet| !sheet.gone)?;
        let (plan, _) = area::read(&sheet.paper);
        let goal = plan.goals.into_iter().find(|goal| goal.id == self.goal)?;
        let row = client.goal_row(self.document, sheet, (plan.area, &goal));
        let of_goal = |agreement: &Agreement| agreement.goal == Some(self.goal);
        let mut agreements: Vec<AgreementRow> = plan
            .agreements
            .into_iter()
            .filter(of_goal)
            .map(|agreement| client.agreement_row((self.document, sheet, &row.readers), agreement))
            .collect();
        agreements.sort_by_key(|agreement| (!agreement.state.is_open(), agreement.standing()));
        let step = |step: domain::Step| StepRow {
            id: step.id,
            done: step.done_ms.map(|ms| client.day_of(ms)),
            text: client.text_view(TextField::Step(step.id), step.text),
        };
        Some(GoalView {
            row,
            course: sheet.membership.parent,
            title: client.text_view(TextField::Goal(self.goal), goal.title),
            said: client.said(sheet, goal.said.as_ref(), goal.by),
            milestones: client.milestone_rows(sheet, goal.milestones),
            steps: goal.steps.into_iter().map(step).collect(),
            agreements,
            doers: client.readers(sheet),
            can_write: client.can_write(sheet),
            can_undo: sheet.paper.can_undo(),
        })
    }
}

impl Client {
    pub(crate) fn day_of(&self, wall_ms: i64) -> Day {
        Day::of_moment(wall_ms, self.now.zone_minutes)
    }

    /// Every goal of a course; without a course, of all of them.
    pub(crate) fn goals(&self, course: Option<DocumentId>) -> Vec<GoalRow> {
        let of = |(document, sheet): (DocumentId, &Sheet)| {
            let (plan, _) = area::read(&sheet.paper);
            let row = |goal: &Goal| self.goal_row(document, sheet, (plan.area.clone(), goal));
            plan.goals.iter().map(row).collect::<Vec<_>>()
        };
        self.parts(course, Kind::LifeArea).flat_map(of).collect()
    }

    fn milestone_rows(&self, sheet: &Sheet, milestones: Vec<Milestone>) -> Vec<MilestoneRow> {
        let last = milestones.len();
        let row = |(at, milestone): (usize, Milestone)| MilestoneRow {
            id: milestone.id,
            reached: milestone.reached_ms.map(|ms| self.day_of(ms)),
            said: self.said(sheet, milestone.said.as_ref(), milestone.by),
            text: self.text_view(TextField::Milestone(milestone.id), milestone.text),
            place: at,
            is_last: at + 1 == last,
        };
        milestones.into_iter().enumerate().map(row).collect()
    }

    pub(crate) fn goal_titles(&self, course: Option<DocumentId>) -> Vec<(ItemId, String)> {
        self.goals(course).into_iter().map(|goal| (goal.id, goal.title)).collect()
    }

    /// Every agreement of a course; without a course, of all of them. Those of a goal that was thrown out
    /// are out with it.
    pub(crate) fn agreements(&self, course: Option<DocumentId>) -> Vec<AgreementRow> {
        let of = |(document, sheet): (DocumentId, &Sheet)| {
            let (plan, _) = area::read(&sheet.paper);
            let readers = self.readers(sheet);
            let is_out = |agreement: &Agreement| {
                plan.removed_goals.iter().any(|goal| Some(goal.id) == agreement.goal)
            };
            let there = plan.agreements.into_iter().filter(|agreement| !is_out(agreement));
            let row = |agreement| self.agreement_row((document, sheet, &readers), agreement);
            there.map(row).collect::<Vec<_>>()
        };
        self.parts(course, Kind::LifeArea).flat_map(of).collect()
    }

    pub(crate) fn goal_row(
        &self,
        document: DocumentId,
        sheet: &Sheet,
        (area, goal): (Option<LifeArea>, &Goal),
    ) -> GoalRow {
        GoalRow {
            document,
            id: goal.id,
            area,
            title: goal.title.text.clone(),
            steps: goal.progress(),
            is_reached: goal.reached_ms.is_some(),
            readers: self.readers(sheet),
        }
    }

    fn agreement_row(
        &self,
        (document, sheet, readers): (DocumentId, &Sheet, &[Named]),
        agreement: Agreement,
    ) -> AgreementRow {
        let id = agreement.id;
        let doer = match &agreement.doer {
            Doer::Member(who) => self.named(*who).name,
            Doer::Named(name) => name.clone(),
        };
        let history = |change: &StateChange| HistoryRow {
            id: change.id,
            state: change.state,
            by: change.by.map(|who| self.named(who)),
            day: self.day_of(change.at_ms),
        };
        AgreementRow {
            document,
            id,
            goal: agreement.goal,
            doer,
            promised_by: agreement.doer.clone(),
            said: self.said(sheet, agreement.said.as_ref(), agreement.by),
            follow_up: self.text_view(TextField::FollowUp(id), agreement.follow_up.clone()),
            is_mine: self.who().is_some_and(|me| agreement.doer == Doer::Member(me)),
            by_day: agreement.by_day,
            state: agreement.state(),
            is_trial: agreement.is_trial,
            asks_learnt: agreement.asks_what_was_learnt(),
            learnt: self.text_view(TextField::Learnt(id), agreement.learnt.clone()),
            is_overdue: agreement.is_overdue(self.local_now().day),
            history: agreement.history.iter().map(history).collect(),
            what: self.text_view(TextField::Agreement(id), agreement.what),
            readers: readers.to_vec(),
        }
    }
}
