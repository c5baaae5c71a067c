//! The ledger of what Medspil promises. Each figure is a test or a bench that anybody can run alone;
//! it prints one line, `figure: <name> | <value> | <bound> | held` (or `missed`), and this verb runs
//! them all and repeats those lines.
use crate::arguments::Arguments;
use crate::e2e::{self, Stage};
use crate::house::House;
use crate::tally::Tally;
use crate::{outside, progress};
use anyhow::{Result, bail, ensure};
use std::panic::resume_unwind;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// One promise.
struct Figure {
    name: &'static str,
    /// As the issue words it; the program that measures holds the number itself.
    bound: &'static str,
    /// The command, as typed in the root of the repository.
    command: &'static str,
    kind: Kind,
}

/// How a figure is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Once: it holds, or it does not.
    Once,
    /// No time is taken, so it may share the machine with another one of its kind: whoever counts what is lost loses
    /// no less where it is slow.
    Shared,
    /// A time with little room to its bound. Where other work goes on, as in `test`, one that misses is
    /// taken once more.
    Narrow,
}
use Kind::{Narrow, Once, Shared};

/// A new figure is one line here.
const LEDGER: &[Figure] = &[
    Figure {
        name: "town",
        bound: "same trace twice, all converge, no acknowledged edit lost",
        command: "cargo run --quiet --release --package tests --bin sim",
        kind: Shared,
    },
    Figure {
        name: "hostile-town",
        bound: "all converge, none lost or hidden, none given away, the adversary named",
        command: "cargo run --quiet --release --package tests --bin sim -- --hostile",
        kind: Shared,
    },
    Figure {
        name: "merges",
        bound: "200 merges, 0 lost texts or states, same picture on both",
        command: "cargo run --quiet --release --package tests --bin merges",
        kind: Shared,
    },
    Figure {
        name: "documents",
        bound: "0 dropped when written back",
        command: "cargo test --quiet --workspace --lib a_newer_version_wrote -- --nocapture",
        kind: Shared,
    },
    Figure {
        name: "consents",
        bound: "nothing outside a consent, withdrawn at once on the device",
        command: "cargo run --quiet --release --package tests --bin consents",
        kind: Shared,
    },
    Figure {
        name: "fuzz",
        bound: "no crash, corpus kept",
        command: "cargo xtask fuzz",
        kind: Shared,
    },
    Figure {
        name: "withdraw",
        bound: "there p95 ≤ 1 s, here at once (≤ 250 ms)",
        command: "node tests/e2e/figures/withdraw.mjs",
        kind: Once,
    },
    Figure {
        name: "first visit",
        bound: "≤ 290,000 bytes",
        command: "cargo xtask bench size",
        kind: Once,
    },
    Figure {
        name: "fan-out",
        bound: "p50 and p95 ≤ 2× a bare relay's, with records fsynced",
        command: "cargo run --quiet --release --package tests --bin server-figures -- fan-out",
        kind: Narrow,
    },
    Figure {
        name: "memory",
        bound: "≤ 20 MB with 300 connected devices",
        command: "cargo run --quiet --release --package tests --bin server-figures -- memory",
        kind: Once,
    },
    Figure {
        name: "many-documents",
        bound: "≤ 3× the first tenth; acknowledgements p95 ≤ 50 ms",
        command: "cargo run --quiet --release --package tests --bin server-figures -- many-documents",
        kind: Narrow,
    },
    Figure {
        name: "stranger",
        bound: "in by a code ≤ 5 s, acknowledgements p95 ≤ 250 ms, ≤ 150 MB, at rest after ≤ 60 s",
        command: "cargo run --quiet --release --package tests --bin server-figures -- stranger",
        kind: Narrow,
    },
    Figure {
        name: "server-kill",
        bound: "0 missing, every client's log equal",
        command: "cargo run --quiet --release --package tests --bin server-figures -- server-kill",
        kind: Shared,
    },
    Figure {
        name: "offline-edits",
        bound: "all, same order, ≤ 5 s",
        command: "node tests/e2e/figures/offline_edits.mjs",
        kind: Once,
    },
    Figure {
        name: "live",
        bound: "p95 ≤ 250 ms",
        command: "node tests/e2e/figures/live.mjs",
        kind: Once,
    },
    Figure {
        name: "browser-kill",
        bound: "no character older than 300 ms lost",
        command: "node tests/e2e/figures/browser_kill.mjs",
        kind: Once,
    },
    Figure {
        name: "two-tabs",
        bound: "nothing lost, nothing doubled",
        command: "node tests/e2e/figures/two_tabs.mjs",
        kind: Shared,
    },
    Figure {
        name: "cold-offline",
        bound: "50 of 50",
        command: "node tests/e2e/figures/cold_offline.mjs",
        kind: Shared,
    },
    Figure {
        name: "update",
        bound: "no reload, draft intact, new after the tap",
        command: "node tests/e2e/figures/update.mjs",
        kind: Shared,
    },
    Figure {
        name: "slow-3g-text",
        bound: "≤ 2.5 s",
        command: "node tests/e2e/figures/slow_3g_text.mjs",
        kind: Once,
    },
    Figure {
        name: "slow-3g-usable",
        bound: "≤ 10 s",
        command: "node tests/e2e/figures/slow_3g_usable.mjs",
        kind: Narrow,
    },
    Figure {
        name: "warm-start",
        bound: "≤ 1.5 s",
        command: "node tests/e2e/figures/warm_start.mjs",
        kind: Once,
    },
    Figure {
        name: "new-machine",
        bound: "≤ 15 minutes",
        command: "node tests/e2e/figures/new_machine.mjs",
        kind: Narrow,
    },
    Figure {
        name: "first goal",
        bound: "≤ 4 taps and ≤ 60 s",
        command: "node tests/e2e/figures/first_goal.mjs",
        kind: Once,
    },
    Figure {
        name: "keyboard",
        bound: "complete, 0 faults",
        command: "node tests/e2e/figures/keyboard.mjs",
        kind: Shared,
    },
    Figure {
        name: "axe",
        bound: "0 violations",
        command: "node tests/e2e/figures/axe.mjs",
        kind: Once,
    },
    Figure {
        name: "language",
        bound: "LIX ≤ 25, sentences ≤ 12 words, no unexplained word over 12 letters",
        command: "node tests/e2e/figures/language.mjs",
        kind: Shared,
    },
];

