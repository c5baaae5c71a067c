//! The device's half: what it still has to push, how far it knows each document, what to ask next.
//!
//! It holds no document and no disk. The client feeds it what the hub says and does what its
//! [`Step`]s tell; a record is given to it only when it is on the device's own disk, so that no
//! counter can ever be used twice.

use std::collections::VecDeque;

use litemap::LiteMap;
use minicbor::bytes::ByteVec;
use trust::{DeviceId, DocumentId};

use crate::filling::skipped;
use crate::message::{Ask, Held, Page, Refusal, Tell};
use crate::outgoing::Outgoing;
use crate::step::Step;
use crate::unanswered::Unanswered;

/// Records on their way at once, so that a lost connection repeats little.
const IN_FLIGHT_MAX: usize = 64;
/// Bytes on their way at once.
const IN_FLIGHT_BYTES: usize = 256 * 1024;

/// How far a document is known here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Position {
    pub(crate) through: u64,
    pub(crate) head: u64,
    pulling: bool,
    /// Records that a summary stands in for here, and that are being fetched: after this position, through that.
    pub(crate) filling: Option<(u64, u64)>,
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
    pub(crate) generation: Option<u64>,
    door: Door,
    pub(crate) waiting: bool,
    pub(crate) positions: LiteMap<DocumentId, Position>,
    pub(crate) outbox: VecDeque<Outgoing>,
    pub(crate) in_flight: usize,
    /// The server was restored: what it lacks must be with it before anything that builds on it.
    pub(crate) lacks_log: bool,
    /// What it would not take back yet: what gives the right may be on another device.
    pub(crate) owed: Vec<Outgoing>,
    /// Something was given back since all of it was offered.
    pub(crate) took_back: bool,
    /// What it does not say that I may read: it may lack it, or I may not any longer.
    pub(crate) unsure: Vec<DocumentId>,
    /// This device.
    pub(crate) own: Option<DeviceId>,
    /// What was heard since the last answer to a push.
    pub(crate) unanswered: Unanswered,
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

    /// Whose outbox it is.
    pub fn belongs_to(&mut self, device: Option<DeviceId>) {
        self.own = device;
    }

    /// A record that is on this device's disk and not on the server's. Records of one device must
    /// come in the order of their counters. Knowing it already changes nothing.
    pub fn add(&mut self, record: &trust::Record) -> Vec<Step> {
        if record.covers().is_some() && self.is_giving_back() {
            return vec![Self::stale(Outgoing::new(record, false))];
        }
        self.enqueue(record, false);
        self.push()
    }

    pub(crate) fn enqueue(&mut self, record: &trust::Record, again: bool) {
        let out = Outgoing::new(record, again);
        match self.outbox.iter_mut().find(|other| other.name() == out.name()) {
            // It was on its way to the disk when the log was read, and was never sent.
            Some(known) => known.again &= again || known.owed,
            None => self.outbox.push_back(out),
        }
    }

    /// How many of my records the server has not acknowledged, or does not have any longer.
    pub fn waiting(&self) -> usize {
        self.unsaved().count().max(usize::from(self.lacks_log))
    }

    /// Whether something is on its way to the server, or is about to be.
    pub fn is_pushing(&self) -> bool {
        self.lacks_log || !self.outbox.is_empty()
    }

    /// How far a document is known here; 0 for not at all.
    pub fn through(&self, document: DocumentId) -> u64 {
        self.positions.get(&document).map_or(0, |position| position.through)
    }

    /// Whether all that the hub has of a document is known here, and all that is known here the hub has.
    pub fn is_level(&self, document: DocumentId) -> bool {
        let mut unsent = self.outbox.iter().chain(&self.owed);
        self.is_known(document) && unsent.all(|out| out.document != document)
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
            position.filling = None;
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

    /// Asks for a whole document again, and when connected also for what a snapshot covers: something of it
    /// is not on the disk.
    pub fn forget(&mut self, document: DocumentId) -> Vec<Step> {
        let pulling = self.is_in();
        self.positions.insert(document, Position { pulling, ..Position::default() });
        let ask = Ask::Pull { document, after: 0, whole: true };
        if pulling { vec![Step::Ask(ask)] } else { Vec::new() }
    }

    /// Takes in what the hub says.
    pub fn hear(&mut self, tell: Tell) -> Vec<Step> {
        match tell {
            Tell::Welcome { generation, person, ref documents, .. } => {
                let door = if person.is_some() { Door::In } else { Door::Stranger };
                let mut steps = self.welcome(generation, door, documents);
                steps.insert(0, Step::Heard(tell));
                steps
            }
            Tell::Joined(held) => {
                // Somebody has given back what gives the right.
                self.offer_again(&[held.document]);
                self.unsure.retain(|document| *document != held.document);
                let mut steps = self.member(held);
                steps.extend(self.push());
                steps
            }
            Tell::Gone(document) => {
                self.positions.remove(&document);
                self.unsure.retain(|unsure| *unsure != document);
                vec![Step::Gone(document)]
            }
            Tell::Records(page) => self.records(page),
            Tell::Stored { device, counter, document, seq } => {
                self.stored((device, counter), document, seq)
            }
            Tell::Refused { counter, why, device } => self.refused((device, counter), why),
            Tell::Wait { seconds, why } => {
                self.waiting = true;
                vec![Step::Wait(seconds, why)]
            }
            Tell::PutOut(_) => {
                self.door = Door::Stranger;
                let mut steps = vec![Step::Heard(tell)];
                // What came from others goes; what nobody else has yet stays.
                steps.extend(self.all_gone_but(&[]));
                steps
            }
            other => vec![Step::Heard(other)],
        }
    }

    fn welcome(&mut self, generation: u64, door: Door, documents: &[Held]) -> Vec<Step> {
        let is_restored = self.generation.is_some_and(|before| before != generation);
        // By posts every answer begins with one; only the first of a connection is news.
        let is_first = std::mem::replace(&mut self.door, door) != door;
        // A server that was restored to a time before it knew this device: nothing here is gone.
        if door == Door::Stranger && is_restored {
            return Vec::new();
        }
        let mut held: Vec<DocumentId> = documents.iter().map(|held| held.document).collect();
        held.sort_unstable();
        if is_first || is_restored {
            self.in_flight = 0;
        }
        if is_first || is_restored || self.has_new_right(&held) {
            self.offer_again(&held);
        }
        let mut steps = Vec::new();
        self.generation = Some(generation);
        if is_restored {
            steps.extend(self.begin_again(&held));
        }
        for &held in documents {
            steps.extend(self.member(held));
        }
        steps.extend(self.all_gone_but(&held));
        if is_first && !self.unsure.is_empty() {
            steps.extend(self.given_back());
        }
        steps.extend(self.push());
        steps
    }

    /// Lets go of every document but these, which are sorted, and what was founded here and has not been pushed yet:
    /// that is not the server's to know.
    fn all_gone_but(&mut self, held: &[DocumentId]) -> Vec<Step> {
        let founded = |document: &DocumentId| {
            let unsent = self.outbox.iter().any(|out| out.document == *document && !out.again);
            unsent || self.has_unsent(*document)
        };
        let gone =
            |document: &&DocumentId| held.binary_search(document).is_err() && !founded(document);
        let gone: Vec<DocumentId> = self.positions.keys().filter(gone).copied().collect();
        for document in &gone {
            self.positions.remove(document);
        }
        gone.into_iter().map(Step::Gone).collect()
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
        let Page { document, after, through, mut records, head, writers } = page;
        self.unsure.retain(|unsure| *unsure != document);
        let position = self.positions.entry(document).or_default();
        position.head = position.head.max(head);
        if position.filling.is_some_and(|(next, _)| after == next && after < position.through) {
            return self.filled(document, (after, through), records);
        }
        let mut steps: Vec<Step> =
            writers.into_iter().filter(|known| !known.is_empty()).map(Step::Writers).collect();
        if after <= position.through {
            let before = position.through;
            records.retain(|placed| placed.seq > before);
            let moved = through > position.through;
            position.through = position.through.max(through);
            position.pulling = false;
            if moved || !records.is_empty() {
                steps.extend(skipped(&records, before).map(|through| Step::Skipped {
                    document,
                    after: before,
                    through,
                }));
                steps.push(Step::Took { document, records, through: position.through });
            }
        }
        steps.extend(self.pull(document));
        steps
    }

    fn stored(&mut self, name: (DeviceId, u64), document: DocumentId, seq: u64) -> Vec<Step> {
        let Some(out) = self.answered(|out| out.name() == name) else { return Vec::new() };
        let position = self.positions.entry(document).or_default();
        position.head = position.head.max(seq);
        if position.through + 1 == seq {
            position.through = seq;
        }
        let through = position.through;
        let mut steps = Vec::new();
        if out.again {
            self.took_back = true;
            steps.extend(out.owed.then_some(Step::Returned { device: name.0, counter: name.1 }));
            steps.extend(self.given_back());
        } else {
            steps.push(Step::Stored { counter: name.1, document, through });
        }
        if seq == 1 {
            // What was written in it may have come too early.
            self.offer_again(&[]);
        }
        steps.extend(self.pull(document));
        steps.extend(self.push());
        steps
    }

    /// Takes a record out of the outbox that has had its answer.
    pub(crate) fn answered(&mut self, is: impl Fn(&Outgoing) -> bool) -> Option<Outgoing> {
        let place = self.outbox.iter().position(is)?;
        self.unanswered.answer();
        // It may have been offered again meanwhile, and not be on its way.
        self.in_flight -= usize::from(place < self.in_flight);
        self.outbox.remove(place)
    }

    fn refused(&mut self, name: (Option<DeviceId>, u64), why: Refusal) -> Vec<Step> {
        // What it builds on may be what has to wait, or to be given back first: all of it is sent again,
        // in order.
        if self.waiting || self.lacks_log {
            return Vec::new();
        }
        let (device, counter) = name;
        let is = |out: &Outgoing| {
            out.counter == counter && device.is_none_or(|device| device == out.device)
        };
        let Some(out) = self.answered(is) else { return Vec::new() };
        let (is_again, was_owed, document) = (out.again, out.owed, out.document);
        let name = out.name();
        let mut steps = match self.owe(out, why) {
            Ok(step) => Vec::from_iter(step),
            // A link of mine that came too late is made again, as any other.
            Err(out) if !is_again || why == Refusal::ChainMoved => {
                vec![Step::Refused { counter, record: out.bytes, why }]
            }
            Err(out) if why == Refusal::Cloned => vec![Step::NameTaken(out.bytes)],
            Err(_) => Vec::new(),
        };
        if !is_again && !steps.is_empty() {
            steps.extend(self.refuse_what_builds_on(document, why));
        }
        // Only who was in it and is not any longer hears this.
        if is_again && why == Refusal::KeptAside {
            steps.push(Step::Gone(document));
        }
        if was_owed && self.owed.iter().all(|owed| owed.name() != name) {
            steps.push(Step::Returned { device: name.0, counter: name.1 });
        }
        if is_again {
            steps.extend(self.given_back());
        }
        steps.extend(self.push());
        steps
    }

    pub(crate) fn push(&mut self) -> Vec<Step> {
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
