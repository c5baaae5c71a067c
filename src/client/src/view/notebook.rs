//! "Kun mig": notes for nobody else, what became of copies of them, and who would read one more.

use documents::{TextField, area, course, meeting, notebook};
use domain::{Became, Day, ItemId, LifeArea, NoteCopy, TITLE_UNITS_MAX, opening};
use litemap::LiteMap;
use trust::{DocumentId, Kind};

use super::agenda::TextView;
use super::meetings::{MeetingRow, Meetings, When};
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;
use crate::tool::ShareTo;

/// So much of a note stands in a list, in UTF-16 units.
pub(crate) const NOTE_UNITS_MAX: u32 = 140;

/// My notes in a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Notebook {
    /// The course.
    pub course: DocumentId,
}

/// My notes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotebookView {
    /// Notes, the newest first, from every notebook that my devices have founded.
    pub notes: Vec<NoteRow>,
    /// Who may read them: I.
    pub readers: Vec<Named>,
}

/// A note in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteRow {
    /// The notebook's document.
    pub document: DocumentId,
    /// Its name.
    pub id: ItemId,
    /// How it begins.
    pub opening: String,
    /// On which day it was begun.
    pub day: Day,
    /// Whether a copy of it was put where others can read it.
    pub is_shared: bool,
    /// Who may read the note itself: I.
    pub readers: Vec<Named>,
    at_ms: i64,
}

/// One note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoteOf {
    /// The notebook's document.
    pub document: DocumentId,
    /// Its name.
    pub note: ItemId,
}

/// A note with all that was done with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteView {
    /// What it says, to write in.
    pub text: TextView,
    /// On which day it was begun.
    pub day: Day,
    /// Copies that were put where others can read them, the first one first.
    pub copies: Vec<CopyRow>,
    /// Whether it says anything.
    pub is_blank: bool,
    /// Who may read the note itself: I.
    pub readers: Vec<Named>,
}

/// A copy of a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CopyRow {
    /// The name of the copying.
    pub id: ItemId,
    /// Where it was put.
    pub place: CopyPlace,
    /// On which day.
    pub day: Day,
    /// Who else may read it now.
    pub others: Vec<Named>,
    /// Whether it has been thrown out there.
    pub is_out: bool,
}

/// Where a copy of a note is, or would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CopyPlace {
    /// Among the dreams of the plan.
    Dreams,
    /// On the agenda of this meeting, and when that is.
    Agenda(DocumentId, When),
    /// Among the goals of a life area; the goal itself where there is one.
    Goals(Option<LifeArea>, Option<(DocumentId, ItemId)>),
    /// Somewhere that this app does not know.
    Elsewhere,
}

/// Where a copy of a note can go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShareOf {
    /// The notebook's document.
    pub document: DocumentId,
    /// The note.
    pub note: ItemId,
}

/// Where a copy can go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareView {
    /// The note, all of it: whoever reads the copy reads no less.
    pub text: String,
    /// Every place: the dreams, the meetings to come with the next one first, the life areas.
    pub targets: Vec<Target>,
}

/// One place it can go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// How to send it there.
    pub to: ShareTo,
    /// The place.
    pub place: CopyPlace,
    /// Who else can read it there.
    pub others: Vec<Named>,
    /// Whether the note is longer than what can stand there.
    pub is_too_long: bool,
}

impl Query for Notebook {
    type View = Option<NotebookView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let notebooks = client.parts(Some(self.course), Kind::Notebook);
        let mut topics = client.topics_of(notebooks.map(|(document, _)| document));
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<NotebookView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let me = client.me.person.filter(|me| client.citizen_of(sheet) == Some(*me))?;
        let mut notebooks: Vec<_> = client.parts(Some(self.course), Kind::Notebook).collect();
        // What came in from a file stands in two, once the other one is here too: one that can be written in is shown.
        notebooks.sort_by_key(|(_, sheet)| sheet.is_apart);
        let mut known = LiteMap::new();
        let notebooks = notebooks.into_iter();
        let notes =
            notebooks.map(|(document, sheet)| client.note_rows(document, sheet, &mut known));
        Some(NotebookView { notes: woven(notes.collect()), readers: vec![client.named(who(me))] })
    }
}

