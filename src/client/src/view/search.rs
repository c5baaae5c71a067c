//! Looking for words in everything of a course that is on this device. There is no index: it is read
//! through, which a phone does while somebody types.

use documents::{area, course, meeting, network, notebook, support};
use domain::{AreaPlan, ItemId, LifeArea, Sought};
use trust::{DocumentId, Kind};

use super::meetings::{MeetingRow, Meetings, When};
use super::people::Named;
use crate::client::{Client, Query, Topic};
use crate::sheet::Sheet;

/// More places than this are not shown: one word more finds fewer.
pub const FOUND_MAX: usize = 40;
/// A line that was found is cut to this many UTF-16 units.
const LINE_UNITS_MAX: u32 = 140;

/// Where do these words stand?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// In this course.
    pub course: DocumentId,
    /// As they were typed.
    pub typed: String,
}

/// Where the words stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SearchView {
    /// Whether there was anything to look for.
    pub is_asked: bool,
    /// The places: the plan first, then people, meetings, and notes.
    pub found: Vec<FoundRow>,
    /// Whether there are more than are shown.
    pub has_more: bool,
}

/// A place where the words stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundRow {
    /// The place.
    pub place: FoundIn,
    /// The line they stand on.
    pub line: String,
    /// Who may read it there, I first.
    pub readers: Vec<Named>,
}

/// What the words stand in, and how to get there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FoundIn {
    /// A dream, by its name.
    Dream(ItemId),
    /// A goal, in the document of its life area.
    Goal(DocumentId, ItemId),
    /// A milestone: the document, the milestone, and its goal.
    Milestone(DocumentId, ItemId, ItemId),
    /// A small step: the document, the step, and its goal.
    Step(DocumentId, ItemId, ItemId),
    /// An agreement: the document, the agreement, and its goal where it has one.
    Agreement(DocumentId, ItemId, Option<ItemId>),
    /// How it goes in a life area: what somebody said of it, by its name.
    Said(LifeArea, ItemId),
    /// A help the citizen gets, in the document of its life area.
    Support(DocumentId, ItemId),
    /// Somebody on the network map.
    Person(DocumentId, ItemId),
    /// Why a meeting is held: the meeting, and when that is.
    Purpose(DocumentId, When),
    /// A topic on an agenda.
    Topic(DocumentId, ItemId, When),
    /// Something that must not be talked about.
    Avoid(DocumentId, ItemId, When),
    /// A practical wish.
    Wish(DocumentId, ItemId, When),
    /// A note, in the notebook's document.
    Note(DocumentId, ItemId),
}

/// Looks through one document after the other.
struct Reading<'a> {
    sought: &'a Sought,
    readers: Vec<Named>,
    found: Vec<FoundRow>,
}

impl Query for Search {
    type View = SearchView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let kinds = [Kind::LifeArea, Kind::Meeting, Kind::Network, Kind::Notebook].into_iter();
        let parts = kinds.flat_map(|kind| client.parts(Some(self.course), kind));
        let mut topics = client.topics_of(parts.map(|(document, _)| document));
        // Meetings to come stand before those that have been.
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> SearchView {
        let here = client.sheets.get(&self.course).filter(|sheet| !sheet.gone);
        let Some((sought, sheet)) = Sought::read(&self.typed).zip(here) else {
            return SearchView::default();
        };
        let mut reading = Reading { sought: &sought, readers: Vec::new(), found: Vec::new() };
        reading.readers = client.readers(sheet);
        reading.read_dreams(sheet);
        for (document, sheet) in client.parts(Some(self.course), Kind::LifeArea) {
            reading.readers = client.readers(sheet);
            reading.read_plan(document, area::read(&sheet.paper).0);
            reading.read_supports(document, sheet);
        }
        for (document, sheet) in client.parts(Some(self.course), Kind::Network) {
            reading.readers = client.readers(sheet);
            reading.read_people(document, sheet);
        }
        let meetings = Meetings { course: Some(self.course) }.look(client);
        for row in meetings.upcoming.into_iter().chain(meetings.past) {
            if let Some(sheet) = client.sheets.get(&row.document) {
                reading.read_meeting(row, sheet);
            }
        }
        for (document, sheet) in client.parts(Some(self.course), Kind::Notebook) {
            reading.readers = client.readers(sheet);
            reading.read_notes(document, sheet);
        }
        let mut found = reading.found;
        let has_more = found.len() > FOUND_MAX;
        found.truncate(FOUND_MAX);
        SearchView { is_asked: true, found, has_more }
    }
}

