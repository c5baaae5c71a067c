//! Whom Kirsten lets see something: two who do now, and one whose time has run out.

use client::view::{AboutToShow, Network};
use client::{NewConsent, ToolCommand};
use domain::{LifeArea, Purpose};
use tests::Stuck;

use crate::year::Year;

/// Days ago, whom, which areas, what for, and for how many months.
type LetInRow = (i64, &'static str, &'static [&'static str], Purpose, u8);

const LET_IN: [LetInRow; 3] = [
    (230, "Susanne", &["housing"], Purpose::Help, 6),
    (150, "Bodil", &["medicine", "body"], Purpose::Follow, 12),
    (60, "Ali", &["money"], Purpose::Plan, 6),
];

impl Year<'_> {
    pub(crate) fn let_see(&mut self) -> Result<(), Stuck> {
        let course = self.course;
        for (days, name, areas, purpose, months) in LET_IN {
            self.kirsten.set_days_ago(days);
            let map = self.kirsten.look(&Network { course, day: None });
            let people = map.into_iter().flat_map(|map| map.people);
            let Some(row) = people.into_iter().find(|row| row.name == name) else { continue };
            let areas = areas.iter().filter_map(|key| LifeArea::from_key(key)).collect();
            let consent = NewConsent { areas, purpose, months, parent: None };
            let (network, person) = (row.document, row.id);
            self.kirsten.run(ToolCommand::GiveConsent { network, person, consent })?;
            // It can be taken back for ten seconds.
            self.kirsten
                .until("the consent to hold", |app| app.look(&AboutToShow).held.is_empty())?;
        }
        Ok(())
    }
}
