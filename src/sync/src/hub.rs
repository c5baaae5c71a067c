//! The hub's half of the log: what is kept and what is given out. Every rule the server holds is
//! here, in [`crate::invitation`] and in `trust::may`; a [`Shelf`] only holds rows.

use trust::{
    Act, ChainRefusal, DeviceId, DocumentId, Header, Kind, Member, Members, Membership, PersonId,
    Record, RecordKind, Role,
};

use crate::devices::{self, Owner};
use crate::founding::found;
use crate::limits::Does;
use crate::message::{Held, Page, Placed, Refusal};
use crate::shelf::{Shelf, Shelved, SnapshotPlace, Stamp};
use crate::{aside, limits};

/// About how much one page of records holds.
pub const PAGE_BYTES: usize = 512 * 1024;
/// So many documents are told of in a welcome, which must fit in one frame. Nobody has as many of their own, but others
/// may let somebody read as many as they like.
pub const WELCOME_DOCUMENTS_MAX: usize = 20_000;

/// What became of a pushed record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is in the log now; say so once the transaction is on disk.
    Stored {
        /// Its position.
        seq: u64,
        /// Who may read it, and so hears of it.
        readers: Vec<PersonId>,
        /// Who may not read here any longer.
        left: Vec<PersonId>,
        /// Who may read here and was not in it in this way before, and in which.
        joined: Vec<(PersonId, Held)>,
        /// Who wrote it, if the hub knows.
        writer: Option<PersonId>,
    },
    /// It was in the log already, at this position.
    Known {
        /// Its position.
        seq: u64,
    },
    /// It is not in the log.
    Refused(Refusal),
    /// Not now: the device or its person has used up its day.
    Wait,
}

/// Takes in one record that `pusher` sent, its own or (to a restored server) somebody else's.
///
/// # Errors
/// The shelf's own failure; the transaction must then be rolled back.
pub fn push<S: Shelf>(
    shelf: &mut S,
    pusher: DeviceId,
    record: &Record,
    now: Stamp,
) -> Result<Verdict, S::Failure> {
    let header = record.header();
    let Some(owner) = shelf.device(pusher)?.map(|device| device.owner) else {
        return Ok(Verdict::Refused(Refusal::NotMember));
    };
    let shelved = shelf.lock(header.document)?;
    if let Some((seq, hash)) = shelf.find(header.device, header.counter)? {
        let same = hash == trust::Hash::of(record);
        return Ok(if same { Verdict::Known { seq } } else { Verdict::Refused(Refusal::Cloned) });
    }
    let pushed = Pushed { record, pusher, owner, now };
    let decided = match shelved {
        None => found(shelf, &pushed)?,
        Some(shelved) => admit(shelf, shelved, &pushed)?,
    };
    let admitted = match decided {
        Ok(admitted) => admitted,
        Err(refusal) => return Ok(Verdict::Refused(refusal)),
    };
    let does = match &admitted.before {
        None => Does::Founds,
        Some(_) if header.kind != RecordKind::Membership => Does::Says,
        Some(before) if devices::lets_in(before, &admitted.after) => Does::LetsIn,
        Some(_) => Does::Ends,
    };
    if !limits::charge(shelf, (pusher, owner), (record, does), now)? {
        return Ok(Verdict::Wait);
    }
    keep(shelf, &pushed, admitted)
}

/// A record, who brings it, and when.
pub(crate) struct Pushed<'r> {
    pub(crate) record: &'r Record,
    pub(crate) pusher: DeviceId,
    pub(crate) owner: Owner,
    pub(crate) now: Stamp,
}

impl Pushed<'_> {
    /// Who wrote it, if the hub knows. What another device wrote may be brought back to a restored server by
    /// anyone who may write in the document, also when that device is gone for good.
    fn author<S: Shelf>(&self, shelf: &mut S) -> Result<Option<PersonId>, S::Failure> {
        let device = self.record.header().device;
        if device == self.pusher { Ok(Some(self.owner.person)) } else { shelf.person_of(device) }
    }

    /// Whose device made it; where that is not known, whose brings it.
    pub(crate) fn maker<S: Shelf>(&self, shelf: &mut S) -> Result<Owner, S::Failure> {
        let maker = shelf.device(self.record.header().device)?;
        Ok(maker.map_or(self.owner, |device| device.owner))
    }
}

/// A record that may be kept, and what it makes of the document.
pub(crate) struct Admitted {
    pub(crate) seq: u64,
    pub(crate) before: Option<Membership>,
    pub(crate) after: Membership,
}

pub(crate) type Decision = Result<Admitted, Refusal>;

