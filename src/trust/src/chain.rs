//! The membership chain of a document: who is a member, since which link, and who said so.
//!
//! Each link is a signed record in the document's own log, and names the hash of the link before
//! it. The server keeps the chain by compare-and-swap; every client folds and checks it again.

use litemap::LiteMap;

use crate::{Act, DocumentId, Hash, Kind, PersonId, Record, RecordKind, may, may_last};

/// What a person is in one document.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, minicbor::Encode, minicbor::Decode,
)]
#[cbor(index_only)]
pub enum Role {
    /// The one it is about.
    #[n(0)]
    Citizen,
    /// The citizen's coordinator.
    #[n(1)]
    Coordinator,
    /// The citizen's own støtteperson.
    #[n(2)]
    TrustedAdult,
    /// Anybody else whom the citizen has let in.
    #[n(3)]
    Participant,
    /// Makes coordinators; reads no plan.
    #[n(4)]
    DailyLead,
}

/// One membership: a role, until the end of a day or without end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
pub struct Member {
    /// What they are.
    #[n(0)]
    pub role: Role,
    /// The last day it holds, in days since 1970-01-01; `None` for no end.
    #[n(1)]
    pub until: Option<u32>,
}

/// What a link does.
#[derive(Clone, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
pub enum Change {
    /// The first link of every chain.
    #[n(0)]
    Found {
        /// What sort of document it is, for ever.
        #[n(0)]
        kind: Kind,
        /// The document whose members decided that this one may be; none for a house.
        #[n(1)]
        parent: Option<DocumentId>,
        /// Who is in it from the start.
        #[n(2)]
        members: Vec<(PersonId, Role)>,
    },
    /// Somebody comes in, or gets another role or end.
    #[n(1)]
    Add {
        /// Who.
        #[n(0)]
        person: PersonId,
        /// As what, and until when.
        #[n(1)]
        member: Member,
    },
    /// Somebody is out.
    #[n(2)]
    Remove {
        /// Who.
        #[n(0)]
        person: PersonId,
    },
}

/// The payload of a membership record.
#[derive(Clone, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
struct Link {
    #[n(0)]
    previous: Hash,
    #[n(1)]
    change: Change,
}

/// Who is in a document, by person.
pub type Members = LiteMap<PersonId, Member>;

/// A chain, folded: what every link so far adds up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// What sort of document it is.
    pub kind: Kind,
    /// Beneath which document it was founded.
    pub parent: Option<DocumentId>,
    /// Who is in it now, those whose time has run out included.
    pub members: Members,
    /// The hash of the newest link.
    pub head: Hash,
}

/// Why a link does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChainRefusal {
    /// No membership record, or one that cannot be read.
    #[error("Ændringen kan ikke læses.")]
    Unreadable,
    /// The chain has grown since the link was made: make it again on top.
    #[error("En anden har ændret, hvem der er med. Prøv igen.")]
    Moved,
    /// The author may not do this.
    #[error("Det kan kun borgeren eller koordinatoren gøre.")]
    NotAllowed,
}

impl Role {
    /// Every role, for tests and tables.
    pub const ALL: [Self; 5] =
        [Self::Citizen, Self::Coordinator, Self::TrustedAdult, Self::Participant, Self::DailyLead];
}

impl Member {
    /// A membership without an end.
    pub fn always(role: Role) -> Self {
        Self { role, until: None }
    }

    /// Whether it holds on this day, in days since 1970-01-01.
    pub fn holds(&self, today: u32) -> bool {
        self.until.is_none_or(|last| today <= last)
    }
}

impl Change {
    /// The payload of the record that carries this change on top of `previous`.
    pub fn payload(&self, previous: Hash) -> Vec<u8> {
        let link = Link { previous, change: self.clone() };
        let mut bytes = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(link, &mut bytes);
        bytes
    }

    /// The change that a membership record carries, unchecked.
    ///
    /// # Errors
    /// [`ChainRefusal::Unreadable`].
    pub fn read(record: &Record) -> Result<Self, ChainRefusal> {
        Link::read(record).map(|link| link.change)
    }

    /// The link that this one was made on top of.
    ///
    /// # Errors
    /// [`ChainRefusal::Unreadable`].
    pub fn previous(record: &Record) -> Result<Hash, ChainRefusal> {
        Link::read(record).map(|link| link.previous)
    }
}

