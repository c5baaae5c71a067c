//! The guide: what a municipality says of its programmes, and of the places where anybody can get help.
//!
//! It is data and not code, because municipalities adapt it. What is in it has been checked by whoever made it.

mod hours;
mod place;
mod programme;
mod way;

pub use hours::{HOURS_A_DAY_MAX, Hours, MINUTES_A_DAY, Opening, Openness};
pub use place::OpenPlace;
pub use programme::{AreaQuestion, GuidePhase, PhaseKey, ProgrammeGuide, Rhythm};
pub use way::{NoWay, way};

use crate::Programme;

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guide {
    /// The programmes.
    pub programmes: Vec<ProgrammeGuide>,
    /// Open places, in the municipality's order.
    pub places: Vec<OpenPlace>,
}

/// The same words in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InBoth {
    /// In Danish.
    pub danish: String,
    /// In English; empty where nobody has written it.
    pub english: String,
}

impl Guide {
    /// What is said of a programme.
    pub fn programme(&self, programme: Programme) -> Option<&ProgrammeGuide> {
        self.programmes.iter().find(|guide| guide.programme == programme)
    }
}

impl InBoth {
    /// The words in the language of the page: Danish, too, where there is no English.
    pub fn spoken(&self, in_danish: bool) -> &str {
        if in_danish || self.english.is_empty() { &self.danish } else { &self.english }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_english_is_said_in_danish() {
        let both = InBoth { danish: "Opstart".to_owned(), english: "Beginning".to_owned() };
        assert_eq!((both.spoken(true), both.spoken(false)), ("Opstart", "Beginning"));
        let only = InBoth { english: String::new(), ..both };
        assert_eq!(only.spoken(false), "Opstart");
    }
}
