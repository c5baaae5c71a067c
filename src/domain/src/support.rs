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
    /// The last day of it, which may be still to come; `None` while nobody knows of one.
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

impl Support {
    /// Whether the citizen does not get it any longer. From its last day on: that is the day somebody says so.
    pub fn is_over(&self, today: Day) -> bool {
        self.ended.is_some_and(|last| last <= today)
    }
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

    fn ending(day: Option<Day>) -> Support {
        Support {
            id: ItemId(1),
            what: Written::default(),
            from: Written::default(),
            often: Written::default(),
            since: None,
            useful: None,
            ended: day,
            by: None,
            removed: None,
        }
    }

    #[test]
    fn help_whose_last_day_is_still_to_come_is_not_over() {
        let today = Day::from_days(20_000);
        let is_over = |days| ending(Some(today.plus(days))).is_over(today);
        assert_eq!([-1, 0, 1].map(is_over), [true, true, false]);
        assert!(!ending(None).is_over(today));
    }

    #[test]
    fn an_answer_is_read_back_and_an_unknown_one_is_none() {
        for useful in Useful::ALL {
            assert_eq!(Useful::from_key(useful.key()), Some(useful));
        }
        assert_eq!(Useful::from_key("3"), None);
    }
}
