//! The plan: goals in the citizen's own words, by life area, and the small steps towards them.

use crate::{Agreement, ItemId, Removed, SelfAssessment, Source, Who, Written};

/// A part of life, by its key in the programme: `housing`, `money`, …
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LifeArea(String);

/// What stands in the document of one life area.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AreaPlan {
    /// Which area; `None` when the document does not say (yet).
    pub area: Option<LifeArea>,
    /// Goals, in the citizen's order.
    pub goals: Vec<Goal>,
    /// Agreements, the one due first in front.
    pub agreements: Vec<Agreement>,
    /// What has been said of how it goes, the oldest first.
    pub assessments: Vec<SelfAssessment>,
    /// Goals that were thrown out.
    pub removed_goals: Vec<Goal>,
    /// Milestones that were thrown out.
    pub removed_milestones: Vec<Milestone>,
    /// Steps that were thrown out.
    pub removed_steps: Vec<Step>,
    /// Agreements that were thrown out.
    pub removed_agreements: Vec<Agreement>,
    /// Assessments that were thrown out.
    pub removed_assessments: Vec<SelfAssessment>,
}

/// Something the citizen wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Goal {
    /// Its name.
    pub id: ItemId,
    /// In the citizen's words.
    pub title: Written,
    /// Milestones on the way, in the citizen's order.
    pub milestones: Vec<Milestone>,
    /// Small steps, in order.
    pub steps: Vec<Step>,
    /// When it was reached, in milliseconds since 1970-01-01 UTC.
    pub reached_ms: Option<i64>,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// Whose words it is; `None` when nobody has said.
    pub said: Option<Source>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// A part of a goal that can be reached by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Milestone {
    /// Its name.
    pub id: ItemId,
    /// In the citizen's words.
    pub text: Written,
    /// When it was reached, in milliseconds since 1970-01-01 UTC.
    pub reached_ms: Option<i64>,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// Whose words it is; `None` when nobody has said.
    pub said: Option<Source>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// A small step towards a goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Its name.
    pub id: ItemId,
    /// What is to be done.
    pub text: Written,
    /// When it was done, in milliseconds since 1970-01-01 UTC.
    pub done_ms: Option<i64>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

impl LifeArea {
    /// An area by its key: small letters, digits and `_`, 1 to 40 of them. `None` for any other.
    pub fn from_key(key: &str) -> Option<Self> {
        let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let fits = (1..=40).contains(&key.len()) && key.bytes().all(sign);
        fits.then(|| Self(key.to_owned()))
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl Goal {
    /// How many of its steps are done, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let done = self.steps.iter().filter(|step| step.done_ms.is_some()).count();
        (done, self.steps.len())
    }
}
