//! What has been promised in a course, across all its life areas: others' promises to the citizen first.

use std::cmp::Reverse;

use domain::{AgreementState, Doer};
use trust::{DocumentId, Kind};

use super::people::Named;
use super::plan::AgreementRow;
use crate::client::{Client, Query, Topic, who};

/// The promises of a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Promises {
    /// The course.
    pub course: DocumentId,
}

/// The promises of a course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PromisesView {
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// What others have promised and somebody still has to do: broken ones first, then overdue ones, then by
    /// day.
    pub of_others: Vec<AgreementRow>,
    /// What the citizen has promised, likewise.
    pub of_citizen: Vec<AgreementRow>,
    /// Kept, done anew or dropped; those of the newest day first.
    pub over: Vec<AgreementRow>,
}

impl Query for Promises {
    type View = Option<PromisesView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let areas = client.parts(Some(self.course), Kind::LifeArea).map(|(document, _)| document);
        let mut topics = client.topics_of(areas);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<PromisesView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let citizen = client.citizen_of(sheet).map(|citizen| client.named(who(citizen)));
        let (mut waiting, mut over): (Vec<_>, Vec<_>) = client
            .agreements(Some(self.course))
            .into_iter()
            .partition(|agreement| agreement.state.is_open());
        waiting.sort_by_key(AgreementRow::urgency);
        over.sort_by_key(|agreement| Reverse(agreement.history.last().map(|change| change.day)));
        let (of_citizen, of_others) = waiting.into_iter().partition(|agreement| {
            let who = citizen.as_ref().map(|citizen| citizen.who);
            who.is_some_and(|who| agreement.promised_by == Doer::Member(who))
        });
        Some(PromisesView { citizen, of_others, of_citizen, over })
    }
}

impl AgreementRow {
    /// Whether somebody should take it up now: it was broken, or its day is over.
    pub(crate) fn is_urgent(&self) -> bool {
        self.state == AgreementState::NotKept || self.is_overdue
    }

    /// Broken ones come first, then overdue ones, then the others; without regard to the day.
    pub(crate) fn standing(&self) -> impl Ord + use<> {
        (self.state != AgreementState::NotKept, !self.is_overdue)
    }

    /// Of those that stand alike the one that is due first.
    pub(crate) fn urgency(&self) -> impl Ord + use<> {
        (self.standing(), self.by_day.is_none(), self.by_day, self.id)
    }
}
