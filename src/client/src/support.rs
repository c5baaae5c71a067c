//! Help that a citizen gets: written down in the document of its life area.

use documents::{TextField, support};
use domain::LifeArea;
use trust::DocumentId;

use crate::client::{Client, Made};

use crate::run::{Outcome, checked, fill};
use crate::tool::NewSupport;

impl Client {
    pub(crate) fn add_support(
        &mut self,
        course: DocumentId,
        area: &LifeArea,
        new: &NewSupport,
    ) -> Outcome {
        let id = self.chance.item();
        checked(TextField::SupportWhat(id), &new.what)?;
        let others =
            [(TextField::SupportFrom(id), &new.from), (TextField::SupportOften(id), &new.often)];
        let others = others.map(|(field, words)| (field, words.trim()));
        // What is not known may be left out.
        for (field, words) in others.iter().filter(|(_, words)| !words.is_empty()) {
            checked(*field, words)?;
        }
        let document = self.area_to_write_in(course, area)?;
        self.ask_to_persist();
        self.change(document, |sheet, author| {
            support::add(&mut sheet.paper, id, author);
            if new.since.is_some() {
                support::set(&mut sheet.paper, id, support::SupportField::Since(new.since));
            }
            fill(sheet, TextField::SupportWhat(id), &new.what, author)?;
            for (field, words) in others {
                fill(sheet, field, words, author)?;
            }
            Ok(Some(Made::Item(document, id)))
        })
    }
}
