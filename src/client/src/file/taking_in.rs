//! Taking a file in: what is lacking is offered to the server a little at a time, and what it keeps is fetched
//! from it.

use std::any::Any;
use std::collections::VecDeque;

use litemap::LiteMap;
use sync::message::{Ask, Held, Refusal, Tell};
use trust::{DeviceId, DocumentId, Member, Record, RecordKind, Role};

use super::FileFault;
use super::lacking::{Lacking, lacking};
use super::read::{FileRead, read};
use crate::client::{Client, Topic};
use crate::effect::Row;
use crate::errand::{Errand, Happened};
use crate::view::FileInView;

/// As much is offered at once: what the server answers to one push.
const RECORDS_AT_ONCE: usize = 32;
/// As many bytes.
const BYTES_AT_ONCE: usize = 128 * 1024;

/// A file on its way in.
pub(crate) struct TakingIn {
    stage: Stage,
}

enum Stage {
    /// The device's own log is being read, by this number.
    Reading(u64, FileRead),
    Stopped(FileFault),
    Giving(Giving),
    /// The server has what it will have; what it has is on its way.
    Fetching(Giving),
    Over(Giving),
}

/// What is being given, and what has become of it.
struct Giving {
    file: FileRead,
    queue: VecDeque<Record>,
    in_flight: Vec<Record>,
    /// How far the server's logs reach, of the documents that something was given to.
    heads: LiteMap<DocumentId, u64>,
    words: Vec<(DocumentId, Vec<u8>)>,
    /// What notebooks say that were not on this device.
    notes: LiteMap<DocumentId, Vec<Vec<u8>>>,
    /// How much of each the server has now, also where it does not give it to this device.
    notes_stored: LiteMap<DocumentId, usize>,
    came_in: usize,
    refused: usize,
    asks_consent: bool,
}

impl Client {
    /// Takes a file in, as soon as its bytes are here.
    pub(crate) fn take_in_file(&mut self, bytes: &[u8]) {
        let stage = match self.check_file(bytes) {
            Ok(file) => Stage::Reading(self.load_whole_log(), file),
            Err(fault) => Stage::Stopped(fault),
        };
        self.set_out(TakingIn { stage });
    }

    fn check_file(&self, bytes: &[u8]) -> Result<FileRead, FileFault> {
        let me = self.me.person.ok_or(FileFault::NotLetIn)?;
        if !self.lead.leads() {
            return Err(FileFault::OtherTab);
        }
        let file = read(bytes)?;
        if file.person == me { Ok(file) } else { Err(FileFault::SomebodyElse) }
    }

    /// Whether something can be offered to the server now: it knows this device, and has been told all else.
    fn may_give(&self) -> bool {
        self.replica.is_in() && !self.replica.is_pushing() && self.wait_until.is_none()
    }
}

impl Errand for TakingIn {
    fn go_on(&mut self, client: &mut Client, happened: Happened<'_>) -> bool {
        let is_its = matches!(
            (&happened, &self.stage),
            (Happened::Loaded(number, _), Stage::Reading(asked, _)) if number == asked
        );
        match happened {
            Happened::Loaded(_, rows) if is_its => self.loaded(client, rows),
            Happened::Loaded(..) => {}
            Happened::Heard(tell) => self.heard(client, tell),
            Happened::Done => self.step(client),
        }
        is_its
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn look(&self) -> &dyn Any {
        self
    }
}

impl TakingIn {
    /// Whether it goes on by itself.
    pub(super) fn is_on_its_way(&self) -> bool {
        matches!(self.stage, Stage::Reading(..) | Stage::Giving(_) | Stage::Fetching(_))
    }

    pub(crate) fn view(&self, client: &Client) -> FileInView {
        match &self.stage {
            Stage::Reading(..) => FileInView::Reading,
            Stage::Stopped(fault) => FileInView::Stopped(*fault),
            Stage::Giving(_) | Stage::Fetching(_) if !client.replica.is_in() => FileInView::Waiting,
            Stage::Giving(_) | Stage::Fetching(_) => FileInView::ComingIn,
            Stage::Over(given) if given.is_nothing() => FileInView::Known,
            &Stage::Over(Giving { came_in, refused, asks_consent, .. }) => {
                FileInView::In { came_in, refused, asks_consent }
            }
        }
    }

    fn loaded(&mut self, client: &mut Client, rows: &[Row]) {
        let before = std::mem::replace(&mut self.stage, Stage::Stopped(FileFault::Changed));
        let Stage::Reading(_, file) = before else { return };
        self.stage = match lacking(client, &file, rows) {
            Ok(lacking) => Stage::Giving(Giving::new(file, lacking)),
            Err(fault) => Stage::Stopped(fault),
        };
        client.changed(Topic::Errand);
    }

    fn heard(&mut self, client: &mut Client, tell: &Tell) {
        let Stage::Giving(giving) = &mut self.stage else { return };
        match *tell {
            Tell::Stored { device, counter, document, seq } => {
                if giving.answered((device, counter)).is_some() {
                    giving.stored(document);
                    let head = giving.heads.entry(document).or_default();
                    *head = seq.max(*head);
                }
            }
            Tell::Refused { counter, why, device: Some(device) } => {
                if let Some(record) = giving.answered((device, counter)) {
                    giving.refused(&record, why);
                }
            }
            Tell::Wait { .. } => giving.offer_again(),
            _ => return,
        }
        client.changed(Topic::Errand);
    }

