//! What people do to the milestones of a goal, and whose words they say it is, in a random history.

use client::view::{GoalOf, GoalView, MilestoneRow, Said};
use client::{AreaList, Command, MilestoneCommand, Statement, Thing, ToolCommand};
use domain::{Source, SourceName};

use super::History;
use crate::town::Walker;

/// More than enough for one history.
const MILESTONES: usize = 6;

impl History {
    /// Writes a milestone, or does something to one that is there.
    pub(super) fn milestone(&mut self, who: Walker) {
        let seen = self.milestones_of(who);
        let old = self.town.below(seen.len() as u64 + 1) as usize;
        let Some(row) = seen.get(old) else { return self.add_milestone(who, seen.len()) };
        let (document, id) = (self.area, row.id);
        match self.town.below(4) {
            0 => {
                let reach = MilestoneCommand::SetReached(id, row.reached.is_none());
                self.try_it(who, ToolCommand::Milestone(document, reach));
            }
            1 => {
                let place = self.town.below(seen.len() as u64 + 1) as usize;
                let put = MilestoneCommand::Move(id, place);
                self.try_it(who, ToolCommand::Milestone(document, put));
            }
            2 => self.say_whose(who, Statement::Milestone(id)),
            _ => {
                let thing = Thing::Area(AreaList::Milestones, id);
                self.try_it(who, Command::ThrowOut(document, thing));
            }
        }
    }

    fn add_milestone(&mut self, who: Walker, seen: usize) {
        if seen >= MILESTONES {
            return self.say_whose(who, Statement::Goal(self.goal));
        }
        self.words += 1;
        let text = format!("<{}>", self.words);
        let add = MilestoneCommand::Add(self.goal, text.clone());
        if self.try_it(who, ToolCommand::Milestone(self.area, add)).is_some() {
            self.pending.entry(who).or_default().push(text);
        }
    }

    fn say_whose(&mut self, who: Walker, statement: Statement) {
        let name = || SourceName::new("Ole");
        let source = match self.town.below(4) {
            0 => Some(Source::Citizen),
            1 => name().map(Source::Supported),
            2 => name().map(Source::Relative),
            _ => None,
        };
        let document = self.area;
        self.try_it(who, ToolCommand::SetSource { document, statement, source });
    }

    fn goal_of(&self, who: Walker) -> Option<GoalView> {
        self.town.look(who, &GoalOf { document: self.area, goal: self.goal })
    }

    fn milestones_of(&self, who: Walker) -> Vec<MilestoneRow> {
        self.goal_of(who).map(|goal| goal.milestones).unwrap_or_default()
    }

    /// Whose words the goal is, and all the milestones that somebody sees, in order, a line each. The day
    /// one was reached is left out: their clocks may stand in different days.
    pub(super) fn milestones_seen_by(&self, who: Walker) -> String {
        let Some(goal) = self.goal_of(who) else { return String::new() };
        let said = |said: Option<Said>| said.map(|said| said.source.key()).unwrap_or_default();
        let line = |row: MilestoneRow| {
            let MilestoneRow { id, text, reached, .. } = row;
            format!("{id}: {} {} {}\n", text.text, reached.is_some(), said(row.said))
        };
        let first = format!("goal: {}\n", said(goal.said));
        goal.milestones.into_iter().map(line).fold(first, |all, line| all + &line)
    }
}
