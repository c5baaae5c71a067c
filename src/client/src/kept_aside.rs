//! What the server keeps aside of those who were put out meanwhile: asked for when somebody wants to see it, kept in
//! memory alone, never merged into a document, and erased when they say so.

use std::any::Any;
use std::collections::VecDeque;

use sync::aside::ERASED_AT_ONCE_MAX;
use sync::message::{AsidePage, AsideRecord, Ask, RecordName, Refusal, Tell};
use trust::{DocumentId, Header, PersonId, Record, RecordKind, Role};

use crate::client::{Client, Topic};
use crate::command::Deed;
use crate::errand::{Errand, Happened};
use crate::run::Outcome;
use crate::sheet::Sheet;

/// What a person can do about what is kept aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeptAsideCommand {
    /// Is there anything of this course? No more is fetched than it takes to know.
    Glance(DocumentId),
    /// All of this course that I may read.
    Read(DocumentId),
    /// What of mine lies there.
    ReadOwn,
    /// Nobody needs these any longer.
    Erase(DocumentId, Vec<RecordName>),
}

/// Of what it is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AsideOf {
    /// A course and its parts.
    Course(DocumentId),
    /// The documents in which something of mine was kept aside.
    Own,
}

/// One thing that is kept aside.
pub(crate) struct Found {
    pub(crate) document: DocumentId,
    /// `None` where not even that can be read.
    pub(crate) name: Option<RecordName>,
    pub(crate) person: Option<PersonId>,
    /// When it came, in seconds since 1970-01-01 UTC by the server's clock.
    pub(crate) kept: u64,
    pub(crate) content: Content,
}

/// What was made of its bytes.
pub(crate) enum Content {
    /// Something was written. It is read where its words are shown, and nowhere merged.
    Update(Record),
    /// Only a newer app knows what it is.
    Later,
    /// It holds no words: who is in a document, or what stands in for records that are there.
    NoWords,
    /// It is no record of this document.
    Unreadable,
}

/// What is on its way to the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Page,
    Erasing,
}

/// Asking, one thing at a time.
pub(crate) struct AskingAside {
    pub(crate) of: AsideOf,
    is_glance: bool,
    pages: VecDeque<(DocumentId, Option<RecordName>)>,
    erasing: VecDeque<(DocumentId, Vec<RecordName>)>,
    asked: Option<Asked>,
    pub(crate) found: Vec<Found>,
}

impl Deed for KeptAsideCommand {
    fn done_by(self: Box<Self>, client: &mut Client) -> Outcome {
        match *self {
            Self::Glance(course) => client.just(|me| me.ask_aside(AsideOf::Course(course), true)),
            Self::Read(course) => client.just(|me| me.ask_aside(AsideOf::Course(course), false)),
            Self::ReadOwn => client.just(|me| me.ask_aside(AsideOf::Own, false)),
            Self::Erase(document, names) => client.just(|me| me.erase_aside(document, &names)),
        }
    }
}

impl Client {
    fn ask_aside(&mut self, of: AsideOf, is_glance: bool) {
        // A file that is coming in must not be left half way.
        if self.is_taking_in_file() {
            return self.changed(Topic::Errand);
        }
        // What was found is there to be told of; the screen of it asks anew.
        if is_glance && self.has_found_aside(of) {
            return;
        }
        let documents = match of {
            AsideOf::Course(course) => self.left_by_somebody(course),
            AsideOf::Own => self.kept_of_mine(),
        };
        let pages = documents.into_iter().map(|document| (document, None)).collect();
        let (erasing, asked, found) = (VecDeque::new(), None, Vec::new());
        self.set_out(AskingAside { of, is_glance, pages, erasing, asked, found });
    }

    fn has_found_aside(&self, of: AsideOf) -> bool {
        let errand = self.errand.as_ref();
        let asking = errand.and_then(|errand| errand.look().downcast_ref::<AskingAside>());
        asking.is_some_and(|asking| asking.of == of && !asking.found.is_empty())
    }

    /// The documents of a course in which I may read what is kept aside, and which somebody has left who may have
    /// written in them.
    fn left_by_somebody(&self, course: DocumentId) -> Vec<DocumentId> {
        let today = self.today();
        let writes = |role: Role| matches!(role, Role::Citizen | Role::Coordinator);
        let mut writers: Vec<PersonId> = Vec::new();
        for (document, sheet) in self.course_and_parts(course) {
            let members = sheet.membership.members.iter();
            writers.extend(members.filter(|(_, one)| writes(one.role)).map(|(who, _)| *who));
            writers.extend(sheet.owners.all().filter_map(|(_, device)| self.writer(device)));
            if document == course {
                let people = documents::course::read(&sheet.paper).0.people;
                writers.extend(people.iter().map(|person| PersonId(person.who.0)));
            }
        }
        writers.sort_unstable();
        writers.dedup();
        let has_left = |sheet: &Sheet, who: &PersonId| {
            !sheet.membership.members.get(who).is_some_and(|member| member.holds(today))
        };
        let all = self.course_and_parts(course).filter(|(_, sheet)| self.can_write(sheet));
        let left = all.filter(|(_, sheet)| writers.iter().any(|who| has_left(sheet, who)));
        left.map(|(document, _)| document).collect()
    }

