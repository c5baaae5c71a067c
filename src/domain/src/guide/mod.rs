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

/// The same words in Danish and in whatever other languages somebody has written them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// In Danish.
    pub danish: String,
    /// In others: the two letters of the language (ISO 639-1), and the words.
    pub others: Vec<(String, String)>,
}

impl Guide {
    /// What is said of a programme.
    pub fn programme(&self, programme: Programme) -> Option<&ProgrammeGuide> {
        self.programmes.iter().find(|guide| guide.programme == programme)
    }
}

impl Words {
    /// The words in the language of the page, by its two letters: Danish where nobody has written others.
    pub fn spoken(&self, language: &str) -> &str {
        let other = self.others.iter().find(|(known, _)| known == language);
        other.map_or(&self.danish, |(_, words)| words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_a_language_is_said_in_danish() {
        let others = vec![("en".to_owned(), "Beginning".to_owned())];
        let words = Words { danish: "Opstart".to_owned(), others };
        assert_eq!(
            ["da", "en", "pl"].map(|one| words.spoken(one)),
            ["Opstart", "Beginning", "Opstart"]
        );
    }
}
