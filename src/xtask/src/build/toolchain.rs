//! Which compiler makes the wasm. rustup's is tried first; where rustup cannot download the target,
//! Debian's own compiler and the standard library's source do, which build the library as well.
use super::Finish;
use crate::house::House;
use crate::{apt, outside, progress};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// A download that has not ended by then is taken for one that never will.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(90);
/// How long a failed download is remembered before it is tried again.
const FAILURE_REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LIBRARY: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";

/// A compiler that can make wasm.
pub(super) enum Toolchain {
    /// The one this command itself was built with, with rustup's ready-made standard library.
    Rustup,
    /// Debian's, which builds the standard library from source.
    Debian { linker: PathBuf },
}

impl Toolchain {
    /// The one asked for by name, or the first that this machine has or may get.
    pub(super) fn find_or_get(house: &House, wanted: Option<&str>) -> Result<Self> {
        match wanted {
            None if rustup_has_the_target() || rustup_may_get_the_target(house)? => {
                Ok(Self::Rustup)
            }
            None | Some("debian") => Self::debian(),
            Some("rustup") if rustup_has_the_target() => Ok(Self::Rustup),
            Some("rustup") => bail!("Run `rustup target add {TARGET}` first."),
            Some(other) => bail!("`--toolchain {other}`: it is either rustup or debian."),
        }
    }

    fn debian() -> Result<Self> {
        let needed = [DEBIAN_CARGO, DEBIAN_RUSTC, DEBIAN_LIBRARY];
        if needed.iter().any(|path| !Path::new(path).exists()) {
            apt::install(&DEBIAN_PACKAGES, "to compile for the browser")?;
        }
        Ok(Self::Debian { linker: linker()? })
    }

    /// The name of its folder: two compilers must not share one.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian { .. } => "debian",
        }
    }

    /// The start of a cargo command that compiles for the browser.
    pub(super) fn cargo_build(&self, finish: Finish) -> Command {
        match self {
            Self::Rustup => {
                let mut cargo = Command::new("cargo");
                cargo.args(["build", "--target", TARGET]);
                cargo
            }
            Self::Debian { linker } => {
                let mut cargo = Command::new(DEBIAN_CARGO);
                cargo.args(["build", "--target", TARGET, "-Z", "build-std=std,panic_abort"]);
                if finish == Finish::Published {
                    cargo.args(["-Z", "build-std-features=optimize_for_size"]);
                }
                // Debian's compiler is a stable one; building the library is still called unstable.
                cargo.env("RUSTC_BOOTSTRAP", "1");
                // rustup puts its own rustc first in PATH.
                cargo.env("RUSTC", DEBIAN_RUSTC);
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                cargo
            }
        }
    }

    /// What the compiler itself is told, beside the profile in Cargo.toml.
    pub(super) fn flags(&self, finish: Finish) -> &'static str {
        // With its types erased, Leptos compiles each piece of a screen once instead of once for every
        // place it stands in: a fraction of the bytes, and of the time.
        match (finish, self) {
            (Finish::Development, _) | (Finish::Published, Self::Rustup) => {
                "--cfg erase_components"
            }
            // A panic then says what, but not on which line: thousands of file names not downloaded.
            (Finish::Published, Self::Debian { .. }) => {
                "--cfg erase_components -Zlocation-detail=none"
            }
        }
    }
}

fn rustup_has_the_target() -> bool {
    let list = outside::read(Command::new("rustup").args(["target", "list", "--installed"]));
    list.is_ok_and(|list| list.lines().any(|line| line == TARGET))
}

fn rustup_may_get_the_target(house: &House) -> Result<bool> {
    let note = house.tools().join("rustup-cannot-download");
    if outside::find("rustup").is_none() || is_fresh(&note) {
        return Ok(false);
    }
    let answer = progress::step("Asking rustup for the browser target", || {
        let mut command = Command::new("rustup");
        command.args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "0");
        Ok(outside::read_within(&mut command, DOWNLOAD_LIMIT))
    })?;
    if let Err(refusal) = &answer {
        progress::note("rustup cannot download here; Debian's compiler does it instead.");
        fs::create_dir_all(house.tools())?;
        fs::write(&note, format!("{refusal:#}\n"))?;
    }
    Ok(answer.is_ok())
}

fn is_fresh(note: &Path) -> bool {
    let written = fs::metadata(note).and_then(|metadata| metadata.modified());
    let age = written.ok().and_then(|time| SystemTime::now().duration_since(time).ok());
    age.is_some_and(|age| age < FAILURE_REMEMBERED)
}

/// `rust-lld` of the rustup toolchain, where there is one, else Debian's `wasm-ld`.
fn linker() -> Result<PathBuf> {
    if let Some(linker) = linker_of_rustup() {
        return Ok(linker);
    }
    if outside::find("wasm-ld").is_none() {
        apt::install(&["lld"], "to link for the browser")?;
    }
    outside::find("wasm-ld")
        .context("The package lld is installed, but there is no `wasm-ld` in PATH.")
}

fn linker_of_rustup() -> Option<PathBuf> {
    let sysroot = outside::read(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    let hosts = fs::read_dir(Path::new(sysroot.trim()).join("lib/rustlib")).ok()?;
    hosts
        .filter_map(Result::ok)
        .map(|host| host.path().join("bin/rust-lld"))
        .find(|path| path.is_file())
}