impl Query for NoteOf {
    type View = Option<NoteView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let sheet = client.sheets.get(&self.document);
        client.topics_of_notes(sheet.and_then(|sheet| sheet.membership.parent))
    }

    fn look(&self, client: &Client) -> Option<NoteView> {
        let (sheet, note) = client.note((self.document, self.note))?;
        Some(NoteView {
            is_blank: note.text.text.trim().is_empty(),
            day: client.day_of(note.at_ms),
            copies: note.copies.iter().map(|copy| client.copy_row(copy)).collect(),
            text: client.text_view(TextField::Note(self.note), note.text),
            readers: client.readers(sheet),
        })
    }
}

impl Query for ShareOf {
    type View = Option<ShareView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        NoteOf { document: self.document, note: self.note }.topics(client)
    }

    fn look(&self, client: &Client) -> Option<ShareView> {
        let (sheet, note) = client.note((self.document, self.note))?;
        let id = sheet.membership.parent?;
        let course = client.sheets.get(&id).filter(|sheet| !sheet.gone)?;
        let is_long = note.text.text.trim().encode_utf16().count() > TITLE_UNITS_MAX as usize;
        let mut targets = vec![Target {
            to: ShareTo::Dreams,
            place: CopyPlace::Dreams,
            others: client.others(course),
            is_too_long: false,
        }];
        let meetings = Meetings { course: Some(id) }.look(client).upcoming.into_iter();
        targets.extend(meetings.filter(|row| row.can_write).map(agenda_target));
        let founded: Vec<(LifeArea, &Sheet)> =
            client.parts(Some(id), Kind::LifeArea).filter_map(with_area).collect();
        let mut areas: Vec<LifeArea> =
            course::read(&course.paper).0.programme.life_areas().collect();
        for (area, _) in &founded {
            if !areas.contains(area) {
                areas.push(area.clone());
            }
        }
        targets.extend(areas.into_iter().map(|area| Target {
            others: match founded.iter().find(|(known, _)| *known == area) {
                Some((_, sheet)) => client.others(sheet),
                None => client.others_in_new_area(course),
            },
            place: CopyPlace::Goals(Some(area.clone()), None),
            to: ShareTo::Goals(area),
            is_too_long: is_long,
        }));
        Some(ShareView { text: note.text.text.clone(), targets })
    }
}

/// Notes that are shown, by their name and what they say, and where they stand.
type Known = LiteMap<(ItemId, String), DocumentId>;

impl Client {
    /// What a note says may depend on every place it was shared to.
    fn topics_of_notes(&self, course: Option<DocumentId>) -> Vec<Topic> {
        let kinds = [Kind::Notebook, Kind::Meeting, Kind::LifeArea];
        let parts = kinds.into_iter().flat_map(|kind| self.parts(course, kind));
        let parts: Vec<DocumentId> = parts.map(|(document, _)| document).collect();
        let mut topics = self.topics_of(parts);
        topics.push(Topic::Clock);
        topics
    }

    fn note(&self, (document, note): (DocumentId, ItemId)) -> Option<(&Sheet, domain::Note)> {
        let is_notebook = |sheet: &&Sheet| sheet.membership.kind == Kind::Notebook && !sheet.gone;
        let sheet = self.sheets.get(&document).filter(is_notebook)?;
        let notes = notebook::read(&sheet.paper).0.notes;
        Some((sheet, notes.into_iter().find(|found| found.id == note)?))
    }

    /// Where two say the very same, it is shown once.
    fn note_rows(&self, document: DocumentId, sheet: &Sheet, known: &mut Known) -> Vec<NoteRow> {
        let readers = self.readers(sheet);
        let row = |note: domain::Note| NoteRow {
            document,
            id: note.id,
            opening: opening(&note.text.text, NOTE_UNITS_MAX),
            day: self.day_of(note.at_ms),
            is_shared: !note.copies.is_empty(),
            readers: readers.clone(),
            at_ms: note.at_ms,
        };
        let notes = notebook::read(&sheet.paper).0.notes.into_iter();
        let is_new = |note: &domain::Note| {
            known
                .insert((note.id, note.text.text.clone()), document)
                .is_none_or(|it| it == document)
        };
        notes.filter(is_new).map(row).collect()
    }

