//! "Kun mig": notes for nobody else, and copies of them that are put where others can read them.

use documents::{TextField, area, course, meeting, notebook};
use domain::{DocumentName, ItemId, NOTES_MAX, NoteCopy, TITLE_UNITS_MAX, Who, Written, opening};
use trust::{DocumentId, Kind};

use crate::client::{Client, Made};
use crate::command::Thing;
use crate::refusal::Refusal;
use crate::run::{Outcome, checked, fill};
use crate::sheet::Sheet;
use crate::tool::ShareTo;

/// A title that stands for a longer text ends after this many UTF-16 units.
const SHORT_TITLE_UNITS: u32 = 80;

/// A copy that was just put somewhere, and the notebook that says so.
pub(crate) struct JustShared {
    notebook: DocumentId,
    document: DocumentId,
    thing: Thing,
}

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
        let first = self.parts(Some(course), Kind::Notebook).next().map(|(document, _)| document);
        let document = match first {
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

    pub(crate) fn share_note(
        &mut self,
        (notebook, note): (DocumentId, ItemId),
        to: &ShareTo,
    ) -> Outcome {
        let (sheet, author) = self.writable(notebook)?;
        let course = sheet.membership.parent.ok_or(Refusal::NotThere)?;
        let (found, _) = notebook::read(&sheet.paper);
        let found = found.notes.into_iter().find(|found| found.id == note);
        let text = found.ok_or(Refusal::NotThere)?.text.text;
        let made = match to {
            ShareTo::Dreams => self.add_dream(course, &text)?,
            ShareTo::Agenda(meeting) => self.share_as_topic((course, *meeting), &text)?,
            ShareTo::Goals(area) => self.add_goal(course, area, &in_one_line(&text))?,
        };
        let Some(Made::Item(document, item)) = made else { return Ok(made) };
        let copy = NoteCopy {
            id: self.chance.item(),
            became: Some(to.became()),
            document: Some(DocumentName(document.0)),
            item: Some(item),
            at_ms: author.at_ms,
        };
        self.change(notebook, |sheet, author| {
            notebook::add_copy(&mut sheet.paper, note, &copy, author);
            Ok(None)
        })?;
        self.just_shared = Some(JustShared { notebook, document, thing: to.thing(item) });
        Ok(made)
    }

    /// What does not fit in a title stands whole beneath it.
    fn share_as_topic(
        &mut self,
        (course, document): (DocumentId, DocumentId),
        text: &str,
    ) -> Outcome {
        let id = self.chance.item();
        let belongs = |sheet: &Sheet| {
            sheet.membership.kind == Kind::Meeting && sheet.membership.parent == Some(course)
        };
        if !self.sheets.get(&document).is_some_and(belongs) {
            return Err(Refusal::NotThere);
        }
        let whole = opening(text, TITLE_UNITS_MAX);
        let fits = whole == text.trim();
        let title = if fits { whole } else { opening(text, SHORT_TITLE_UNITS) };
        self.change(document, |sheet, author| {
            if meeting::read_agenda(&sheet.paper).0.topics.len() >= domain::TOPICS_MAX {
                return Err(Refusal::TooMany);
            }
            checked(TextField::TopicTitle(id), &title)?;
            checked(TextField::TopicWhy(id), text)?;
            meeting::add_topic(&mut sheet.paper, id, author);
            fill(sheet, TextField::TopicTitle(id), &title, author)?;
            if !fits {
                fill(sheet, TextField::TopicWhy(id), text, author)?;
            }
            Ok(Some(Made::Item(document, id)))
        })
    }

    /// Nobody who taps "undo" at once wants others to find the copy in "Smidt ud". So it is undone, unless
    /// somebody has written something since: then it is thrown out.
    pub(crate) fn unshare_note(&mut self, document: DocumentId, thing: Thing) -> Outcome {
        let is_it = |just: &mut JustShared| (just.document, just.thing) == (document, thing);
        let Some(just) = self.just_shared.take_if(is_it) else {
            return self.throw_out(document, thing, true);
        };
        if !self.is_untouched(document, thing) {
            return self.throw_out(document, thing, true);
        }
        for document in [document, just.notebook] {
            let (sheet, _) = self.writable(document)?;
            sheet.paper.undo();
            self.wrote(document);
        }
        Ok(None)
    }

    /// Something is written in a document: what was shared there last is no longer the newest.
    pub(crate) fn forget_shared(&mut self, document: DocumentId) {
        self.just_shared.take_if(|just| just.document == document || just.notebook == document);
    }

    /// Whether nobody but me has written in a thing or put anything beneath it.
    fn is_untouched(&self, document: DocumentId, thing: Thing) -> bool {
        let Some((sheet, me)) = self.sheets.get(&document).zip(self.who()) else { return false };
        let id = thing.id();
        match thing {
            Thing::Dream(_) => {
                let dreams = course::read(&sheet.paper).0.dreams;
                dreams.iter().any(|dream| dream.id == id && is_by(&dream.text, me))
            }
            Thing::Meeting(..) => {
                let topics = meeting::read_agenda(&sheet.paper).0.topics;
                let mine = |topic: &domain::Topic| {
                    [&topic.title, &topic.why, &topic.hope].into_iter().all(|text| is_by(text, me))
                };
                topics.iter().any(|topic| topic.id == id && mine(topic))
            }
            Thing::Area(..) => {
                let plan = area::read(&sheet.paper).0;
                let is_alone = plan.agreements.iter().all(|agreement| agreement.goal != Some(id));
                let mine = |goal: &domain::Goal| goal.steps.is_empty() && is_by(&goal.title, me);
                is_alone && plan.goals.iter().any(|goal| goal.id == id && mine(goal))
            }
            Thing::Note(_) | Thing::Person(_) => false,
        }
    }
}

/// A goal's title has no lines.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_by(text: &Written, me: Who) -> bool {
    text.by.iter().all(|who| *who == me)
}