impl Link {
    fn read(record: &Record) -> Result<Self, ChainRefusal> {
        if record.header().kind != RecordKind::Membership {
            return Err(ChainRefusal::Unreadable);
        }
        minicbor::decode(record.payload()).map_err(|_| ChainRefusal::Unreadable)
    }
}

impl Membership {
    /// Begins a chain with its first record. Whether its author *may* found it is for
    /// [`Membership::may_found`] of the parent to say.
    ///
    /// # Errors
    /// [`ChainRefusal::Unreadable`] when the record is no founding.
    pub fn found(first: &Record) -> Result<Self, ChainRefusal> {
        let Link { previous, change: Change::Found { kind, parent, members } } = Link::read(first)?
        else {
            return Err(ChainRefusal::Unreadable);
        };
        if previous != Hash::default() {
            return Err(ChainRefusal::Unreadable);
        }
        let members = members.into_iter().map(|(who, role)| (who, Member::always(role))).collect();
        Ok(Self { kind, parent, members, head: Hash::of(first) })
    }

    /// A chain that is about to begin with this change: its founder knows it before it is signed.
    pub fn beginning(kind: Kind, parent: DocumentId, members: &[(PersonId, Role)]) -> Self {
        let members = members.iter().map(|(who, role)| (*who, Member::always(*role))).collect();
        Self { kind, parent: Some(parent), members, head: Hash::default() }
    }

    /// Follows a chain whose authors somebody else has checked: only the hashes and the form are
    /// checked here. A record that is already the newest link changes nothing.
    ///
    /// # Errors
    /// [`ChainRefusal`]; nothing has changed then.
    pub fn follow(&mut self, record: &Record) -> Result<(), ChainRefusal> {
        if self.head == Hash::of(record) {
            return Ok(());
        }
        let Link { previous, change } = Link::read(record)?;
        if previous != self.head {
            return Err(ChainRefusal::Moved);
        }
        match change {
            Change::Found { .. } => *self = Self::found(record)?,
            Change::Add { person, member } => {
                self.members.insert(person, member);
            }
            Change::Remove { person } => {
                self.members.remove(&person);
            }
        }
        self.head = Hash::of(record);
        Ok(())
    }

    /// Adds a link that `author` wrote.
    ///
    /// # Errors
    /// [`ChainRefusal`]; nothing has changed then.
    pub fn extend(
        &mut self,
        record: &Record,
        author: PersonId,
        today: u32,
    ) -> Result<(), ChainRefusal> {
        let Link { previous, change } = Link::read(record)?;
        if previous != self.head {
            return Err(ChainRefusal::Moved);
        }
        match change {
            Change::Found { .. } => return Err(ChainRefusal::Unreadable),
            Change::Add { person, member } => {
                // A new role for somebody who is in already is also the end of the old one.
                let held = self.members.get(&person).map(|old| Act::Remove(old.role));
                let acts = held.into_iter().chain([Act::Add(member.role)]);
                self.check(author, today, acts)?;
                if !may_last(member, today) {
                    return Err(ChainRefusal::NotAllowed);
                }
                self.members.insert(person, member);
            }
            Change::Remove { person } => {
                let old = self.members.get(&person).ok_or(ChainRefusal::NotAllowed)?;
                let act = if person == author { Act::Leave } else { Act::Remove(old.role) };
                self.check(author, today, [act])?;
                self.members.remove(&person);
            }
        }
        self.head = Hash::of(record);
        Ok(())
    }

    /// Whether this person may do this today.
    pub fn may(&self, person: PersonId, today: u32, act: Act) -> bool {
        self.role(person, today).is_some_and(|role| may(role, self.kind, act))
    }

    /// What this person is today; `None` for nothing, or not any longer.
    pub fn role(&self, person: PersonId, today: u32) -> Option<Role> {
        self.members.get(&person).filter(|member| member.holds(today)).map(|member| member.role)
    }

