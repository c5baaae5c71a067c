//! Updates that build on something that has not come yet. The library would keep them as well, but loses some when it
//! puts several together: see "What waits" in the README.

use std::collections::{BTreeMap, BTreeSet};

use crate::update::Id;

/// All of a document, each under what it lacks: whoever writes much that builds on nothing must not make everything
/// that comes be held against all of it.
#[derive(Default)]
pub(crate) struct Waiting {
    lacking: BTreeMap<Id, BTreeSet<Vec<u8>>>,
    /// The library refused these: they fit nowhere.
    refused: BTreeSet<Vec<u8>>,
}

impl Waiting {
    pub(crate) fn is_empty(&self) -> bool {
        self.lacking.is_empty() && self.refused.is_empty()
    }

    pub(crate) fn add(&mut self, lacks: Id, update: Vec<u8>) {
        self.lacking.entry(lacks).or_default().insert(update);
    }

    pub(crate) fn refuse(&mut self, update: Vec<u8>) {
        self.refused.insert(update);
    }

    /// One that lacked something of this session, of which everything before this clock is there now.
    pub(crate) fn take(&mut self, session: u64, known: u32) -> Option<Vec<u8>> {
        let first = Id { session, clock: 0 };
        let mut lacking = self.lacking.range_mut(first..Id { session, clock: known });
        let (&lacks, updates) = lacking.next()?;
        let update = updates.pop_first();
        if updates.is_empty() {
            self.lacking.remove(&lacks);
        }
        update
    }
}
