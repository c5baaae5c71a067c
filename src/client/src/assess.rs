//! Saying how it goes in a life area, one area at a time.

use documents::{TextField, area, course};
use domain::{Day, Voice};
use trust::{DocumentId, Role};

use crate::client::{Client, Made};

use crate::refusal::Refusal;
use crate::run::{Outcome, checked, fill};
use crate::tool::Saying;

impl Client {
    pub(crate) fn assess(&mut self, course: DocumentId, saying: Saying) -> Outcome {
        let Saying { area: life_area, voice, score, words } = saying;
        let id = self.chance.item();
        let field = TextField::Assessment(id);
        // Before anything is made: a refusal changes nothing.
        self.may_speak_as(course, voice)?;
        let has_words = !words.trim().is_empty();
        if has_words || score.is_none() {
            checked(field, &words)?;
        }
        let today = Day::of_moment(self.now.wall_ms, self.now.zone_minutes);
        let document = self.area_to_write_in(course, &life_area)?;
        self.change(document, |sheet, author| {
            area::add_assessment(&mut sheet.paper, id, (voice, today, score), author);
            if has_words {
                fill(sheet, field, &words, author)?;
            }
            Ok(Some(Made::Item(document, id)))
        })
    }

    /// A coordinator writes down what the citizen says, too; nobody else speaks for another.
    fn may_speak_as(&self, course: DocumentId, voice: Voice) -> Result<(), Refusal> {
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let sheet = self.sheets.get(&course).filter(|sheet| !sheet.gone);
        let role = sheet.ok_or(Refusal::NotThere)?.membership.role(me, self.today());
        match (role, voice) {
            (Some(Role::Coordinator), _) | (Some(Role::Citizen), Voice::Citizen) => Ok(()),
            _ => Err(Refusal::NotAllowed),
        }
    }

    /// The picture is the citizen's, to see or not to see.
    pub(crate) fn hide_web(&mut self, course: DocumentId, hides: bool) -> Outcome {
        self.may_speak_as(course, Voice::Citizen)?;
        self.change(course, |sheet, _| {
            course::set_hides_web(&mut sheet.paper, hides);
            Ok(None)
        })
    }
}
