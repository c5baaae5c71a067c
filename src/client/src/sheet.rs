//! One document as the client holds it: merged, with what has been written and is in no record yet.

use documents::{Loan, Paper};
use domain::Who;
use trust::{DeviceId, Hash, Membership, SessionNonce};

use crate::authored::with_proof;
use crate::filling::Summary;
use crate::links::WaitingLink;
use crate::owners::Owners;

/// A pause in typing that ends a record.
pub(crate) const PAUSE_MS: u64 = 300;
/// A record is made at least this often while typing goes on.
pub(crate) const RECORD_MS: u64 = 2_000;
/// Keystrokes are on the disk at most this long after they were made, the disk's own time apart.
pub(crate) const DRAFT_MS: u64 = 100;
/// What was shown before any record held it is put in one of ours after this long: its writer has
/// had time for five.
pub(crate) const LOAN_MS: u64 = 10_000;
/// How long a document must be at rest before its cache is written.
pub(crate) const CACHE_MS: u64 = 4_000;
/// After so many records a snapshot stands in for them, so that a new device has few to read.
pub(crate) const SNAPSHOT_AFTER: u64 = 200;

/// One document.
pub(crate) struct Sheet {
    pub(crate) membership: Membership,
    pub(crate) paper: Paper,
    /// What shows that the session this page writes under is its device's own.
    pub(crate) nonce: Option<SessionNonce>,
    /// Whose the sessions are that have written in it.
    pub(crate) owners: Owners,
    /// Records of it that are not here: after this position and through that. A snapshot stands in for them.
    pub(crate) gap: Option<(u64, u64)>,
    /// Whether every record that is known of has been here, for an older app does not say.
    pub(crate) is_filled: bool,
    /// A snapshot of somebody else's that has not been held against the records.
    pub(crate) summary: Option<Summary>,
    /// Somebody's snapshot was untrue: the next one is this device's to make.
    pub(crate) must_summarise: bool,
    /// Something was taken in that must go: it is merged anew from its records.
    pub(crate) must_rebuild: bool,
    /// Not mine to read any longer: kept, and not shown.
    pub(crate) gone: bool,
    /// A notebook of mine that the server does not give to this device: kept and shown, and what is written in it waits.
    pub(crate) is_apart: bool,
    /// The newest record on this disk, by order of arrival.
    pub(crate) arrival: u64,
    /// The newest record that is said to be there.
    pub(crate) expected: u64,
    /// Whether one before it is not.
    pub(crate) lacks_records: bool,
    /// The newest record that the cache on this disk holds.
    pub(crate) cached: u64,
    /// Up to which position on the server a snapshot stands in for the records.
    pub(crate) covered: u64,
    /// Whether this device wrote the newest record: then it is the one to make a snapshot.
    pub(crate) is_newest_mine: bool,
    /// When it was last at rest; `None` when the cache is as new as can be.
    pub(crate) stale_since: Option<u64>,
    pub(crate) writing: Writing,
    /// What came from elsewhere and is in no record that is known here.
    pub(crate) loans: Vec<Borrowed>,
    /// Changes in who is a member that are not in the chain yet.
    pub(crate) links: Vec<WaitingLink>,
    /// Whether the log is being read again from its beginning: the chain is not known just now.
    pub(crate) is_read_again: bool,
    /// What the records hold that were made or read since this tab was opened.
    recorded: Loan,
}

/// Under which number this page writes in a document.
pub(crate) struct Session {
    pub(crate) number: u64,
    /// `None` where this device has no name yet.
    pub(crate) nonce: Option<SessionNonce>,
    /// With the session itself in it.
    pub(crate) owners: Owners,
}

/// Something that came by a live frame or from another tab.
pub(crate) struct Borrowed {
    pub(crate) update: Vec<u8>,
    loan: Loan,
    pub(crate) heard_ms: u64,
    /// Where it lies on the disk, once something of ours that may need it is there.
    pub(crate) draft_key: Option<Vec<u8>>,
}

/// What has been written in a document and is in no record yet.
#[derive(Default)]
pub(crate) struct Writing {
    /// Since the last record.
    pub(crate) updates: Vec<Vec<u8>>,
    /// How many of them lie on the disk as drafts.
    pub(crate) drafted: usize,
    /// Under which keys.
    pub(crate) draft_keys: Vec<Vec<u8>>,
    first_ms: u64,
    last_ms: u64,
    drafted_ms: u64,
}

impl Sheet {
    pub(crate) fn new(membership: Membership, session: Session) -> Self {
        let Session { number, nonce, owners } = session;
        Self {
            membership,
            paper: Paper::new(number),
            nonce,
            owners,
            gap: None,
            is_filled: true,
            summary: None,
            must_summarise: false,
            must_rebuild: false,
            gone: false,
            is_apart: false,
            arrival: 0,
            expected: 0,
            lacks_records: false,
            cached: 0,
            covered: 0,
            is_newest_mine: false,
            stale_since: None,
            writing: Writing::default(),
            loans: Vec::new(),
            links: Vec::new(),
            is_read_again: false,
            recorded: Loan::default(),
        }
    }

