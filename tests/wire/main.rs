//! The server over real sockets: what it answers, whom it tells, whom it lets go, and how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod aside;
mod disk;
mod doors;
mod endings;
mod guesses;
mod guide;
mod nodes;
mod plain;
mod refusals;
mod room;
mod silence;
mod speaking;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use server::{Config, Pace};
use sync::Stamp;
use tests::hosted::{Course, Hosted, Staff, Visitor, folder};

/// A server with a house, a coordinator and a course with its citizen.
struct Scene {
    hosted: Hosted,
    staff: Staff,
    coordinator: Visitor,
    course: Course,
    clock: Arc<AtomicU64>,
}

impl Scene {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let (mut config, clock) = config();
        change(&mut config);
        let hosted = Hosted::start(config);
        let mut staff = Staff::first(hosted.address(), hosted.first().expect("an empty database"));
        let mut coordinator = staff.coordinator(hosted.address());
        let course = staff.course(&mut coordinator, hosted.address());
        Self { hosted, staff, coordinator, course, clock }
    }
}

/// A server that knows no hurry, and a clock in the test's own hand.
fn config() -> (Config, Arc<AtomicU64>) {
    let clock = Arc::new(AtomicU64::new(1_800_000_000));
    let hands = clock.clone();
    let mut config = Config::sqlite(folder("wire"));
    config.clock = Arc::new(move || Stamp { seconds: hands.load(Ordering::Relaxed) });
    config.limits.pace = Pace { frames: 100_000.0, bytes: 1e9, saved_seconds: 10.0 };
    (config, clock)
}
