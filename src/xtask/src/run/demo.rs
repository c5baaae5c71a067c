//! The demo that `run` opens: a coordinator, and a citizen with a year behind her. It is made through `client`,
//! like everything people write, by a program of its own.
use super::{Wishes, show_link};
use crate::house::House;
use crate::{outside, progress};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the program that makes the demo, with what the server was built with.
pub(crate) fn build(house: &House) -> Result<PathBuf> {
    progress::step("What makes the demo", || {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--release", "--quiet", "-p", "tests", "--bin", "demo"]);
        outside::run(cargo.current_dir(house.root()))
    })?;
    Ok(house.join("target/release/demo"))
}

/// Makes the demo if it is not there, and shows a new link for each of the two.
pub(super) fn open(maker: &Path, wishes: &Wishes, first: Option<&str>) -> Result<()> {
    let mut command = Command::new(maker);
    command.arg("--server").arg(wishes.listen.to_string());
    command.arg("--keep").arg(wishes.data.join("demo")).arg("--address").arg(wishes.address());
    if let Some(code) = first {
        command.arg("--code").arg(code);
    }
    let output =
        command.output().context("The program that makes the demo could not be started.")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} `--fresh` starts over; `--empty` starts without a demo.", said.trim());
    }
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if line.contains("/#kode=") { show_link(line) } else { println!("{line}") }
    }
    Ok(())
}
