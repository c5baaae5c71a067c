//! The devices of a person: when each came, who let it in, and which of them have said yes to each other.
//!
//! Whoever makes a code in somebody's name has it in the hand, and whoever redeems it has a device of that person's.
//! So a new device has what the person shares with others, and neither what is the person's own nor the right to let
//! anybody in before one of the older devices has said yes.

use minicbor::Encode;
use trust::{DeviceId, DocumentId, Hash, Kind, Member, Members, Membership, PersonId, Role};

use crate::answer::{Answer, Notice};
use crate::message::{Held, Tell};
use crate::shelf::{Shelf, Stamp};
use crate::{hub, invitation, read_in_order};

/// A device of somebody's, as it is told to those who may know of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct KnownDevice {
    /// Which.
    #[n(0)]
    pub device: DeviceId,
    /// When it came, in seconds since 1970-01-01 UTC by the hub's clock; 0 for before this was noted.
    #[n(1)]
    pub since: u64,
    /// Who had made the code that let it in; `None` for before this was noted.
    #[n(2)]
    pub by: Option<PersonId>,
    /// Whether the oldest device of the person has said yes to it, itself or through others; the oldest has itself.
    /// Only such a device may let somebody in, say yes to another or put one out.
    #[n(3)]
    pub confirmed: bool,
}

read_in_order!(KnownDevice { device, since, by, confirmed });

/// That a device was put out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct PutOut {
    /// When, in seconds since 1970-01-01 UTC by the hub's clock.
    #[n(0)]
    pub at: u64,
    /// By whom; `None` where another device came in its place.
    #[n(1)]
    pub by: Option<PersonId>,
}

read_in_order!(PutOut { at, by });

/// Whose a device is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Owner {
    /// The person.
    pub person: PersonId,
    /// Those of the person's devices that have said yes to each other, under a name of the same form as a person's
    /// and never the same: it is the group that is a member of a notebook, and not the person.
    pub group: PersonId,
}

impl Owner {
    /// As whom the device stands in the chain of a document of this kind.
    pub fn within(&self, kind: Kind) -> PersonId {
        if kind == Kind::Notebook { self.group } else { self.person }
    }
}

/// What is known of a device that is somebody's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Device {
    /// Whose it is.
    pub owner: Owner,
    /// When it came, in seconds since 1970-01-01 UTC; 0 for before this was noted.
    pub since: u64,
    /// Who had made the code that let it in; `None` for before this was noted.
    pub by: Option<PersonId>,
}

impl Device {
    /// A device that comes by a code, alone in its group. One that comes again is in another than it was.
    ///
    /// # Errors
    /// The shelf's own failure.
    pub fn new<S: Shelf>(
        shelf: &mut S,
        device: DeviceId,
        (person, by): (PersonId, PersonId),
        now: Stamp,
    ) -> Result<Self, S::Failure> {
        // The oldest decides, so a clock that is put back must make nobody older than who was there before.
        let newest = shelf.devices_of(person)?.into_iter().map(|(_, device)| device.since).max();
        let since = newest.map_or(now.seconds, |newest| now.seconds.max(newest + 1));
        let came = [&device.0[..], &since.to_be_bytes()].concat();
        let mut group = [0; 16];
        group.copy_from_slice(&Hash::of_bytes(&came).0[..16]);
        let owner = Owner { person, group: PersonId(group) };
        Ok(Self { owner, since, by: Some(by) })
    }
}

/// The chain of a notebook as it is kept: the devices it was begun on are in it.
pub(crate) fn owned_by(notebook: Membership, group: PersonId) -> Membership {
    let members = Members::from_iter([(group, Member::always(Role::Citizen))]);
    Membership { members, ..notebook }
}

/// The devices of a person, oldest first.
///
/// # Errors
/// The shelf's own failure.
pub fn list<S: Shelf>(shelf: &mut S, person: PersonId) -> Result<Vec<KnownDevice>, S::Failure> {
    let mut all = shelf.devices_of(person)?;
    all.sort_unstable_by_key(|(name, device)| (device.since, *name));
    let oldest = all.first().map(|(_, device)| device.owner.group);
    let known = |(name, device): (DeviceId, Device)| KnownDevice {
        device: name,
        since: device.since,
        by: device.by,
        confirmed: Some(device.owner.group) == oldest,
    };
    Ok(all.into_iter().map(known).collect())
}