/// A record for a document that exists.
fn admit<S: Shelf>(
    shelf: &mut S,
    shelved: Shelved,
    pushed: &Pushed<'_>,
) -> Result<Decision, S::Failure> {
    let Shelved { membership, head, snapshot } = shelved;
    let &Pushed { record, owner, now, .. } = pushed;
    let (person, today) = (owner.within(membership.kind), now.day());
    if !membership.may(person, today, Act::Read) {
        return late(shelf, &membership, pushed);
    }
    let mut after = membership.clone();
    let refusal = match record.header().kind {
        // Whoever brings somebody else's link must not lend it a right of their own.
        RecordKind::Membership => match pushed.author(shelf)? {
            Some(author) => match after.extend(record, author, today) {
                Ok(()) if takes_in_a_citizen(shelf, (&membership, &after))? => {
                    Some(Refusal::NotAllowed)
                }
                Ok(()) => unconfirmed(shelf, (&membership, &after), pushed)?,
                Err(refusal) => Some(refusal.into()),
            },
            None => Some(Refusal::NotAllowed),
        },
        _ if !membership.may(person, today, Act::Write) => Some(Refusal::NotAllowed),
        RecordKind::Snapshot => stale(pushed, head, snapshot),
        RecordKind::Update | RecordKind::Later(_) => None,
    };
    Ok(match refusal {
        Some(refusal) => Err(refusal),
        None => Ok(Admitted { seq: head + 1, before: Some(membership), after }),
    })
}

