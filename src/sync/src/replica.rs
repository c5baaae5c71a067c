//! The device's half: what it still has to push, how far it knows each document, what to ask next.
//!
//! It holds no document and no disk. The client feeds it what the hub says and does what its
//! [`Step`]s tell; a record is given to it only when it is on the device's own disk, so that no
//! counter can ever be used twice.

use std::collections::VecDeque;

use litemap::LiteMap;
use minicbor::bytes::ByteVec;
use trust::{DeviceId, DocumentId};

use crate::message::{Ask, Held, Page, Refusal, Tell};
use crate::step::Step;

/// Records on their way at once, so that a lost connection repeats little.
const IN_FLIGHT_MAX: usize = 64;
/// Bytes on their way at once.
const IN_FLIGHT_BYTES: usize = 256 * 1024;

/// How far a document is known here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Position {
    through: u64,
    head: u64,
    pulling: bool,
}

/// A record on its way out.
#[derive(Clone, Debug)]
struct Outgoing {
    device: DeviceId,
    counter: u64,
    document: DocumentId,
    bytes: Vec<u8>,
    is_snapshot: bool,
    /// Sent once before, to a server that has since been restored from a backup.
    again: bool,
}

/// How far the hub has let this device in on the present connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Door {
    #[default]
    Shut,
    /// It belongs to nobody the hub knows, and may only redeem a code.
    Stranger,
    In,
}

/// The device's half of the log.
#[derive(Clone, Debug, Default)]
pub struct Replica {
    generation: Option<u64>,
    door: Door,
    waiting: bool,
    positions: LiteMap<DocumentId, Position>,
    outbox: VecDeque<Outgoing>,
    in_flight: usize,
    /// The server was restored: what it lacks must be with it before anything that builds on it.
    lacks_log: bool,
    /// What it would not take back yet: what gives the right may be on another device.
    owed: Vec<Outgoing>,
}

impl Replica {
    /// What the disk or another tab knows: which log it is, and how far each document.
    pub fn remember(
        &mut self,
        generation: Option<u64>,
        known: impl IntoIterator<Item = (DocumentId, u64)>,
    ) {
        self.generation = generation;
        for (document, through) in known {
            self.positions.entry(document).or_default().through = through;
        }
    }

    /// A record that is on this device's disk and not on the server's. Records of one device must
    /// come in the order of their counters. Knowing it already changes nothing.
    pub fn add(&mut self, record: &trust::Record) -> Vec<Step> {
        self.enqueue(record, false);
        self.push()
    }

