//! What happened, as one number: two runs of one seed must give the same.

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    hash: u64,
    pub(crate) length: u64,
}

impl Trace {
    pub(crate) fn note(&mut self, at_ms: u64, what: &impl Debug) {
        // `DefaultHasher::new` has fixed keys, so the number is the same in every run.
        let mut hasher = DefaultHasher::new();
        (self.hash, at_ms, format!("{what:?}")).hash(&mut hasher);
        self.hash = hasher.finish();
        self.length += 1;
    }

    pub(crate) fn number(&self) -> u64 {
        self.hash
    }
}
