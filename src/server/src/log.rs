//! What the server says to its operator: lines on standard error, never a name, a code, an address
//! or anything that somebody wrote.

use std::fmt::{self, Display};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

/// Writes one line: the seconds since 1970-01-01 UTC, and the sentence.
pub(crate) fn line(sentence: impl Display) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_secs());
    eprintln!("{seconds} {sentence}");
}

/// 8 hexadecimal digits that stand for a device, a person or a document in the log: enough to
/// follow one through a day, and no way back to the name.
pub(crate) struct Short([u8; 4]);

impl Short {
    pub(crate) fn of(name: &[u8]) -> Self {
        let hash: [u8; 32] = Sha256::digest(name).into();
        Self([hash[0], hash[1], hash[2], hash[3]])
    }
}

impl Display for Short {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}