    fn copy_row(&self, copy: &NoteCopy) -> CopyRow {
        let named = copy.document.map(|document| DocumentId(document.0)).zip(copy.item);
        let found = copy.became.zip(named);
        let (place, is_out) = match found {
            Some((became, (document, item))) => self.copy_place(became, document, item),
            None => (CopyPlace::Elsewhere, false),
        };
        let sheet = named.and_then(|(document, _)| self.sheets.get(&document));
        let others = sheet.map(|sheet| self.others(sheet)).unwrap_or_default();
        CopyRow { id: copy.id, place, day: self.day_of(copy.at_ms), others, is_out }
    }

    /// Where a copy stands, and whether it has been thrown out there. One that has not come to this
    /// device has not been thrown out.
    fn copy_place(&self, became: Became, document: DocumentId, item: ItemId) -> (CopyPlace, bool) {
        let sheet = self.sheets.get(&document).filter(|sheet| !sheet.gone);
        match became {
            Became::Dream => {
                let is_out = |sheet: &Sheet| {
                    let out = course::read(&sheet.paper).0.removed_dreams;
                    out.iter().any(|dream| dream.id == item)
                };
                (CopyPlace::Dreams, sheet.is_some_and(is_out))
            }
            Became::Topic => {
                let is_out = |sheet: &Sheet| {
                    let out = meeting::read_agenda(&sheet.paper).0.removed;
                    out.iter().any(|topic| topic.id == item)
                };
                let when = sheet.map(When::read).unwrap_or_default();
                (CopyPlace::Agenda(document, when), sheet.is_some_and(is_out))
            }
            Became::Goal => {
                let plan = sheet.map(|sheet| area::read(&sheet.paper).0).unwrap_or_default();
                let is_out = plan.removed_goals.iter().any(|goal| goal.id == item);
                (CopyPlace::Goals(plan.area, Some((document, item))), is_out)
            }
        }
    }

    fn others(&self, sheet: &Sheet) -> Vec<Named> {
        let mut others = self.readers(sheet);
        others.retain(|named| !named.is_me);
        others
    }

    /// Who else could read a goal in an area that has no document yet.
    fn others_in_new_area(&self, course: &Sheet) -> Vec<Named> {
        let members = self.members_of_part(course, Kind::LifeArea).into_iter();
        let others = members.map(|(person, _)| self.named(who(person)));
        others.filter(|named| !named.is_me).collect()
    }
}

fn with_area((_, sheet): (DocumentId, &Sheet)) -> Option<(LifeArea, &Sheet)> {
    Some((area::read(&sheet.paper).0.area?, sheet))
}

fn agenda_target(row: MeetingRow) -> Target {
    Target {
        to: ShareTo::Agenda(row.document),
        place: CopyPlace::Agenda(row.document, When::of(&row.meeting)),
        others: row.readers.into_iter().filter(|named| !named.is_me).collect(),
        is_too_long: false,
    }
}

/// The notes of several notebooks as one list, the newest first. Each notebook keeps its own order,
/// whatever the clocks said; a clock only decides between two of them.
fn woven(notebooks: Vec<Vec<NoteRow>>) -> Vec<NoteRow> {
    let mut rest: LiteMap<usize, std::vec::IntoIter<NoteRow>> =
        notebooks.into_iter().map(Vec::into_iter).enumerate().collect();
    let mut notes = Vec::new();
    loop {
        let heads = rest.iter().filter_map(|(at, notes)| {
            let first = notes.as_slice().first()?;
            Some(((first.at_ms, first.id), *at))
        });
        let Some((_, newest)) = heads.max() else { return notes };
        notes.extend(rest.get_mut(&newest).and_then(Iterator::next));
    }
}
