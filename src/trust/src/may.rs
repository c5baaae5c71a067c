//! The one function that says who may do what. The server asks it on every read and write, the
//! client asks it before it draws a button; there is no other list of rights anywhere.

use crate::{Member, Role};

/// A participant is let in for so many days at most: 12 months, from the model's form of consent.
pub const PARTICIPANT_DAYS_MAX: u32 = 366;

/// What sort of document it is. The server knows this much and nothing of what stands in it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, minicbor::Encode, minicbor::Decode,
)]
#[cbor(index_only)]
pub enum Kind {
    /// One per installation: the daily lead and the coordinators.
    #[n(0)]
    House,
    /// One per citizen's course: who takes part, dreams, and which other documents there are.
    #[n(1)]
    Course,
    /// One per life area: goals, agreements, support.
    #[n(2)]
    LifeArea,
    /// One per meeting.
    #[n(3)]
    Meeting,
    /// "Kun mig": the citizen's devices only.
    #[n(4)]
    Notebook,
    /// Network map and directory.
    #[n(5)]
    Network,
    /// One per person who is let in: what the citizen has declared about them, and its history.
    #[n(6)]
    Consents,
}

/// What somebody wants to do in a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// See what stands in it.
    Read,
    /// Add to it.
    Write,
    /// Make somebody a member with this role.
    Add(Role),
    /// End the membership of somebody with this role.
    Remove(Role),
    /// End one's own membership.
    Leave,
    /// Make an invitation for a member with this role who has no device yet.
    Invite(Role),
    /// Found a document of this kind beneath this one.
    Found(Kind),
}

impl Kind {
    /// Every kind, for tests and tables.
    pub const ALL: [Self; 7] = [
        Self::House,
        Self::Course,
        Self::LifeArea,
        Self::Meeting,
        Self::Notebook,
        Self::Network,
        Self::Consents,
    ];
}

/// Whether a member with this role in a document of this kind may do this. Somebody who is no
/// member may nothing, and is not told that the document exists.
pub fn may(role: Role, kind: Kind, act: Act) -> bool {
    match kind {
        Kind::House => may_in_house(role, act),
        Kind::Notebook => role == Role::Citizen && matches!(act, Act::Read | Act::Write),
        Kind::Course => may_in_course(role, act),
        Kind::LifeArea | Kind::Meeting | Kind::Network | Kind::Consents => {
            may_in_part(role, kind, act)
        }
    }
}

/// Whether somebody may be made this member today: nobody takes part without an end.
pub(crate) fn may_last(member: Member, today: u32) -> bool {
    let last = today.saturating_add(PARTICIPANT_DAYS_MAX);
    member.role != Role::Participant || member.until.is_some_and(|until| until <= last)
}

fn may_in_house(role: Role, act: Act) -> bool {
    let staff = |role| matches!(role, Role::Coordinator | Role::DailyLead);
    match (role, act) {
        (Role::DailyLead, Act::Add(other) | Act::Remove(other) | Act::Invite(other)) => {
            staff(other)
        }
        (Role::DailyLead | Role::Coordinator, Act::Read | Act::Write) => true,
        (Role::Coordinator, Act::Leave | Act::Found(Kind::Course)) => true,
        _ => false,
    }
}

fn may_in_course(role: Role, act: Act) -> bool {
    match (role, act) {
        (Role::Citizen | Role::Coordinator, Act::Read | Act::Write) => true,
        (Role::TrustedAdult, Act::Read | Act::Leave) => true,
        (Role::Citizen, Act::Add(Role::TrustedAdult) | Act::Remove(Role::TrustedAdult)) => true,
        // Nobody but the citizen widens who sees anything: a second coordinator needs the citizen's yes.
        (Role::Citizen, Act::Add(Role::Coordinator) | Act::Remove(Role::Coordinator)) => true,
        (Role::Citizen, Act::Found(kind)) => kind != Kind::House && kind != Kind::Course,
        (Role::Coordinator, Act::Invite(Role::Citizen) | Act::Leave) => true,
        (Role::Coordinator, Act::Found(kind)) => {
            !matches!(kind, Kind::House | Kind::Course | Kind::Notebook)
        }
        _ => false,
    }
}

