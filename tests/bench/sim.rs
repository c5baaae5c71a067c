//! Random histories in Town: `sim --seed 7 --steps 5000`, or without a seed the figure: every seed
//! twice, 100,000 operations in all, also when only the smaller volumes are wanted: 10,000 found
//! nothing where 100,000 found words that were lost.
#![expect(clippy::print_stdout, reason = "the figure is what this program is for")]

use std::process::ExitCode;
use std::thread;

use tests::{Report, Seed, live_through};

const STEPS: u64 = 2_500;
const SEEDS: u64 = 40;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let number = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1)?.parse::<u64>().ok()
    };
    let held = match number("--seed") {
        Some(seed) => one(Seed(seed), number("--steps").unwrap_or(STEPS)),
        None => figure(SEEDS),
    };
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn one(seed: Seed, steps: u64) -> bool {
    let report = live_through(seed, steps);
    println!("{report:#?}");
    report.converged && report.lost.is_empty()
}

/// Runs every seed twice, half of the seeds on each of two threads.
fn figure(seeds: u64) -> bool {
    let run = |first: u64| {
        thread::spawn(move || {
            (first..=seeds).step_by(2).map(|seed| twice(Seed(seed))).collect::<Vec<_>>()
        })
    };
    let threads = [run(1), run(2)];
    let outcomes: Vec<(Report, bool)> =
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect();
    let operations: u64 = outcomes.iter().map(|(report, _)| report.operations).sum();
    let acknowledged: usize = outcomes.iter().map(|(report, _)| report.acknowledged).sum();
    let lost: usize = outcomes.iter().map(|(report, _)| report.lost.len()).sum();
    let apart = outcomes.iter().filter(|(report, _)| !report.converged).count();
    let unlike = outcomes.iter().filter(|(_, same)| !same).count();
    let wanted = seeds * STEPS;
    let held = operations == wanted && lost + apart + unlike == 0 && acknowledged > 0;
    println!(
        "figure: town | {operations} operations over {seeds} seeds run twice: {unlike} traces unlike, \
         {apart} not converged, {lost} of {acknowledged} acknowledged lost | {wanted} operations, \
         same trace twice, all converge, none lost | {}",
        if held { "held" } else { "missed" }
    );
    held
}

fn twice(seed: Seed) -> (Report, bool) {
    let report = live_through(seed, STEPS);
    let same = live_through(seed, STEPS).trace == report.trace;
    (report, same)
}
