//! Town: many apps and a hub in one plain test, with a network and disks that fail by a seed.
//!
//! Nothing here knows what a goal is: it performs what the clients ask for, as `browser` and
//! `server` do, in a time of its own. The same seed gives the same trace.

mod app;
mod chance;
pub mod cluster;
mod device;
mod devices;
mod disks;
mod foreign;
mod happening;
mod history;
pub mod hosted;
pub mod hostile;
mod hub;
mod later_half;
pub mod pen;
pub mod silent;
mod sleep;
pub mod small_disk;
mod staff;
mod town;
mod trace;
mod watch;
mod witness;

pub use app::{App, Disk, Stuck};
pub use chance::Seed;
pub use device::Faults;
pub use history::{HostileReport, Report, live_through, live_through_hostility, watch_through};
pub use town::{Town, Walker};
pub use witness::Witness;
