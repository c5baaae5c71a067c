//! Meetings at the same time as another: nobody can be at both.

use documents::meeting;
use domain::{LocalTime, Meeting};
use trust::{DocumentId, Kind};

use super::people::Named;
use crate::client::{Client, Query, Topic, who};

/// Which meetings that I know of are at the same time as one that is being planned?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overlaps {
    /// When that begins.
    pub starts: LocalTime,
    /// How long it lasts.
    pub minutes: u16,
    /// Its own document, where it has one.
    pub except: Option<DocumentId>,
}

/// A meeting at the same time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OverlapRow {
    /// Its document.
    pub document: DocumentId,
    /// When it begins.
    pub starts: LocalTime,
    /// Whose it is; `None` where it is in the reader's own course.
    pub citizen: Option<Named>,
}

impl Query for Overlaps {
    type View = Vec<OverlapRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let meetings = client.parts(None, Kind::Meeting).map(|(document, _)| document);
        client.topics_of(meetings)
    }

    fn look(&self, client: &Client) -> Vec<OverlapRow> {
        let planned = Meeting {
            starts: Some(self.starts),
            minutes: Some(self.minutes),
            ..Meeting::default()
        };
        client.overlapping((self.except, &planned), &client.planned(None))
    }
}

/// A meeting that is planned, and its document.
pub(crate) type Planned = (DocumentId, Meeting);

impl Client {
    /// Every meeting with a time that was not cancelled.
    pub(crate) fn planned(&self, course: Option<DocumentId>) -> Vec<Planned> {
        let read = |(document, sheet): (DocumentId, &crate::sheet::Sheet)| {
            (document, meeting::read_meeting(&sheet.paper).0)
        };
        self.parts(course, Kind::Meeting).map(read).collect()
    }

    /// Those of them that are at the same time as this one, the first first.
    pub(crate) fn overlapping(
        &self,
        (itself, meeting): (Option<DocumentId>, &Meeting),
        planned: &[Planned],
    ) -> Vec<OverlapRow> {
        let row = |(document, other): &Planned| {
            let starts = other.starts.filter(|_| other.overlaps(meeting))?;
            let sheet = self.sheets.get(document)?;
            let citizen = self.citizen_of(sheet).map(|citizen| self.named(who(citizen)));
            let citizen = citizen.filter(|citizen| !citizen.is_me);
            Some(OverlapRow { document: *document, starts, citizen })
        };
        let others = planned.iter().filter(|(document, _)| Some(*document) != itself);
        let mut rows: Vec<OverlapRow> = others.filter_map(row).collect();
        rows.sort_by_key(|row| (row.starts, row.document));
        rows
    }
}
