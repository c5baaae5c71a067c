//! The membership chain of a document: who is a member, since which link, and who said so.
//!
//! Each link is a signed record in the document's own log, and names the hash of the link before
//! it. The server keeps the chain by compare-and-swap; every client folds and checks it again.

use litemap::LiteMap;
use minicbor::Decoder;
use minicbor::decode::Error;

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
#[derive(Clone, PartialEq, Eq, Debug, minicbor::Encode)]
struct Link {
    #[n(0)]
    previous: Hash,
    /// `None` for a change that only a newer version knows.
    #[n(1)]
    change: Option<Change>,
}

/// Who is in a document, by person.
pub type Members = LiteMap<PersonId, Member>;

/// How many may be in a document: everybody who works in a municipality, or a network that meets. What a document costs
/// the server grows with those who are in it.
fn members_max(kind: Kind) -> usize {
    if kind == Kind::House { 5_000 } else { 200 }
}

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
    /// Whether a link says something that only a newer version knows: then `members` may be behind, and
    /// nobody can be let in by this version.
    pub has_later_link: bool,
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
    /// Only a newer version knows what it changes, so nobody here can say whether its author may.
    #[error("Ændringen kræver et nyere program.")]
    Later,
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
        let link = Link { previous, change: Some(self.clone()) };
        let mut bytes = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(link, &mut bytes);
        bytes
    }

    /// The change that a membership record carries, unchecked.
    ///
    /// # Errors
    /// [`ChainRefusal::Unreadable`], or [`ChainRefusal::Later`] for one of a newer version.
    pub fn read(record: &Record) -> Result<Self, ChainRefusal> {
        Link::read(record)?.change.ok_or(ChainRefusal::Later)
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
        let mut bytes = Decoder::new(record.payload());
        Self::decode(&mut bytes).map_err(|_| ChainRefusal::Unreadable)
    }

    /// What is no change of this version is one of a newer one, as long as it is whole.
    fn decode(bytes: &mut Decoder<'_>) -> Result<Self, Error> {
        let fields = bytes.array()?.ok_or_else(|| Error::message("no fields"))?;
        let previous = bytes.decode()?;
        let start = bytes.position();
        let change = bytes.decode().ok();
        bytes.set_position(start);
        (1..fields).try_for_each(|_| bytes.skip())?;
        Ok(Self { previous, change })
    }
}

impl Membership {
    /// Begins a chain with its first record. Whether its author *may* found it is for
    /// [`Membership::may_found`] of the parent to say.
    ///
    /// # Errors
    /// [`ChainRefusal::Unreadable`] when the record is no founding.
    pub fn found(first: &Record) -> Result<Self, ChainRefusal> {
        let Link { previous, change } = Link::read(first)?;
        let Change::Found { kind, parent, members } = change.ok_or(ChainRefusal::Later)? else {
            return Err(ChainRefusal::Unreadable);
        };
        if previous != Hash::default() {
            return Err(ChainRefusal::Unreadable);
        }
        if members.len() > members_max(kind) {
            return Err(ChainRefusal::NotAllowed);
        }
        let members = members.into_iter().map(|(who, role)| (who, Member::always(role))).collect();
        Ok(Self { members, head: Hash::of(first), ..Self::unread(kind, parent) })
    }

    /// A chain that is about to begin with this change: its founder knows it before it is signed.
    pub fn beginning(kind: Kind, parent: DocumentId, members: &[(PersonId, Role)]) -> Self {
        let members = members.iter().map(|(who, role)| (*who, Member::always(*role))).collect();
        Self { members, ..Self::unread(kind, Some(parent)) }
    }

    /// A chain of which no link has been read.
    pub fn unread(kind: Kind, parent: Option<DocumentId>) -> Self {
        let (members, head) = (Members::new(), Hash::default());
        Self { kind, parent, members, head, has_later_link: false }
    }

    /// Follows a chain whose authors somebody else has checked: only the hashes and the form are
    /// checked here. A record that is already the newest link changes nothing. A link of a newer version is
    /// passed over, so that those after it can be followed.
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
            Some(Change::Found { .. }) => *self = Self::found(record)?,
            Some(Change::Add { person, member }) => {
                self.members.insert(person, member);
            }
            Some(Change::Remove { person }) => {
                self.members.remove(&person);
            }
            None => self.has_later_link = true,
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
        match change.ok_or(ChainRefusal::Later)? {
            Change::Found { .. } => return Err(ChainRefusal::Unreadable),
            Change::Add { person, member } => {
                // A new role for somebody who is in already is also the end of the old one.
                let held = self.members.get(&person).map(|old| Act::Remove(old.role));
                let acts = held.iter().copied().chain([Act::Add(member.role)]);
                self.check(author, today, acts)?;
                let is_full = held.is_none() && self.members.len() >= members_max(self.kind);
                if is_full || !may_last(member, today) {
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
    /// the child is here already in the same role, the citizen whose it is among them: nobody has a part of
    /// somebody's course without that person. A course is where a citizen begins, so it alone
    /// may bring somebody new: one citizen, beside the coordinator who founds it. Whether that citizen is
    /// new to the hub is for the hub to say.
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
            _ => {
                child.members.contains_key(&author)
                    && child.members.iter().all(known)
                    && self.is_shared_with_its_citizen(child)
            }
        };
        fits && self.may(author, today, Act::Found(child.kind))
    }

    /// Whether everybody whose course this is is in a part of it, too.
    pub fn is_shared_with_its_citizen(&self, part: &Self) -> bool {
        let mut citizens = self.members.iter().filter(|(_, member)| member.role == Role::Citizen);
        citizens.all(|(citizen, _)| part.members.contains_key(citizen))
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
mod tests;
