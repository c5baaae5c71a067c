//! Chance: the operating system's own source, asked in one place.

use std::io;

/// As many random bytes as wanted.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], io::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}
