//! How many files this process may open.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// What is counted on where nobody says.
const USUALLY: u64 = 1024;

/// As many as the operator lets it: what is set at first is less on many machines.
pub(crate) fn may_open() -> u64 {
    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return USUALLY };
    match setrlimit(Resource::RLIMIT_NOFILE, hard, hard) {
        Ok(()) => hard,
        Err(_) => soft,
    }
}
