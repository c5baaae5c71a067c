//! An open place: anybody can come or call, and nobody has to send them.

use super::{Hours, Words};

/// A place or a line where anybody can get help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenPlace {
    /// Its name in the file.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What for.
    pub what_for: Words,
    /// Where it is; empty for one that is only called.
    pub address: String,
    /// A telephone number; empty for none.
    pub phone: String,
    /// When it is open; `None` where the municipality has not said.
    pub hours: Option<Hours>,
}
