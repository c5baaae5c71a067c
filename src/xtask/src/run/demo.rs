//! The demo that `run` opens: a citizen in a course, a coordinator, a meeting next week with two topics,
//! and two goals. It is made through `client`, like everything people write, by a program of its own.
use anyhow::{Result, bail};

/// Refuses as long as there is nothing that makes the demo.
pub(super) fn is_possible() -> Result<()> {
    bail!(
        "There is no demo yet. `cargo xtask run --empty` starts Medspil without one and prints the \
         first invitation."
    )
}
