//! What is wrong with the database, for whoever asks whether the server is ready.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::log;
use crate::trouble::Trouble;

/// Shared by all threads that keep or read rows.
#[derive(Default)]
pub(crate) struct Health(Mutex<Found>);

#[derive(Default)]
struct Found {
    /// The files are not where they were. They may be put back.
    gone: Option<String>,
    /// It stays so until the server is started with another file.
    damaged: Option<String>,
}

impl Health {
    /// A sentence for the operator; `None` when all is well.
    pub(crate) fn trouble(&self) -> Option<String> {
        let found = self.found();
        let damaged = found.damaged.clone().map(|how| Trouble::Damaged(how).to_string());
        damaged.or_else(|| found.gone.clone())
    }

    /// Whether anything may be written.
    pub(super) fn allows_writing(&self) -> Result<(), Trouble> {
        match &self.found().damaged {
            Some(damaged) => Err(Trouble::Damaged(damaged.clone())),
            None => Ok(()),
        }
    }

    /// What became of a look at whether the files are there.
    pub(super) fn looked(&self, found: Result<(), Trouble>) {
        let mut known = self.found();
        let gone = found.err().map(|trouble| trouble.to_string());
        if known.gone != gone {
            log::line(gone.as_deref().unwrap_or("The database's files are back."));
            known.gone = gone;
        }
    }

    /// Notes what somebody has met, and says it.
    pub(super) fn met(&self, trouble: &Trouble) {
        match trouble {
            Trouble::Damaged(how) => {
                self.found().damaged.get_or_insert_with(|| how.clone());
            }
            Trouble::Gone => return self.looked(Err(Trouble::Gone)),
            _ => {}
        }
        log::trouble(trouble);
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
