//! What stood in a box before the page went away.

use crate::client::{Client, Query, Topic};

/// What stands in the box at this place and belongs to nothing yet? Asked once, when the box is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsent {
    /// As in [`Command::KeepUnsent`](crate::Command::KeepUnsent).
    pub place: String,
}

impl Query for Unsent {
    type View = String;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        Vec::new()
    }

    fn look(&self, client: &Client) -> String {
        client.unsent.words.get(&self.place).cloned().unwrap_or_default()
    }
}
