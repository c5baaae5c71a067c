//! The help that a citizen gets, in the document of its life area: who sees the area sees the help.

use domain::{Day, ItemId, Support, SupportOverview, Useful};

use crate::paper::Paper;
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, optional, string};

pub(crate) const SUPPORT: Table = Table("support");

/// One field of a help that is chosen and not written together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SupportField {
    /// Since when; `None` when nobody knows.
    Since(Option<Day>),
    /// Whether the citizen finds it useful; `None` to leave it unsaid.
    Useful(Option<Useful>),
    /// The last day of it, which may be still to come; `None` while nobody knows of one.
    Ended(Option<Day>),
}

/// Adds a help at the end.
pub fn add(paper: &mut Paper, id: ItemId, author: Author) {
    let position = SUPPORT.end(paper);
    SUPPORT.add(paper, id, author, [("position", string(&position))]);
}

/// Says something about a help.
pub fn set(paper: &mut Paper, id: ItemId, field: SupportField) {
    let day = |day: Option<Day>| optional(day, |day| string(&day.to_string()));
    let (name, value) = match field {
        SupportField::Since(since) => ("since", day(since)),
        SupportField::Useful(useful) => ("useful", optional(useful, |useful| string(useful.key()))),
        SupportField::Ended(ended) => ("ended", day(ended)),
    };
    SUPPORT.set(paper, id, name, value);
}

/// All the help in the area.
pub fn read(paper: &Paper) -> (SupportOverview, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let rows = SUPPORT.in_order(look, &mut oddities);
        let (removed, supports) =
            rows.iter().map(support).partition(|support| support.removed.is_some());
        (SupportOverview { supports, removed }, oddities)
    })
}

fn support(row: &Row<'_>) -> Support {
    Support {
        id: row.id,
        what: row.written("what"),
        from: row.written("from"),
        often: row.written("often"),
        since: row.parsed("since"),
        useful: row.string("useful").and_then(Useful::from_key),
        ended: row.parsed("ended"),
        by: row.by(),
        removed: row.removed(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Splice, Who};

    use super::*;
    use crate::TextField;

    const HELP: ItemId = ItemId(1);

    fn author(person: u8) -> Author {
        Author { who: Who([person; 16]), at_ms: 1_000 }
    }

    fn write(paper: &mut Paper, field: TextField, words: &str, person: u8) {
        assert!(field.write(paper, &Splice::whole(words), Who([person; 16])));
    }

    /// Two phones with the same help on them.
    fn two_phones() -> (Paper, Paper) {
        let (mut one, mut other) = (Paper::new(1), Paper::new(2));
        add(&mut one, HELP, author(1));
        other.apply(&one.state()).unwrap();
        (one, other)
    }

    fn meet(one: &mut Paper, other: &mut Paper) {
        let (mine, theirs) = (one.state(), other.state());
        one.apply(&theirs).unwrap();
        other.apply(&mine).unwrap();
    }

    #[test]
    fn what_two_write_apart_in_one_help_both_survives() {
        let (mut one, mut other) = two_phones();
        write(&mut one, TextField::SupportOften(HELP), "Hver tirsdag", 1);
        set(&mut one, HELP, SupportField::Useful(Some(Useful::Little)));
        write(&mut other, TextField::SupportOften(HELP), " kl. 9", 2);
        set(&mut other, HELP, SupportField::Since("2026-03-01".parse().ok()));
        meet(&mut one, &mut other);
        for paper in [&one, &other] {
            let (overview, oddities) = read(paper);
            assert!(oddities.is_empty());
            let help = &overview.supports[0];
            assert!(help.often.text.contains("Hver tirsdag") && help.often.text.contains(" kl. 9"));
            assert_eq!(help.often.by, [Who([1; 16]), Who([2; 16])]);
            assert_eq!(help.useful, Some(Useful::Little));
            assert_eq!(help.since.map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
        }
        assert_eq!(read(&one), read(&other));
    }

    #[test]
    fn an_answer_can_be_left_unsaid_again_and_an_end_taken_back() {
        let (mut paper, _) = two_phones();
        for field in [
            SupportField::Useful(Some(Useful::No)),
            SupportField::Ended("2026-11-01".parse().ok()),
            SupportField::Useful(None),
            SupportField::Ended(None),
        ] {
            set(&mut paper, HELP, field);
        }
        let help = &read(&paper).0.supports[0];
        assert_eq!((help.useful, help.ended), (None, None));
    }

    #[test]
    fn what_a_newer_app_or_a_strange_peer_wrote_breaks_nothing() {
        let (mut paper, _) = two_phones();
        SUPPORT.set(&mut paper, HELP, "useful", string("very"));
        SUPPORT.set(&mut paper, HELP, "since", string("in spring"));
        SUPPORT.set(&mut paper, HELP, "ended", yrs::Any::Bool(true));
        SUPPORT.set(&mut paper, HELP, "price", string("12"));
        paper.set(SUPPORT.0, vec![("no name".to_owned(), string("x"))]);
        let (overview, oddities) = read(&paper);
        let help = &overview.supports[0];
        assert_eq!((help.useful, help.since, help.ended), (None, None, None));
        assert_eq!(oddities.len(), 1);
    }
}
