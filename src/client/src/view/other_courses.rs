//! What a citizen is asked when somebody begins another course in her name.

use trust::DocumentId;

use super::people::Named;
use crate::client::{Client, Query, Topic};

/// Is there another course about me than mine?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OtherCourses;

/// A course about me that is not the one I write in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherCourse {
    /// Which.
    pub course: DocumentId,
    /// Who is in it beside me.
    pub people: Vec<Named>,
}

impl Query for OtherCourses {
    type View = Vec<OtherCourse>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of([])
    }

    fn look(&self, client: &Client) -> Vec<OtherCourse> {
        let others = client.other_courses().into_iter();
        others
            .map(|(course, sheet)| {
                let people = client.readers(sheet).into_iter().filter(|named| !named.is_me);
                OtherCourse { course, people: people.collect() }
            })
            .collect()
    }
}