/// Whether somebody is let in to read who is the citizen of a course of their own. An app never asks for it: whoever a
/// citizen lets in is a person of their own, also when it is somebody who has a course. And the other citizen is not
/// asked, while nobody could make them a code any longer who does not answer for this document as well.
fn takes_in_a_citizen<S: Shelf>(
    shelf: &mut S,
    (before, after): (&Membership, &Membership),
) -> Result<bool, S::Failure> {
    for (who, member) in after.members.iter() {
        if member.role == Role::Citizen || before.members.contains_key(who) {
            continue;
        }
        let is_own = |held: &Held| held.kind == Kind::Course && held.member.role == Role::Citizen;
        if shelf.documents_of(*who)?.iter().any(is_own) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What would let somebody in, on a device that no older one of the same person has said yes to, may be done by
/// whoever made a code in that person's name.
fn unconfirmed<S: Shelf>(
    shelf: &mut S,
    (before, after): (&Membership, &Membership),
    pushed: &Pushed<'_>,
) -> Result<Option<Refusal>, S::Failure> {
    if !devices::lets_in(before, after) {
        return Ok(None);
    }
    let made_on = (pushed.record.header().device, pushed.maker(shelf)?);
    Ok((!devices::is_confirmed(shelf, made_on)?).then_some(Refusal::Unconfirmed))
}

/// Somebody who is not a member writes. Who was one may have written it in time: it is kept aside.
fn late<S: Shelf>(
    shelf: &mut S,
    membership: &Membership,
    pushed: &Pushed<'_>,
) -> Result<Decision, S::Failure> {
    let &Pushed { record, pusher, owner, now } = pushed;
    if record.header().device != pusher {
        return Ok(Err(Refusal::NotMember));
    }
    aside::keep(shelf, membership, (owner.person, record), now).map(Err)
}

/// A snapshot that somebody else brings back to a restored server stands in for records by the
/// positions they had before.
fn stale(pushed: &Pushed<'_>, head: u64, newest: Option<SnapshotPlace>) -> Option<Refusal> {
    let Pushed { record, pusher, .. } = pushed;
    let floor = newest.map_or(0, |place| place.covers);
    let is_own = record.header().device == *pusher;
    let fresh = is_own && record.covers().is_some_and(|covers| covers > floor && covers <= head);
    (!fresh).then_some(Refusal::StaleSnapshot)
}

impl From<ChainRefusal> for Refusal {
    fn from(refusal: ChainRefusal) -> Self {
        match refusal {
            ChainRefusal::Unreadable => Self::Malformed,
            ChainRefusal::Moved => Self::ChainMoved,
            ChainRefusal::NotAllowed => Self::NotAllowed,
            ChainRefusal::Later => Self::Later,
        }
    }
}

fn keep<S: Shelf>(
    shelf: &mut S,
    pushed: &Pushed<'_>,
    admitted: Admitted,
) -> Result<Verdict, S::Failure> {
    let Admitted { seq, before, after } = admitted;
    let &Pushed { record, now, .. } = pushed;
    let document = record.header().document;
    let mut left = Vec::new();
    let mut joined = Vec::new();
    if before.as_ref() != Some(&after) {
        shelf.keep_membership(document, &after)?;
        let before = before.map(|chain| chain.members).unwrap_or_default();
        joined.extend(news(&before, &after, (document, seq), now));
        for (person, member) in before.iter().filter(|(who, _)| !after.members.contains_key(who)) {
            // Whoever has written once may have words from then, also when they only read in the end.
            let earlier = shelf.former_role(document, *person)?;
            let writes = |role: &Role| trust::may(*role, after.kind, Act::Write);
            let role = earlier.filter(writes).unwrap_or(member.role);
            shelf.note_former(document, (*person, role))?;
            left.push(*person);
        }
    }
    shelf.append(seq, record)?;
    let writer = pushed.author(shelf)?;
    Ok(Verdict::Stored { seq, readers: readers(&after, now), left, joined, writer })
}

/// Who may read now and was not in it in this way before. The others hear nothing by a link but the link: what it
/// costs must not grow with everybody whom it does not concern.
fn news(
    before: &Members,
    after: &Membership,
    (document, head): (DocumentId, u64),
    now: Stamp,
) -> Vec<(PersonId, Held)> {
    let is_news = |(who, member): &(&PersonId, &Member)| before.get(*who) != Some(*member);
    let may_read = |(who, _): &(&PersonId, &Member)| after.may(**who, now.day(), Act::Read);
    let held = |member: &Member| Held { document, kind: after.kind, head, member: *member };
    let news = after.members.iter().filter(is_news).filter(may_read);
    news.map(|(who, member)| (*who, held(member))).collect()
}

/// Who may read a document today.
pub fn readers(membership: &Membership, now: Stamp) -> Vec<PersonId> {
    let may_read = |person: &PersonId| membership.may(*person, now.day(), Act::Read);
    membership.members.keys().copied().filter(may_read).collect()
}

/// Founds the house: the one document no one else's right leads to. For an empty server only.
///
/// # Errors
/// The shelf's own failure.
pub fn found_house<S: Shelf>(
    shelf: &mut S,
    first: &Record,
) -> Result<Option<Membership>, S::Failure> {
    let Ok(house) = Membership::found(first) else { return Ok(None) };
    shelf.keep_membership(first.header().document, &house)?;
    shelf.append(1, first)?;
    Ok(Some(house))
}

/// Everything that whoever has this device may read on it today.
///
/// # Errors
/// The shelf's own failure.
pub fn documents<S: Shelf>(
    shelf: &mut S,
    Owner { person, group }: Owner,
    now: Stamp,
) -> Result<Vec<Held>, S::Failure> {
    let mut documents = documents_of_member(shelf, person, now)?;
    documents.extend(documents_of_member(shelf, group, now)?);
    if documents.len() > WELCOME_DOCUMENTS_MAX {
        documents.sort_by_key(|held| !trust::may(held.member.role, held.kind, Act::Write));
        documents.truncate(WELCOME_DOCUMENTS_MAX);
    }
    Ok(documents)
}

/// Everything that who stands in chains under this name may read today.
pub(crate) fn documents_of_member<S: Shelf>(
    shelf: &mut S,
    person: PersonId,
    now: Stamp,
) -> Result<Vec<Held>, S::Failure> {
    let readable = |held: &Held| {
        held.member.holds(now.day()) && trust::may(held.member.role, held.kind, Act::Read)
    };
    Ok(shelf.documents_of(person)?.into_iter().filter(readable).collect())
}

/// The next page of a document for a device of theirs; `None` when there is nothing they may know of.
///
/// # Errors
/// The shelf's own failure.
pub fn pull<S: Shelf>(
    shelf: &mut S,
    owner: Owner,
    wanted: (DocumentId, u64, bool),
    now: Stamp,
) -> Result<Option<Page>, S::Failure> {
    let (document, after, whole) = wanted;
    let Some(shelved) = shelf.look(document)? else { return Ok(None) };
    let person = owner.within(shelved.membership.kind);
    if !shelved.membership.may(person, now.day(), Act::Read) {
        return Ok(None);
    }
    let skip = shelved.snapshot.filter(|place| !whole && after < place.covers);
    let records = shelf.records(document, after, skip, PAGE_BYTES)?;
    let through = records.last().map_or(shelved.head, |placed| placed.seq).max(after);
    let writers = Some(writers(shelf, &records)?);
    Ok(Some(Page { document, after, through, records, head: shelved.head, writers }))
}

/// Whose the devices are that wrote these.
///
/// # Errors
/// The shelf's own failure.
pub fn writers<S: Shelf>(
    shelf: &mut S,
    records: &[Placed],
) -> Result<Vec<(DeviceId, PersonId)>, S::Failure> {
    let headers = records.iter().filter_map(|placed| Header::read(&placed.record).ok());
    let mut devices: Vec<DeviceId> = headers.map(|header| header.device).collect();
    devices.sort_unstable();
    devices.dedup();
    let mut known = Vec::with_capacity(devices.len());
    for device in devices {
        known.extend(shelf.writer(device)?.map(|person| (device, person)));
    }
    Ok(known)
}
