//! Sådan går det: what has grown first, then every life area with what was said of it last, by either
//! voice. Two documents of one area, made by two who knew nothing of each other, are one area here.

use documents::{area, course};
use domain::{Day, Growth, ItemId, LifeArea, Score, SelfAssessment, Voice, fell};
use litemap::LiteMap;
use trust::{DocumentId, Kind, Role};

use super::people::Named;
use super::said::Said;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// How it goes in a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assessments {
    /// The course.
    pub course: DocumentId,
}

/// How it goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssessmentsView {
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// The areas where the citizen's number has grown, the most first.
    pub grown: Vec<AssessedArea>,
    /// Every life area of the programme, in the order of the guide once it is here, and any other that something was
    /// said of.
    pub areas: Vec<AssessedArea>,
    /// Whether the citizen would rather not see the picture.
    pub hides_web: bool,
    /// Whether I may write.
    pub can_write: bool,
}

/// A life area with what was said of it last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssessedArea {
    /// Which.
    pub area: LifeArea,
    /// What the citizen said last.
    pub citizen: Option<SayingRow>,
    /// What the coordinator said last.
    pub coordinator: Option<SayingRow>,
    /// What has grown in the citizen's numbers.
    pub growth: Option<Growth>,
    /// The citizen's first number and the newest; one and the same when there is only one.
    pub numbers: Option<(Score, Score)>,
    /// Who may read it, I first; who will, when nothing was said of it yet.
    pub readers: Vec<Named>,
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SayingRow {
    /// The document it lies in.
    pub document: DocumentId,
    /// Its name.
    pub id: ItemId,
    /// Whose view it is.
    pub voice: Voice,
    /// The day it was said.
    pub day: Day,
    /// The number, where there is one.
    pub score: Option<Score>,
    /// Own words, where there are any.
    pub words: String,
    /// Who wrote it down.
    pub by: Option<Named>,
    /// Whose words they are.
    pub said: Option<Said>,
}

/// How it goes in one life area of a course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AreaAssessments {
    /// The course.
    pub course: DocumentId,
    /// The area.
    pub area: LifeArea,
}

/// Both voices on one life area.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AreaAssessmentsView {
    /// As in the list.
    pub newest: AssessedArea,
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// The coordinator who spoke last, or else one of the course.
    pub coordinator: Option<Named>,
    /// All that the citizen said, the newest first.
    pub by_citizen: Vec<SayingRow>,
    /// All that the coordinator said, the newest first.
    pub by_coordinator: Vec<SayingRow>,
    /// The citizen's newest number and the one before, when it is lower now.
    pub fall: Option<Fall>,
    /// Whether I may write.
    pub can_write: bool,
}

/// A number that is lower than the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fall {
    /// What it was.
    pub from: Score,
    /// What it is now.
    pub to: Score,
}

impl Query for Assessments {
    type View = Option<AssessmentsView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of_areas(self.course);
        topics.push(Topic::Guide);
        topics
    }

    fn look(&self, client: &Client) -> Option<AssessmentsView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let (course, _) = course::read(&sheet.paper);
        let said = client.said_in(self.course);
        let guide = client.programme_guide(self.course);
        let mut areas: Vec<LifeArea> = match guide {
            Some(guide) => guide.areas.into_iter().map(|asked| asked.area).collect(),
            None => course.programme.life_areas().collect(),
        };
        let others: Vec<&LifeArea> = said.keys().filter(|area| !areas.contains(area)).collect();
        areas.extend(others.into_iter().cloned());
        let nothing = Sayings::default();
        let row = |area: LifeArea| {
            let said = said.get(&area).unwrap_or(&nothing);
            client.assessed_area((area, said), sheet)
        };
        let areas: Vec<AssessedArea> = areas.into_iter().map(row).collect();
        let mut grown: Vec<AssessedArea> =
            areas.iter().filter(|area| area.growth.is_some()).cloned().collect();
        // The order of the areas decides where two have grown as much.
        grown.sort_by_key(|area| std::cmp::Reverse(area.growth.map(Growth::steps)));
        Some(AssessmentsView {
            citizen: client.citizen_of(sheet).map(|citizen| client.named(who(citizen))),
            grown,
            areas,
            hides_web: course.hides_web,
            can_write: client.can_write(sheet),
        })
    }
}

