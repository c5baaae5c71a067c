//! "Kun mig": notes for nobody else, and copies of them that are put where others can read them.

use documents::{Loan, TextField, meeting, notebook};
use domain::{DocumentName, ItemId, NOTES_MAX, NoteCopy, TITLE_UNITS_MAX, opening};
use trust::{DocumentId, Kind};

use crate::client::{Client, Made, Topic};
use crate::held::HeldDeed;
use crate::refusal::Refusal;
use crate::run::{Outcome, checked, fill};
use crate::sheet::Sheet;
use crate::tool::ShareTo;

/// A title that stands for a longer text ends after this many UTF-16 units.
const SHORT_TITLE_UNITS: u32 = 80;

impl Client {
    pub(crate) fn add_note(&mut self, course: DocumentId, text: &str) -> Outcome {
        let id = self.chance.item();
        checked(TextField::Note(id), text)?;
        let count = |(_, sheet): (DocumentId, &Sheet)| notebook::read(&sheet.paper).0.notes.len();
        if self.parts(Some(course), Kind::Notebook).map(count).sum::<usize>() >= NOTES_MAX {
            return Err(Refusal::TooMany);
        }
        // Two devices that have not heard of each other may each have founded one: from then on both
        // write in the same, and what stands in the other is read beside it.
        let document = match self.notebook_to_write_in(course) {
            Some(document) => document,
            None => self.found_part(course, Kind::Notebook)?,
        };
        self.ask_to_persist();
        self.change(document, |sheet, author| {
            notebook::add_note(&mut sheet.paper, id, author);
            fill(sheet, TextField::Note(id), text, author)?;
            Ok(Some(Made::Item(document, id)))
        })
    }

    /// Puts in the notebook of a course what these say and it does not. Says how many of them said something new.
    pub(crate) fn add_notes(
        &mut self,
        course: DocumentId,
        updates: &[Vec<u8>],
    ) -> Result<usize, Refusal> {
        let document = match self.notebook_to_write_in(course) {
            Some(document) => document,
            None => self.found_part(course, Kind::Notebook)?,
        };
        let (sheet, _) = self.writable(document)?;
        let held = Loan::of(&sheet.paper.state()).map_err(|_| Refusal::NotThere)?;
        let is_new = |update: &&Vec<u8>| {
            Loan::of(update).is_ok_and(|mut said| {
                said.repay(&held);
                !said.is_repaid()
            })
        };
        let new: Vec<Vec<u8>> = updates.iter().filter(is_new).cloned().collect();
        for update in &new {
            self.apply(document, update);
        }
        self.record_own(document, &new, Vec::new());
        self.changed(Topic::Saving);
        Ok(new.len())
    }

    /// The first one that the server gives to this device.
    fn notebook_to_write_in(&self, course: DocumentId) -> Option<DocumentId> {
        let mut all = self.parts(Some(course), Kind::Notebook);
        all.find(|(_, sheet)| !sheet.is_apart).map(|(document, _)| document)
    }

    /// Puts a copy of a note where others can read it, in a moment.
    pub(crate) fn share_note(
        &mut self,
        (notebook, note): (DocumentId, ItemId),
        to: ShareTo,
    ) -> Outcome {
        let text = self.note_to_share((notebook, note))?;
        let course = self.course_of_notebook(notebook)?;
        match &to {
            ShareTo::Dreams => checked(TextField::Dream(note), &text)?,
            ShareTo::Agenda(meeting) => self.has_room_for_topic((course, *meeting), &text)?,
            ShareTo::Goals(_) => checked(TextField::Goal(note), &in_one_line(&text))?,
        }
        // What is written in the note from now on does not go with it.
        self.hold(HeldDeed::Share { notebook, note, to, text })
    }

    /// Puts it there now.
    pub(crate) fn share_now(
        &mut self,
        (notebook, note): (DocumentId, ItemId),
        to: &ShareTo,
        text: &str,
    ) -> Outcome {
        self.note_to_share((notebook, note))?;
        let course = self.course_of_notebook(notebook)?;
        let made = match to {
            ShareTo::Dreams => self.add_dream(course, text)?,
            ShareTo::Agenda(meeting) => self.share_as_topic((course, *meeting), text)?,
            ShareTo::Goals(area) => self.add_goal(course, area, &in_one_line(text))?,
        };
        let Some(Made::Item(document, item)) = made else { return Ok(made) };
        let id = self.chance.item();
        self.change(notebook, |sheet, author| {
            let became = Some(to.became());
            let document = Some(DocumentName(document.0));
            let copy = NoteCopy { id, became, document, item: Some(item), at_ms: author.at_ms };
            notebook::add_copy(&mut sheet.paper, note, &copy, author);
            Ok(made)
        })
    }

    fn note_to_share(&mut self, (notebook, note): (DocumentId, ItemId)) -> Result<String, Refusal> {
        let (sheet, _) = self.writable(notebook)?;
        let found = notebook::read(&sheet.paper).0.notes.into_iter().find(|it| it.id == note);
        Ok(found.ok_or(Refusal::NotThere)?.text.text)
    }

    fn course_of_notebook(&self, notebook: DocumentId) -> Result<DocumentId, Refusal> {
        let sheet = self.sheets.get(&notebook);
        sheet.and_then(|sheet| sheet.membership.parent).ok_or(Refusal::NotThere)
    }

    fn has_room_for_topic(
        &mut self,
        (course, meeting): (DocumentId, DocumentId),
        text: &str,
    ) -> Result<(), Refusal> {
        let belongs = |sheet: &Sheet| {
            sheet.membership.kind == Kind::Meeting && sheet.membership.parent == Some(course)
        };
        if !self.sheets.get(&meeting).is_some_and(belongs) {
            return Err(Refusal::NotThere);
        }
        let (sheet, _) = self.writable(meeting)?;
        if meeting::read_agenda(&sheet.paper).0.topics.len() >= domain::TOPICS_MAX {
            return Err(Refusal::TooMany);
        }
        checked(TextField::TopicWhy(ItemId(0)), text)
    }

    /// What does not fit in a title stands whole beneath it.
    fn share_as_topic(
        &mut self,
        (course, document): (DocumentId, DocumentId),
        text: &str,
    ) -> Outcome {
        self.has_room_for_topic((course, document), text)?;
        let id = self.chance.item();
        let whole = opening(text, TITLE_UNITS_MAX);
        let fits = whole == text.trim();
        let title = if fits { whole } else { opening(text, SHORT_TITLE_UNITS) };
        self.change(document, |sheet, author| {
            checked(TextField::TopicTitle(id), &title)?;
            meeting::add_topic(&mut sheet.paper, id, author);
            fill(sheet, TextField::TopicTitle(id), &title, author)?;
            if !fits {
                fill(sheet, TextField::TopicWhy(id), text, author)?;
            }
            Ok(Some(Made::Item(document, id)))
        })
    }
}

/// A goal's title has no lines.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
