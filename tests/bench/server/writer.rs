//! An honest member beside what is measured, and how long each of their acknowledgements takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tests::hosted::Course;

/// Below the pace a device may keep up.
const WRITE_EVERY: Duration = Duration::from_millis(30);

/// Somebody who goes on writing.
pub(crate) struct Writer {
    over: Arc<AtomicBool>,
    hand: JoinHandle<Vec<Duration>>,
}

impl Writer {
    pub(crate) fn start(mut course: Course) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let ends = over.clone();
        let hand = thread::spawn(move || {
            let mut times = Vec::new();
            while !ends.load(Ordering::Relaxed) {
                let record = course.citizen.pen.write(course.document, "min bolig");
                let start = Instant::now();
                course.citizen.keep(&record);
                times.push(start.elapsed());
                thread::sleep(WRITE_EVERY);
            }
            times
        });
        Self { over, hand }
    }

    pub(crate) fn stop(self) -> Vec<Duration> {
        self.over.store(true, Ordering::Relaxed);
        self.hand.join().expect("a writer that ends")
    }
}

pub(crate) fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort();
    eprintln!("{} acknowledgements, the slowest {:?}", times.len(), times.last());
    times[times.len() * 95 / 100]
}
