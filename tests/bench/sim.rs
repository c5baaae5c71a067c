//! Random histories in Town: `sim --seed 7 --steps 5000`, or without a seed the figure: every seed
//! twice, 100,000 operations in all, also when only the smaller volumes are wanted: 10,000 found
//! nothing where 100,000 found words that were lost.
#![expect(clippy::print_stdout, reason = "the figure is what this program is for")]

use std::process::ExitCode;
use std::thread;

use tests::{HostileReport, Report, Seed, live_through, live_through_hostility};

const STEPS: u64 = 2_500;
const SEEDS: u64 = 40;
/// Of histories in which one member means harm: 50,000 operations, or 5,000.
const HOSTILE_SEEDS_WHOLE_AND_QUICK: [u64; 2] = [20, 2];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let number = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1)?.parse::<u64>().ok()
    };
    let is_hostile = words.iter().any(|word| word == "--hostile");
    let held = match number("--seed") {
        Some(seed) if is_hostile => hostile(Seed(seed), number("--steps").unwrap_or(STEPS)).0,
        Some(seed) => one(Seed(seed), number("--steps").unwrap_or(STEPS)),
        None if is_hostile => hostile_figure(
            HOSTILE_SEEDS_WHOLE_AND_QUICK[usize::from(std::env::var_os("MEDSPIL_QUICK").is_some())],
        ),
        None => figure(SEEDS),
    };
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn one(seed: Seed, steps: u64) -> bool {
    let report = live_through(seed, steps);
    println!("{report:#?}");
    report.converged && report.lost.is_empty()
}

/// Whether everybody else went on as if there were no adversary, and what came of it.
fn hostile(seed: Seed, steps: u64) -> (bool, HostileReport) {
    let hostile = live_through_hostility(seed, steps);
    let HostileReport { report, given_away, told, .. } = &hostile;
    let unharmed = report.converged && report.lost.is_empty() && given_away.is_empty();
    let held = unharmed && report.acknowledged > 0 && *told > 0;
    if !held {
        println!("{seed:?}: {hostile:#?}");
    }
    (held, hostile)
}

fn hostile_figure(seeds: u64) -> bool {
    let run = |first: u64| {
        thread::spawn(move || {
            (first..=seeds).step_by(2).map(|seed| hostile(Seed(seed), STEPS)).collect::<Vec<_>>()
        })
    };
    let threads = [run(1), run(2)];
    let outcomes: Vec<(bool, HostileReport)> =
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect();
    let all = || outcomes.iter().map(|(_, hostile)| hostile);
    let operations: u64 = all().map(|hostile| hostile.report.operations).sum();
    let acknowledged: usize = all().map(|hostile| hostile.report.acknowledged).sum();
    let lost: usize = all().map(|hostile| hostile.report.lost.len()).sum();
    let apart = all().filter(|hostile| !hostile.report.converged).count();
    let given: usize = all().map(|hostile| hostile.given_away.len()).sum();
    let deeds: u64 = all().map(|hostile| hostile.deeds).sum();
    let unnamed = all().filter(|hostile| hostile.told == 0).count();
    let held = operations == seeds * STEPS && outcomes.iter().all(|(held, _)| *held);
    println!(
        "figure: hostile-town | {operations} operations over {seeds} seeds beside {deeds} hostile deeds: {apart} not \
         converged, {lost} of {acknowledged} acknowledged lost or hidden, {given} given away, not named on a screen in \
         {unnamed} | 50000 operations (in the small volume 5000), all converge, none lost, none given away, named in \
         each | {}",
        if held { "held" } else { "missed" }
    );
    held
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
