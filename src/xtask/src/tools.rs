//! The npm programs of the build, at the versions in `src/xtask/tools/package-lock.json`, installed
//! into `target/tools`.
use crate::house::House;
use crate::{outside, progress};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder where npm has put the programs.
pub(crate) struct Npm {
    folder: PathBuf,
}

/// Installs what is missing. Without Node there are no such programs: the site is then whole but larger.
pub(crate) fn npm(house: &House) -> Result<Option<Npm>> {
    if outside::find("node").is_none() || outside::find("npm").is_none() {
        progress::note(
            "Node is not installed, so the site is built without the steps that shrink it.",
        );
        return Ok(None);
    }
    let npm = Npm { folder: house.tools().join("npm") };
    let wanted = house.join("src/xtask/tools");
    if !npm.is_what_the_lock_says(&wanted) {
        progress::step("Installing wasm-opt and esbuild with npm", || npm.install(&wanted))?;
    }
    Ok(Some(npm))
}

/// Installs what a folder's own package-lock.json says into that folder.
pub(crate) fn install_in_place(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{}/package-lock.json is missing.", folder.display()))?;
    let note = folder.join("node_modules/.installed-lock.json");
    if fs::read(&note).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = format!("Installing what {} needs with npm", folder.display());
    progress::step(&name, || npm_ci(folder))?;
    Ok(fs::write(note, lock)?)
}

fn npm_ci(folder: &Path) -> Result<()> {
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    // The browser is Debian's.
    command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    outside::read(&mut command).map(drop)
}

impl Npm {
    /// A command that runs `program`, one of those in package.json.
    pub(crate) fn program(&self, program: &str) -> Command {
        Command::new(self.folder.join("node_modules/.bin").join(program))
    }

    /// A folder for files that are handed to the programs.
    pub(crate) fn scratch(&self) -> Result<PathBuf> {
        let folder = self.folder.join(format!("scratch-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The copy of the lock is made last, so a folder whose copy is the same holds a finished installation.
    fn is_what_the_lock_says(&self, wanted: &Path) -> bool {
        let ours = fs::read(self.folder.join("installed.json"));
        let theirs = fs::read(wanted.join("package-lock.json"));
        matches!((ours, theirs), (Ok(ours), Ok(theirs)) if ours == theirs)
    }

    fn install(&self, wanted: &Path) -> Result<()> {
        fs::create_dir_all(&self.folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(wanted.join(file), self.folder.join(file))
                .with_context(|| format!("{}/{file} is missing.", wanted.display()))?;
        }
        npm_ci(&self.folder).context("npm could not install the build tools.")?;
        fs::copy(wanted.join("package-lock.json"), self.folder.join("installed.json"))?;
        Ok(())
    }
}
