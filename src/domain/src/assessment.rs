//! How it goes in a life area, as the citizen and the coordinator each say it.

use crate::{Day, ItemId, Removed, Source, Who, Written};

/// A number from 1 (much is hard, I need much help) to 5 (I manage well, I need no help).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Score(u8);

/// Whose view it is. Not the same as who typed it: two may sit together over one device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Voice {
    /// The one it is about.
    Citizen,
    /// The coordinator. What they say stands beside the citizen's words, never over them.
    Coordinator,
}

/// One thing said about a life area. It is never overwritten: whoever sees it otherwise later says so
/// anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelfAssessment {
    /// Its name.
    pub id: ItemId,
    /// Whose view it is.
    pub voice: Voice,
    /// The day it was said.
    pub day: Day,
    /// The number; `None` for whoever would rather use words alone.
    pub score: Option<Score>,
    /// In their own words.
    pub words: Written,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// Whose words they are; `None` when nobody has said more than whose view it is.
    pub said: Option<Source>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// From a lower number to the one of now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Growth {
    /// What it was.
    pub from: Score,
    /// What it is now.
    pub to: Score,
    /// The day of the lower number.
    pub since: Day,
}

impl Score {
    /// Every number, the lowest first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The score of this number; `None` for what is not from 1 to 5.
    pub fn new(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|score| i64::from(score.0) == number)
    }

    /// From 1 to 5.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl Voice {
    /// Both of them, the citizen first.
    pub const ALL: [Self; 2] = [Self::Citizen, Self::Coordinator];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Coordinator => "coordinator",
        }
    }

    /// Reads what [`Voice::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.key() == key)
    }
}

impl SelfAssessment {
    /// Whose words they are: where nobody has said more, the citizen's voice is the citizen's, whoever
    /// wrote it down.
    pub fn source(&self) -> Option<Source> {
        let own = (self.voice == Voice::Citizen).then_some(Source::Citizen);
        self.said.clone().or(own)
    }
}

impl Growth {
    /// What has grown in the numbers of one voice, the oldest first: from the first number that was
    /// lower than the one of now. Somebody who fell and is rising again has grown, too; the fall is
    /// not hidden, it is [`fell`].
    pub fn of(scores: &[(Day, Score)]) -> Option<Self> {
        let (&(_, to), before) = scores.split_last()?;
        let &(since, from) = before.iter().find(|(_, score)| *score < to)?;
        Some(Self { from, to, since })
    }

    /// How many numbers it is up.
    pub fn steps(self) -> u8 {
        self.to.0.saturating_sub(self.from.0)
    }
}

/// Whether the newest number is lower than the one before it; the oldest first.
pub fn fell(scores: &[(Day, Score)]) -> bool {
    matches!(scores, [.., (_, before), (_, now)] if now < before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(numbers: &[i64]) -> Vec<(Day, Score)> {
        let score = |(day, number): (i32, &i64)| Some((Day::from_days(day), Score::new(*number)?));
        (20_000..).zip(numbers).filter_map(score).collect()
    }

    fn grown(numbers: &[i64]) -> Option<(u8, u8)> {
        Growth::of(&said(numbers)).map(|growth| (growth.from.number(), growth.to.number()))
    }

    #[test]
    fn a_score_is_from_1_to_5_and_nothing_else() {
        for number in [i64::MIN, -1, 0, 6, 255, 257, i64::MAX] {
            assert_eq!(Score::new(number), None, "{number}");
        }
        for number in 1..=5 {
            assert_eq!(Score::new(number).map(Score::number), u8::try_from(number).ok());
        }
    }

    #[test]
    fn growth_is_from_the_first_lower_number_to_the_one_of_now() {
        assert_eq!(grown(&[]), None);
        assert_eq!(grown(&[3]), None, "the first number has grown from nothing");
        assert_eq!(grown(&[2, 3]), Some((2, 3)));
        assert_eq!(grown(&[3, 2, 3]), Some((2, 3)), "who is back up again has come from below");
        assert_eq!(grown(&[1, 4, 3]), Some((1, 3)));
        assert_eq!(grown(&[4, 4]), None);
        assert_eq!(grown(&[5, 2]), None);
        let since = Growth::of(&said(&[4, 2, 2, 3])).map(|growth| growth.since);
        assert_eq!(since, Some(Day::from_days(20_001)));
    }

    #[test]
    fn only_the_newest_number_can_be_a_fall() {
        assert!(fell(&said(&[3, 2])) && fell(&said(&[1, 3, 2])));
        assert!(!fell(&said(&[])) && !fell(&said(&[1])) && !fell(&said(&[3, 2, 2])));
    }
}