    /// What is written under the session of this page is this person's.
    pub(crate) fn name_own_session(&mut self, me: Option<Who>) {
        for (session, me) in self.owners.all().zip(me) {
            self.paper.set_writer(session.0, me);
        }
    }

    /// What a device has written in it is this person's. Whether that was not known.
    pub(crate) fn name_sessions_of(&mut self, device: DeviceId, person: Who) -> bool {
        let sessions: Vec<u64> = self.owners.sessions_of(device).collect();
        sessions
            .into_iter()
            .fold(false, |new, session| self.paper.set_writer(session, person) | new)
    }

    /// Whether records are missing here that a snapshot stands in for.
    pub(crate) fn needs_summary(&self) -> bool {
        self.gap.is_some() || !self.is_filled
    }

    /// An update of this page's, as it goes out: with what shows whose session it is.
    pub(crate) fn with_proof(&self, update: Vec<u8>) -> Vec<u8> {
        with_proof(update, self.nonce)
    }

    /// Notes that this came from elsewhere. What a record holds, or what is borrowed already, is not
    /// borrowed.
    pub(crate) fn borrow(&mut self, update: &[u8], held: Loan, now_ms: u64) {
        let mut loan = self.unrecorded(held);
        for borrowed in &self.loans {
            loan.repay(&borrowed.loan);
        }
        if !loan.is_repaid() {
            let update = update.to_vec();
            self.loans.push(Borrowed { update, loan, heard_ms: now_ms, draft_key: None });
        }
    }

    /// What of this is in no record that is known here.
    fn unrecorded(&self, mut held: Loan) -> Loan {
        held.repay(&self.recorded);
        held
    }

    /// Whether records are known to hold all of this.
    pub(crate) fn is_recorded(&self, update: &[u8]) -> bool {
        Loan::of(update).is_ok_and(|held| self.unrecorded(held).is_repaid())
    }

    /// Notes that a record holds this. The keys of drafts that are no longer needed come back.
    pub(crate) fn repay(&mut self, held: Loan) -> Vec<Vec<u8>> {
        for borrowed in &mut self.loans {
            borrowed.loan.repay(&held);
        }
        self.recorded.join(held);
        let repaid = self.loans.extract_if(.., |borrowed| borrowed.loan.is_repaid());
        repaid.filter_map(|borrowed| borrowed.draft_key).collect()
    }

    /// Whether this draft is one that this tab will still make a record of, or delete.
    pub(crate) fn needs_draft(&self, key: &Vec<u8>) -> bool {
        let borrowed = self.loans.iter().any(|borrowed| borrowed.draft_key.as_ref() == Some(key));
        borrowed || self.writing.draft_keys.contains(key)
    }

    /// Whether the merged document is what the records say: a cache holds nothing that no record
    /// holds, and lacks nothing that one does.
    pub(crate) fn can_be_cached(&self) -> bool {
        let is_told = !self.paper.has_choices();
        self.loans.is_empty() && self.paper.is_whole() && !self.must_rebuild && is_told
    }

    /// When the oldest loan must be put in a record of ours.
    pub(crate) fn loan_due(&self) -> Option<u64> {
        self.loans.iter().map(|borrowed| borrowed.heard_ms + LOAN_MS).min()
    }

    /// Whether not even the first link of its chain is known: nothing can be decided about it yet.
    pub(crate) fn is_unread(&self) -> bool {
        self.membership.head == Hash::default() && self.membership.parent.is_none()
    }

    pub(crate) fn next_arrival(&mut self) -> u64 {
        self.arrival += 1;
        self.arrival
    }
}

impl Writing {
    pub(crate) fn add(&mut self, update: Vec<u8>, now_ms: u64) {
        if self.updates.is_empty() {
            self.first_ms = now_ms;
        }
        self.last_ms = now_ms;
        self.updates.push(update);
    }

    /// When the next draft is due; `None` when everything lies on the disk.
    pub(crate) fn draft_due(&self) -> Option<u64> {
        let first_after = self.drafted_ms + DRAFT_MS;
        (self.drafted < self.updates.len()).then_some(first_after)
    }

    /// When the next record is due; `None` when nothing was written.
    pub(crate) fn record_due(&self) -> Option<u64> {
        let due = (self.last_ms + PAUSE_MS).min(self.first_ms + RECORD_MS);
        (!self.updates.is_empty()).then_some(due)
    }

    /// What is not on the disk yet. It is from now on.
    pub(crate) fn draft(&mut self, key: Vec<u8>, now_ms: u64) -> &[Vec<u8>] {
        let from = self.drafted;
        self.drafted = self.updates.len();
        self.drafted_ms = now_ms;
        self.draft_keys.push(key);
        &self.updates[from..]
    }

    /// Everything since the last record, and the drafts it replaces.
    pub(crate) fn take(&mut self) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
        let drafted_ms = self.drafted_ms;
        let taken = std::mem::replace(self, Self { drafted_ms, ..Self::default() });
        (taken.updates, taken.draft_keys)
    }
}