    fn step(&mut self, client: &mut Client) {
        let stage = std::mem::replace(&mut self.stage, Stage::Stopped(FileFault::Changed));
        self.stage = match stage {
            Stage::Giving(mut giving) => {
                giving.give(client);
                if giving.queue.is_empty() && giving.in_flight.is_empty() {
                    giving.fetch(client);
                    client.changed(Topic::Errand);
                    Stage::Fetching(giving)
                } else {
                    Stage::Giving(giving)
                }
            }
            Stage::Fetching(mut giving) if giving.is_fetched(client) => {
                giving.say_words(client);
                giving.say_notes(client);
                client.changed(Topic::Errand);
                Stage::Over(giving)
            }
            other => other,
        };
    }
}

impl Giving {
    fn new(file: FileRead, lacking: Lacking) -> Self {
        let Lacking { records, words, asks_consent, notes } = lacking;
        Self {
            file,
            queue: records.into(),
            in_flight: Vec::new(),
            heads: LiteMap::new(),
            words,
            notes,
            notes_stored: LiteMap::new(),
            came_in: 0,
            refused: 0,
            asks_consent,
        }
    }

    /// Whether nothing was lacking.
    fn is_nothing(&self) -> bool {
        self.came_in == 0 && self.refused == 0 && !self.asks_consent
    }

    fn give(&mut self, client: &mut Client) {
        if !client.replica.is_in() {
            self.offer_again();
        }
        if !self.in_flight.is_empty() || self.queue.is_empty() || !client.may_give() {
            return;
        }
        let mut bytes = 0;
        while let Some(record) = self.queue.front() {
            bytes += record.bytes().len();
            let is_full = self.in_flight.len() == RECORDS_AT_ONCE || bytes > BYTES_AT_ONCE;
            if is_full && !self.in_flight.is_empty() {
                break;
            }
            self.in_flight.extend(self.queue.pop_front());
        }
        let records = self.in_flight.iter().map(|record| record.bytes().to_vec().into());
        client.ask(&Ask::Push { records: records.collect() });
    }

    /// What was on its way has to be offered once more.
    fn offer_again(&mut self) {
        for record in self.in_flight.drain(..).rev() {
            self.queue.push_front(record);
        }
    }

    fn answered(&mut self, name: (DeviceId, u64)) -> Option<Record> {
        let is = |record: &Record| (record.header().device, record.header().counter) == name;
        let place = self.in_flight.iter().position(is)?;
        Some(self.in_flight.remove(place))
    }

    fn stored(&mut self, document: DocumentId) {
        if self.notes.contains_key(&document) {
            *self.notes_stored.entry(document).or_default() += 1;
        } else {
            self.came_in += 1;
        }
    }

    /// A name that the server knows for something else was used twice; what it says here is said by another.
    fn refused(&mut self, record: &Record, why: Refusal) {
        if self.notes.contains_key(&record.header().document) {
            return;
        }
        if why == Refusal::Cloned && record.header().kind == RecordKind::Update {
            self.words.push((record.header().document, record.payload().to_vec()));
        } else {
            self.refused += 1;
        }
    }

    /// Nobody tells a device what it pushed itself: what the server has now is asked for.
    fn fetch(&self, client: &mut Client) {
        // Whether a notebook is this device's to read it says in its welcome, and nowhere else.
        if !self.notes.is_empty() {
            return client.connect_anew();
        }
        for (&document, &head) in self.heads.iter() {
            let known = client.sheets.get(&document).map(|sheet| &sheet.membership);
            let Some(chain) = known.or_else(|| self.file.documents.get(&document)) else {
                continue;
            };
            let (kind, person) = (chain.kind, self.file.person);
            let member = chain.members.get(&person).copied();
            let member = member.unwrap_or(Member::always(Role::Citizen));
            let steps = client.replica.hear(Tell::Joined(Held { document, kind, head, member }));
            client.follow(steps);
        }
    }

    /// Whether all is here that the server has of what was given, and of what words of mine may be added to.
    fn is_fetched(&self, client: &Client) -> bool {
        if !client.replica.is_in() {
            return false;
        }
        let of_words = self.words.iter().map(|(document, _)| document);
        self.heads.keys().chain(of_words).all(|document| {
            let is_gone = client.sheets.get(document).is_none_or(|sheet| sheet.gone);
            is_gone || client.replica.is_known(*document)
        })
    }

    /// Words that no record on the server says by their own name become mine, where I may write.
    fn say_words(&mut self, client: &mut Client) {
        for (document, update) in std::mem::take(&mut self.words) {
            let Some(sheet) = client.sheets.get(&document) else { continue };
            let may = !sheet.gone && !sheet.is_unread() && client.can_write(sheet);
            let held = documents::Loan::of(&sheet.paper.state());
            let (Ok(mut said), Ok(held)) = (documents::Loan::of(&update), held) else { continue };
            said.repay(&held);
            if said.is_repaid() {
                continue;
            }
            if !may {
                self.refused += 1;
            } else if client.apply(document, &update).is_some() {
                client.record_updates(document, &[update], Vec::new());
                self.came_in += 1;
            }
        }
    }

    /// What stands in a notebook of another device, and is given to none of mine that could say yes, is written in the
    /// one that is here.
    fn say_notes(&mut self, client: &mut Client) {
        for (document, updates) in std::mem::take(&mut self.notes) {
            if client.sheets.get(&document).is_some_and(|sheet| !sheet.gone) {
                self.came_in += self.notes_stored.get(&document).copied().unwrap_or_default();
                continue;
            }
            let course = self.file.documents.get(&document).and_then(|chain| chain.parent);
            match course.map(|course| client.add_notes(course, &updates)) {
                Some(Ok(count)) => self.came_in += count,
                _ => self.refused += 1,
            }
        }
    }
}
