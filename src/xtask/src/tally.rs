//! Counting tests, whatever ran them, for the one closing line.
use crate::outside;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// How many tests passed and failed.
#[derive(Default, Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) fn of_one(held: bool) -> Self {
        Self { passed: u64::from(held), failed: u64::from(!held) }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads a closing line of cargo's ("test result: ok. 3 passed; 0 failed; …") or of our own end-to-end
    /// tests ("3 passed, 0 failed").
    fn of_line(line: &str) -> Option<Self> {
        let line = line
            .strip_prefix("test result: ")
            .map_or(line, |rest| rest.split_once(". ").map_or(rest, |(_, counts)| counts));
        let mut counts = line.split([',', ';']).map(str::trim);
        let passed = counts.next()?.strip_suffix(" passed")?.parse().ok()?;
        let failed = counts.next()?.strip_suffix(" failed")?.parse().ok()?;
        Some(Self { passed, failed })
    }
}

/// Runs a command that runs tests, shows what it writes, and adds up its closing lines. A command that
/// ends badly without a failed test (it did not compile, or died) counts as one failure.
pub(crate) fn run(command: &mut Command) -> Result<Tally> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} could not be started.", outside::words(command)))?;
    let mut sum = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            println!("{line}");
            sum.add(Tally::of_line(&line).unwrap_or_default());
        }
    }
    let status = child.wait()?;
    if !status.success() && sum.failed == 0 {
        println!("{} ended with {status}.", outside::words(command));
        sum.failed = 1;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_cargo_and_of_our_own_are_read() {
        let cargo =
            "test result: FAILED. 19 passed; 6 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::of_line(cargo), Some(Tally { passed: 19, failed: 6 }));
        assert_eq!(Tally::of_line("7 passed, 0 failed"), Some(Tally { passed: 7, failed: 0 }));
        assert_eq!(Tally::of_line("test a_plan_is_kept ... ok"), None);
    }
}
