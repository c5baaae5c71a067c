//! A programme: its phases, its rhythm, and the parts of life it talks through.

use super::Words;
use crate::{LifeArea, Programme};

/// What a municipality says of a programme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammeGuide {
    /// Which.
    pub programme: Programme,
    /// Its phases, first to last.
    pub phases: Vec<GuidePhase>,
    /// How often things happen.
    pub rhythm: Rhythm,
    /// The parts of life, in order, each with the question it begins with.
    pub areas: Vec<AreaQuestion>,
}

/// A phase of a course, in the citizen's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuidePhase {
    /// Its name in the file, which a course keeps.
    pub key: PhaseKey,
    /// What it is called.
    pub name: Words,
    /// What happens in it.
    pub happens: Words,
    /// What the citizen decides in it.
    pub decides: Words,
    /// Whether a course may go past it.
    pub is_optional: bool,
}

/// A phase's own name, which stays the same when phases come in between.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PhaseKey(String);

/// How often things happen in a programme.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rhythm {
    /// There is never more time than this between two meetings.
    pub months_between_meetings: Option<u8>,
    /// There are at least so many meetings a year.
    pub meetings_a_year: Option<u8>,
    /// At these ages there is a meeting in any case: in half years, so 35 is 17 and a half.
    pub meeting_half_years: Vec<u8>,
    /// How it goes is talked through this often.
    pub months_between_assessments: Option<u8>,
    /// It ends before this age, in years.
    pub ends_before_age: Option<u8>,
}

/// A part of life, and the question that a talk about it begins with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AreaQuestion {
    /// The part of life.
    pub area: LifeArea,
    /// The question.
    pub question: Words,
}

impl PhaseKey {
    /// A name: small letters, digits and `_`, 1 to 40 of them. `None` for any other.
    pub fn new(key: &str) -> Option<Self> {
        // What is a key is the same for both.
        LifeArea::from_key(key).map(|area| Self(area.key().to_owned()))
    }

    /// The name.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl Rhythm {
    /// The most months from one meeting to the next, where anything says so: said itself, or by how many there are a
    /// year.
    pub fn months_to_next_meeting(&self) -> Option<u8> {
        let by_year = self.meetings_a_year.and_then(|meetings| 12_u8.checked_div(meetings));
        self.months_between_meetings.or(by_year)
    }
}

impl ProgrammeGuide {
    /// The place of a phase on the way, from 0.
    pub fn place(&self, key: &PhaseKey) -> Option<usize> {
        self.phases.iter().position(|phase| phase.key == *key)
    }

    /// The question that a talk about a part of life begins with.
    pub fn question(&self, area: &LifeArea) -> Option<&Words> {
        let found = self.areas.iter().find(|one| one.area == *area);
        found.map(|found| &found.question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_it_may_be_to_the_next_meeting_is_said_or_follows_from_the_year() {
        let by_year = Rhythm { meetings_a_year: Some(3), ..Rhythm::default() };
        assert_eq!(by_year.months_to_next_meeting(), Some(4));
        let said = Rhythm { months_between_meetings: Some(3), ..by_year };
        assert_eq!(said.months_to_next_meeting(), Some(3));
        assert_eq!(Rhythm::default().months_to_next_meeting(), None);
        let none = Rhythm { meetings_a_year: Some(0), ..Rhythm::default() };
        assert_eq!(none.months_to_next_meeting(), None, "nobody is told to wait for ever");
    }
}
