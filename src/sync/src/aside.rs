//! What came after its author's membership had ended, and may have been written before: it is in no log, it can be
//! read and erased by its author and by whoever may write in the document, and it dies by itself.
//!
//! It costs nobody but its author anything: it is counted by the person who sent it, and is little.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use trust::{Act, DeviceId, DocumentId, Membership, PersonId, Record, Role};

use crate::devices::Owner;
use crate::message::Refusal;
use crate::read_in_order;
use crate::shelf::{Shelf, Stamp};

/// So much is kept of one person in one document. Writing in one meeting without a pause for two hours fills it, so an
/// offline week fits.
pub const ASIDE_BYTES_MAX: u64 = 1024 * 1024;
/// So much is kept of one person in all. A coordinator who is put out of forty courses after an offline week has
/// some 50 KB in each.
pub const ASIDE_BYTES_IN_ALL_MAX: u64 = 8 * ASIDE_BYTES_MAX;
/// So long it is kept: a summer's absence, and time to be asked.
pub const ASIDE_SECONDS: u64 = 90 * 86_400;
/// So many are erased by one question.
pub const ERASED_AT_ONCE_MAX: usize = 256;
/// About how much one page of them holds.
const PAGE_BYTES: usize = 512 * 1024;
/// Rows that one call of [`sweep`] lets go of.
const SWEPT_AT_ONCE: usize = 200;

/// A record's name, in whatever log or beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
pub struct RecordName {
    /// Who made it.
    #[n(0)]
    pub device: DeviceId,
    /// Its counter.
    #[n(1)]
    pub counter: u64,
}

impl RecordName {
    /// The name that its header gives it.
    pub fn of(record: &Record) -> Self {
        Self { device: record.header().device, counter: record.header().counter }
    }
}

/// Some of what came after its author's membership had ended.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct AsidePage {
    /// The document.
    #[n(0)]
    pub document: DocumentId,
    /// In the order of their names.
    #[n(1)]
    pub records: Vec<AsideRecord>,
    /// Ask for what comes after this; `None` when nothing does.
    #[n(2)]
    pub next: Option<RecordName>,
}

read_in_order!(AsidePage { document, records, next });

/// One of them.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct AsideRecord {
    /// Who sent it; `None` when that is not known any longer.
    #[n(0)]
    pub person: Option<PersonId>,
    /// When it came, in seconds since 1970-01-01 UTC by the hub's clock.
    #[n(1)]
    pub kept: u64,
    /// The bytes of a `trust::Record`.
    #[n(2)]
    pub record: ByteVec,
}

read_in_order!(AsideRecord { person, kept, record });

/// Takes in a record of somebody who is not a member, if they might have written it while they were.
pub(crate) fn keep<S: Shelf>(
    shelf: &mut S,
    membership: &Membership,
    (person, record): (PersonId, &Record),
    now: Stamp,
) -> Result<Refusal, S::Failure> {
    let document = record.header().document;
    let ended = membership.members.get(&person).map(|member| member.role);
    let roles = [ended, shelf.former_role(document, person)?];
    let writes = |role: &Role| trust::may(*role, membership.kind, Act::Write);
    if !roles.iter().flatten().any(writes) {
        return Ok(Refusal::NotMember);
    }
    let name = RecordName::of(record);
    if shelf.is_aside(name)? {
        return Ok(Refusal::KeptAside);
    }
    let (here, in_all) = shelf.bytes_aside(person, document)?;
    let bytes = record.bytes().len() as u64;
    if here + bytes > ASIDE_BYTES_MAX || in_all + bytes > ASIDE_BYTES_IN_ALL_MAX {
        return Ok(Refusal::NotMember);
    }
    shelf.keep_aside(record, person, now)?;
    Ok(Refusal::KeptAside)
}

/// Whose records somebody may read and erase.
enum Whose {
    Everybodys,
    Own(PersonId),
}

impl Whose {
    fn only(&self) -> Option<PersonId> {
        match self {
            Self::Everybodys => None,
            Self::Own(person) => Some(*person),
        }
    }
}

