//! What the server says to its operator: lines on standard error, never a name, an identifier, a code,
//! an address or anything that somebody wrote.

use std::fmt::Display;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::trouble::Trouble;

/// The same trouble is not said again for so long: whoever meets it once a millisecond fills a disk with it.
const AGAIN: Duration = Duration::from_secs(10);

/// Writes one line about what went wrong, unless the last one said the same.
pub(crate) fn trouble(trouble: &Trouble) {
    static LAST: Mutex<Option<(String, Instant)>> = Mutex::new(None);
    let sentence = trouble.to_string();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let said = |(before, at): &(String, Instant)| *before == sentence && at.elapsed() < AGAIN;
    if !last.as_ref().is_some_and(said) {
        line(&sentence);
        *last = Some((sentence, Instant::now()));
    }
}

/// Writes one line: the seconds since 1970-01-01 UTC, and the sentence.
pub(crate) fn line(sentence: impl Display) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_secs());
    eprintln!("{seconds} {sentence}");
}
