//! Mit forløb: where am I, what comes next, and who moved me there.

use documents::{area, course};
use domain::guide::{GuidePhase, ProgrammeGuide, Rhythm};
use domain::{Course, Day, PhaseMove};
use trust::{DocumentId, Kind, Role};

use super::meetings::{MeetingRow, Meetings};
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// How far has a course come?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MyCourse {
    /// The course.
    pub course: DocumentId,
}

/// How far it has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MyCourseView {
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// The phases, first to last; none before the municipality's guide has come.
    pub phases: Vec<GuidePhase>,
    /// The place among them of the one it is in.
    pub now: usize,
    /// Who moved it there, and when; `None` where nobody has moved it.
    pub moved: Option<MovedBy>,
    /// How often things happen.
    pub rhythm: Option<Rhythm>,
    /// The next meeting.
    pub next_meeting: Option<MeetingRow>,
    /// There should be a meeting by this day, and none is planned.
    pub meeting_by: Option<Day>,
    /// How it goes should be talked about by this day.
    pub talk_by: Option<Day>,
    /// The coordinator.
    pub coordinator: Option<Named>,
    /// Whether I am the one who moves it.
    pub can_move: bool,
}

/// Who moved a course, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovedBy {
    /// Who; `None` when that cannot be read.
    pub by: Option<Named>,
    /// On this day, by their clock.
    pub day: Day,
}

impl Query for MyCourse {
    type View = Option<MyCourseView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of_areas(self.course);
        topics.extend(Meetings { course: Some(self.course) }.topics(client));
        topics.push(Topic::Guide);
        topics
    }

    fn look(&self, client: &Client) -> Option<MyCourseView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let (about, _) = course::read(&sheet.paper);
        let moved = course::read_move(&sheet.paper);
        let guide = client.programme_guide(self.course);
        let rhythm = guide.as_ref().map(|guide| guide.rhythm.clone());
        let meetings = Meetings { course: Some(self.course) }.look(client);
        let held = meetings.past.iter().filter(|row| row.meeting.cancelled.is_none());
        let held = held.filter_map(|row| Some(row.meeting.starts?.day)).max();
        let next_meeting = meetings.upcoming.into_iter().next();
        let by = |last: Option<Day>, months: Option<u8>| Some(last?.plus_months(months?));
        let meets = rhythm.as_ref().and_then(Rhythm::months_to_next_meeting);
        let talks = rhythm.as_ref().and_then(|rhythm| rhythm.months_between_assessments);
        Some(MyCourseView {
            citizen: client.citizen_of(sheet).map(|citizen| client.named(who(citizen))),
            now: guide.as_ref().map_or(0, |guide| place(guide, &about, moved.as_ref())),
            phases: guide.map(|guide| guide.phases).unwrap_or_default(),
            moved: moved.map(|moved| client.moved_by(&moved)),
            meeting_by: by(held, meets).filter(|_| next_meeting.is_none()),
            talk_by: by(client.last_talk(self.course), talks),
            rhythm,
            next_meeting,
            coordinator: client.coordinator_of(sheet),
            can_move: client.can_move(sheet),
        })
    }
}

/// The place of the phase that a course is in: by its name, or by its number where that is not known, be it because
/// nobody has moved the course or because the municipality has another way now.
fn place(guide: &ProgrammeGuide, about: &Course, moved: Option<&PhaseMove>) -> usize {
    let by_name = moved.and_then(|moved| guide.place(&moved.phase));
    let by_number = usize::from(about.phase.0.saturating_sub(1));
    by_name.unwrap_or(by_number.min(guide.phases.len().saturating_sub(1)))
}

impl Client {
    /// Only a coordinator of the course moves it.
    pub(crate) fn can_move(&self, sheet: &Sheet) -> bool {
        let today = self.today();
        let role = self.me.person.and_then(|me| sheet.membership.role(me, today));
        role == Some(Role::Coordinator)
    }

    fn moved_by(&self, moved: &PhaseMove) -> MovedBy {
        let day = Day::of_moment(moved.at_ms, self.now.zone_minutes);
        MovedBy { by: moved.by.map(|by| self.named(by)), day }
    }

    /// The last day somebody said how it goes.
    fn last_talk(&self, course: DocumentId) -> Option<Day> {
        let areas = self.parts(Some(course), Kind::LifeArea);
        let said = areas.flat_map(|(_, sheet)| area::read(&sheet.paper).0.assessments);
        said.map(|one| one.day).max()
    }
}