    /// Whether `author` may found `child` beneath this document: by role, and so that everyone in
    /// the child is here already in the same role. A course is where a citizen begins, so it alone
    /// may bring somebody new: one citizen, beside the coordinator who founds it.
    pub fn may_found(&self, child: &Self, author: PersonId, today: u32) -> bool {
        let known =
            |(who, member): (&PersonId, &Member)| self.role(*who, today) == Some(member.role);
        let fits = match child.kind {
            Kind::Course => {
                let of = |role| child.members.values().filter(move |member| member.role == role);
                child.members.len() == 2
                    && of(Role::Citizen).count() == 1
                    && child.role(author, today) == Some(Role::Coordinator)
            }
            Kind::Notebook => child.members.len() == 1 && child.members.contains_key(&author),
            _ => child.members.contains_key(&author) && child.members.iter().all(known),
        };
        fits && self.may(author, today, Act::Found(child.kind))
    }

    fn check(
        &self,
        author: PersonId,
        today: u32,
        acts: impl IntoIterator<Item = Act>,
    ) -> Result<(), ChainRefusal> {
        let allowed = acts.into_iter().all(|act| self.may(author, today, act));
        if allowed { Ok(()) } else { Err(ChainRefusal::NotAllowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DeviceKey, Header, VERSION};

    const CITIZEN: PersonId = PersonId([1; 16]);
    const COORDINATOR: PersonId = PersonId([2; 16]);
    const FRIEND: PersonId = PersonId([3; 16]);

    fn record(change: &Change, previous: Hash, counter: u64) -> Record {
        let key = DeviceKey::from_seed(&[9; 32]);
        let header = Header {
            version: VERSION,
            kind: RecordKind::Membership,
            document: DocumentId([7; 16]),
            device: key.device(),
            counter,
            epoch: 0,
        };
        Record::sign(header, &change.payload(previous), &key).unwrap()
    }

    fn meeting() -> Membership {
        let members = vec![(CITIZEN, Role::Citizen), (COORDINATOR, Role::Coordinator)];
        let parent = Some(DocumentId([6; 16]));
        let change = Change::Found { kind: Kind::Meeting, parent, members };
        Membership::found(&record(&change, Hash::default(), 1)).unwrap()
    }

    fn add(person: PersonId, role: Role) -> Change {
        Change::Add { person, member: Member { role, until: Some(100) } }
    }

    #[test]
    fn the_citizen_lets_in_and_shows_out() {
        let mut chain = meeting();
        chain.extend(&record(&add(FRIEND, Role::Participant), chain.head, 2), CITIZEN, 5).unwrap();
        assert!(chain.may(FRIEND, 100, Act::Read) && !chain.may(FRIEND, 101, Act::Read));
        let out = record(&Change::Remove { person: FRIEND }, chain.head, 3);
        chain.extend(&out, CITIZEN, 5).unwrap();
        assert!(!chain.may(FRIEND, 5, Act::Read));
    }

    #[test]
    fn nobody_lets_in_whom_they_may_not_or_makes_themself_more() {
        let mut chain = meeting();
        for (author, change) in [
            (COORDINATOR, add(FRIEND, Role::Participant)),
            (FRIEND, add(FRIEND, Role::Citizen)),
            (COORDINATOR, add(COORDINATOR, Role::Citizen)),
            (CITIZEN, add(COORDINATOR, Role::Citizen)),
            (CITIZEN, Change::Remove { person: FRIEND }),
        ] {
            let before = chain.clone();
            let refused = chain.extend(&record(&change, chain.head, 2), author, 5);
            assert_eq!(refused, Err(ChainRefusal::NotAllowed), "{author:?} {change:?}");
            assert_eq!(chain, before);
        }
    }

    #[test]
    fn a_link_holds_on_its_own_place_alone() {
        let mut chain = meeting();
        let late = record(&add(FRIEND, Role::Participant), Hash([1; 32]), 2);
        assert_eq!(chain.extend(&late, CITIZEN, 5), Err(ChainRefusal::Moved));
        assert_eq!(chain.follow(&late), Err(ChainRefusal::Moved));
    }

    #[test]
    fn a_child_has_nobody_whom_its_parent_has_not() {
        let members = vec![(CITIZEN, Role::Citizen), (COORDINATOR, Role::Coordinator)];
        let course = Membership::beginning(Kind::Course, DocumentId([5; 16]), &members);
        let mut child = Membership::beginning(Kind::Meeting, DocumentId([6; 16]), &members);
        assert!(course.may_found(&child, CITIZEN, 5) && course.may_found(&child, COORDINATOR, 5));
        assert!(!course.may_found(&child, FRIEND, 5));
        child.members.insert(FRIEND, Member::always(Role::Participant));
        assert!(!course.may_found(&child, CITIZEN, 5));
    }
}
