//! What stands in boxes and belongs to nothing yet.

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
        client.unsent.get(&self.place).cloned().unwrap_or_default()
    }
}

/// What stands in the boxes of this screen and belongs to nothing yet, also when the screen has gone?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsentAt {
    /// The path of the screen.
    pub path: String,
}

/// Words in a box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsentRow {
    /// As in [`Command::KeepUnsent`](crate::Command::KeepUnsent).
    pub place: String,
    /// What stands in it.
    pub words: String,
}

impl Query for UnsentAt {
    type View = Vec<UnsentRow>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Saving]
    }

    fn look(&self, client: &Client) -> Vec<UnsentRow> {
        let here = |(place, _): &(&String, &String)| place.split(' ').next() == Some(&self.path);
        let row = |(place, words): (&String, &String)| UnsentRow {
            place: place.clone(),
            words: words.clone(),
        };
        client.unsent.iter().filter(here).map(row).collect()
    }
}
