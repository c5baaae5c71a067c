//! Nobody should wonder whether it hangs: whatever takes more than two seconds says so, with the
//! seconds, on stderr.
use anyhow::Result;
use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// What takes less than this is done before anybody asks.
const SILENT: Duration = Duration::from_secs(2);
/// How often a line is written where the last one cannot be overwritten (a log).
const LOG_EVERY: Duration = Duration::from_secs(20);

/// Does the work, with a running count of seconds beside `name` while it lasts.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let result = std::thread::scope(|scope| {
        let (done, waiting) = channel();
        scope.spawn(move || count(name, start, &waiting));
        let result = work();
        drop(done);
        result
    });
    if result.is_ok() {
        finished(name, start);
    }
    result
}

/// Does work that itself writes to the terminal (cargo, apt-get): a line before and a line after.
pub(crate) fn speaking_step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    eprintln!("{name} …");
    let result = work();
    if result.is_ok() {
        finished(name, start);
    }
    result
}

/// One line of news.
pub(crate) fn note(line: &str) {
    eprintln!("{line}");
}

fn finished(name: &str, start: Instant) {
    if start.elapsed() > SILENT {
        eprintln!("{name}: {:.1} s", start.elapsed().as_secs_f32());
    }
}

fn count(name: &str, start: Instant, waiting: &Receiver<()>) {
    let overwrite = std::io::stderr().is_terminal();
    let mut wait = SILENT;
    while waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let seconds = start.elapsed().as_secs();
        if overwrite {
            eprint!("\r{name} … {seconds} s ");
            // Nothing depends on the count being seen.
            let _ = std::io::stderr().flush();
            wait = Duration::from_secs(1);
        } else {
            eprintln!("{name} … {seconds} s");
            wait = LOG_EVERY;
        }
    }
    if overwrite && start.elapsed() > SILENT {
        eprint!("\r\x1b[K");
    }
}
