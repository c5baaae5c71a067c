//! Fields that one person at a time decides, like the place of a meeting: of two who decide apart one loses, and is
//! to be told what the other wrote.
//!
//! Everything that was written in such a field is known by what it was written after. That makes a tree, and what
//! stands in the field is the leaf that the library comes to: at each fork the session with the highest number.

use litemap::LiteMap;
use yrs::{Any, Number};

use crate::update::{Block, Id};

/// These fields, in whatever table.
const FIELDS: [&str; 17] = [
    "area", "by_day", "doer", "ended", "minutes", "moved", "name", "phone", "place", "said",
    "since", "spot", "starts", "tie", "trial", "trusted", "useful",
];

/// What can stand in such a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Chosen {
    /// Nothing, or something that only a newer app has a word for.
    Nothing,
    /// Words, a day, somebody's name in letters and digits.
    Words(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
}

/// A field of a table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ChoicePlace {
    /// The table.
    pub table: String,
    /// The row and the field in it.
    pub key: String,
}

/// Something that was written in a field, and stands there no longer because somebody wrote something else who had
/// not seen it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overruled {
    /// Where.
    pub place: ChoicePlace,
    /// The session that had written it.
    pub session: u64,
    /// What it was.
    pub lost: Chosen,
    /// The session that wrote what stands there now, and when in all that it wrote.
    pub winner: (u64, u32),
}

/// Everything that is known to have been written in these fields.
#[derive(Default)]
pub(crate) struct Choices(LiteMap<ChoicePlace, Times>);

/// All that was written in one field.
#[derive(Default)]
struct Times {
    all: Vec<Time>,
    tip: Option<Id>,
}

/// Something that was written, or several in a row.
#[derive(Clone, Copy)]
struct Time {
    id: Id,
    length: u32,
    after: Option<Id>,
}

impl ChoicePlace {
    /// The field of this key, if it is one of these.
    pub(crate) fn of(table: &str, key: &str) -> Option<Self> {
        let (_, field) = key.split_once('/')?;
        FIELDS.contains(&field).then(|| Self { table: table.to_owned(), key: key.to_owned() })
    }

    /// The field's name.
    pub fn field(&self) -> &str {
        self.key.split_once('/').map_or("", |(_, field)| field)
    }

    /// The name of the row.
    pub fn row(&self) -> Option<domain::ItemId> {
        self.key.split_once('/')?.0.parse().ok()
    }
}

impl Chosen {
    pub(crate) fn of(any: Option<&Any>) -> Self {
        match any {
            Some(Any::String(words)) => Self::Words(words.to_string()),
            Some(Any::Bool(yes)) => Self::Yes(*yes),
            Some(Any::Number(Number::Int(number))) => Self::Number(*number),
            _ => Self::Nothing,
        }
    }

    pub(crate) fn any(&self) -> Any {
        match self {
            Self::Nothing => Any::Null,
            Self::Words(words) => Any::String(words.as_str().into()),
            Self::Number(number) => Any::Number(Number::Int(*number)),
            Self::Yes(yes) => Any::Bool(*yes),
        }
    }
}

impl Choices {
    /// Notes what was just written in a field.
    pub(crate) fn add(&mut self, place: &ChoicePlace, block: &Block<'_>) {
        let times = self.0.entry(place.clone()).or_default();
        if times.time_of(block.id).is_some() {
            return;
        }
        times.all.push(Time { id: block.id, length: block.length, after: block.origin });
        let goes_on = times.tip.is_none() || times.tip == block.origin;
        let last = Id { clock: block.id.clock + block.length - 1, ..block.id };
        times.tip = if goes_on { Some(last) } else { times.leaf() };
    }

    /// What stands in a field.
    pub(crate) fn tip(&self, place: &ChoicePlace) -> Option<Id> {
        self.0.get(place)?.tip
    }

