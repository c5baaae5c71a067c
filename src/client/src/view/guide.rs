//! What the municipality's guide says, read from the bytes it came as. What makes no sense here is left out:
//! a newer server may say more than this app knows.

use domain::guide::{
    AreaQuestion, Guide, GuidePhase, Hours, OpenPlace, Opening, Openness, PhaseKey, ProgrammeGuide,
    Rhythm, Words,
};
use domain::{LifeArea, Programme};
use sync::guide::{ENGLISH, GuideRow, PhaseRow, PlaceRow, ProgrammeRow, RhythmRow, WordsRow};
use trust::DocumentId;

use crate::client::{Client, Query, Topic};

/// Where can anybody get help, without being sent?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenPlaces;

/// A place, and whether it is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenPlaceRow {
    /// The place.
    pub place: OpenPlace,
    /// Whether it is open now; `None` where nobody has said when it is.
    pub openness: Option<Openness>,
}

impl Query for OpenPlaces {
    type View = Vec<OpenPlaceRow>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Guide, Topic::Clock]
    }

    /// Those that are not closed first; else in the municipality's order.
    fn look(&self, client: &Client) -> Vec<OpenPlaceRow> {
        let now = client.local_now();
        let row = |place: OpenPlace| {
            let openness = place.hours.as_ref().map(|hours| hours.at(now));
            OpenPlaceRow { place, openness }
        };
        let guide = client.read_guide().unwrap_or_default();
        let mut rows: Vec<OpenPlaceRow> = guide.places.into_iter().map(row).collect();
        rows.sort_by_key(|row| matches!(row.openness, Some(Openness::Closed(_))));
        rows
    }
}

/// Which question does a talk about a part of life begin with, in a course?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuestionFor {
    /// The course.
    pub course: DocumentId,
    /// The part of life.
    pub area: LifeArea,
}

impl Query for QuestionFor {
    type View = Option<Words>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Guide, Topic::Documents, Topic::Document(self.course)]
    }

    fn look(&self, client: &Client) -> Option<Words> {
        client.programme_guide(self.course)?.question(&self.area).cloned()
    }
}

impl Client {
    /// The guide, if one has come.
    pub(crate) fn read_guide(&self) -> Option<Guide> {
        let row = GuideRow::read(&self.guide)?;
        let programmes = row.programmes.into_iter().filter_map(programme).collect();
        Some(Guide { programmes, places: row.places.into_iter().map(place).collect() })
    }

    /// What the guide says of the programme that a course follows.
    pub(crate) fn programme_guide(&self, course: DocumentId) -> Option<ProgrammeGuide> {
        let sheet = self.sheets.get(&course).filter(|sheet| !sheet.gone)?;
        let (course, _) = documents::course::read(&sheet.paper);
        self.read_guide()?.programme(course.programme).cloned()
    }
}

fn programme(row: ProgrammeRow) -> Option<ProgrammeGuide> {
    let area = |row: sync::guide::AreaRow| {
        let area = LifeArea::from_key(&row.key)?;
        Some(AreaQuestion { area, question: words(row.question) })
    };
    Some(ProgrammeGuide {
        programme: Programme::from_key(&row.key)?,
        phases: row.phases.into_iter().filter_map(phase).collect(),
        rhythm: rhythm(row.rhythm),
        areas: row.areas.into_iter().filter_map(area).collect(),
    })
}

fn phase(row: PhaseRow) -> Option<GuidePhase> {
    Some(GuidePhase {
        key: PhaseKey::new(&row.key)?,
        name: words(row.name),
        happens: words(row.happens),
        decides: words(row.decides),
        is_optional: row.is_optional,
    })
}

fn rhythm(row: RhythmRow) -> Rhythm {
    Rhythm {
        months_between_meetings: row.months_between_meetings,
        meetings_a_year: row.meetings_a_year,
        meeting_half_years: row.meeting_half_years,
        months_between_assessments: row.months_between_assessments,
        ends_before_age: row.ends_before_age,
    }
}

fn words(row: WordsRow) -> Words {
    let english = Some((ENGLISH.to_owned(), row.english)).filter(|(_, words)| !words.is_empty());
    let others = row.others.into_iter().flatten().map(|row| (row.language, row.words));
    Words { danish: row.danish, others: english.into_iter().chain(others).collect() }
}

fn place(row: PlaceRow) -> OpenPlace {
    OpenPlace {
        id: row.id,
        name: row.name,
        what_for: words(row.what_for),
        address: row.address,
        phone: row.phone,
        hours: row.hours.map(hours),
    }
}

fn hours(days: Vec<Vec<sync::guide::OpeningRow>>) -> Hours {
    let mut week: [Vec<Opening>; 7] = Default::default();
    for (here, day) in week.iter_mut().zip(days) {
        here.extend(day.iter().filter_map(|row| Opening::new(row.from, row.until)));
    }
    Hours::of_week(week)
}
