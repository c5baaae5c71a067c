//! What the app does by itself and no first screen waits for. It comes with the tools: what is held back is done when
//! its time has come, what of mine has lost is noted, the guide is asked for, summaries are held against the log, and
//! what must be merged anew is. Nothing here but [`Tools::all`] names it, and only the part of the program that has
//! it calls that. Until then what the disk says of it waits unread, and nothing of it is done.

use std::fmt;

use sync::message::Placed;
use trust::DocumentId;

use crate::client::Client;
use crate::effect::Row;
use crate::{guide, held, next, overruled};

/// The tools, as the part of the program that has them hands them over.
#[derive(Clone, Copy)]
pub struct Tools(&'static dyn ByItself);

/// Some of a document's records as they were asked for: through which position, and whether that is all.
pub(crate) type Filling = (DocumentId, Vec<Placed>, (u64, bool));

/// What comes with the tools.
trait ByItself: Sync {
    /// Does what is due, at the beginning of the end of every verb. Answers when there is more to do.
    fn tick(&self, client: &mut Client) -> Option<u64>;
    /// Takes in a note of theirs, from the disk or from another tab.
    fn take_note(&self, client: &mut Client, row: &Row);
    /// The server has let this device in.
    fn welcomed(&self, client: &mut Client);
    /// Records have come that were asked for.
    fn filled(&self, client: &mut Client, filling: Filling);
    /// Rows have come from the disk, by the number they were asked for. Whether it was this that asked.
    fn loaded(&self, client: &mut Client, number: u64, rows: &[Row]) -> bool;
}

/// How the names of notes begin that only the tools can read.
const NOTES: [&[u8]; 4] = [held::NOTE, overruled::NOTE, next::NOTE, guide::NOTE];

struct All;

impl ByItself for All {
    fn tick(&self, client: &mut Client) -> Option<u64> {
        let held = client.tick_held();
        client.tick_overruled();
        let filling = client.tick_filling();
        client.tick_rebuilding();
        held.into_iter().chain(filling).min()
    }

    fn take_note(&self, client: &mut Client, row: &Row) {
        client.take_held(row);
        client.take_overruled(row);
        client.take_skipped(row);
        client.take_guide(row);
    }

    fn welcomed(&self, client: &mut Client) {
        client.ask_for_guide();
    }

    fn filled(&self, client: &mut Client, (document, records, how_far): Filling) {
        client.filled(document, records, how_far);
    }

    fn loaded(&self, client: &mut Client, number: u64, rows: &[Row]) -> bool {
        client.rebuild(number, rows)
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
        if self.connected_ms.is_some() {
            tools.0.welcomed(self);
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

    pub(crate) fn welcome_tools(&mut self) {
        if let Some(tools) = self.tools {
            tools.0.welcomed(self);
        }
    }

    pub(crate) fn fill_by_tools(&mut self, filling: Filling) {
        // Nobody else asks for any.
        if let Some(tools) = self.tools {
            tools.0.filled(self, filling);
        }
    }

    pub(crate) fn is_for_tools(&mut self, number: u64, rows: &[Row]) -> bool {
        self.tools.is_some_and(|tools| tools.0.loaded(self, number, rows))
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
