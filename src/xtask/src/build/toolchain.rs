//! Which compiler makes the wasm. rustup's is tried first; where rustup cannot download what it takes,
//! Debian's own does it. What is published is linked with a standard library built from source, for size.
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
    Ready,
    /// The same, which builds the standard library from rustup's copy of its source.
    Rustup,
    /// Debian's, which builds the standard library from Debian's copy of its source.
    Debian { linker: PathBuf },
}

impl Toolchain {
    /// The one asked for by name, or the best for this finish that this machine has or may get.
    pub(super) fn find_or_get(house: &House, finish: Finish, wanted: Option<&str>) -> Result<Self> {
        match wanted {
            None if finish == Finish::Development && Part::TARGET.is_here_or_got(house)? => {
                Ok(Self::Ready)
            }
            None if finish == Finish::Published && Part::SOURCE.is_here_or_got(house)? => {
                Ok(Self::Rustup)
            }
            None | Some("debian") => Self::debian(),
            Some("rustup") if Part::SOURCE.is_here_or_got(house)? => Ok(Self::Rustup),
            Some("ready") if Part::TARGET.is_here_or_got(house)? => Ok(Self::Ready),
            Some("rustup" | "ready") => bail!("rustup cannot download what that needs."),
            Some(other) => bail!("`--toolchain {other}`: it is rustup, ready or debian."),
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
            Self::Ready => "ready",
            Self::Rustup => "rustup",
            Self::Debian { .. } => "debian",
        }
    }

    /// The start of a cargo command that compiles for the browser.
    pub(super) fn cargo_rustc(&self, finish: Finish) -> Command {
        let mut cargo = Command::new(match self {
            Self::Ready | Self::Rustup => "cargo",
            Self::Debian { .. } => DEBIAN_CARGO,
        });
        cargo.args(["rustc", "--target", TARGET]);
        if let Self::Debian { linker } = self {
            // rustup puts its own rustc first in PATH.
            cargo.env("RUSTC", DEBIAN_RUSTC);
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        if self.builds_the_library() {
            cargo.args(["-Z", "build-std=std,panic_abort"]);
            if finish == Finish::Published {
                cargo.args(["-Z", "build-std-features=optimize_for_size"]);
            }
            // Both compilers are stable ones; building the library is still called unstable.
            cargo.env("RUSTC_BOOTSTRAP", "1");
        }
        cargo
    }

    /// What the compiler itself is told, beside the profile in Cargo.toml.
    pub(super) fn flags(&self, finish: Finish) -> &'static str {
        // With its types erased, Leptos compiles each piece of a screen once instead of once for every
        // place it stands in: a fraction of the bytes, and of the time.
        if finish == Finish::Development || !self.builds_the_library() {
            return "--cfg erase_components";
        }
        // A panic then says nothing: it ends the module at once, and guard.js hears that. What panics
        // say costs 20 KB of the download; a development build still says it.
        // SHA-2 is written as loops and not rolled out: a signature takes no longer that anybody feels.
        "--cfg erase_components --cfg sha2_backend_soft=\"compact\" -Zlocation-detail=none \
         -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort"
    }

    fn builds_the_library(&self) -> bool {
        matches!(self, Self::Rustup | Self::Debian { .. })
    }
}

/// Something rustup can download.
struct Part {
    /// What it is, for a person.
    name: &'static str,
    /// Where it then stands, in the toolchain's own folder.
    path: &'static str,
    words: [&'static str; 3],
}

impl Part {
    const TARGET: Self = Self {
        name: "the browser target",
        path: "lib/rustlib/wasm32-unknown-unknown/lib",
        words: ["target", "add", TARGET],
    };
    const SOURCE: Self = Self {
        name: "the standard library's source",
        path: "lib/rustlib/src/rust/library/std/Cargo.toml",
        words: ["component", "add", "rust-src"],
    };

    fn is_here_or_got(&self, house: &House) -> Result<bool> {
        let note = house.tools().join("rustup-cannot-download");
        if self.is_here() {
            return Ok(true);
        }
        if outside::find("rustup").is_none() || is_fresh(&note) {
            return Ok(false);
        }
        let answer = progress::step(&format!("Asking rustup for {}", self.name), || {
            let mut command = Command::new("rustup");
            command.args(self.words).env("RUSTUP_MAX_RETRIES", "0");
            Ok(outside::read_within(&mut command, DOWNLOAD_LIMIT))
        })?;
        if let Err(refusal) = &answer {
            progress::note("rustup cannot download here; Debian's compiler does it instead.");
            fs::create_dir_all(house.tools())?;
            fs::write(&note, format!("{refusal:#}\n"))?;
        }
        Ok(answer.is_ok() && self.is_here())
    }

    fn is_here(&self) -> bool {
        sysroot().is_some_and(|folder| folder.join(self.path).exists())
    }
}

/// Where rustup's toolchain stands.
fn sysroot() -> Option<PathBuf> {
    let folder = outside::read(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    Some(PathBuf::from(folder.trim()))
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
    let hosts = fs::read_dir(sysroot()?.join("lib/rustlib")).ok()?;
    hosts
        .filter_map(Result::ok)
        .map(|host| host.path().join("bin/rust-lld"))
        .find(|path| path.is_file())
}