    /// Everything the disk holds, in its order, for a server that was restored. Until then nothing is
    /// pushed. What is refused is no news, unless it was never sent before.
    pub fn add_again<'a>(
        &mut self,
        records: impl IntoIterator<Item = &'a trust::Record>,
    ) -> Vec<Step> {
        let mut unsent = std::mem::take(&mut self.outbox);
        for record in records.into_iter().filter(|record| record.covers().is_none()) {
            let trust::Header { device, counter, .. } = *record.header();
            let is = |out: &Outgoing| (out.device, out.counter) == (device, counter);
            match unsent.iter().position(is).and_then(|place| unsent.remove(place)) {
                Some(out) => self.outbox.push_back(out),
                None => self.enqueue(record, true),
            }
        }
        self.outbox.append(&mut unsent);
        self.lacks_log = false;
        self.owed.clear();
        self.in_flight = 0;
        let mut steps = Vec::from_iter(self.given_back());
        steps.extend(self.push());
        steps
    }

    /// Whether a restored server is still being told what it lacks.
    pub fn is_giving_back(&self) -> bool {
        self.lacks_log || self.outbox.iter().any(|out| out.again)
    }

    fn given_back(&self) -> Option<Step> {
        let owes = self.is_giving_back() || !self.owed.is_empty();
        self.generation.filter(|_| !owes).map(Step::GivenBack)
    }

    fn enqueue(&mut self, record: &trust::Record, again: bool) {
        let trust::Header { device, counter, document, .. } = *record.header();
        if self.outbox.iter().any(|out| (out.device, out.counter) == (device, counter)) {
            return;
        }
        let bytes = record.bytes().to_vec();
        let is_snapshot = record.covers().is_some();
        let out = Outgoing { device, counter, document, bytes, is_snapshot, again };
        self.outbox.push_back(out);
    }

    /// How many of my records the server has not acknowledged.
    pub fn waiting(&self) -> usize {
        self.outbox.iter().filter(|out| !out.again).count()
    }

    /// How far a document is known here; 0 for not at all.
    pub fn through(&self, document: DocumentId) -> u64 {
        self.positions.get(&document).map_or(0, |position| position.through)
    }

    /// Whether all that the hub has of a document is known here, and all that is known here the hub has.
    pub fn is_level(&self, document: DocumentId) -> bool {
        self.is_known(document) && self.outbox.iter().all(|out| out.document != document)
    }

    /// Whether all that the hub has of a document is known here.
    pub fn is_known(&self, document: DocumentId) -> bool {
        let known = self.positions.get(&document);
        let level = |position: &Position| position.through > 0 && position.through == position.head;
        self.is_in() && known.is_some_and(level)
    }

    /// Whether the hub has answered on the present connection, be it as to a stranger.
    pub fn is_answered(&self) -> bool {
        self.door != Door::Shut
    }

    /// Whether the hub has let this device in on the present connection.
    pub fn is_in(&self) -> bool {
        self.door == Door::In
    }

    /// The connection is lost: what was on its way has to be sent again.
    pub fn lost(&mut self) {
        self.door = Door::Shut;
        self.waiting = false;
        self.in_flight = 0;
        for (_, position) in self.positions.iter_mut() {
            position.pulling = false;
        }
    }

    /// The time the server asked for has passed.
    pub fn waited(&mut self) -> Vec<Step> {
        self.waiting = false;
        self.in_flight = 0;
        let mut steps = self.push();
        // What was asked may be what had to wait: nobody answers it any longer.
        let documents: Vec<DocumentId> = self.positions.keys().copied().collect();
        for document in documents {
            if let Some(position) = self.positions.get_mut(&document) {
                position.pulling = false;
            }
            steps.extend(self.pull(document));
        }
        steps
    }

    /// Asks for a whole document again, also what a snapshot covers: its cache could not be read.
    pub fn forget(&mut self, document: DocumentId) -> Vec<Step> {
        let pulling = self.is_in();
        self.positions.insert(document, Position { pulling, ..Position::default() });
        let ask = Ask::Pull { document, after: 0, whole: true };
        if pulling { vec![Step::Ask(ask)] } else { Vec::new() }
    }

    /// Takes in what the hub says.
    pub fn hear(&mut self, tell: Tell) -> Vec<Step> {
        match tell {
            Tell::Welcome { generation, person, documents, counter } => {
                let mut steps = match person {
                    Some(_) => self.welcome(generation, &documents),
                    // A server that was restored to a time before it knew this device says so too:
                    // nothing here is gone, and it would refuse whatever it is sent.
                    None => {
                        self.door = Door::Stranger;
                        Vec::new()
                    }
                };
                let tell = Tell::Welcome { generation, person, documents, counter };
                steps.insert(0, Step::Heard(tell));
                steps
            }
            Tell::Joined(held) => {
                // Somebody has given back what gives the right.
                self.offer_again();
                let mut steps = self.member(held);
                steps.extend(self.push());
                steps
            }
            Tell::Gone(document) => {
                self.positions.remove(&document);
                vec![Step::Gone(document)]
            }
            Tell::Records(page) => self.records(page),
            Tell::Stored { device, counter, document, seq } => {
                self.stored((device, counter), document, seq)
            }
            Tell::Refused { counter, why } => self.refused(counter, why),
            Tell::Wait { seconds, why } => {
                self.waiting = true;
                vec![Step::Wait(seconds, why)]
            }
            other => vec![Step::Heard(other)],
        }
    }

    fn welcome(&mut self, generation: u64, documents: &[Held]) -> Vec<Step> {
        self.door = Door::In;
        self.in_flight = 0;
        self.offer_again();
        let mut steps = Vec::new();
        if self.generation.replace(generation).is_some_and(|before| before != generation) {
            // Other positions mean other records now.
            self.positions.clear();
            self.lacks_log = true;
            steps.push(Step::Restored);
            steps.extend(self.drop_snapshots());
        }
        let mut held: Vec<DocumentId> = documents.iter().map(|held| held.document).collect();
        held.sort_unstable();
        for &held in documents {
            steps.extend(self.member(held));
        }
        // What was founded here and has not been pushed yet is not the server's to know.
        let founded =
            |document: &DocumentId| self.outbox.iter().any(|out| out.document == *document);
        let gone =
            |document: &&DocumentId| held.binary_search(document).is_err() && !founded(document);
        let gone: Vec<DocumentId> = self.positions.keys().filter(gone).copied().collect();
        for document in gone {
            self.positions.remove(&document);
            steps.push(Step::Gone(document));
        }
        steps.extend(self.push());
        steps
    }

    /// A snapshot says by their positions which records it stands in for, and those are others now.
    fn drop_snapshots(&mut self) -> Vec<Step> {
        let (stale, kept) = self.outbox.drain(..).partition(|out| out.is_snapshot);
        self.outbox = kept;
        let stale: VecDeque<Outgoing> = stale;
        let refused = |Outgoing { counter, bytes: record, .. }| Step::Refused {
            counter,
            record,
            why: Refusal::StaleSnapshot,
        };
        stale.into_iter().map(refused).collect()
    }

    /// Offers once more what the server would not take back.
    fn offer_again(&mut self) {
        let behind = self.in_flight.min(self.outbox.len());
        for out in self.owed.drain(..).rev() {
            self.outbox.insert(behind, out);
        }
    }

    fn member(&mut self, held: Held) -> Vec<Step> {
        let position = self.positions.entry(held.document).or_default();
        position.head = position.head.max(held.head);
        let mut steps = vec![Step::Member(held)];
        steps.extend(self.pull(held.document));
        steps
    }

    fn pull(&mut self, document: DocumentId) -> Option<Step> {
        let is_in = self.is_in();
        let position = self.positions.get_mut(&document)?;
        let behind = is_in && !position.pulling && position.through < position.head;
        behind.then(|| {
            position.pulling = true;
            Step::Ask(Ask::Pull { document, after: position.through, whole: false })
        })
    }

    fn records(&mut self, page: Page) -> Vec<Step> {
        let Page { document, after, through, mut records, head } = page;
        let position = self.positions.entry(document).or_default();
        position.head = position.head.max(head);
        let mut steps = Vec::new();
        if after <= position.through {
            records.retain(|placed| placed.seq > position.through);
            let moved = through > position.through;
            position.through = position.through.max(through);
            position.pulling = false;
            if moved || !records.is_empty() {
                steps.push(Step::Took { document, records, through: position.through });
            }
        }
        steps.extend(self.pull(document));
        steps
    }

    fn stored(&mut self, name: (DeviceId, u64), document: DocumentId, seq: u64) -> Vec<Step> {
        let is = |out: &Outgoing| (out.device, out.counter) == name;
        let Some(place) = self.outbox.iter().position(is) else { return Vec::new() };
        let again = self.outbox.remove(place).is_some_and(|out| out.again);
        self.in_flight = self.in_flight.saturating_sub(1);
        let position = self.positions.entry(document).or_default();
        position.head = position.head.max(seq);
        if position.through + 1 == seq {
            position.through = seq;
        }
        let through = position.through;
        let mut steps = Vec::new();
        if again {
            steps.extend(self.given_back());
        } else {
            steps.push(Step::Stored { counter: name.1, document, through });
        }
        steps.extend(self.pull(document));
        steps.extend(self.push());
        steps
    }

    fn refused(&mut self, counter: u64, why: Refusal) -> Vec<Step> {
        // What it builds on may be what has to wait: all of it is sent again, in order.
        if self.waiting {
            return Vec::new();
        }
        // Answers come in the order of the questions, so it is the first one on its way.
        let place = self.outbox.iter().position(|out| out.counter == counter);
        let Some(out) = place.and_then(|place| self.outbox.remove(place)) else {
            return Vec::new();
        };
        self.in_flight = self.in_flight.saturating_sub(1);
        let mut steps = Vec::new();
        if out.again {
            if matches!(why, Refusal::NotMember | Refusal::NotAllowed) {
                self.owed.push(out);
            }
            steps.extend(self.given_back());
        } else {
            steps.push(Step::Refused { counter, record: out.bytes, why });
        }
        steps.extend(self.push());
        steps
    }

    fn push(&mut self) -> Vec<Step> {
        if !self.is_in() || self.waiting || self.lacks_log {
            return Vec::new();
        }
        let mut records = Vec::new();
        let mut bytes = 0;
        for out in self.outbox.iter().skip(self.in_flight) {
            let full = self.in_flight + records.len() >= IN_FLIGHT_MAX;
            if full || (bytes + out.bytes.len() > IN_FLIGHT_BYTES && !records.is_empty()) {
                break;
            }
            bytes += out.bytes.len();
            records.push(ByteVec::from(out.bytes.clone()));
        }
        self.in_flight += records.len();
        if records.is_empty() { Vec::new() } else { vec![Step::Ask(Ask::Push { records })] }
    }
}
