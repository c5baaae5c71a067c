//! `e2e`: the whole app in a real browser against the real server. The tests themselves are JavaScript
//! in `tests/e2e` (Playwright with Debian's Chromium); this gets what they need and starts them.
//!
//! They are told where things are by MEDSPIL_SERVER, MEDSPIL_SITE, MEDSPIL_DEMO and MEDSPIL_CHROMIUM, and end
//! with a line `N passed, N failed`.
use crate::arguments::Arguments;
use crate::build::{self, Finish};
use crate::house::House;
use crate::run::demo;
use crate::tally::{self, Tally};
use crate::{apt, outside, server, tools};
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the programs in the browser are.
pub(crate) const FOLDER: &str = "tests/e2e";
/// What gives the browser a Danish voice, and what shows that they are there.
const VOICES: [&str; 2] = ["speech-dispatcher", "speech-dispatcher-espeak-ng"];
const VOICES_PROGRAM: &str = "speech-dispatcher";
const VOICES_MODULE: &str = "/etc/speech-dispatcher/modules/espeak-ng.conf";
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The verb `e2e`; what else is typed goes to the tests (a name, for instance).
pub(crate) fn run(house: &House, arguments: Arguments) -> Result<()> {
    let tally = tally(house, &arguments.rest())?;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    ensure!(tally.failed == 0, "The end-to-end tests failed.");
    Ok(())
}

/// Runs them and counts.
pub(crate) fn tally(house: &House, words: &[String]) -> Result<Tally> {
    let stage = Stage::set(house)?;
    let mut node = Command::new("node");
    node.arg(house.join(FOLDER)).args(words).current_dir(house.root());
    stage.tell(&mut node);
    tally::run(&mut node)
}

/// All that a program in the browser stands on.
pub(crate) struct Stage {
    server: PathBuf,
    site: PathBuf,
    demo: PathBuf,
    browser: PathBuf,
}

impl Stage {
    /// Gets and builds what is missing.
    pub(crate) fn set(house: &House) -> Result<Self> {
        let folder = house.join(FOLDER);
        if !folder.join("package.json").exists() {
            bail!("There are no end-to-end tests yet: {FOLDER}/package.json is missing.");
        }
        let browser = browser()?;
        voices()?;
        tools::install_in_place(&folder)?;
        build::site(house, Finish::Published)?;
        let server = server::build(house)?;
        let demo = demo::build(house)?;
        Ok(Self { server, site: house.site(), demo, browser })
    }

    /// Tells a program where things are.
    pub(crate) fn tell(&self, program: &mut Command) {
        program.env("MEDSPIL_SERVER", &self.server).env("MEDSPIL_SITE", &self.site);
        program.env("MEDSPIL_DEMO", &self.demo).env("MEDSPIL_CHROMIUM", &self.browser);
    }
}

fn voices() -> Result<()> {
    if outside::find(VOICES_PROGRAM).is_some() && Path::new(VOICES_MODULE).exists() {
        return Ok(());
    }
    apt::install(&VOICES, "to have pages read aloud in a real voice")
}

fn browser() -> Result<PathBuf> {
    let installed = || BROWSERS.iter().find_map(|name| outside::find(name));
    if let Some(browser) = installed() {
        return Ok(browser);
    }
    apt::install(&["chromium"], "to open the app as people do")?;
    installed().context("The package chromium is installed, but there is no `chromium` in PATH.")
}
