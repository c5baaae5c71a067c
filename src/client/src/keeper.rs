//! What still has to reach the disk: one batch at a time, and nothing forgotten when one fails.

use trust::{DeviceId, Record};

use crate::effect::{Batch, NotSaved, Row, Store, Write};
use crate::term::Turn;

/// How long to wait before a batch that failed is tried again.
const RETRY_MS: u64 = 3_000;

/// What may be done when everything kept before it is on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Then {
    /// Push a record of mine.
    Push(Record),
    /// Read a record of somebody else's.
    Read(Record),
    /// Read what was set aside under this key once more.
    Try(Vec<u8>),
    /// Read what this device says live.
    ReadLive(DeviceId),
    /// Lead: no tab that led before can write any more.
    Lead,
}

/// Writes waiting for the disk, and what may be done when they are there.
#[derive(Default)]
pub(crate) struct Keeper {
    waiting: Load,
    in_flight: Option<(u64, Load)>,
    number: u64,
    trouble: Option<(NotSaved, u64)>,
    /// By which right this tab writes.
    pub(crate) turn: Turn,
}

#[derive(Default)]
struct Load {
    turn: Turn,
    writes: Vec<Write>,
    then: Vec<Then>,
    strict: bool,
}

impl Keeper {
    /// Something that must be on the disk.
    pub(crate) fn keep(&mut self, write: Write) {
        self.waiting.strict = true;
        self.waiting.writes.push(write);
    }

    /// Something that is only a cache.
    pub(crate) fn cache(&mut self, write: Write) {
        self.waiting.writes.push(write);
    }

    /// Something to be done once everything kept so far is on the disk.
    pub(crate) fn then(&mut self, then: Then) {
        self.waiting.then.push(then);
    }

    /// The next batch to write, and when to ask again.
    pub(crate) fn next(&mut self, now_ms: u64) -> (Option<Batch>, Option<u64>) {
        if self.in_flight.is_some() || !self.turn.is_claimed() && self.waiting.writes.is_empty() {
            return (None, None);
        }
        if let Some((_, until)) = self.trouble.filter(|(_, until)| now_ms < *until) {
            return (None, Some(until));
        }
        self.number += 1;
        let load = Load { turn: self.turn, ..std::mem::take(&mut self.waiting) };
        let mut writes = load.turn.writes();
        writes.extend_from_slice(&load.writes);
        let strict = load.strict;
        self.in_flight = Some((self.number, load));
        (Some(Batch { number: self.number, writes, strict }), None)
    }

    /// A batch is on the disk: this may be done.
    pub(crate) fn saved(&mut self, number: u64) -> Vec<Then> {
        let Some((_, load)) = self.in_flight.take_if(|(flying, _)| *flying == number) else {
            return Vec::new();
        };
        self.trouble = None;
        if self.turn == load.turn {
            self.turn = load.turn.taken();
        }
        load.then
    }

    /// This tab does not lead, or not any longer. What it was going to write is given back, and what
    /// was to be done then is left to the tab that leads; with a batch that did not get through
    /// because of it, that too.
    pub(crate) fn follow(&mut self, overtaken: Option<u64>) -> Vec<Write> {
        self.turn = Turn::Follows;
        let waiting = std::mem::take(&mut self.waiting);
        let flying = self.in_flight.take_if(|(flying, _)| Some(*flying) == overtaken);
        let flying = flying.map(|(_, load)| load.writes);
        flying.into_iter().flatten().chain(waiting.writes).collect()
    }

    /// Whether nothing is on its way to the disk, or about to be.
    pub(crate) fn is_idle(&self) -> bool {
        self.in_flight.is_none() && self.waiting.writes.is_empty()
    }

    /// A batch is not on the disk. All of it is tried again, before what came later. What was to be done
    /// then may be done at once: the server is the only one who can keep what I wrote.
    pub(crate) fn not_saved(&mut self, number: u64, why: NotSaved, now_ms: u64) -> Vec<Then> {
        let Some((_, mut load)) = self.in_flight.take_if(|(flying, _)| *flying == number) else {
            return Vec::new();
        };
        self.trouble = Some((why, now_ms + RETRY_MS));
        load.writes.append(&mut self.waiting.writes);
        load.strict |= self.waiting.strict;
        let then = std::mem::take(&mut load.then);
        load.then = std::mem::take(&mut self.waiting.then);
        self.waiting = load;
        then
    }

    /// The rows of this store that are not known to be on the disk.
    pub(crate) fn unwritten(&self, store: Store) -> impl Iterator<Item = &Row> {
        let flying = self.in_flight.iter().flat_map(|(_, load)| &load.writes);
        flying.chain(&self.waiting.writes).filter_map(move |write| match write {
            Write::Put(row) if row.store == store => Some(row),
            _ => None,
        })
    }

    /// Whether everything that must be is on the disk.
    pub(crate) fn is_safe(&self) -> bool {
        let flying = self.in_flight.as_ref().is_some_and(|(_, load)| load.strict);
        !flying && !self.waiting.strict
    }

    /// What keeps the disk from being written, if anything does.
    pub(crate) fn trouble(&self) -> Option<NotSaved> {
        self.trouble.map(|(why, _)| why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(n: u8) -> Write {
        Write::Delete(Store::Notes, vec![n])
    }

    #[test]
    fn one_batch_at_a_time_and_a_failed_one_comes_again_first() {
        let mut keeper = Keeper::default();
        keeper.keep(put(1));
        let (batch, _) = keeper.next(0);
        assert_eq!(batch.map(|batch| batch.writes), Some(vec![put(1)]));
        keeper.keep(put(2));
        assert_eq!(keeper.next(0), (None, None));
        keeper.not_saved(1, NotSaved::Full, 10);
        assert!(!keeper.is_safe());
        assert_eq!(keeper.next(10), (None, Some(10 + RETRY_MS)));
        let (batch, _) = keeper.next(10 + RETRY_MS);
        assert_eq!(batch.map(|batch| batch.writes), Some(vec![put(1), put(2)]));
        keeper.saved(2);
        assert!(keeper.is_safe() && keeper.trouble().is_none());
    }
}
