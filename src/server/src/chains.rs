//! A copy of the membership chains of documents that are being written in, so that a live frame
//! costs no look at the database.
//!
//! It is never older than a committed change on this node: [`Chains::forget`] waits for whoever is
//! sending by the old copy, and a copy that was read before the change is not taken in after it.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use trust::{DocumentId, Membership};

/// So many documents are written in at one moment in no municipality.
const CHAINS_MAX: usize = 4096;

#[derive(Default, Debug)]
pub(crate) struct Chains(RwLock<Kept>);

#[derive(Default, Debug)]
struct Kept {
    version: u64,
    closed: bool,
    chains: HashMap<DocumentId, Membership>,
}

impl Chains {
    /// Uses the copy while nobody can change it; `None` when there is none.
    pub(crate) fn with<T>(
        &self,
        document: DocumentId,
        then: impl FnOnce(&Membership) -> T,
    ) -> Option<T> {
        self.read().chains.get(&document).map(then)
    }

    /// Ask before you read from the database, and hand it to [`Chains::keep`].
    pub(crate) fn version(&self) -> u64 {
        self.read().version
    }

    /// Takes in a copy, unless something has changed since `version`.
    pub(crate) fn keep(&self, document: DocumentId, membership: Membership, version: u64) {
        let mut kept = self.write();
        if kept.closed || kept.version != version {
            return;
        }
        if kept.chains.len() >= CHAINS_MAX {
            kept.chains.clear();
        }
        kept.chains.insert(document, membership);
    }

    /// These have changed.
    pub(crate) fn forget(&self, documents: &[DocumentId]) {
        if documents.is_empty() {
            return;
        }
        let mut kept = self.write();
        kept.version += 1;
        for document in documents {
            kept.chains.remove(document);
        }
    }

    /// Changes elsewhere cannot be heard just now: keep nothing.
    pub(crate) fn close(&self) {
        let mut kept = self.write();
        kept.version += 1;
        kept.closed = true;
        kept.chains.clear();
    }

    /// Changes are heard again.
    pub(crate) fn open(&self) {
        self.write().closed = false;
    }

    fn read(&self) -> RwLockReadGuard<'_, Kept> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Kept> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use trust::Kind;

    use super::*;

    const DOCUMENT: DocumentId = DocumentId([1; 16]);

    fn membership() -> Membership {
        Membership::unread(Kind::Meeting, None)
    }

    #[test]
    fn what_was_read_before_a_change_is_not_taken_in_after_it() {
        let chains = Chains::default();
        let version = chains.version();
        chains.forget(&[DOCUMENT]);
        chains.keep(DOCUMENT, membership(), version);
        assert!(chains.with(DOCUMENT, |_| ()).is_none());

        chains.keep(DOCUMENT, membership(), chains.version());
        assert!(chains.with(DOCUMENT, |_| ()).is_some());
        chains.forget(&[DOCUMENT]);
        assert!(chains.with(DOCUMENT, |_| ()).is_none());
    }
}