fn may_in_part(role: Role, kind: Kind, act: Act) -> bool {
    // What somebody may see and why is theirs to read too; a trusted adult may see the course.
    let lets_in = |other| match other {
        Role::Participant => true,
        Role::TrustedAdult => kind != Kind::Consents,
        Role::Citizen | Role::Coordinator | Role::DailyLead => false,
    };
    match (role, act) {
        (Role::Citizen | Role::Coordinator, Act::Read | Act::Write) => true,
        (other, Act::Read | Act::Leave) if lets_in(other) => true,
        (Role::Citizen, Act::Add(other) | Act::Remove(other)) => {
            lets_in(other) || other == Role::Coordinator
        }
        // The coordinator hands out the code, to somebody whom the citizen has let in.
        (Role::Citizen | Role::Coordinator, Act::Invite(Role::Participant)) => {
            kind == Kind::Consents
        }
        (Role::Coordinator, Act::Leave) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The complete matrix, written once more as a person would write it on paper: a line a role
    /// and kind, and what is not on the line is forbidden.
    const ALLOWED: &str = "
DailyLead House: Read Write Add(Coordinator) Add(DailyLead) Remove(Coordinator) Remove(DailyLead) Invite(Coordinator) Invite(DailyLead)
Coordinator House: Read Write Leave Found(Course)
Citizen Course: Read Write Add(Coordinator) Add(TrustedAdult) Remove(TrustedAdult) Remove(Coordinator) Found(LifeArea) Found(Meeting) Found(Notebook) Found(Network) Found(Consents)
Coordinator Course: Read Write Leave Invite(Citizen) Found(LifeArea) Found(Meeting) Found(Network) Found(Consents)
TrustedAdult Course: Read Leave
Citizen LifeArea: Read Write Add(Coordinator) Add(TrustedAdult) Add(Participant) Remove(TrustedAdult) Remove(Participant) Remove(Coordinator)
Coordinator LifeArea: Read Write Leave
TrustedAdult LifeArea: Read Leave
Participant LifeArea: Read Leave
Citizen Meeting: Read Write Add(Coordinator) Add(TrustedAdult) Add(Participant) Remove(TrustedAdult) Remove(Participant) Remove(Coordinator)
Coordinator Meeting: Read Write Leave
TrustedAdult Meeting: Read Leave
Participant Meeting: Read Leave
Citizen Network: Read Write Add(Coordinator) Add(TrustedAdult) Add(Participant) Remove(TrustedAdult) Remove(Participant) Remove(Coordinator)
Coordinator Network: Read Write Leave
TrustedAdult Network: Read Leave
Participant Network: Read Leave
Citizen Consents: Read Write Add(Coordinator) Add(Participant) Remove(Participant) Remove(Coordinator) Invite(Participant)
Coordinator Consents: Read Write Leave Invite(Participant)
Participant Consents: Read Leave
Citizen Notebook: Read Write
";

    fn every_act() -> Vec<Act> {
        let mut acts = vec![Act::Read, Act::Write, Act::Leave];
        for role in Role::ALL {
            acts.extend([Act::Add(role), Act::Remove(role), Act::Invite(role)]);
        }
        acts.extend(Kind::ALL.map(Act::Found));
        acts
    }

    #[test]
    fn the_matrix_is_complete_and_as_written() {
        for role in Role::ALL {
            for kind in Kind::ALL {
                let line = format!("{role:?} {kind:?}: ");
                let allowed = ALLOWED.lines().find_map(|l| l.strip_prefix(&line)).unwrap_or("");
                let allowed: Vec<&str> = allowed.split_whitespace().collect();
                for act in every_act() {
                    let written = allowed.contains(&format!("{act:?}").as_str());
                    assert_eq!(may(role, kind, act), written, "{role:?} in {kind:?}: {act:?}");
                }
            }
        }
    }
}
