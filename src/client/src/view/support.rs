//! The help that a citizen gets now, by life area, and what they got before.

use std::cmp::Reverse;

use documents::{TextField, area, support};
use domain::{Day, ItemId, LifeArea, Support, Useful};
use trust::{DocumentId, Kind};

use super::agenda::TextView;
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// All the help in a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Supports {
    /// The course.
    pub course: DocumentId,
}

/// All the help in a course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupportsView {
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// Life areas in which the citizen gets help, in the order of the programme.
    pub now: Vec<SupportArea>,
    /// What is over, whichever area it belongs to; the newest end first.
    pub before: Vec<SupportRow>,
}

/// The help in one life area.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupportArea {
    /// Which; `None` where the document does not say (yet).
    pub area: Option<LifeArea>,
    /// The help, in the order it was written down. Never empty.
    pub rows: Vec<SupportRow>,
}

/// One help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupportRow {
    /// The document of its life area.
    pub document: DocumentId,
    /// Its name.
    pub id: ItemId,
    /// The area.
    pub area: Option<LifeArea>,
    /// What it is.
    pub what: TextView,
    /// Whom it comes from.
    pub from: TextView,
    /// How often.
    pub often: TextView,
    /// Since when, where that is known.
    pub since: Option<Day>,
    /// Whether the citizen finds it useful, where they have said so.
    pub useful: Option<Useful>,
    /// The last day of it, which may be still to come.
    pub ended: Option<Day>,
    /// Whether the citizen does not get it any longer.
    pub is_over: bool,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
}

/// One help.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SupportOf {
    /// The document of its life area.
    pub document: DocumentId,
    /// Its name.
    pub support: ItemId,
}

/// One help, to write in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupportView {
    /// As in a list.
    pub row: SupportRow,
    /// Everybody who has written in it, the one who made it first.
    pub by: Vec<Named>,
    /// The course it belongs to.
    pub course: Option<DocumentId>,
    /// Whether I may write.
    pub can_write: bool,
    /// Which day it is, which a help that ends now ends on.
    pub today: Day,
}

impl Query for Supports {
    type View = Option<SupportsView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let areas = client.parts(Some(self.course), Kind::LifeArea).map(|(document, _)| document);
        let mut topics = client.topics_of(areas);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<SupportsView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let citizen = client.citizen_of(sheet).map(|citizen| client.named(who(citizen)));
        let (mut before, now): (Vec<_>, Vec<_>) =
            client.supports(self.course).into_iter().partition(|row| row.is_over);
        before.sort_by_key(|row| (Reverse(row.ended), row.id));
        let (course, _) = documents::course::read(&sheet.paper);
        let areas = course.programme.life_areas().map(Some);
        let mut areas: Vec<SupportArea> =
            areas.map(|area| SupportArea { area, rows: Vec::new() }).collect();
        for row in now {
            // Two who wrote the first thing in an area apart have made two documents of it.
            match areas.iter_mut().find(|group| group.area == row.area) {
                Some(group) => group.rows.push(row),
                None => areas.push(SupportArea { area: row.area.clone(), rows: vec![row] }),
            }
        }
        areas.retain(|group| !group.rows.is_empty());
        Some(SupportsView { citizen, now: areas, before })
    }
}

impl Query for SupportOf {
    type View = Option<SupportView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([self.document]);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<SupportView> {
        let sheet = client.sheets.get(&self.document).filter(|sheet| !sheet.gone)?;
        let area = area::read(&sheet.paper).0.area;
        let all = support::read(&sheet.paper).0.supports.into_iter();
        let found = all.into_iter().find(|support| support.id == self.support)?;
        let mut by = found.what.by.clone();
        by.extend(found.from.by.iter().chain(&found.often.by).copied());
        let mut named: Vec<Named> = Vec::new();
        for who in by {
            if named.iter().all(|known| known.who != who) {
                named.push(client.named(who));
            }
        }
        Some(SupportView {
            row: client.support_row((self.document, area), &client.readers(sheet), found),
            by: named,
            course: sheet.membership.parent,
            can_write: client.can_write(sheet),
            today: client.local_now().day,
        })
    }
}

impl Client {
    pub(crate) fn supports(&self, course: DocumentId) -> Vec<SupportRow> {
        let of = |(document, sheet): (DocumentId, &Sheet)| {
            let readers = self.readers(sheet);
            let area = area::read(&sheet.paper).0.area;
            let all = support::read(&sheet.paper).0.supports.into_iter();
            let row = |support| self.support_row((document, area.clone()), &readers, support);
            all.map(row).collect::<Vec<_>>()
        };
        self.parts(Some(course), Kind::LifeArea).flat_map(of).collect()
    }

    fn support_row(
        &self,
        (document, area): (DocumentId, Option<LifeArea>),
        readers: &[Named],
        support: Support,
    ) -> SupportRow {
        let id = support.id;
        let is_over = support.is_over(self.local_now().day);
        SupportRow {
            document,
            id,
            area,
            what: self.text_view(TextField::SupportWhat(id), support.what),
            from: self.text_view(TextField::SupportFrom(id), support.from),
            often: self.text_view(TextField::SupportOften(id), support.often),
            since: support.since,
            useful: support.useful,
            ended: support.ended,
            is_over,
            readers: readers.to_vec(),
        }
    }
}
