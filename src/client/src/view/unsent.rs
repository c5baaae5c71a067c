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
        client.unsent.rows.get(&self.place).map(|row| row.words.clone()).unwrap_or_default()
    }
}

/// What stands in the box of a text at this place and could not be written, and what it was made of?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotWritten {
    /// As in [`Command::KeepNotWritten`](crate::Command::KeepNotWritten).
    pub place: String,
}

impl Query for NotWritten {
    type View = Option<(String, String)>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        Vec::new()
    }

    fn look(&self, client: &Client) -> Self::View {
        let row = client.unsent.rows.get(&self.place)?;
        Some((row.words.clone(), row.base.clone()?))
    }
}
