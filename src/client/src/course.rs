//! Moving a course from phase to phase.

use documents::course;
use domain::Phase;
use domain::guide::PhaseKey;
use trust::DocumentId;

use crate::client::Client;
use crate::refusal::Refusal;
use crate::run::Outcome;

impl Client {
    /// The coordinator moves it, and the citizen sees who did.
    pub(crate) fn move_on(&mut self, course: DocumentId, key: &PhaseKey) -> Outcome {
        let sheet =
            self.sheets.get(&course).filter(|sheet| !sheet.gone).ok_or(Refusal::NotThere)?;
        if !self.can_move(sheet) {
            return Err(Refusal::NotAllowed);
        }
        let place = self.programme_guide(course).and_then(|guide| guide.place(key));
        let number = place.and_then(|place| u8::try_from(place + 1).ok());
        let phase = Phase(number.ok_or(Refusal::NotThere)?);
        let moved = self.chance.item();
        self.change(course, |sheet, author| {
            course::move_on(&mut sheet.paper, moved, (key, phase), author);
            Ok(None)
        })
    }
}
