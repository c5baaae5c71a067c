//! A meeting's document: when and where, and the agenda.

use domain::{
    Agenda, ItemId, LocalTime, Meeting, MeetingChange, Remark, Removed, Topic, Who, Wish, WishKind,
};

use crate::paper::{Look, Paper};
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, optional, string, who, whole};

pub(crate) const MEETING: Table = Table("meeting");
/// The one row of the table `meeting`.
pub(crate) const THE_MEETING: ItemId = ItemId(0);
pub(crate) const TOPICS: Table = Table("topics");
pub(crate) const AVOID: Table = Table("avoid");
pub(crate) const WISHES: Table = Table("wishes");

/// A list in a meeting whose rows can be thrown out and taken back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum List {
    /// What we talk about.
    Topics,
    /// What must not be talked about.
    Avoid,
    /// Practical wishes.
    Wishes,
}

/// One field of a topic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TopicField {
    /// Who brings it up.
    Brings(Option<Who>),
    /// How long it may take.
    Minutes(Option<u16>),
    /// The goal it belongs to.
    Goal(Option<ItemId>),
}

impl List {
    fn table(self) -> Table {
        match self {
            Self::Topics => TOPICS,
            Self::Avoid => AVOID,
            Self::Wishes => WISHES,
        }
    }
}

/// Sets when, where and how long.
pub fn set_meeting(paper: &mut Paper, meeting: &Meeting, author: Author) {
    let starts = optional(meeting.starts, |starts| string(&starts.to_string()));
    let fields = [
        ("starts", starts),
        ("minutes", optional(meeting.minutes, |n| whole(n.into()))),
        ("place", string(&meeting.place)),
    ];
    MEETING.add(paper, THE_MEETING, author, fields);
}

/// Changes some of that. What the change says nothing of is not written: somebody else may be changing it.
pub fn change_meeting(paper: &mut Paper, change: &MeetingChange, author: Author) {
    let starts = change.starts.map(|starts| ("starts", string(&starts.to_string())));
    let minutes = change.minutes.map(|minutes| ("minutes", whole(minutes.into())));
    let place = change.place.as_ref().map(|place| ("place", string(place)));
    MEETING.add(paper, THE_MEETING, author, starts.into_iter().chain(minutes).chain(place));
}

/// Cancels the meeting, or takes it up again when there is no author.
pub fn cancel(paper: &mut Paper, author: Option<Author>) {
    MEETING.throw_out(paper, THE_MEETING, author);
}

/// Adds a topic at the end.
pub fn add_topic(paper: &mut Paper, id: ItemId, author: Author) {
    let position = TOPICS.end(paper);
    let brings = who(author.who);
    TOPICS.add(paper, id, author, [("position", string(&position)), ("brings", brings)]);
}

/// Adds something that must not be talked about.
pub fn add_avoid(paper: &mut Paper, id: ItemId, author: Author) {
    let position = AVOID.end(paper);
    AVOID.add(paper, id, author, [("position", string(&position))]);
}

/// Adds a practical wish.
pub fn add_wish(paper: &mut Paper, id: ItemId, kind: WishKind, author: Author) {
    let position = WISHES.end(paper);
    let fields = [("position", string(&position)), ("kind", string(kind.key()))];
    WISHES.add(paper, id, author, fields);
}

/// Sets one field of a topic.
pub fn set_topic(paper: &mut Paper, id: ItemId, field: TopicField) {
    let (name, value) = match field {
        TopicField::Brings(person) => ("brings", optional(person, who)),
        TopicField::Minutes(minutes) => ("minutes", optional(minutes, |n| whole(n.into()))),
        TopicField::Goal(goal) => ("goal", optional(goal, |goal| string(&goal.to_string()))),
    };
    TOPICS.set(paper, id, name, value);
}

/// Puts a topic at a place among those that are shown: 0 is first. Beyond the end is last.
pub fn move_topic(paper: &mut Paper, id: ItemId, place: usize) {
    TOPICS.put(paper, (id, place), |_| true);
}

/// Throws a row out, or takes it back when there is no author.
pub fn throw_out(paper: &mut Paper, list: List, id: ItemId, author: Option<Author>) {
    list.table().throw_out(paper, id, author);
}

/// When, where and how long.
pub fn read_meeting(paper: &Paper) -> (Meeting, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let row = MEETING.row(look, THE_MEETING, &mut oddities);
        let meeting = row.as_ref().map(meeting).unwrap_or_default();
        (meeting, oddities)
    })
}

fn meeting(row: &Row<'_>) -> Meeting {
    Meeting {
        starts: row.parsed::<LocalTime>("starts"),
        minutes: row.small("minutes"),
        place: row.string("place").unwrap_or_default().to_owned(),
        by: row.last_by(),
        cancelled: row.removed(),
    }
}

/// The agenda.
pub fn read_agenda(paper: &Paper) -> (Agenda, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let row = MEETING.row(look, THE_MEETING, &mut oddities);
        let purpose = row.map(|row| row.written("purpose"));
        let all = TOPICS.in_order(look, &mut oddities).iter().map(topic).collect::<Vec<_>>();
        let (removed, topics) = all.into_iter().partition(|topic| topic.removed.is_some());
        let avoid = kept(AVOID, look, &mut oddities).iter().map(remark).collect();
        let wishes = kept(WISHES, look, &mut oddities).iter().map(wish).collect();
        let purpose = purpose.unwrap_or_default();
        (Agenda { purpose, topics, avoid, wishes, removed }, oddities)
    })
}

/// Remarks and wishes that were thrown out, with which list they were in and what they said.
pub fn read_removed(paper: &Paper) -> Vec<(List, ItemId, Removed, String)> {
    paper.read(|look| {
        let of = |list: List| {
            let rows = list.table().in_order(look, &mut Vec::new());
            let out = |row: Row<'_>| Some((list, row.id, row.removed()?, row.written("text").text));
            rows.into_iter().filter_map(out).collect::<Vec<_>>()
        };
        [of(List::Avoid), of(List::Wishes)].concat()
    })
}

fn kept<'a>(table: Table, look: &'a Look<'a>, oddities: &mut Vec<Oddity>) -> Vec<Row<'a>> {
    let mut rows = table.in_order(look, oddities);
    rows.retain(|row| row.removed().is_none());
    rows
}

fn topic(row: &Row<'_>) -> Topic {
    Topic {
        id: row.id,
        title: row.written("title"),
        why: row.written("why"),
        hope: row.written("hope"),
        brings: row.parsed("brings"),
        minutes: row.small("minutes"),
        goal: row.parsed("goal"),
        by: row.by(),
        removed: row.removed(),
    }
}

fn remark(row: &Row<'_>) -> Remark {
    Remark { id: row.id, text: row.written("text"), by: row.by() }
}

fn wish(row: &Row<'_>) -> Wish {
    let kind = WishKind::from_key(row.string("kind").unwrap_or_default());
    Wish { id: row.id, kind, text: row.written("text"), by: row.by() }
}
