//! What is done in a moment, unless it is taken back.

use domain::ItemId;
use trust::DocumentId;

use super::people::Named;
use crate::client::{Client, Query, Topic};
use crate::held::{End, HeldDeed, HeldId};
use crate::tool::ShareTo;

/// What is about to be shown to others?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AboutToShow;

/// What is about to be shown to others, and what was shown last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AboutToShowView {
    /// What others cannot see yet.
    pub held: Vec<HeldRow>,
    /// What they can see since the app was opened: the last there was.
    pub shown: Option<HeldRow>,
}

/// Something that others are about to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldRow {
    /// Its name.
    pub id: HeldId,
    /// What.
    pub what: HeldWhat,
    /// It could not be done. It stands until it is taken back.
    pub has_failed: bool,
}

/// What others are about to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HeldWhat {
    /// A copy of a note.
    Note {
        /// Where it goes.
        to: ShareTo,
        /// Who else can read it there.
        others: Vec<Named>,
    },
    /// Parts of life, by a consent to somebody with this name.
    Parts {
        /// What they are called on the map.
        name: String,
    },
}

impl Query for AboutToShow {
    type View = AboutToShowView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([]);
        topics.push(Topic::Held);
        topics
    }

    fn look(&self, client: &Client) -> AboutToShowView {
        let held = client.held.waiting.iter();
        AboutToShowView {
            held: held.map(|(id, held)| client.held_row(*id, &held.deed, held.end)).collect(),
            shown: client.held.done.as_ref().map(|(id, deed)| client.held_row(*id, deed, None)),
        }
    }
}

impl Client {
    fn held_row(&self, id: HeldId, deed: &HeldDeed, end: Option<End>) -> HeldRow {
        let what = match deed {
            HeldDeed::Share { notebook, note, to, .. } => HeldWhat::Note {
                to: to.clone(),
                others: self.readers_of_copy(*notebook, *note, to),
            },
            HeldDeed::Consent { network, person, .. } => {
                let map =
                    self.sheets.get(network).map(|sheet| documents::network::read(&sheet.paper).0);
                let people = map.map(|map| map.people).unwrap_or_default();
                let found = people.into_iter().find(|found| found.id == *person);
                let name = found.map(|found| domain::legible(&found.name.text));
                HeldWhat::Parts { name: name.unwrap_or_default() }
            }
        };
        HeldRow { id, what, has_failed: end == Some(End::Failed) }
    }

    fn readers_of_copy(&self, document: DocumentId, note: ItemId, to: &ShareTo) -> Vec<Named> {
        let share = super::ShareOf { document, note }.look(self);
        let targets = share.map(|share| share.targets).unwrap_or_default();
        targets.into_iter().find(|target| target.to == *to).map(|it| it.others).unwrap_or_default()
    }
}
