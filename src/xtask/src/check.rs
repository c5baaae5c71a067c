//! `check`: what can be said of the code without running the app.
use crate::arguments::Arguments;
use crate::house::House;
use crate::{outside, progress};
use anyhow::Result;
use std::process::Command;

/// What is checked, in the order of how soon it answers.
const CHECKS: [(&str, &[&str]); 4] = [
    ("Format", &["fmt", "--all", "--check"]),
    ("Clippy", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
    (
        "Clippy, the citizens' app",
        &["clippy", "-p", "app", "--no-default-features", "--quiet", "--", "-D", "warnings"],
    ),
    // Walls, sizes, licences and bans: see tests/tidy.
    ("Tidy", &["test", "--quiet", "-p", "tests", "--test", "tidy"]),
];

/// The verb `check`. All checks are run, so that one round of mending is enough.
pub(crate) fn run(house: &House, arguments: Arguments) -> Result<()> {
    arguments.end()?;
    let mut refusals = Vec::new();
    for (name, words) in CHECKS {
        let mut cargo = Command::new("cargo");
        cargo.args(words).current_dir(house.root());
        if progress::speaking_step(name, || outside::run(&mut cargo)).is_err() {
            refusals.push(name);
        }
    }
    anyhow::ensure!(refusals.is_empty(), "Not in order: {}. See above.", refusals.join(", "));
    println!("Format, clippy and tidy are in order.");
    Ok(())
}