fn whose<S: Shelf>(
    shelf: &mut S,
    owner: Owner,
    document: DocumentId,
    now: Stamp,
) -> Result<Whose, S::Failure> {
    let chain = shelf.look(document)?.map(|shelved| shelved.membership);
    let may = |chain: Membership| chain.may(owner.within(chain.kind), now.day(), Act::Write);
    let writes = chain.is_some_and(may);
    Ok(if writes { Whose::Everybodys } else { Whose::Own(owner.person) })
}

/// A page of what is kept aside in a document, for a device of theirs; `None` when there is nothing they may know of.
///
/// # Errors
/// The shelf's own failure.
pub fn page<S: Shelf>(
    shelf: &mut S,
    owner: Owner,
    (document, after): (DocumentId, Option<RecordName>),
    now: Stamp,
) -> Result<Option<AsidePage>, S::Failure> {
    let whose = whose(shelf, owner, document, now)?;
    let rows = shelf.aside((document, whose.only()), after, PAGE_BYTES)?;
    let next = rows.last().map(|(name, _)| *name);
    // What has not been swept yet is over all the same.
    let begins = now.seconds.saturating_sub(ASIDE_SECONDS);
    let fresh = rows.into_iter().map(|(_, row)| row).filter(|row| row.kept > begins);
    let records: Vec<AsideRecord> = fresh.collect();
    let known = matches!(whose, Whose::Everybodys) || !records.is_empty();
    Ok(known.then_some(AsidePage { document, records, next }))
}

/// Erases what may be read of these on a device of theirs; says which of them are not kept any longer.
///
/// # Errors
/// The shelf's own failure.
pub fn erase<S: Shelf>(
    shelf: &mut S,
    owner: Owner,
    (document, names): (DocumentId, Vec<RecordName>),
    now: Stamp,
) -> Result<Vec<RecordName>, S::Failure> {
    let whose = whose(shelf, owner, document, now)?;
    let mut erased = Vec::new();
    for name in names.into_iter().take(ERASED_AT_ONCE_MAX) {
        if shelf.erase_aside((document, whose.only()), name)? {
            erased.push(name);
        }
    }
    Ok(erased)
}

/// Lets go of what is kept aside for too long, and of what was counted on days that are over. Says whether there
/// may be more.
///
/// # Errors
/// The shelf's own failure.
pub fn sweep<S: Shelf>(shelf: &mut S, now: Stamp) -> Result<bool, S::Failure> {
    // What a clock that was years ahead has kept would be kept for years.
    shelf.redate_aside(now.seconds + 86_400, now.seconds)?;
    let begins = now.seconds.saturating_sub(ASIDE_SECONDS);
    let aside = shelf.forget_aside(begins, SWEPT_AT_ONCE)?;
    let spent = shelf.forget_spent(now.day(), SWEPT_AT_ONCE)?;
    Ok(aside.max(spent) >= SWEPT_AT_ONCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Ask, Frame, Tell};

    const NAME: RecordName = RecordName { device: DeviceId([9; 32]), counter: 3 };

    #[test]
    fn the_bytes_of_version_1_stay_as_they_are() {
        let aside = Ask::Aside { document: DocumentId([7; 16]), after: None };
        let mut bytes = vec![1, 0x82, 20, 0x81, 0x50];
        bytes.extend([7; 16]);
        assert_eq!(aside.to_frame(), bytes);
        assert_eq!(Ask::from_frame(&bytes), Ok(aside));
        let erase = Ask::EraseAside { document: DocumentId([7; 16]), names: vec![NAME] };
        let mut bytes = vec![1, 0x82, 21, 0x82, 0x50];
        bytes.extend([7; 16]);
        bytes.extend([0x81, 0x82, 0x58, 32]);
        bytes.extend([9; 32]);
        bytes.push(3);
        assert_eq!(erase.to_frame(), bytes);
        assert_eq!(Ask::from_frame(&bytes), Ok(erase));
        let row = AsideRecord { person: None, kept: 5, record: vec![6].into() };
        let page = AsidePage { document: DocumentId([7; 16]), records: vec![row], next: None };
        let mut bytes = vec![1, 0x82, 20, 0x81, 0x82, 0x50];
        bytes.extend([7; 16]);
        bytes.extend([0x81, 0x83, 0xf6, 5, 0x41, 6]);
        assert_eq!(Tell::Aside(page).to_frame(), bytes);
    }
}
