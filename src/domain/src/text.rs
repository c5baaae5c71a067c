//! What people write, and one keystroke of it.

use crate::Who;

/// A title holds at most this many UTF-16 units.
pub const TITLE_UNITS_MAX: u32 = 300;
/// A longer text holds at most this many UTF-16 units: 20 pages.
pub const TEXT_UNITS_MAX: u32 = 40_000;

/// A text, and who has written in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// What it says.
    pub text: String,
    /// Who has written in it, the first one first.
    pub by: Vec<Who>,
}

/// A change at one place in a text. Places are counted in UTF-16 units, as browsers count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    /// Where.
    pub at: u32,
    /// How many units are taken away there.
    pub delete: u32,
    /// What is put in instead.
    pub insert: String,
}

impl Splice {
    /// All of a new text, for a field that was empty.
    pub fn whole(text: &str) -> Self {
        Self { at: 0, delete: 0, insert: text.to_owned() }
    }
}
