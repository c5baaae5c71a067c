//! Throwing something out, and the way back: no question before, ten seconds and thirty days after.

use client::{Command, DocumentId, Thing};

use crate::hooks::Commands;
use crate::notices::Notices;
use crate::text::t;

/// Throws a thing out of its document, and tells how to take it back.
pub(crate) fn throw_out(commands: Commands, notices: Notices, thing: (DocumentId, Thing)) {
    let (document, thing) = thing;
    if commands.run(Command::ThrowOut(document, thing)).is_ok() {
        let back = move || drop(commands.run(Command::TakeBack(document, thing)));
        notices.tell_undo(t().thrown_out(), back);
    }
}
