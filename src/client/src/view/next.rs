//! What could be done next, once there is a goal: one thing at a time, until it is done or skipped.

use documents::{course, network};
use trust::{DocumentId, Kind};

use crate::client::{Client, Query, Topic};
use crate::next::NextStep;
use crate::sheet::Sheet;

/// What could be done next in a course?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Next {
    /// The course.
    pub course: DocumentId,
}

impl Query for Next {
    /// Nothing before the first goal, nor when everything has been done or skipped.
    type View = Option<NextStep>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let kinds = [Kind::LifeArea, Kind::Network, Kind::Meeting].into_iter();
        let parts = kinds.flat_map(|kind| client.parts(Some(self.course), kind));
        let mut topics = client.topics_of(parts.map(|(document, _)| document));
        topics.extend([Topic::Skipped, Topic::Clock]);
        topics
    }

    fn look(&self, client: &Client) -> Option<NextStep> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        if !client.can_write(sheet) || client.goals(Some(self.course)).is_empty() {
            return None;
        }
        NextStep::ALL.into_iter().find(|step| {
            !client.has_skipped(self.course, *step) && !client.has_done(self.course, *step, sheet)
        })
    }
}

impl Client {
    fn has_done(&self, course: DocumentId, step: NextStep, sheet: &Sheet) -> bool {
        match step {
            NextStep::Dream => !course::read(&sheet.paper).0.dreams.is_empty(),
            // The coordinator stands on the map without anybody having put them there.
            NextStep::Person => self.parts(Some(course), Kind::Network).any(|(_, sheet)| {
                network::read(&sheet.paper).0.people.iter().any(|person| person.who.is_none())
            }),
            NextStep::Meeting => self.parts(Some(course), Kind::Meeting).next().is_some(),
        }
    }
}
