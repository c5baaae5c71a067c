//! Where a hub keeps its rows: the only thing that SQLite, PostgreSQL and memory do differently.
//!
//! Every method runs inside one transaction that the implementor has opened, and sees what the
//! methods before it have done. Nothing here decides anything: all rules are in [`crate::hub`].

use trust::{CodeHash, DeviceId, DocumentId, Hash, InvitationId, Membership, PersonId, Record};

use crate::message::{Held, Placed, Standing};

/// Now, by the hub's own clock. It ends memberships and codes; it never orders or merges anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// Seconds since 1970-01-01 UTC.
    pub seconds: u64,
}

impl Stamp {
    /// Days since 1970-01-01 UTC.
    pub fn day(&self) -> u32 {
        u32::try_from(self.seconds / 86_400).unwrap_or(u32::MAX)
    }
}

/// What is known of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shelved {
    /// Its chain, folded.
    pub membership: Membership,
    /// The newest position; 0 for an empty log.
    pub head: u64,
    /// The newest snapshot that was accepted.
    pub snapshot: Option<SnapshotPlace>,
}

/// Where the newest snapshot stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SnapshotPlace {
    /// Its own position.
    pub seq: u64,
    /// Everything up to and including this position is in it.
    pub covers: u64,
}

/// An invitation as it is kept. The code itself is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// Its name.
    pub invitation: InvitationId,
    /// The hash of its code.
    pub code: CodeHash,
    /// Whom it lets in.
    pub person: PersonId,
    /// The document that gave the right to make it.
    pub document: DocumentId,
    /// Who made it.
    pub by: PersonId,
    /// When the code stops working, in seconds since 1970-01-01 UTC.
    pub expires: u64,
    /// How it stands. [`Standing::Expired`] is never kept: it follows from `expires`.
    pub standing: Standing,
    /// The device that used it last.
    pub device: Option<DeviceId>,
}

/// What is counted against a daily limit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// Bytes that a device has pushed.
    DeviceBytes(DeviceId),
    /// Bytes that were pushed to a document.
    DocumentBytes(DocumentId),
    /// Wrong codes from a device.
    DeviceGuesses(DeviceId),
    /// Wrong codes from everybody.
    AllGuesses,
}

/// Rows, in one open transaction.
pub trait Shelf {
    /// A full disk, a lost database: whatever makes the whole transaction come to nothing.
    type Failure;

    /// Which log this is. Made at random when the database is made or restored.
    fn generation(&mut self) -> Result<u64, Self::Failure>;
    /// Whose device this is.
    fn person_of(&mut self, device: DeviceId) -> Result<Option<PersonId>, Self::Failure>;
    /// Makes it this person's device.
    fn bind(&mut self, device: DeviceId, person: PersonId) -> Result<(), Self::Failure>;
    /// Makes it nobody's.
    fn unbind(&mut self, device: DeviceId) -> Result<(), Self::Failure>;

    /// A document, locked against every other transaction that pushes to it until this one ends.
    fn lock(&mut self, document: DocumentId) -> Result<Option<Shelved>, Self::Failure>;
    /// A document as it stands, without a lock.
    fn look(&mut self, document: DocumentId) -> Result<Option<Shelved>, Self::Failure>;
    /// Keeps the fold of a chain: makes the document when it is new, else replaces its members.
    fn keep_membership(
        &mut self,
        document: DocumentId,
        membership: &Membership,
    ) -> Result<(), Self::Failure>;
    /// Notes that this person was a member once.
    fn note_former(&mut self, document: DocumentId, person: PersonId) -> Result<(), Self::Failure>;
    /// Whether this person was a member once.
    fn was_member(&mut self, document: DocumentId, person: PersonId)
    -> Result<bool, Self::Failure>;
    /// Every document this person stands in, with the newest position, ended ones included.
    fn documents_of(&mut self, person: PersonId) -> Result<Vec<Held>, Self::Failure>;

    /// The position and hash of the record with this device and counter.
    fn find(
        &mut self,
        device: DeviceId,
        counter: u64,
    ) -> Result<Option<(u64, Hash)>, Self::Failure>;
    /// The highest counter of this device in any log; 0 for none.
    fn last_counter(&mut self, device: DeviceId) -> Result<u64, Self::Failure>;
    /// Puts a record at a position, which becomes the document's newest; a snapshot becomes the
    /// document's newest snapshot too.
    fn append(&mut self, seq: u64, record: &Record) -> Result<(), Self::Failure>;
    /// Keeps a record outside the log, for the coordinator and its author to see. Doing it twice
    /// is doing it once.
    fn keep_aside(&mut self, record: &Record) -> Result<(), Self::Failure>;
    /// Records with a position above `after`, in order, of at most about `bytes_max` bytes but at
    /// least one. With `skip_covered_by`, updates and older snapshots at or below its `covers` are
    /// left out; membership records never are.
    fn records(
        &mut self,
        document: DocumentId,
        after: u64,
        skip_covered_by: Option<SnapshotPlace>,
        bytes_max: usize,
    ) -> Result<Vec<Placed>, Self::Failure>;

    /// An invitation by the hash of its code, locked until the transaction ends.
    fn invitation_by_code(&mut self, code: CodeHash) -> Result<Option<Invitation>, Self::Failure>;
    /// An invitation by its name, locked until the transaction ends.
    fn invitation(&mut self, name: InvitationId) -> Result<Option<Invitation>, Self::Failure>;
    /// Makes or replaces an invitation.
    fn keep_invitation(&mut self, invitation: &Invitation) -> Result<(), Self::Failure>;

    /// Adds to what was used on a day, and returns the sum. Days before it may be forgotten.
    fn spend(&mut self, account: Account, day: u32, amount: u64) -> Result<u64, Self::Failure>;
}