    /// Whether whoever wrote what stands there now had not seen this.
    pub(crate) fn is_overruled(&self, place: &ChoicePlace, before: Id) -> bool {
        let Some(times) = self.0.get(place) else { return false };
        times.tip.is_some_and(|tip| tip != before && !times.follows(tip, before))
    }
}

impl Times {
    fn time_of(&self, id: Id) -> Option<&Time> {
        let is_in = |time: &&Time| {
            time.id.session == id.session
                && (time.id.clock..time.id.clock + time.length).contains(&id.clock)
        };
        self.all.iter().find(is_in)
    }

    /// Whether something was written after something else, by way of all between them.
    fn follows(&self, later: Id, earlier: Id) -> bool {
        let mut at = Some(later);
        // As many steps as there are times: what a stranger made up may go in a circle.
        for _ in 0..=self.all.len() {
            let Some(time) = at.and_then(|id| self.time_of(id)) else { return false };
            let here = time.id.session == earlier.session
                && (time.id.clock..time.id.clock + time.length).contains(&earlier.clock);
            if here {
                return true;
            }
            at = time.after;
        }
        false
    }

    /// What the library comes to.
    fn leaf(&self) -> Option<Id> {
        let mut at: Option<Id> = None;
        for _ in 0..=self.all.len() {
            let after = |time: &&Time| time.after == at;
            let next =
                self.all.iter().filter(after).max_by_key(|time| (time.id.session, time.id.clock));
            let Some(time) = next else { break };
            at = Some(Id { clock: time.id.clock + time.length - 1, ..time.id });
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use domain::{LocalTime, Meeting, MeetingChange, Who};

    use super::*;
    use crate::meeting;
    use crate::paper::Paper;
    use crate::row::Author;

    const KIRSTEN: Author = Author { who: Who([1; 16]), at_ms: 1 };
    const METTE: Author = Author { who: Who([2; 16]), at_ms: 2 };

    fn at(time: &str) -> LocalTime {
        format!("2026-11-26T{time}").parse().unwrap()
    }

    /// Two phones with the same meeting. Of two who write apart the second one wins.
    fn two_phones() -> (Paper, Paper) {
        let (mut one, mut other) = (Paper::new(1), Paper::new(2));
        let about = Meeting::at(at("10:30"), 60, "Kulturhuset").unwrap();
        meeting::set_meeting(&mut one, &about, KIRSTEN);
        send(&mut one, &mut other);
        one.take_choices();
        (one, other)
    }

    fn send(from: &mut Paper, to: &mut Paper) {
        to.apply(&from.take_fresh().unwrap()).unwrap();
    }

    /// As in the app: what was written is taken out at once.
    fn place(paper: &mut Paper, place: &str, author: Author) -> Vec<u8> {
        let change = MeetingChange { place: Some(place.to_owned()), ..MeetingChange::default() };
        meeting::change_meeting(paper, &change, author);
        paper.take_fresh().unwrap()
    }

    fn lost(paper: &mut Paper) -> Vec<(String, Chosen)> {
        let (overruled, _) = paper.take_choices();
        let row = |row: Overruled| (row.place.field().to_owned(), row.lost);
        overruled.into_iter().map(row).collect()
    }

    fn words(words: &str) -> Chosen {
        Chosen::Words(words.to_owned())
    }

    #[test]
    fn only_what_was_touched_is_written() {
        let (mut one, mut other) = two_phones();
        let change = MeetingChange { starts: Some(at("13:00")), ..MeetingChange::default() };
        meeting::change_meeting(&mut other, &change, METTE);
        let from_one = place(&mut one, "Biblioteket", KIRSTEN);
        send(&mut other, &mut one);
        other.apply(&from_one).unwrap();
        for paper in [&one, &other] {
            let (meeting, _) = meeting::read_meeting(paper);
            assert_eq!(
                (meeting.starts, meeting.place.as_str()),
                (Some(at("13:00")), "Biblioteket")
            );
        }
        assert_eq!((lost(&mut one), lost(&mut other)), (Vec::new(), Vec::new()));
    }

    #[test]
    fn of_two_who_decide_apart_one_loses_and_only_that_one_is_told() {
        let (mut one, mut other) = two_phones();
        let from_one = place(&mut one, "Biblioteket", KIRSTEN);
        let from_other = place(&mut other, "Caféen", METTE);
        one.apply(&from_other).unwrap();
        other.apply(&from_one).unwrap();
        assert_eq!(meeting::read_meeting(&one).0.place, "Caféen");
        assert_eq!(meeting::read_meeting(&other).0.place, "Caféen");
        assert_eq!(lost(&mut one), [("place".to_owned(), words("Biblioteket"))]);
        assert_eq!(lost(&mut other), []);
    }

    #[test]
    fn what_was_seen_before_it_was_changed_has_lost_nothing() {
        let (mut one, mut other) = two_phones();
        other.apply(&place(&mut one, "Biblioteket", KIRSTEN)).unwrap();
        for to in ["Caféen", "Parken"] {
            one.apply(&place(&mut other, to, METTE)).unwrap();
        }
        assert_eq!(meeting::read_meeting(&one).0.place, "Parken");
        assert_eq!(lost(&mut one), []);
    }

    #[test]
    fn who_loses_to_several_changes_is_told_once_and_who_reads_it_all_at_once_is_told_nothing() {
        let (mut one, mut other) = two_phones();
        place(&mut one, "Biblioteket", KIRSTEN);
        for to in ["Caféen", "Parken"] {
            one.apply(&place(&mut other, to, METTE)).unwrap();
        }
        assert_eq!(lost(&mut one), [("place".to_owned(), words("Biblioteket"))]);
        let mut third = Paper::new(3);
        third.apply(&one.state()).unwrap();
        assert_eq!(lost(&mut third), []);
        // What stands there is known to a new reader too: to build on it overrules nobody.
        one.apply(&place(&mut third, "Kirken", METTE)).unwrap();
        assert_eq!(meeting::read_meeting(&one).0.place, "Kirken");
        assert_eq!(lost(&mut one), []);
    }

    #[test]
    fn what_was_lost_can_be_chosen_again() {
        let (mut one, mut other) = two_phones();
        let from_one = place(&mut one, "Biblioteket", KIRSTEN);
        one.apply(&place(&mut other, "Caféen", METTE)).unwrap();
        other.apply(&from_one).unwrap();
        let (overruled, _) = one.take_choices();
        one.choose(&overruled[0].place, &overruled[0].lost);
        send(&mut one, &mut other);
        assert_eq!(meeting::read_meeting(&other).0.place, "Biblioteket");
        assert_eq!(lost(&mut other), []);
    }

    #[test]
    fn what_the_library_comes_to_is_what_is_known_to_stand_there() {
        // Three who write apart, in every order in which it can come.
        let orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
        let update = |session: u64| {
            let (mut paper, _) = two_phones();
            let mut copy = Paper::new(session);
            copy.apply(&paper.state()).unwrap();
            paper.take_choices();
            place(&mut copy, &session.to_string(), KIRSTEN)
        };
        let (first, _) = two_phones();
        for order in orders {
            let mut reader = Paper::new(9);
            reader.apply(&first.state()).unwrap();
            let mut stands = Vec::new();
            for session in order.map(|session| session + 10) {
                reader.apply(&update(session)).unwrap();
                stands.push(meeting::read_meeting(&reader).0.place.parse::<u64>().unwrap());
                let place = ChoicePlace::of("meeting", "0000000000000000/place").unwrap();
                let tip = reader.authorship.choices.tip(&place).unwrap();
                assert_eq!(Some(&tip.session), stands.last());
            }
            assert_eq!(stands.last(), Some(&13));
        }
    }
}
