//! `test`: everything there is to show that Medspil works, and one closing line.
use crate::arguments::Arguments;
use crate::house::House;
use crate::postgres::Postgres;
use crate::tally::{self, Tally};
use crate::{e2e, figures, outside, progress, server};
use anyhow::{Result, ensure};
use std::process::Command;
use std::thread;

/// Where tests find a PostgreSQL that runs already; see tests/src/cluster.rs.
const POSTGRES: &str = "MEDSPIL_TEST_POSTGRES";

/// The verb `test`.
pub(crate) fn run(house: &House, arguments: Arguments) -> Result<()> {
    arguments.end()?;
    compile(house);
    let mut sum = Tally::default();
    sum.add(part("Unit tests, stories, tidy and the server on both databases", || rust(house)));
    sum.add(part("End to end, in a browser", || e2e::tally(house, &[])));
    sum.add(part("What Medspil promises, smaller volumes", || figures::all(house)));
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    ensure!(sum.failed == 0, "Not everything works; see above.");
    Ok(())
}

/// Compiles the tests and the programs that take figures and, beside them, all that a browser stands on: most of that
/// has work for one core only. What does not compile says so again in the part that needs it, and is counted there.
fn compile(house: &House) {
    thread::scope(|scope| {
        scope.spawn(|| drop(e2e::Stage::set(house)));
        let compiled = |name: &str, words: &[&str]| {
            let mut cargo = Command::new("cargo");
            cargo.args(words).arg("--quiet").current_dir(house.root());
            drop(progress::speaking_step(name, || outside::run(&mut cargo)));
        };
        compiled("Compiling the tests", &["test", "--workspace", "--no-run"]);
        drop(server::build(house));
        compiled("Compiling what takes figures", &["build", "--release", "-p", "tests", "--bins"]);
    });
}

/// A part that could not even start is one failure, and the next part is run all the same.
fn part(name: &str, tests: impl FnOnce() -> Result<Tally>) -> Tally {
    progress::speaking_step(name, tests).unwrap_or_else(|refusal| {
        println!("{name}: {refusal:#}");
        Tally::of_one(false)
    })
}

fn rust(house: &House) -> Result<Tally> {
    let postgres = Postgres::start()?;
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--workspace", "--no-fail-fast"]).current_dir(house.root());
    tally::run(cargo.env(POSTGRES, postgres.address()))
}
