//! What the server promises, measured on the real program: `server-figures fan-out`, `memory`,
//! `many-documents`, `server-kill` and `stranger`, each with `--quick` (or `MEDSPIL_QUICK` set) for the smaller volume.
#![expect(clippy::print_stdout, reason = "the figure is what this program is for")]
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says why"
)]

mod fan_out;
mod kill;
mod many;
mod memory;
mod program;
mod relay;
mod stranger;
mod ways;
mod writer;

use std::process::ExitCode;

/// How much is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Volume {
    Quick,
    Full,
}

impl Volume {
    fn pick<T>(self, quick: T, full: T) -> T {
        match self {
            Self::Quick => quick,
            Self::Full => full,
        }
    }
}

/// One promise, measured.
struct Figure {
    name: &'static str,
    value: String,
    bound: &'static str,
    held: bool,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let quick =
        words.iter().any(|word| word == "--quick") || std::env::var_os("MEDSPIL_QUICK").is_some();
    let volume = if quick { Volume::Quick } else { Volume::Full };
    let figure = match words.first().map(String::as_str) {
        Some("fan-out") => fan_out::measure(volume),
        Some("memory") => memory::measure(),
        Some("many-documents") => many::measure(volume),
        Some("server-kill") => kill::measure(volume),
        Some("stranger") => stranger::measure(volume),
        Some("relay") => return relay::run(),
        _ => {
            eprintln!(
                "Usage: server-figures fan-out|memory|many-documents|server-kill|stranger [--quick]"
            );
            return ExitCode::from(2);
        }
    };
    let Figure { name, value, bound, held } = figure;
    let verdict = if held { "held" } else { "missed" };
    println!("figure: {name} | {value} | {bound} | {verdict}");
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
