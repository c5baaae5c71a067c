//! Where Kirsten's course is after a year: Mette has moved it on twice.

use client::ToolCommand;
use client::view::MyCourse;
use tests::Stuck;

use crate::year::Year;

/// How many days ago, and to which step of the programme, from 0.
const MOVES: [(i64, usize); 2] = [(300, 1), (262, 2)];

impl Year<'_> {
    /// The steps are the municipality's own, so that they are found by their place.
    pub(crate) fn move_on(&mut self) -> Result<(), Stuck> {
        let course = self.course;
        let steps = |client: &client::Client| client.look(&MyCourse { course });
        self.mette.until("the municipality's guide", move |client| {
            steps(client).is_some_and(|found| !found.phases.is_empty())
        })?;
        let phases = self.mette.look(&MyCourse { course }).map(|found| found.phases);
        for (days, place) in MOVES {
            let Some(phase) = phases.iter().flatten().nth(place) else { continue };
            self.mette.set_days_ago(days);
            self.mette.run(ToolCommand::MoveOn(course, phase.key.clone()))?;
        }
        self.mette.set_days_ago(0);
        Ok(())
    }
}