impl Reading<'_> {
    /// Notes the place if the words stand in these texts; the first of them that has a line of it is shown.
    fn read(&mut self, place: FoundIn, texts: &[&str]) {
        let whole = texts.join("\n");
        if let Some(line) = self.sought.line_in(&whole, LINE_UNITS_MAX) {
            self.found.push(FoundRow { place, line, readers: self.readers.clone() });
        }
    }

    fn read_dreams(&mut self, sheet: &Sheet) {
        for dream in course::read(&sheet.paper).0.dreams {
            self.read(FoundIn::Dream(dream.id), &[&dream.text.text]);
        }
    }

    /// What belongs to a goal that was thrown out is out with it.
    fn read_plan(&mut self, document: DocumentId, plan: AreaPlan) {
        for goal in &plan.goals {
            self.read(FoundIn::Goal(document, goal.id), &[&goal.title.text]);
            for milestone in &goal.milestones {
                let place = FoundIn::Milestone(document, milestone.id, goal.id);
                self.read(place, &[&milestone.text.text]);
            }
            for step in &goal.steps {
                self.read(FoundIn::Step(document, step.id, goal.id), &[&step.text.text]);
            }
        }
        let is_out = |goal| plan.removed_goals.iter().any(|out| Some(out.id) == goal);
        for agreement in plan.agreements.iter().filter(|agreement| !is_out(agreement.goal)) {
            let place = FoundIn::Agreement(document, agreement.id, agreement.goal);
            let texts = [&*agreement.what.text, &agreement.follow_up.text, &agreement.learnt.text];
            self.read(place, &texts);
        }
        for (said, area) in plan.assessments.iter().zip(plan.area.iter().cycle()) {
            self.read(FoundIn::Said(area.clone(), said.id), &[&said.words.text]);
        }
    }

    fn read_supports(&mut self, document: DocumentId, sheet: &Sheet) {
        for support in support::read(&sheet.paper).0.supports {
            let texts = [&*support.what.text, &support.from.text, &support.often.text];
            self.read(FoundIn::Support(document, support.id), &texts);
        }
    }

    fn read_people(&mut self, document: DocumentId, sheet: &Sheet) {
        for person in network::read(&sheet.paper).0.people {
            let texts = [&person.name, &person.role, &person.helps, &person.workplace];
            let texts = texts.map(|text| text.text.as_str());
            self.read(FoundIn::Person(document, person.id), &texts);
        }
    }

    fn read_meeting(&mut self, row: MeetingRow, sheet: &Sheet) {
        let (document, when) = (row.document, When::of(&row.meeting));
        self.readers = row.readers;
        let (agenda, _) = meeting::read_agenda(&sheet.paper);
        self.read(FoundIn::Purpose(document, when), &[&agenda.purpose.text]);
        for topic in agenda.topics {
            let texts = [&*topic.title.text, &topic.why.text, &topic.hope.text];
            self.read(FoundIn::Topic(document, topic.id, when), &texts);
        }
        for remark in agenda.avoid {
            self.read(FoundIn::Avoid(document, remark.id, when), &[&remark.text.text]);
        }
        for wish in agenda.wishes {
            self.read(FoundIn::Wish(document, wish.id, when), &[&wish.text.text]);
        }
    }

    fn read_notes(&mut self, document: DocumentId, sheet: &Sheet) {
        for note in notebook::read(&sheet.paper).0.notes {
            self.read(FoundIn::Note(document, note.id), &[&note.text.text]);
        }
    }
}
