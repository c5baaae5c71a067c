//! The milestones of the year, and whose words they were when it was not Kirsten who wrote them.

use client::view::{GoalOf, Plan};
use client::{Made, MilestoneCommand, Statement, ToolCommand};
use domain::{Source, SourceName};
use tests::Stuck;

use crate::year::Year;

/// How many days ago, the beginning of the goal, what it says, and whether it is reached.
type Row = (i64, &'static str, &'static str, bool);

const MILESTONES: [Row; 8] = [
    (295, "Et sted at bo", "Mine papirer er i orden", true),
    (200, "Et sted at bo", "Jeg har set et sted, der passer", true),
    (60, "Et sted at bo", "Jeg har en nøgle", false),
    (290, "Penge til hele", "Jeg ved, hvad jeg skylder", true),
    (150, "Penge til hele", "3 måneder uden rykkere", false),
    (230, "Se min søn", "Vi har talt i telefon", true),
    (100, "Se min søn", "Vi har spist sammen", false),
    (70, "Turde gå", "Jeg har købt ind alene", false),
];

impl Year<'_> {
    /// Writes them on the goals that are there.
    pub(crate) fn milestones(&mut self) -> Result<(), Stuck> {
        for (days, goal, text, is_reached) in MILESTONES {
            let plan = self.kirsten.look(&Plan { course: self.course });
            let areas = plan.map(|plan| plan.areas).unwrap_or_default();
            let mut goals = areas.into_iter().flat_map(|area| area.goals);
            let Some(row) = goals.find(|row| row.title.starts_with(goal)) else { continue };
            self.kirsten.set_days_ago(days);
            let add = MilestoneCommand::Add(row.id, text.to_owned());
            let made = self.kirsten.run(ToolCommand::Milestone(row.document, add))?;
            if let Some(Made::Item(document, milestone)) = made.filter(|_| is_reached) {
                self.kirsten.set_days_ago((days - 60).max(3));
                let reach = MilestoneCommand::SetReached(milestone, true);
                self.kirsten.run(ToolCommand::Milestone(document, reach))?;
            }
        }
        self.sources()
    }

    /// What Mette wrote down on a day when Kirsten had no phone, and what a sister said.
    fn sources(&mut self) -> Result<(), Stuck> {
        let course = self.course;
        let name = |name| SourceName::new(name);
        let Some(plan) = self.kirsten.look(&Plan { course }) else { return Ok(()) };
        let told = [name("Jonas").map(Source::Supported), name("Lillian").map(Source::Relative)];
        for (dream, source) in plan.dreams.iter().zip(told) {
            let statement = Statement::Dream(dream.id);
            self.kirsten.run(ToolCommand::SetSource { document: course, statement, source })?;
        }
        let goals = plan.areas.into_iter().flat_map(|area| area.goals);
        for row in goals.filter(|row| row.title.starts_with("Turde gå")) {
            let of = GoalOf { document: row.document, goal: row.id };
            let Some(goal) = self.kirsten.look(&of) else { continue };
            for agreement in goal.agreements.iter().take(1) {
                let (document, statement) = (row.document, Statement::Agreement(agreement.id));
                let source = name("Line").map(Source::Professional);
                self.kirsten.run(ToolCommand::SetSource { document, statement, source })?;
            }
        }
        Ok(())
    }
}
