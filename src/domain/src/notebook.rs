//! "Kun mig": the citizen's own notes and drafts, and what became of copies of them.

use crate::{DocumentName, ItemId, Removed, Written};

/// A notebook holds at most this many notes.
pub const NOTES_MAX: usize = 300;

/// What stands in a notebook.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notebook {
    /// Notes, the newest first.
    pub notes: Vec<Note>,
    /// Notes that were thrown out.
    pub removed: Vec<Note>,
}

/// Something the citizen wrote for nobody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Its name.
    pub id: ItemId,
    /// In the citizen's words.
    pub text: Written,
    /// When it was begun, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Copies that were put where others can read them, the first one first. The note stays as it is.
    pub copies: Vec<NoteCopy>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// A copy of a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteCopy {
    /// The name of the copying, not of the copy.
    pub id: ItemId,
    /// What it became; `None` for something that this app does not know.
    pub became: Option<Became>,
    /// The document it stands in.
    pub document: Option<DocumentName>,
    /// Its own name there.
    pub item: Option<ItemId>,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

/// What a copy of a note became.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Became {
    /// A dream.
    Dream,
    /// A topic on an agenda.
    Topic,
    /// A goal.
    Goal,
}

impl Became {
    /// Everything it can become.
    pub const ALL: [Self; 3] = [Self::Dream, Self::Topic, Self::Goal];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Dream => "dream",
            Self::Topic => "topic",
            Self::Goal => "goal",
        }
    }

    /// Reads what [`Became::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|became| became.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_copy_became_is_read_as_it_was_stored() {
        assert!(Became::ALL.into_iter().all(|one| Became::from_key(one.key()) == Some(one)));
        assert_eq!(Became::from_key("poem"), None);
    }
}
