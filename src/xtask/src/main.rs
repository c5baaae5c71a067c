//! The developer's one command: `cargo xtask <verb>`. Each verb is one file; what a verb needs from
//! the machine it gets itself, and where it may not, it names what is missing and stops.
#![expect(
    clippy::print_stdout,
    reason = "what a verb found out is its output; progress goes to stderr"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room where builds and waits are timed by a clock"
)]

mod apt;
mod arguments;
mod bench;
mod build;
mod check;
mod e2e;
mod figures;
mod fuzz;
mod house;
mod outside;
mod postgres;
mod progress;
mod run;
mod server;
mod sim;
mod tally;
mod test;
mod tools;

use anyhow::{Result, bail};
use arguments::Arguments;
use house::House;
use std::process::ExitCode;

/// One thing the command can do.
struct Verb {
    name: &'static str,
    usage: &'static str,
    run: fn(&House, Arguments) -> Result<()>,
}

const VERBS: &[Verb] = &[
    Verb {
        name: "run",
        usage: "run [--fresh] [--empty] [--dev] [--listen A] [--data F] [--database U]   open Medspil here",
        run: run::run,
    },
    Verb {
        name: "test",
        usage: "test            everything, with one closing line: N passed, N failed",
        run: test::run,
    },
    Verb {
        name: "check",
        usage: "check           format, clippy, walls, sizes, licences",
        run: check::run,
    },
    Verb {
        name: "build",
        usage: "build [--dev] [--toolchain rustup|ready|debian]   the app for the browser, in target/site",
        run: build::run,
    },
    Verb {
        name: "figures",
        usage: "figures [name] [--quick]   what Medspil promises, and whether it holds",
        run: figures::run,
    },
    Verb {
        name: "bench",
        usage: "bench size      the bytes of a citizen's first visit, and whether they are few enough",
        run: bench::run,
    },
    Verb {
        name: "e2e",
        usage: "e2e [words]     the app in a real browser against the real server",
        run: e2e::run,
    },
    Verb {
        name: "fuzz",
        usage: "fuzz [name] [--seconds N] [--keep]   what comes from elsewhere, fed by libFuzzer",
        run: fuzz::run,
    },
    Verb {
        name: "sim",
        usage: "sim --seed N [--steps M] [--hostile]   one random history in Town",
        run: sim::run,
    },
];

fn main() -> ExitCode {
    let mut arguments = Arguments::of_this_process();
    let outcome = match arguments.word() {
        None => {
            help();
            Ok(())
        }
        Some(name) => House::find().and_then(|house| answer(&house, &name, arguments)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("\n{refusal:#}");
            ExitCode::FAILURE
        }
    }
}

fn answer(house: &House, name: &str, arguments: Arguments) -> Result<()> {
    match VERBS.iter().find(|verb| verb.name == name) {
        Some(verb) => {
            // Whatever is compiled, the server's allocator may be among it.
            if outside::find("make").is_none() {
                apt::install(&["make"], "to compile the server's allocator")?;
            }
            (verb.run)(house, arguments)
        }
        None => bail!("There is no `cargo xtask {name}`. `cargo xtask` alone lists what there is."),
    }
}

fn help() {
    println!("cargo xtask\n");
    for verb in VERBS {
        println!("  {}", verb.usage);
    }
}