impl Query for AreaAssessments {
    type View = Option<AreaAssessmentsView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of_areas(self.course)
    }

    fn look(&self, client: &Client) -> Option<AreaAssessmentsView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let (course, _) = course::read(&sheet.paper);
        let said = client.said_in(self.course).remove(&self.area);
        let is_known = course.programme.life_areas().any(|area| area == self.area);
        if said.is_none() && !is_known {
            return None;
        }
        let said = said.unwrap_or_default();
        let newest = client.assessed_area((self.area.clone(), &said), sheet);
        let of = |voice| {
            let rows = said.rows.iter().rev();
            rows.filter(|row| row.voice == voice).cloned().collect::<Vec<_>>()
        };
        let by_coordinator = of(Voice::Coordinator);
        let spoke_last = by_coordinator.first().and_then(|row| row.by.clone());
        let scores = said.scores();
        let fall = match scores.as_slice() {
            [.., (_, from), (_, to)] if fell(&scores) => Some(Fall { from: *from, to: *to }),
            _ => None,
        };
        Some(AreaAssessmentsView {
            newest,
            citizen: client.citizen_of(sheet).map(|citizen| client.named(who(citizen))),
            coordinator: spoke_last.or_else(|| client.coordinator_of(sheet)),
            by_citizen: of(Voice::Citizen),
            by_coordinator,
            fall,
            can_write: client.can_write(sheet),
        })
    }
}

/// What was said of one area, the oldest first, from all its documents.
#[derive(Default)]
struct Sayings {
    rows: Vec<SayingRow>,
    readers: Vec<Named>,
}

impl Sayings {
    fn newest(&self, voice: Voice) -> Option<SayingRow> {
        self.rows.iter().rfind(|row| row.voice == voice).cloned()
    }

    /// The citizen's own numbers, the oldest first.
    fn scores(&self) -> Vec<(Day, Score)> {
        let own = self.rows.iter().filter(|row| row.voice == Voice::Citizen);
        own.filter_map(|row| Some((row.day, row.score?))).collect()
    }

    fn add(&mut self, rows: Vec<SayingRow>, readers: Vec<Named>) {
        // One document has an order of its own. Between two there are only the days.
        let has_two = !self.rows.is_empty() && !rows.is_empty();
        self.rows.extend(rows);
        if has_two {
            self.rows.sort_by_key(|row| row.day);
        }
        for reader in readers {
            if !self.readers.contains(&reader) {
                self.readers.push(reader);
            }
        }
    }
}

impl Client {
    pub(crate) fn topics_of_areas(&self, course: DocumentId) -> Vec<Topic> {
        let areas = self.parts(Some(course), Kind::LifeArea).map(|(document, _)| document);
        let mut topics = self.topics_of(areas);
        topics.push(Topic::Clock);
        topics
    }

    fn said_in(&self, course: DocumentId) -> LiteMap<LifeArea, Sayings> {
        let mut said: LiteMap<LifeArea, Sayings> = LiteMap::new();
        for (document, sheet) in self.parts(Some(course), Kind::LifeArea) {
            let (plan, _) = area::read(&sheet.paper);
            let Some(area) = plan.area else { continue };
            let row = |one: SelfAssessment| self.saying_row((document, sheet), one);
            let rows = plan.assessments.into_iter().map(row).collect();
            said.entry(area).or_default().add(rows, self.readers(sheet));
        }
        said
    }

    pub(crate) fn saying_row(
        &self,
        (document, sheet): (DocumentId, &Sheet),
        said: SelfAssessment,
    ) -> SayingRow {
        let source = said.source();
        SayingRow {
            document,
            id: said.id,
            voice: said.voice,
            day: said.day,
            score: said.score,
            words: said.words.text,
            by: said.by.map(|who| self.named(who)),
            said: self.said(sheet, source.as_ref(), said.by),
        }
    }

    fn assessed_area(&self, (area, said): (LifeArea, &Sayings), course: &Sheet) -> AssessedArea {
        let scores = said.scores();
        let numbers = scores.first().zip(scores.last()).map(|(first, last)| (first.1, last.1));
        let readers = if said.readers.is_empty() {
            self.readers_of_a_new_part(course)
        } else {
            said.readers.clone()
        };
        AssessedArea {
            area,
            citizen: said.newest(Voice::Citizen),
            coordinator: said.newest(Voice::Coordinator),
            growth: Growth::of(&scores),
            numbers,
            readers,
        }
    }

    /// Who would be let into a document founded in this course now.
    pub(crate) fn readers_of_a_new_part(&self, course: &Sheet) -> Vec<Named> {
        let mut readers = self.readers(course);
        let is_in = |named: &Named| {
            matches!(named.role, Some(domain::Role::Citizen | domain::Role::Coordinator))
        };
        readers.retain(|named| named.is_me || is_in(named));
        readers
    }

    pub(crate) fn coordinator_of(&self, course: &Sheet) -> Option<Named> {
        let mut members = course.membership.members.iter();
        let (person, _) = members.find(|(_, member)| member.role == Role::Coordinator)?;
        Some(self.named(who(*person)))
    }
}
