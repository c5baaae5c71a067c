//! Keeps and forwards bytes, and checks who may.
//!
//! All rules are in `sync` and `trust`; this room only holds rows, sockets and limits. [`serve`]
//! starts a server on a listener and returns; [`Running::stop`] ends it with everything on disk.

#![expect(clippy::disallowed_methods, reason = "time and chance come in here and in `browser`")]

mod accept;
mod audience;
mod beginning;
mod block;
mod body;
mod budget;
mod chains;
mod challenge;
mod chance;
mod exchange;
mod files;
mod guide;
mod hub;
mod keeper;
mod kept_files;
mod line;
mod log;
mod operator;
mod places;
mod posts;
mod presence;
mod router;
mod serve;
mod site;
mod socket;
pub mod store;
mod trouble;
mod wake;
mod watched;

pub use budget::Pace;
pub use keeper::Clock;
pub use operator::{invite_lead, restored};
pub use serve::{Config, Database, Limits, Running, serve, system_clock};
pub use trouble::Trouble;
pub use wake::Wake;
