//! Min tavle: what has been achieved in a course, from what stands in its plan. It counts nothing and
//! compares nobody.

use std::cmp::Reverse;

use documents::area;
use domain::{Agreement, AgreementState, AreaPlan, Day, Doer, ItemId};
use trust::{DocumentId, Kind};

use super::assessments::{AssessedArea, Assessments};
use super::people::Named;
use crate::client::{Client, Query, Topic, who};

/// What has been achieved in a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResultsBoard {
    /// The course.
    pub course: DocumentId,
}

/// What has been achieved; in each list the newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResultsBoardView {
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// Goals that are reached.
    pub goals: Vec<Achieved>,
    /// What the citizen promised and did.
    pub by_citizen: Vec<Achieved>,
    /// What others promised and did.
    pub by_others: Vec<Achieved>,
    /// Milestones that are reached.
    pub milestones: Vec<Achieved>,
    /// Small steps that are done.
    pub steps: Vec<Achieved>,
    /// Parts of life where the citizen's own number has grown.
    pub grown: Vec<AssessedArea>,
    /// Who may read all of it, I first.
    pub readers: Vec<Named>,
}

/// One thing achieved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Achieved {
    /// The name of the goal, the milestone, the agreement or the step.
    pub id: ItemId,
    /// What it says.
    pub text: String,
    /// Who did it, where somebody had promised to.
    pub doer: Option<String>,
    /// The day it was said to be done.
    pub day: Day,
}

impl ResultsBoardView {
    /// Whether there is nothing on it yet.
    pub fn is_empty(&self) -> bool {
        let Self { goals, by_citizen, by_others, milestones, steps, .. } = self;
        let lists = [goals, by_citizen, by_others, milestones, steps];
        self.grown.is_empty() && lists.iter().all(|list| list.is_empty())
    }
}

impl Query for ResultsBoard {
    type View = Option<ResultsBoardView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        Assessments { course: self.course }.topics(client)
    }

    fn look(&self, client: &Client) -> Option<ResultsBoardView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let citizen = client.citizen_of(sheet).map(|citizen| client.named(who(citizen)));
        let grown = Assessments { course: self.course }.look(client).map(|all| all.grown);
        let mut board = ResultsBoardView {
            citizen,
            goals: Vec::new(),
            by_citizen: Vec::new(),
            by_others: Vec::new(),
            milestones: Vec::new(),
            steps: Vec::new(),
            grown: grown.unwrap_or_default(),
            readers: client.readers(sheet),
        };
        for (_, sheet) in client.parts(Some(self.course), Kind::LifeArea) {
            let readers = client.readers(sheet);
            // One page for all areas: whoever may not read one of them does not read the page.
            board.readers.retain(|reader| reader.is_me || readers.contains(reader));
            client.put_on_board(&mut board, area::read(&sheet.paper).0);
        }
        let ResultsBoardView { goals, by_citizen, by_others, milestones, steps, .. } = &mut board;
        for list in [goals, by_citizen, by_others, milestones, steps] {
            list.sort_by_key(|achieved| (Reverse(achieved.day), achieved.id));
        }
        Some(board)
    }
}

impl Client {
    fn put_on_board(&self, board: &mut ResultsBoardView, plan: AreaPlan) {
        let achieved =
            |id, text: String, ms| Achieved { id, text, doer: None, day: self.day_of(ms) };
        for agreement in plan.agreements {
            // What belongs to a goal that was thrown out is out with it.
            let is_out = plan.removed_goals.iter().any(|goal| Some(goal.id) == agreement.goal);
            if is_out || agreement.state() != AgreementState::Kept {
                continue;
            }
            let citizen = board.citizen.as_ref().map(|citizen| Doer::Member(citizen.who));
            let is_own = citizen.as_ref() == Some(&agreement.doer);
            let list = if is_own { &mut board.by_citizen } else { &mut board.by_others };
            let doer = (!is_own).then(|| self.doer_of(&agreement));
            let kept_ms = agreement.history.last().map_or(0, |change| change.at_ms);
            list.push(Achieved { doer, ..achieved(agreement.id, agreement.what.text, kept_ms) });
        }
        for goal in plan.goals {
            if let Some(ms) = goal.reached_ms {
                board.goals.push(achieved(goal.id, goal.title.text, ms));
            }
            let reached = goal.milestones.into_iter();
            let reached = reached.filter_map(|milestone| Some((milestone.reached_ms?, milestone)));
            let row = |(ms, one): (i64, domain::Milestone)| achieved(one.id, one.text.text, ms);
            board.milestones.extend(reached.map(row));
            let done = goal.steps.into_iter().filter_map(|step| Some((step.done_ms?, step)));
            board.steps.extend(done.map(|(ms, step)| achieved(step.id, step.text.text, ms)));
        }
    }

    fn doer_of(&self, agreement: &Agreement) -> String {
        match &agreement.doer {
            Doer::Member(who) => self.named(*who).name,
            Doer::Named(name) => name.clone(),
        }
    }
}
