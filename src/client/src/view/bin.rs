//! "Smidt ud": what was thrown out and can be taken back, the last 30 days' on top.

use documents::meeting::List;
use documents::{area, course, meeting, network, notebook, support};
use domain::{Day, ItemId, Removed, Score};
use trust::{DocumentId, Kind};

use super::notebook::NOTE_UNITS_MAX;
use super::people::Named;
use crate::client::{Client, Query, Topic};
use crate::command::Thing;
use crate::sheet::Sheet;

/// What was thrown out of a course and all that belongs to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bin {
    /// The course.
    pub course: DocumentId,
}

/// Something that was thrown out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BinRow {
    /// Where it was.
    pub document: DocumentId,
    /// What it is, to take it back by.
    pub thing: Thing,
    /// What sort of thing it is.
    pub kind: BinKind,
    /// What it says.
    pub text: String,
    /// Who threw it out.
    pub by: Option<Named>,
    /// On which day.
    pub day: Day,
    /// Whether it was more than 30 days ago, by this clock and that of whoever threw it out. One of the
    /// two may be wrong, so it is put away and not hidden.
    pub is_old: bool,
    at_ms: i64,
}

/// What sort of thing was thrown out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinKind {
    /// A topic.
    Topic,
    /// Something that must not be talked about.
    Avoid,
    /// A practical wish.
    Wish,
    /// A goal.
    Goal,
    /// A milestone.
    Milestone,
    /// A small step.
    Step,
    /// An agreement.
    Agreement,
    /// A help that the citizen gets.
    Support,
    /// A dream.
    Dream,
    /// Somebody on the network map.
    Person,
    /// A note, which only the citizen finds here.
    Note,
    /// How it goes, with its number.
    Assessment(Option<Score>),
}

type Thrown = (Thing, BinKind, String, Removed);

impl Query for Bin {
    type View = Vec<BinRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let parts: Vec<DocumentId> = self.parts(client).map(|(document, _)| document).collect();
        let mut topics = client.topics_of(parts);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Vec<BinRow> {
        let here = client.courses().filter(|(document, _)| *document == self.course);
        let all = here.chain(self.parts(client));
        let thrown = all.map(|(document, sheet)| (document, thrown_out_of(sheet)));
        let now_ms = client.now.wall_ms;
        let mut rows = Vec::new();
        for (document, things) in thrown {
            rows.extend(things.into_iter().map(|(thing, kind, text, removed)| BinRow {
                document,
                thing,
                kind,
                text,
                by: removed.by.map(|who| client.named(who)),
                day: client.day_of(removed.at_ms),
                is_old: removed.is_old(now_ms),
                at_ms: removed.at_ms,
            }));
        }
        rows.sort_by_key(|row| (std::cmp::Reverse(row.at_ms), row.thing));
        rows
    }
}

impl Bin {
    fn parts(self, client: &Client) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        let kinds = [Kind::LifeArea, Kind::Meeting, Kind::Network, Kind::Notebook];
        kinds.into_iter().flat_map(move |kind| client.parts(Some(self.course), kind))
    }
}

fn thrown_out_of(sheet: &Sheet) -> Vec<Thrown> {
    match sheet.membership.kind {
        Kind::Course => thrown_dreams(sheet),
        Kind::LifeArea => thrown_plan(sheet),
        Kind::Meeting => thrown_agenda(sheet),
        Kind::Network => thrown_people(sheet),
        Kind::Notebook => thrown_notes(sheet),
        Kind::House | Kind::Consents => Vec::new(),
    }
}

fn thrown_dreams(sheet: &Sheet) -> Vec<Thrown> {
    let dreams = course::read(&sheet.paper).0.removed_dreams.into_iter();
    let thrown = |dream: domain::Dream| {
        Some((Thing::Dream(dream.id), BinKind::Dream, dream.text.text, dream.removed?))
    };
    dreams.filter_map(thrown).collect()
}

fn thrown_notes(sheet: &Sheet) -> Vec<Thrown> {
    let notes = notebook::read(&sheet.paper).0.removed.into_iter();
    let thrown = |note: domain::Note| {
        let words = domain::opening(&note.text.text, NOTE_UNITS_MAX);
        Some((Thing::Note(note.id), BinKind::Note, words, note.removed?))
    };
    notes.filter_map(thrown).collect()
}

fn thrown_plan(sheet: &Sheet) -> Vec<Thrown> {
    let (plan, _) = area::read(&sheet.paper);
    let goals = plan.removed_goals.into_iter().filter_map(|goal| {
        let thing = Thing::Area(area::List::Goals, goal.id);
        Some((thing, BinKind::Goal, goal.title.text, goal.removed?))
    });
    let milestones = plan.removed_milestones.into_iter().filter_map(|milestone| {
        let thing = Thing::Area(area::List::Milestones, milestone.id);
        Some((thing, BinKind::Milestone, milestone.text.text, milestone.removed?))
    });
    let steps = plan.removed_steps.into_iter().filter_map(|step| {
        let thing = Thing::Area(area::List::Steps, step.id);
        Some((thing, BinKind::Step, step.text.text, step.removed?))
    });
    let agreements = plan.removed_agreements.into_iter().filter_map(|agreement| {
        let thing = Thing::Area(area::List::Agreements, agreement.id);
        Some((thing, BinKind::Agreement, agreement.what.text, agreement.removed?))
    });
    let assessments = plan.removed_assessments.into_iter().filter_map(|said| {
        let thing = Thing::Area(area::List::Assessments, said.id);
        Some((thing, BinKind::Assessment(said.score), said.words.text, said.removed?))
    });
    let (overview, _) = support::read(&sheet.paper);
    let supports = overview.removed.into_iter().filter_map(|support| {
        let thing = Thing::Area(area::List::Supports, support.id);
        Some((thing, BinKind::Support, support.what.text, support.removed?))
    });
    let plan = goals.chain(milestones).chain(steps).chain(agreements);
    plan.chain(assessments).chain(supports).collect()
}

fn thrown_people(sheet: &Sheet) -> Vec<Thrown> {
    let people = network::read(&sheet.paper).0.removed.into_iter();
    let thrown = |person: domain::ResourcePerson| {
        Some((Thing::Person(person.id), BinKind::Person, person.name.text, person.removed?))
    };
    people.filter_map(thrown).collect()
}

fn thrown_agenda(sheet: &Sheet) -> Vec<Thrown> {
    let topics = meeting::read_agenda(&sheet.paper).0.removed.into_iter().filter_map(|topic| {
        let thing = Thing::Meeting(List::Topics, topic.id);
        Some((thing, BinKind::Topic, topic.title.text, topic.removed?))
    });
    let others = meeting::read_removed(&sheet.paper).into_iter();
    let others = others.map(|(list, id, removed, text): (List, ItemId, Removed, String)| {
        let kind = if list == List::Avoid { BinKind::Avoid } else { BinKind::Wish };
        (Thing::Meeting(list, id), kind, text, removed)
    });
    topics.chain(others).collect()
}
