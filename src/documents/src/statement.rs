//! What somebody has said and it matters who: a dream, a goal, a milestone, an agreement, how it goes.

use core::fmt;
use core::str::FromStr;

use domain::{ItemId, Source};

use crate::paper::Paper;
use crate::row::SAID;
use crate::table::{Table, optional, string};
use crate::text_field::NoSuchText;
use crate::{TextField, area, assessment, course};

/// One statement, in the document it stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Statement {
    /// A dream, in a course's document.
    Dream(ItemId),
    /// A goal.
    Goal(ItemId),
    /// A milestone of a goal.
    Milestone(ItemId),
    /// An agreement.
    Agreement(ItemId),
    /// How it goes in a life area.
    Saying(ItemId),
}

impl Statement {
    /// Says whose words it is; `None` for those of the one who wrote it down.
    pub fn set_source(self, paper: &mut Paper, source: Option<&Source>) {
        let (table, id) = self.place();
        table.set(paper, id, SAID, optional(source, |source| string(&source.key())));
    }

    /// The text that it is made of.
    pub fn text(self) -> TextField {
        match self {
            Self::Dream(id) => TextField::Dream(id),
            Self::Goal(id) => TextField::Goal(id),
            Self::Milestone(id) => TextField::Milestone(id),
            Self::Agreement(id) => TextField::Agreement(id),
            Self::Saying(id) => TextField::Assessment(id),
        }
    }

    fn place(self) -> (Table, ItemId) {
        match self {
            Self::Dream(id) => (course::DREAMS, id),
            Self::Goal(id) => (area::GOALS, id),
            Self::Milestone(id) => (area::MILESTONES, id),
            Self::Agreement(id) => (area::AGREEMENTS, id),
            Self::Saying(id) => (assessment::ASSESSMENTS, id),
        }
    }
}

/// As its text is shown: `goal:0123456789abcdef`.
impl fmt::Display for Statement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text(), out)
    }
}

impl FromStr for Statement {
    type Err = NoSuchText;

    fn from_str(text: &str) -> Result<Self, NoSuchText> {
        match text.parse()? {
            TextField::Dream(id) => Ok(Self::Dream(id)),
            TextField::Goal(id) => Ok(Self::Goal(id)),
            TextField::Milestone(id) => Ok(Self::Milestone(id)),
            TextField::Agreement(id) => Ok(Self::Agreement(id)),
            TextField::Assessment(id) => Ok(Self::Saying(id)),
            _ => Err(NoSuchText),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Author;
    use domain::{SourceName, Who};

    const METTE: Author = Author { who: Who([2; 16]), at_ms: 1_795_251_600_000 };

    #[test]
    fn a_statement_reads_back_what_it_shows() {
        let id = ItemId(7);
        for statement in [
            Statement::Dream(id),
            Statement::Goal(id),
            Statement::Milestone(id),
            Statement::Agreement(id),
            Statement::Saying(id),
        ] {
            assert_eq!(statement.to_string().parse(), Ok(statement));
        }
        assert_eq!("step:0000000000000007".parse::<Statement>(), Err(NoSuchText));
    }

    #[test]
    fn whose_words_it_is_can_be_said_and_taken_back_and_who_wrote_it_stays() {
        let mut paper = Paper::new(1);
        let goal = ItemId(1);
        area::add_goal(&mut paper, goal, METTE);
        let said = |paper: &Paper| area::read(paper).0.goals[0].said.clone();
        assert_eq!(said(&paper), None);
        let jonas = SourceName::new("Jonas").map(Source::Relative);
        Statement::Goal(goal).set_source(&mut paper, jonas.as_ref());
        assert_eq!(said(&paper), jonas);
        assert_eq!(area::read(&paper).0.goals[0].by, Some(METTE.who));
        Statement::Goal(goal).set_source(&mut paper, None);
        assert_eq!(said(&paper), None);
    }

    #[test]
    fn what_two_say_at_once_of_whose_words_it_is_becomes_the_one_or_the_other() {
        let (mut one, mut other) = (Paper::new(1), Paper::new(2));
        let goal = ItemId(1);
        area::add_goal(&mut one, goal, METTE);
        other.apply(&one.state()).unwrap();
        let jonas = SourceName::new("Jonas").map(Source::Relative);
        let ali = SourceName::new("Ali").map(Source::Professional);
        Statement::Goal(goal).set_source(&mut one, jonas.as_ref());
        Statement::Goal(goal).set_source(&mut other, ali.as_ref());
        one.apply(&other.state()).unwrap();
        other.apply(&one.state()).unwrap();
        let said = |paper: &Paper| area::read(paper).0.goals[0].said.clone();
        assert_eq!(said(&one), said(&other));
        assert!(said(&one) == jonas || said(&one) == ali);
    }
}
