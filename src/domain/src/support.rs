//! The help that a citizen gets now, and what they got before: from whom, how often, and whether it is useful.

use crate::{Day, ItemId, Removed, Who, Written};

/// All the help in one part of life.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SupportOverview {
    /// What the citizen gets and what they got before, in the order it was written down.
    pub supports: Vec<Support>,
    /// What was thrown out.
    pub removed: Vec<Support>,
}

/// One help that the citizen gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// Its name.
    pub id: ItemId,
    /// What it is.
    pub what: Written,
    /// Whom it comes from: a person or a place, in the citizen's words.
    pub from: Written,
    /// How often, in the citizen's words.
    pub often: Written,
    /// Since when; `None` when nobody knows.
    pub since: Option<Day>,
    /// Whether the citizen finds it useful; `None` when they have not said.
    pub useful: Option<Useful>,
    /// The day it ended; `None` while the citizen gets it.
    pub ended: Option<Day>,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// Whether the citizen finds a help useful. An answer and never a score: it has no number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Useful {
    /// Ja.
    Yes,
    /// Lidt.
    Little,
    /// Nej.
    No,
}

impl Useful {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Little, Self::No];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Little => "little",
            Self::No => "no",
        }
    }

    /// Reads what [`Useful::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|useful| useful.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_back_and_an_unknown_one_is_none() {
        for useful in Useful::ALL {
            assert_eq!(Useful::from_key(useful.key()), Some(useful));
        }
        assert_eq!(Useful::from_key("3"), None);
    }
}
