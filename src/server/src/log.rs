//! What the server says to its operator: lines on standard error, never a name, an identifier, a code,
//! an address or anything that somebody wrote.

use std::fmt::Display;
use std::time::{SystemTime, UNIX_EPOCH};

/// Writes one line: the seconds since 1970-01-01 UTC, and the sentence.
pub(crate) fn line(sentence: impl Display) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_secs());
    eprintln!("{seconds} {sentence}");
}
