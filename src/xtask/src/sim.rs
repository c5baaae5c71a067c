//! `sim`: random histories in Town, the same one for the same seed.
use crate::arguments::Arguments;
use crate::house::House;
use crate::outside;
use anyhow::{Result, bail};
use std::process::Command;

const STEPS: u64 = 100_000;

/// The verb `sim`.
pub(crate) fn run(house: &House, mut arguments: Arguments) -> Result<()> {
    let seed = arguments.number("--seed")?;
    let steps = arguments.number("--steps")?.unwrap_or(STEPS);
    let is_hostile = arguments.flag("--hostile");
    arguments.end()?;
    let Some(seed) = seed else { bail!("Say which history: `cargo xtask sim --seed 7`.") };
    let manifest = std::fs::read_to_string(house.join("tests/Cargo.toml"))?;
    if !manifest.contains("name = \"sim\"") {
        bail!("There is no simulation yet: tests/Cargo.toml must have a [[bin]] named \"sim\".");
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--release", "--quiet", "-p", "tests", "--bin", "sim", "--"]);
    cargo.args(["--seed", &seed.to_string(), "--steps", &steps.to_string()]);
    if is_hostile {
        cargo.arg("--hostile");
    }
    outside::run(cargo.current_dir(house.root()))
}
