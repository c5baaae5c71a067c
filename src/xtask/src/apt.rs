//! Debian packages the command needs. Where it may not install them it names them and stops.
use crate::{outside, progress};
use anyhow::{Result, bail};
use std::process::Command;

/// Installs `packages`; `what_for` ends the sentence "They are needed …".
pub(crate) fn install(packages: &[&str], what_for: &str) -> Result<()> {
    let list = packages.join(" ");
    let Some(apt_get) = how_to_call_apt_get()? else {
        bail!(
            "These packages are missing and are needed {what_for}: {list}\n\
             Install them (on Debian or Ubuntu: sudo apt-get install {list}) and run this again."
        );
    };
    progress::note(&format!("Installing {list} with apt-get, {what_for}."));
    progress::step("Reading the list of packages", || apt(&apt_get, &["update", "-qq"]))?;
    let mut words = vec!["install", "-y", "-qq", "--no-install-recommends"];
    words.extend(packages);
    progress::step(&format!("Installing {list}"), || apt(&apt_get, &words))
}

fn apt(apt_get: &[&str], words: &[&str]) -> Result<()> {
    let mut command = Command::new(apt_get[0]);
    command.args(&apt_get[1..]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
    outside::read(&mut command).map(drop)
}

/// Straight when we are root, through sudo when it asks for no password, else not at all.
fn how_to_call_apt_get() -> Result<Option<Vec<&'static str>>> {
    if outside::find("apt-get").is_none() {
        return Ok(None);
    }
    if outside::read(Command::new("id").arg("-u"))?.trim() == "0" {
        return Ok(Some(vec!["apt-get"]));
    }
    let sudo_is_open =
        outside::read(Command::new("sudo").args(["--non-interactive", "true"])).is_ok();
    Ok(sudo_is_open.then(|| vec!["sudo", "--non-interactive", "apt-get"]))
}