    pub(crate) fn kept_of_mine(&self) -> Vec<DocumentId> {
        let kept = self.aside.values().filter(|row| row.why == Some(Refusal::KeptAside));
        let mut documents: Vec<DocumentId> = kept.map(|row| row.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    fn erase_aside(&mut self, document: DocumentId, names: &[RecordName]) {
        if !self.replica.is_in() {
            return;
        }
        let Some(mut errand) = self.errand.take() else { return };
        if let Some(asking) = errand.as_any().downcast_mut::<AskingAside>() {
            let parts = names.chunks(ERASED_AT_ONCE_MAX);
            asking.erasing.extend(parts.map(|part| (document, part.to_vec())));
            self.changed(Topic::Errand);
        }
        self.errand = Some(errand);
    }
}

impl Errand for AskingAside {
    fn go_on(&mut self, client: &mut Client, happened: Happened<'_>) -> bool {
        match happened {
            Happened::Loaded(..) => {}
            Happened::Heard(tell) => {
                if self.heard(tell) {
                    client.changed(Topic::Errand);
                }
            }
            Happened::Done => self.step(client),
        }
        false
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn look(&self) -> &dyn Any {
        self
    }
}

impl AskingAside {
    /// Whether all that was asked for is here.
    pub(crate) fn is_over(&self) -> bool {
        self.pages.is_empty()
    }

    /// Whether this is being erased.
    pub(crate) fn is_erasing(&self, document: DocumentId, name: RecordName) -> bool {
        self.erasing.iter().any(|(of, names)| *of == document && names.contains(&name))
    }

    fn step(&mut self, client: &mut Client) {
        if !client.replica.is_in() {
            self.asked = None;
            // Who said so is told that it was not done.
            if !self.erasing.is_empty() {
                self.erasing.clear();
                client.changed(Topic::Errand);
            }
            return;
        }
        if self.asked.is_some() || client.wait_until.is_some() {
            return;
        }
        if let Some((document, names)) = self.erasing.front().cloned() {
            self.asked = Some(Asked::Erasing);
            client.ask(&Ask::EraseAside { document, names });
        } else if let Some(&(document, after)) = self.pages.front() {
            self.asked = Some(Asked::Page);
            client.ask(&Ask::Aside { document, after });
        }
    }

    /// Takes in what the server says; whether it was about this.
    fn heard(&mut self, tell: &Tell) -> bool {
        match tell {
            Tell::Aside(page) if self.has_asked_of(page.document) => self.page(page),
            // There is nothing, or nothing more, that I may know of.
            Tell::Gone(document) if self.has_asked_of(*document) => drop(self.pages.pop_front()),
            Tell::AsideErased { document, names } if self.asked == Some(Asked::Erasing) => {
                self.erased(*document, names);
            }
            Tell::Wait { .. } => {}
            _ => return false,
        }
        self.asked = None;
        true
    }

    fn has_asked_of(&self, document: DocumentId) -> bool {
        let is_front = self.pages.front().is_some_and(|(asked, _)| *asked == document);
        is_front && self.asked == Some(Asked::Page)
    }

    fn page(&mut self, page: &AsidePage) {
        let Some((document, after)) = self.pages.pop_front() else { return };
        for row in &page.records {
            let found = Found::new(document, row);
            let is_known = |known: &Found| known.document == document && known.name == found.name;
            if found.name.is_none() || !self.found.iter().any(is_known) {
                self.found.push(found);
            }
        }
        let goes_on = |next: &RecordName| after.is_none_or(|after| *next > after);
        if let Some(next) = page.next.filter(goes_on) {
            self.pages.push_front((document, Some(next)));
        }
        if self.is_glance && !self.found.is_empty() {
            self.pages.clear();
        }
    }

    fn erased(&mut self, document: DocumentId, erased: &[RecordName]) {
        let Some((_, asked)) = self.erasing.pop_front() else { return };
        let is_of_it = |found: &Found| found.document == document;
        if asked.iter().all(|name| erased.contains(name)) {
            let is_erased = |name: RecordName| erased.contains(&name);
            self.found.retain(|found| !is_of_it(found) || !found.name.is_some_and(is_erased));
            return;
        }
        // Somebody else has erased some of it, or I may not any longer: what is there now is asked anew.
        self.found.retain(|found| !is_of_it(found));
        self.pages.retain(|(of, _)| *of != document);
        self.pages.push_front((document, None));
    }
}

impl Found {
    fn new(document: DocumentId, row: &AsideRecord) -> Self {
        let &AsideRecord { person, kept, ref record } = row;
        let header = Header::read(record).ok().filter(|header| header.document == document);
        let name = header.map(|Header { device, counter, .. }| RecordName { device, counter });
        let read = || Record::read(record.to_vec()).ok();
        let content = match header.map(|header| header.kind) {
            Some(RecordKind::Later(_)) => Content::Later,
            Some(RecordKind::Membership | RecordKind::Snapshot) => Content::NoWords,
            Some(RecordKind::Update) => read().map_or(Content::Unreadable, Content::Update),
            None => Content::Unreadable,
        };
        Self { document, name, person, kept, content }
    }
}
