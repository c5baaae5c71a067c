//! The first things to do once there is a goal, one at a time. Each can be skipped, which this device
//! remembers; nobody else is told.

use trust::DocumentId;

use crate::client::{Client, Topic};
use crate::effect::Row;
use crate::run::Outcome;
use crate::stored::read;

pub(crate) const NOTE: &[u8] = b"skipped/";

/// What could be done next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NextStep {
    /// Write a dream.
    Dream,
    /// Put somebody on the network map.
    Person,
    /// Find a time for a meeting.
    Meeting,
}

impl NextStep {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Dream, Self::Person, Self::Meeting];

    fn key(self) -> &'static [u8] {
        match self {
            Self::Dream => b"dream",
            Self::Person => b"person",
            Self::Meeting => b"meeting",
        }
    }
}

/// What is remembered as skipped: `<course><step>`, as the notes on the disk are named.
pub(crate) type Skipped = Vec<Vec<u8>>;

fn name(course: DocumentId, step: NextStep) -> Vec<u8> {
    [course.0.as_slice(), step.key()].concat()
}

impl Client {
    /// It is not to be offered any more, or after all.
    pub(crate) fn skip(&mut self, (course, step): (DocumentId, NextStep), skips: bool) -> Outcome {
        let name = name(course, step);
        self.keep_note(&[NOTE, &name].concat(), &skips);
        self.remember_skipped(name, skips);
        Ok(None)
    }

    pub(crate) fn has_skipped(&self, course: DocumentId, step: NextStep) -> bool {
        self.skipped.contains(&name(course, step))
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_skipped(&mut self, row: &Row) {
        if let Some(name) = row.key.strip_prefix(NOTE) {
            let skips = read::<bool>(&row.value).unwrap_or_default();
            self.remember_skipped(name.to_vec(), skips);
        }
    }

    fn remember_skipped(&mut self, name: Vec<u8>, skips: bool) {
        self.skipped.retain(|other| *other != name);
        if skips {
            self.skipped.push(name);
        }
        self.changed(Topic::Skipped);
    }
}
