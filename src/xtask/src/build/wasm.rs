//! From Rust to one .wasm file, by cargo.
use super::toolchain::{TARGET, Toolchain};
use super::{Finish, split};
use crate::house::House;
use crate::{outside, progress};
use anyhow::{Context, Result};

/// For whom an app is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Citizens and those on their teams: without the screens of those who work here.
    Citizens,
    /// Everybody: with all screens.
    Staff,
}

/// Compiles the package `app` and returns the bytes of its module.
pub(super) fn compile(
    house: &House,
    finish: Finish,
    toolchain: &Toolchain,
    audience: Audience,
) -> Result<Vec<u8>> {
    let folder = house.target().join("web").join(toolchain.name());
    let profile = match finish {
        Finish::Published => "web",
        Finish::Development => "web-dev",
    };
    let mut cargo = toolchain.cargo_rustc(finish);
    cargo
        .args(["--locked", "--package", "app", "--bin", "app", "--profile", profile])
        .arg("--target-dir")
        .arg(&folder)
        .current_dir(house.root())
        // Flags meant for native code in a developer's own environment do not belong here.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", toolchain.flags(finish));
    let name = match audience {
        Audience::Citizens => {
            // For this module alone: flags for all would compile every library once more.
            cargo.args(["--no-default-features", "--", split::LINKER_FLAG]);
            "Compiling the app for citizens' browsers"
        }
        Audience::Staff => "Compiling the app for coordinators' browsers",
    };
    progress::speaking_step(name, || outside::run(&mut cargo))?;
    let path = folder.join(TARGET).join(profile).join("app.wasm");
    std::fs::read(&path)
        .with_context(|| format!("cargo was content, but {} is missing.", path.display()))
}
