//! What has been said of how it goes in a life area: one row for each saying, so that none overwrites
//! another. Part of the area's document.

use domain::{Day, ItemId, Score, SelfAssessment, Voice};

use crate::paper::{Look, Paper};
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, optional, string, whole};

pub(crate) const ASSESSMENTS: Table = Table("assessments");

/// Says how it goes. The words are a text of the row, [`TextField::Assessment`](crate::TextField).
pub fn add_assessment(
    paper: &mut Paper,
    id: ItemId,
    (voice, day, score): (Voice, Day, Option<Score>),
    author: Author,
) {
    // Behind all that its author knows of: which is the newest is decided by no clock.
    let position = ASSESSMENTS.end(paper);
    let fields = [
        ("position", string(&position)),
        ("voice", string(voice.key())),
        ("day", string(&day.to_string())),
        ("score", optional(score, |score| whole(score.number().into()))),
    ];
    ASSESSMENTS.add(paper, id, author, fields);
}

/// Those that were thrown out, and the others; the oldest first.
pub(crate) fn read_assessments(
    look: &Look<'_>,
    oddities: &mut Vec<Oddity>,
) -> (Vec<SelfAssessment>, Vec<SelfAssessment>) {
    let mut rows = ASSESSMENTS.in_order(look, oddities);
    // Two who knew nothing of each other may have put theirs in one place: then the days decide.
    rows.sort_by(|a, b| (a.position(), day(a), a.id).cmp(&(b.position(), day(b), b.id)));
    let all = rows.iter().filter_map(|row| assessment(row, oddities));
    all.partition(|assessment| assessment.removed.is_some())
}

fn assessment(row: &Row<'_>, oddities: &mut Vec<Oddity>) -> Option<SelfAssessment> {
    let mut odd =
        |field| oddities.push(Oddity { table: ASSESSMENTS.0, key: format!("{}/{field}", row.id) });
    // Whose view it is cannot be guessed: it would be put into somebody's mouth.
    let Some(voice) = row.string("voice").and_then(Voice::from_key) else {
        odd("voice");
        return None;
    };
    let number = row.number("score");
    let score = number.and_then(Score::new);
    if number.is_some() && score.is_none() {
        odd("score");
    }
    Some(SelfAssessment {
        id: row.id,
        voice,
        day: day(row),
        score,
        words: row.written("words"),
        by: row.by(),
        said: row.said(),
        removed: row.removed(),
    })
}

/// The day it was said; where that makes no sense, the day it was written down.
fn day(row: &Row<'_>) -> Day {
    let written = || Day::of_moment(row.number("at").unwrap_or_default(), 0);
    row.parsed("day").unwrap_or_else(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TextField, area};
    use domain::{Splice, Who};

    const KAREN: Author = Author { who: Who([1; 16]), at_ms: 1_795_251_600_000 };
    const METTE: Author = Author { who: Who([2; 16]), at_ms: 1_795_251_600_000 };

    fn say(paper: &mut Paper, id: u64, voice: Voice, number: i64) {
        let author = if voice == Voice::Citizen { KAREN } else { METTE };
        let said = (voice, Day::from_days(20_800), Score::new(number));
        add_assessment(paper, ItemId(id), said, author);
    }

    fn numbers(paper: &Paper) -> Vec<(u64, Option<u8>)> {
        let said = area::read(paper).0.assessments;
        said.iter().map(|said| (said.id.0, said.score.map(Score::number))).collect()
    }

    #[test]
    fn what_is_said_later_stands_later_whatever_the_names_and_the_clocks() {
        let mut paper = Paper::new(1);
        say(&mut paper, 9, Voice::Citizen, 2);
        let earlier = (Voice::Citizen, Day::from_days(20_000), Score::new(3));
        add_assessment(&mut paper, ItemId(1), earlier, KAREN);
        assert_eq!(numbers(&paper), [(9, Some(2)), (1, Some(3))]);
    }

    #[test]
    fn two_who_speak_at_once_are_both_heard() {
        let (mut one, mut other) = (Paper::new(1), Paper::new(2));
        say(&mut one, 1, Voice::Citizen, 2);
        say(&mut other, 2, Voice::Coordinator, 4);
        let words = |id| TextField::Assessment(ItemId(id));
        assert!(words(1).write(&mut one, &Splice::whole("Svært"), KAREN.who));
        assert!(words(2).write(&mut other, &Splice::whole("Det går"), METTE.who));
        one.apply(&other.state()).unwrap();
        other.apply(&one.state()).unwrap();
        for paper in [&one, &other] {
            assert_eq!(numbers(paper), [(1, Some(2)), (2, Some(4))]);
            let said = area::read(paper).0.assessments;
            assert_eq!((&*said[0].words.text, &*said[1].words.text), ("Svært", "Det går"));
        }
    }

    #[test]
    fn what_a_newer_app_says_is_put_in_nobodys_mouth_and_harms_nothing() {
        let mut paper = Paper::new(1);
        say(&mut paper, 1, Voice::Citizen, 2);
        say(&mut paper, 2, Voice::Citizen, 3);
        say(&mut paper, 3, Voice::Citizen, 4);
        ASSESSMENTS.set(&mut paper, ItemId(2), "voice", string("choir"));
        ASSESSMENTS.set(&mut paper, ItemId(3), "score", whole(6));
        ASSESSMENTS.set(&mut paper, ItemId(3), "day", string("i går"));
        let (plan, oddities) = area::read(&paper);
        assert_eq!(numbers(&paper), [(1, Some(2)), (3, None)]);
        assert_eq!(plan.assessments[1].day, Day::of_moment(KAREN.at_ms, 0));
        let keys: Vec<_> = oddities.iter().map(|oddity| oddity.key.as_str()).collect();
        assert_eq!(keys, ["0000000000000002/voice", "0000000000000003/score"]);
    }
}
