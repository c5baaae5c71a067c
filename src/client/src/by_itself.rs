//! What the tools do by themselves: what is held back is done when its time has come, and what of mine has lost is
//! noted. The tools come later than the first screen, so nothing here but [`Tools::new`] names one of them, and only
//! the part of the program that has them calls it. Until then what they know from the disk waits unread, and nothing
//! of it is done.

use std::fmt;

use crate::client::Client;
use crate::effect::Row;
use crate::{held, next, overruled};

/// The tools, as the part of the program that has them hands them over.
#[derive(Clone, Copy)]
pub struct Tools(&'static dyn ByItself);

/// What they do by themselves.
trait ByItself: Sync {
    /// Does what is due, at the beginning of the end of every verb. Answers when there is more to do.
    fn tick(&self, client: &mut Client) -> Option<u64>;
    /// Takes in a note of theirs, from the disk or from another tab.
    fn take_note(&self, client: &mut Client, row: &Row);
}

/// How the names of notes begin that only the tools can read.
const NOTES: [&[u8]; 3] = [held::NOTE, overruled::NOTE, next::NOTE];

struct All;

impl ByItself for All {
    fn tick(&self, client: &mut Client) -> Option<u64> {
        let due = client.tick_held();
        client.tick_overruled();
        due
    }

    fn take_note(&self, client: &mut Client, row: &Row) {
        client.take_held(row);
        client.take_overruled(row);
        client.take_skipped(row);
    }
}

impl Tools {
    /// All of them. Whoever calls this has them in its part of the program.
    #[must_use]
    pub fn all() -> Self {
        Self(&All)
    }
}

/// There are no others.
impl PartialEq for Tools {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Tools {}

impl fmt::Debug for Tools {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Tools")
    }
}

impl Client {
    /// The tools are here. What was known of theirs is read now.
    pub(crate) fn have_tools(&mut self, tools: Tools) {
        self.tools = Some(tools);
        for row in std::mem::take(&mut self.unread_notes) {
            tools.0.take_note(self, &row);
        }
    }

    /// Whoever does something with a tool has them.
    pub(crate) fn surely_have_tools(&mut self) {
        if self.tools.is_none() {
            self.have_tools(Tools::all());
        }
    }

    pub(crate) fn tick_tools(&mut self) -> Option<u64> {
        self.tools.and_then(|tools| tools.0.tick(self))
    }

    /// Takes in a row from the disk or from another tab, if it is one of theirs: now, or when they are here.
    pub(crate) fn take_note_of_tools(&mut self, row: &Row) {
        if !NOTES.iter().any(|note| row.key.starts_with(note)) {
            return;
        }
        match self.tools {
            Some(tools) => tools.0.take_note(self, row),
            None => {
                self.unread_notes.retain(|before| before.key != row.key);
                self.unread_notes.push(row.clone());
            }
        }
    }

    /// Whether something waits to be shown to others, as far as that can be read.
    pub(crate) fn is_holding(&self) -> bool {
        let waits = |row: &Row| row.key.starts_with(held::NOTE) && !row.value.is_empty();
        self.held.waiting.values().any(|held| held.end.is_none())
            || self.unread_notes.iter().any(waits)
    }
}
