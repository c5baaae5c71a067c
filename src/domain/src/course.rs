//! A course: one citizen, one coordinator, one programme, and the dreams it is all for.

use crate::guide::PhaseKey;
use crate::{ItemId, LifeArea, Removed, Source, Who, Written};

/// What stands in the document of a course.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Course {
    /// Which programme it follows.
    pub programme: Programme,
    /// How far it has come.
    pub phase: Phase,
    /// Who is in it, by what they are called here.
    pub people: Vec<Person>,
    /// Dreams, hopes and wishes in own words, in order.
    pub dreams: Vec<Dream>,
    /// Dreams that were thrown out.
    pub removed_dreams: Vec<Dream>,
    /// Whether the citizen would rather not see the picture of all the numbers.
    pub hides_web: bool,
}

/// Somebody in a course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Who.
    pub who: Who,
    /// First name, or what they want to be called.
    pub name: String,
    /// What they are here.
    pub role: Role,
    /// A telephone number, where they gave one.
    pub phone: String,
}

/// What somebody wants to be called from now on; what is `None` stays as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonChange {
    /// Who.
    pub who: Who,
    /// What they are there.
    pub role: Role,
    /// First name, or what they want to be called.
    pub name: Option<String>,
    /// A telephone number, or nothing to be without one.
    pub phone: Option<String>,
}

/// What somebody is in a course. Said for the screen; rights are decided elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// The one it is about.
    Citizen,
    /// The citizen's coordinator.
    Coordinator,
    /// The citizen's own støtteperson.
    TrustedAdult,
    /// Anybody else who takes part.
    Participant,
    /// The one who makes coordinators.
    DailyLead,
}

/// A dream, a hope or a wish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dream {
    /// Its name.
    pub id: ItemId,
    /// In the citizen's words.
    pub text: Written,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// Whose words it is; `None` when nobody has said.
    pub said: Option<Source>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// Which programme a course follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Programme {
    /// People of 50 and more with complex needs.
    #[default]
    Elders,
    /// Young people of 17-30 in or near homelessness.
    HomelessYouth,
    /// Young people of 15-23 in or leaving care.
    LeavingCare,
}

/// How far a course has come: the number of the phase in its programme, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Phase(pub u8);

/// A course was moved to a phase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PhaseMove {
    /// Which, by its name in the programme: numbers change when a municipality adds a phase.
    pub phase: PhaseKey,
    /// Who moved it.
    pub by: Option<Who>,
    /// When, in milliseconds since 1970-01-01 UTC by their clock.
    pub at_ms: i64,
}

impl Default for Phase {
    fn default() -> Self {
        Self(1)
    }
}

impl Programme {
    /// Whether it is for people of whom some are not of age.
    pub fn is_for_young_people(self) -> bool {
        matches!(self, Self::HomelessYouth | Self::LeavingCare)
    }

    /// Every programme, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Elders, Self::HomelessYouth, Self::LeavingCare];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Elders => "elders",
            Self::HomelessYouth => "homeless_youth",
            Self::LeavingCare => "leaving_care",
        }
    }

    /// Reads what [`Programme::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|programme| programme.key() == key)
    }

    /// The life areas it talks through, in order.
    pub fn life_areas(self) -> impl Iterator<Item = LifeArea> {
        const EVERYONE: [&str; 8] =
            ["work", "housing", "money", "network", "body", "mind", "substances", "law"];
        const ELDERS_TOO: [&str; 3] = ["care", "medicine", "everyday"];
        let more: &[&str] = if self == Self::Elders { &ELDERS_TOO } else { &[] };
        EVERYONE.iter().chain(more).filter_map(|key| LifeArea::from_key(key))
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Citizen, Self::Coordinator, Self::TrustedAdult, Self::Participant, Self::DailyLead];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Coordinator => "coordinator",
            Self::TrustedAdult => "trusted_adult",
            Self::Participant => "participant",
            Self::DailyLead => "daily_lead",
        }
    }

    /// Reads what [`Role::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elders_have_three_areas_more() {
        assert_eq!(Programme::Elders.life_areas().count(), 11);
        assert_eq!(Programme::LeavingCare.life_areas().count(), 8);
    }
}