/// Whether the oldest device of the same person has said yes to this one.
pub(crate) fn is_confirmed<S: Shelf>(
    shelf: &mut S,
    (name, owner): (DeviceId, Owner),
) -> Result<bool, S::Failure> {
    let all = list(shelf, owner.person)?;
    Ok(all.iter().any(|known| known.device == name && known.confirmed))
}

/// The devices of this person, for a device that may know of them.
pub(crate) fn tell<S: Shelf>(
    shelf: &mut S,
    asker: Owner,
    person: PersonId,
    now: Stamp,
) -> Result<Option<Tell>, S::Failure> {
    let own = asker.person == person;
    if !own && !invitation::looks_after(shelf, asker.person, person, now)? {
        return Ok(None);
    }
    list(shelf, person).map(|devices| Some(Tell::Devices { person, devices }))
}

/// Says yes to another device of one's own: from now on the two have the same notebooks.
pub(crate) fn vouch<S: Shelf>(
    shelf: &mut S,
    (name, owner): (DeviceId, Owner),
    other: DeviceId,
    now: Stamp,
) -> Result<Answer, S::Failure> {
    let Some(theirs) = shelf.device(other)?.map(|device| device.owner) else {
        return Ok(Answer::default());
    };
    // Whoever is not sure of himself cannot be sure of another: he would have what the other has.
    if theirs.person != owner.person || !is_confirmed(shelf, (name, owner))? {
        return Ok(Answer::default());
    }
    let gained = if theirs.group == owner.group {
        Vec::new()
    } else {
        take_into(shelf, owner, theirs.group, now)?
    };
    let devices = Tell::Devices { person: owner.person, devices: list(shelf, owner.person)? };
    let mut answer = Answer::default();
    for (held, is_own) in gained {
        if !is_own {
            answer.tells.push(Tell::Joined(held));
        }
        answer.notices.push(Notice { people: vec![owner.group], tell: Tell::Joined(held) });
    }
    answer.tells.push(devices.clone());
    answer.notices.push(Notice { people: vec![owner.person], tell: devices });
    Ok(answer)
}

/// Makes one group of two. Says which notebooks it has now, and of each whether it had it.
fn take_into<S: Shelf>(
    shelf: &mut S,
    Owner { person, group }: Owner,
    other: PersonId,
    now: Stamp,
) -> Result<Vec<(Held, bool)>, S::Failure> {
    for (name, device) in shelf.devices_of(person)? {
        if device.owner.group == other {
            shelf.bind(name, Device { owner: Owner { person, group }, ..device })?;
        }
    }
    let had: Vec<DocumentId> = notebooks(shelf, group, now)?.map(|held| held.document).collect();
    for held in notebooks(shelf, other, now)? {
        if let Some(notebook) = shelf.lock(held.document)? {
            shelf.keep_membership(held.document, &owned_by(notebook.membership, group))?;
        }
    }
    let all = notebooks(shelf, group, now)?;
    Ok(all.map(|held| (held, had.contains(&held.document))).collect())
}

fn notebooks<S: Shelf>(
    shelf: &mut S,
    group: PersonId,
    now: Stamp,
) -> Result<impl Iterator<Item = Held> + use<S>, S::Failure> {
    let all = hub::documents_of_member(shelf, group, now)?;
    Ok(all.into_iter().filter(|held| held.kind == Kind::Notebook))
}

/// Makes a device nobody's: one of one's own, or of somebody whom one may let in and answers for.
pub(crate) fn put_out<S: Shelf>(
    shelf: &mut S,
    (name, owner): (DeviceId, Owner),
    other: DeviceId,
    now: Stamp,
) -> Result<Answer, S::Failure> {
    let Some(person) = shelf.person_of(other)? else { return Ok(Answer::default()) };
    let may = person == owner.person || invitation::looks_after(shelf, owner.person, person, now)?;
    if !may || !is_confirmed(shelf, (name, owner))? {
        return Ok(Answer::default());
    }
    shelf.put_out(other, person, PutOut { at: now.seconds, by: Some(owner.person) })?;
    invitation::end_of(shelf, other)?;
    let devices = Tell::Devices { person, devices: list(shelf, person)? };
    let notices = vec![Notice { people: vec![person], tell: devices.clone() }];
    Ok(Answer { tells: vec![devices], notices })
}

/// Whether a link lets somebody in, or lets somebody who is in do more or stay longer.
pub(crate) fn lets_in(before: &Membership, after: &Membership) -> bool {
    let lasts = |until: Option<u32>| (until.is_none(), until);
    after.members.iter().any(|(who, member)| {
        let was = before.members.get(who);
        was.is_none_or(|was| was.role != member.role || lasts(member.until) > lasts(was.until))
    })
}
