//! From Rust to one .wasm file, by cargo.
use super::Finish;
use super::toolchain::{TARGET, Toolchain};
use crate::house::House;
use crate::{outside, progress};
use anyhow::{Context, Result};

/// Compiles the package `app` and returns the bytes of its module.
pub(super) fn compile(house: &House, finish: Finish, toolchain: &Toolchain) -> Result<Vec<u8>> {
    let folder = house.target().join("web").join(toolchain.name());
    let profile = match finish {
        Finish::Published => "web",
        Finish::Development => "web-dev",
    };
    let mut cargo = toolchain.cargo_build(finish);
    cargo
        .args(["--locked", "--package", "app", "--bin", "app", "--profile", profile])
        .arg("--target-dir")
        .arg(&folder)
        .current_dir(house.root())
        // Flags meant for native code in a developer's own environment do not belong here.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", toolchain.flags(finish));
    progress::speaking_step("Compiling the app for the browser", || outside::run(&mut cargo))?;
    let path = folder.join(TARGET).join(profile).join("app.wasm");
    std::fs::read(&path)
        .with_context(|| format!("cargo was content, but {} is missing.", path.display()))
}
