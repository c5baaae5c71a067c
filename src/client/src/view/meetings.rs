//! Meetings: those to come, and those that have been.

use documents::meeting;
use domain::{LocalTime, Meeting};
use trust::{Act, DocumentId, Kind};

use super::overlaps::{OverlapRow, Planned};
use super::people::Named;
use crate::client::{Client, Query, Topic};
use crate::sheet::Sheet;

/// The meetings of a course; without a course, of all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meetings {
    /// The course.
    pub course: Option<DocumentId>,
}

/// The meetings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingsView {
    /// Those to come, the next first; those without a time last.
    pub upcoming: Vec<MeetingRow>,
    /// Those that have been or were cancelled, the latest first.
    pub past: Vec<MeetingRow>,
}

/// How a meeting is named: by when it is, and whether it is at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct When {
    /// When it begins; `None` while nobody has found a time.
    pub starts: Option<LocalTime>,
    /// Whether it is cancelled.
    pub is_cancelled: bool,
}

impl When {
    pub(crate) fn of(meeting: &Meeting) -> Self {
        Self { starts: meeting.starts, is_cancelled: meeting.cancelled.is_some() }
    }

    pub(crate) fn read(sheet: &Sheet) -> Self {
        Self::of(&meeting::read_meeting(&sheet.paper).0)
    }
}

/// One meeting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingOf(pub DocumentId);

/// One meeting in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingRow {
    /// Its document.
    pub document: DocumentId,
    /// Whose course it belongs to.
    pub course: Option<DocumentId>,
    /// The citizen it is about; `None` when nobody has said their name.
    pub citizen: Option<Named>,
    /// When, where and how long.
    pub meeting: Meeting,
    /// How many topics there are.
    pub topics: usize,
    /// Whether it is over.
    pub is_past: bool,
    /// In a list: others in it at the same time, while this one is to come.
    pub overlaps: Vec<OverlapRow>,
    /// Whether I may change it.
    pub can_write: bool,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
    /// Who cancelled it, where that is known and somebody has.
    pub cancelled_by: Option<Named>,
}

impl MeetingRow {
    /// How it is named.
    pub fn when(&self) -> When {
        When::of(&self.meeting)
    }
}

impl Query for Meetings {
    type View = MeetingsView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let meetings = client.parts(self.course, Kind::Meeting).map(|(document, _)| document);
        let mut topics = client.topics_of(meetings);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> MeetingsView {
        let planned = client.planned(self.course);
        let rows = client.parts(self.course, Kind::Meeting);
        let rows = rows.map(|(document, sheet)| client.meeting_row((document, sheet), &planned));
        let over = |row: &MeetingRow| row.is_past || row.meeting.cancelled.is_some();
        let (mut past, mut upcoming): (Vec<_>, Vec<_>) = rows.partition(over);
        upcoming.sort_by_key(|row| (row.meeting.starts.is_none(), row.meeting.starts));
        past.sort_by_key(|row| std::cmp::Reverse(row.meeting.starts));
        MeetingsView { upcoming, past }
    }
}

impl Query for MeetingOf {
    type View = Option<MeetingRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([self.0]);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<MeetingRow> {
        let sheet = client.sheets.get(&self.0).filter(|sheet| !sheet.gone)?;
        (sheet.membership.kind == Kind::Meeting).then(|| client.meeting_row((self.0, sheet), &[]))
    }
}

impl Client {
    pub(crate) fn local_now(&self) -> LocalTime {
        LocalTime::of_moment(self.now.wall_ms, self.now.zone_minutes)
    }

    /// Whether I may write in a document.
    pub(crate) fn can_write(&self, sheet: &Sheet) -> bool {
        let today = self.today();
        self.me.person.is_some_and(|me| sheet.membership.may(me, today, Act::Write))
    }

    fn meeting_row(
        &self,
        (document, sheet): (DocumentId, &Sheet),
        planned: &[Planned],
    ) -> MeetingRow {
        let (meeting, _) = meeting::read_meeting(&sheet.paper);
        let (agenda, _) = meeting::read_agenda(&sheet.paper);
        let is_past = meeting.is_past(self.local_now());
        let overlaps = self.overlapping((Some(document), &meeting), planned);
        let readers = self.readers(sheet);
        let citizen = readers.iter().find(|named| named.role == Some(domain::Role::Citizen));
        MeetingRow {
            document,
            course: sheet.membership.parent,
            citizen: citizen.cloned(),
            is_past,
            overlaps: if is_past { Vec::new() } else { overlaps },
            topics: agenda.topics.len(),
            can_write: self.can_write(sheet),
            cancelled_by: meeting.cancelled.and_then(|out| out.by).map(|by| self.named(by)),
            meeting,
            readers,
        }
    }
}
