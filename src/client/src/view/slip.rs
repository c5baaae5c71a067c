//! One agreement on a small paper: what was promised, and whom to call about it.

use domain::ItemId;
use trust::DocumentId;

use super::people::{Named, WhomToCall};
use super::plan::AgreementRow;
use crate::client::{Client, Query, Topic};

/// One agreement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlipOf {
    /// The document of its life area.
    pub document: DocumentId,
    /// Its name.
    pub agreement: ItemId,
}

/// An agreement for a small paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SlipView {
    /// The agreement.
    pub row: AgreementRow,
    /// The goal it belongs to, in the citizen's words; empty for none.
    pub goal: String,
    /// Whom to call.
    pub coordinator: Option<Named>,
}

impl Query for SlipOf {
    type View = Option<SlipView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([self.document]);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<SlipView> {
        let sheet = client.sheets.get(&self.document).filter(|sheet| !sheet.gone)?;
        let course = sheet.membership.parent?;
        let all = client.agreements(Some(course)).into_iter();
        let row = all
            .into_iter()
            .find(|row| (row.document, row.id) == (self.document, self.agreement))?;
        let mut titles = client.goal_titles(Some(course)).into_iter();
        let goal = titles.find(|(goal, _)| Some(*goal) == row.goal);
        let coordinator = WhomToCall { course }.look(client).into_iter().next();
        Some(SlipView { goal: goal.map(|(_, title)| title).unwrap_or_default(), row, coordinator })
    }
}
