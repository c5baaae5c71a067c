//! Where a hub keeps its rows: the only thing that SQLite, PostgreSQL and memory do differently.
//!
//! Every method runs inside one transaction that the implementor has opened, and sees what the
//! methods before it have done. Nothing here decides anything: all rules are in [`crate::hub`].

use trust::{
    CodeHash, DeviceId, DocumentId, Hash, InvitationId, Kind, Member, Membership, PersonId, Record,
    Role,
};

use crate::devices::Device;
use crate::message::{AsideRecord, Held, Placed, PutOut, RecordName, Standing};

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

/// A document, and what two people are in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ancestor {
    /// Which.
    pub document: DocumentId,
    /// What sort.
    pub kind: Kind,
    /// Beneath which document it was founded.
    pub parent: Option<DocumentId>,
    /// What the first person is in it, also when that has ended.
    pub person: Option<Member>,
    /// What the second person is in it, also when that has ended.
    pub other: Option<Member>,
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
    /// When it was made, in seconds since 1970-01-01 UTC.
    pub made: u64,
    /// When the code stops working, in seconds since 1970-01-01 UTC.
    pub expires: u64,
    /// How it stands. [`Standing::Expired`] is never kept: it follows from `expires`.
    pub standing: Standing,
    /// The device that used it last.
    pub device: Option<DeviceId>,
    /// Until when the code lets in one device more in the place of that one, in seconds since 1970-01-01 UTC.
    pub again_until: u64,
    /// The hash of the code that it had before the device in it named another.
    pub spent: Option<CodeHash>,
}

/// What is counted against a daily limit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// Bytes that a device has pushed.
    DeviceBytes(DeviceId),
    /// Bytes that a person's devices have pushed.
    PersonBytes(PersonId),
    /// Documents that a device has founded.
    DeviceFoundings(DeviceId),
    /// Documents that a person's devices have founded.
    PersonFoundings(PersonId),
    /// Links that a device has made.
    DeviceLinks(DeviceId),
    /// Links that a person's devices have made.
    PersonLinks(PersonId),
    /// Invitations that a person has made.
    PersonInvitations(PersonId),
}

/// Rows, in one open transaction.
pub trait Shelf {
    /// A full disk, a lost database: whatever makes the whole transaction come to nothing.
    type Failure;

    /// Which log this is. Made at random when the database is made or restored.
    fn generation(&mut self) -> Result<u64, Self::Failure>;
    /// What is known of a device that is somebody's.
    fn device(&mut self, device: DeviceId) -> Result<Option<Device>, Self::Failure>;
    /// The devices of this person, in any order.
    fn devices_of(&mut self, person: PersonId) -> Result<Vec<(DeviceId, Device)>, Self::Failure>;
    /// Makes it this person's device, or changes what is known of it. It is not out any longer.
    fn bind(&mut self, device: DeviceId, of: Device) -> Result<(), Self::Failure>;
    /// Makes it nobody's, and keeps whose it was.
    fn put_out(
        &mut self,
        device: DeviceId,
        person: PersonId,
        out: PutOut,
    ) -> Result<(), Self::Failure>;
    /// Whose a device was that has been put out, and how that was.
    fn was_put_out(
        &mut self,
        device: DeviceId,
    ) -> Result<Option<(PersonId, PutOut)>, Self::Failure>;

    /// Whose device this is.
    fn person_of(&mut self, device: DeviceId) -> Result<Option<PersonId>, Self::Failure> {
        Ok(self.device(device)?.map(|device| device.owner.person))
    }
    /// Whose device this is or was: for who wrote something, not for what somebody may.
    fn writer(&mut self, device: DeviceId) -> Result<Option<PersonId>, Self::Failure> {
        match self.person_of(device)? {
            None => Ok(self.was_put_out(device)?.map(|(person, _)| person)),
            person => Ok(person),
        }
    }

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
    /// Notes that this person was a member once, and as what.
    fn note_former(
        &mut self,
        document: DocumentId,
        former: (PersonId, Role),
    ) -> Result<(), Self::Failure>;
    /// As what this person was noted to have been a member.
    fn former_role(
        &mut self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<Option<Role>, Self::Failure>;
    /// Whether this person was a member once.
    fn was_member(&mut self, document: DocumentId, person: PersonId)
    -> Result<bool, Self::Failure>;
    /// Every document this person stands in, with the newest position, ended ones included.
    fn documents_of(&mut self, person: PersonId) -> Result<Vec<Held>, Self::Failure>;
    /// Every document that the first person stands in and every one above those, with what both are there. Of
    /// documents that are alike in all but their names one is enough: somebody may stand in thousands.
    fn documents_and_ancestors(
        &mut self,
        person: PersonId,
        other: PersonId,
    ) -> Result<Vec<Ancestor>, Self::Failure>;

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

    /// Whether a record of this name is kept outside the log.
    fn is_aside(&mut self, name: RecordName) -> Result<bool, Self::Failure>;
    /// How many bytes of this person's are kept outside the log: in this document, and in all.
    fn bytes_aside(
        &mut self,
        person: PersonId,
        document: DocumentId,
    ) -> Result<(u64, u64), Self::Failure>;
    /// Keeps a record outside the log that is not kept there yet.
    fn keep_aside(
        &mut self,
        record: &Record,
        person: PersonId,
        now: Stamp,
    ) -> Result<(), Self::Failure>;
    /// What is kept outside this document's log, of one person or of all, with names above `after`, in order,
    /// of at most about `bytes_max` bytes but at least one.
    fn aside(
        &mut self,
        of: (DocumentId, Option<PersonId>),
        after: Option<RecordName>,
        bytes_max: usize,
    ) -> Result<Vec<(RecordName, AsideRecord)>, Self::Failure>;
    /// Erases a record from beside this document's log, of one person or of anybody. Says whether it was there.
    fn erase_aside(
        &mut self,
        of: (DocumentId, Option<PersonId>),
        name: RecordName,
    ) -> Result<bool, Self::Failure>;
    /// What was kept aside after this second, by a clock that was wrong, was kept at that one.
    fn redate_aside(&mut self, after: u64, to: u64) -> Result<(), Self::Failure>;
    /// Lets go of what was kept aside up to this second, of so many rows at most; says of how many.
    fn forget_aside(&mut self, until: u64, most: usize) -> Result<usize, Self::Failure>;
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

    /// An invitation by the hash of its code, the one it has or the one it had, locked until the transaction ends.
    fn invitation_by_code(&mut self, code: CodeHash) -> Result<Option<Invitation>, Self::Failure>;
    /// An invitation by its name, locked until the transaction ends.
    fn invitation(&mut self, name: InvitationId) -> Result<Option<Invitation>, Self::Failure>;
    /// The newest invitation that this device used last, locked until the transaction ends.
    fn invitation_of(&mut self, device: DeviceId) -> Result<Option<Invitation>, Self::Failure>;
    /// Makes or replaces an invitation.
    fn keep_invitation(&mut self, invitation: &Invitation) -> Result<(), Self::Failure>;

    /// Adds to what was used on a day, and returns the sum. Days before it may be forgotten.
    fn spend(&mut self, account: Account, day: u32, amount: u64) -> Result<u64, Self::Failure>;
    /// Lets go of what was used on days before this one, of so many rows at most; says of how many.
    fn forget_spent(&mut self, before: u32, most: usize) -> Result<usize, Self::Failure>;
}
