//! Random histories in Town: `sim --seed 7 --steps 5000`, or without a seed the figure: 100,000 operations in all,
//! also when only the smaller volumes are wanted, because 10,000 found nothing where 100,000 found words that were
//! lost. Every seed is run twice, in the smaller volume one in four.
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
    let is_quick = std::env::var_os("MEDSPIL_QUICK").is_some();
    let held = match number("--seed") {
        Some(seed) if is_hostile => hostile(Seed(seed), number("--steps").unwrap_or(STEPS)).0,
        Some(seed) => one(Seed(seed), number("--steps").unwrap_or(STEPS)),
        None if is_hostile => hostile_figure(HOSTILE_SEEDS_WHOLE_AND_QUICK[usize::from(is_quick)]),
        None => figure(SEEDS, is_quick),
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

/// Runs half of the seeds on each of two threads.
fn figure(seeds: u64, is_quick: bool) -> bool {
    let is_repeated = move |seed: u64| !is_quick || (seed / 2).is_multiple_of(4);
    let run = |first: u64| {
        thread::spawn(move || {
            let seeds = (first..=seeds).step_by(2);
            seeds.map(|seed| lived(Seed(seed), is_repeated(seed))).collect::<Vec<_>>()
        })
    };
    let threads = [run(1), run(2)];
    let outcomes: Vec<(Report, Option<bool>)> =
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect();
    let operations: u64 = outcomes.iter().map(|(report, _)| report.operations).sum();
    let acknowledged: usize = outcomes.iter().map(|(report, _)| report.acknowledged).sum();
    let lost: usize = outcomes.iter().map(|(report, _)| report.lost.len()).sum();
    let apart = outcomes.iter().filter(|(report, _)| !report.converged).count();
    let repeated = outcomes.iter().filter_map(|(_, same)| *same);
    let (twice, unlike) = (repeated.clone().count(), repeated.filter(|same| !same).count());
    let wanted = seeds * STEPS;
    let held = operations == wanted && lost + apart + unlike == 0 && acknowledged > 0 && twice > 0;
    println!(
        "figure: town | {operations} operations over {seeds} seeds, {twice} of them run twice: {unlike} traces \
         unlike, {apart} not converged, {lost} of {acknowledged} acknowledged lost | {wanted} operations, \
         same trace twice, all converge, none lost | {}",
        if held { "held" } else { "missed" }
    );
    held
}

/// What came of a history, and whether it went the same way the second time, if there was one.
fn lived(seed: Seed, is_repeated: bool) -> (Report, Option<bool>) {
    let report = live_through(seed, STEPS);
    let same = is_repeated.then(|| live_through(seed, STEPS).trace == report.trace);
    (report, same)
}