/// So many figures that take no time share the machine.
const AT_ONCE: usize = 2;

/// Set for every command of the ledger when only the smaller volumes are wanted.
const QUICK: &str = "MEDSPIL_QUICK";

/// The verb `figures`.
pub(crate) fn run(house: &House, mut arguments: Arguments) -> Result<()> {
    let quick = arguments.flag("--quick");
    let name = arguments.word();
    arguments.end()?;
    let wanted: Vec<&'static Figure> = LEDGER
        .iter()
        .filter(|figure| name.as_deref().is_none_or(|name| name == figure.name))
        .collect();
    if wanted.is_empty() {
        let names: Vec<&str> = LEDGER.iter().map(|figure| figure.name).collect();
        bail!("There is no such figure. There are: {}.", names.join(", "));
    }
    let tally = measure(house, &wanted, quick)?;
    ensure!(tally.failed == 0, "{} of {} figures fall short.", tally.failed, wanted.len());
    Ok(())
}

/// All figures in their smaller volumes, for the verb `test`.
pub(crate) fn all(house: &House) -> Result<Tally> {
    measure(house, &LEDGER.iter().collect::<Vec<_>>(), true)
}

/// How many held.
fn measure(house: &House, figures: &[&'static Figure], quick: bool) -> Result<Tally> {
    let in_browser = figures.iter().any(|figure| figure.command.contains(e2e::FOLDER));
    let stage = if in_browser { Some(Stage::set(house)?) } else { None };
    let take = |figure: &Figure| {
        let mut process = figure.process(house, quick);
        if let Some(stage) = &stage {
            stage.tell(&mut process);
        }
        progress::step(figure.name, || Ok(figure.measured(process)))
    };
    let (shared, alone): (Vec<&Figure>, Vec<&Figure>) =
        figures.iter().copied().partition(|figure| figure.kind == Shared);
    let told = |line: &str| {
        println!("{line}");
        Tally::of_one(is_held(line))
    };
    let mut tally = Tally::default();
    for line in at_once(&shared, &take) {
        tally.add(told(&line?));
    }
    for figure in alone {
        let mut line = take(figure)?;
        if quick && figure.kind == Narrow && !is_held(&line) {
            println!("{line}, so it is taken again");
            line = take(figure)?;
        }
        tally.add(told(&line));
    }
    Ok(tally)
}

/// As many at a time as share the machine; the answers in the order of the ledger.
fn at_once(
    figures: &[&'static Figure],
    take: &(impl Fn(&Figure) -> Result<String> + Sync),
) -> Vec<Result<String>> {
    let next = AtomicUsize::new(0);
    let takes = || {
        let mut taken = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(figure) = figures.get(number) else { return taken };
            taken.push((number, take(figure)));
        }
    };
    let mut all: Vec<(usize, Result<String>)> = thread::scope(|scope| {
        let hands: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(takes)).collect();
        hands
            .into_iter()
            .flat_map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, line)| line).collect()
}

fn is_held(line: &str) -> bool {
    line.ends_with("| held")
}

impl Figure {
    fn process(&self, house: &House, quick: bool) -> Command {
        let mut words = self.command.split(' ');
        let mut process = Command::new(words.next().unwrap_or_default());
        process.args(words).current_dir(house.root()).stdin(Stdio::null());
        if quick {
            process.env(QUICK, "1");
        }
        process
    }

    /// The line the program printed, or a line that says why there is none.
    fn measured(&self, mut process: Command) -> String {
        let Self { name, bound, command, .. } = self;
        let output = match process.output() {
            Ok(output) => output,
            Err(error) => return format!("{name} | {command}: {error} | {bound} | missed"),
        };
        let text = String::from_utf8_lossy(&output.stdout);
        let mut lines = text.lines().filter_map(|line| line.trim().strip_prefix("figure: "));
        match lines.find(|line| line.split(" | ").next() == Some(name)) {
            // A program may print "held" and then fail: then it did not hold.
            Some(line) if output.status.success() => line.to_owned(),
            Some(line) => {
                eprint!("{}", String::from_utf8_lossy(&output.stderr));
                line.replace("| held", "| missed")
            }
            None => {
                eprint!("{}", String::from_utf8_lossy(&output.stderr));
                let what = outside::words(&process);
                format!("{name} | {what} measured nothing ({}) | {bound} | missed", output.status)
            }
        }
    }
}
