//! JavaScript in fewer bytes, and in words that the browsers it is for understand.
use super::kept::Kept;
use crate::tools::Npm;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The browsers that the app runs in.
const OURS: &str = "chrome96,safari16";
/// Every browser, so that the page can tell those that the app does not run in.
const ALL: &str = "es5";

/// Shrinks scripts where there is a tool for it, and else leaves them as they are.
pub(super) struct Shrinker<'a> {
    kept: &'a Kept,
    npm: Option<&'a Npm>,
}

impl<'a> Shrinker<'a> {
    pub(super) fn new(kept: &'a Kept, npm: Option<&'a Npm>) -> Self {
        Self { kept, npm }
    }

    pub(super) fn shrink(&self, script: &str) -> Result<String> {
        self.shrink_for(OURS, script)
    }

    /// For a script that is written in words every browser understands.
    pub(super) fn shrink_for_all(&self, script: &str) -> Result<String> {
        self.shrink_for(ALL, script)
    }

    /// The script with what it imports taken into it, shrunk; `None` where there is no tool for it.
    /// `parts` are paths as they are imported, and what is to stand there. The coordinators' app is not
    /// taken in.
    pub(super) fn bundle(&self, script: &str, parts: &[(&str, &str)]) -> Result<Option<String>> {
        let Some(npm) = self.npm else { return Ok(None) };
        let texts = parts.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
        let known: Vec<&[u8]> =
            [script.as_bytes(), OURS.as_bytes()].into_iter().chain(texts).collect();
        let bytes = self.kept.or_make("esbuild-0.28-bundle", &known, || {
            let folder = npm.scratch()?;
            let mut entry = script.to_owned();
            for (path, text) in parts {
                entry = entry.replace(&format!("\"{path}\""), &format!("\".{path}\""));
                fs::write(folder.join(path.trim_start_matches('/')), text)?;
            }
            let path = folder.join("script.js");
            fs::write(&path, entry)?;
            esbuild(npm, &path, OURS, &["--bundle", "--format=esm", "--external:/staff-*"])
        })?;
        text(bytes).map(Some)
    }

    fn shrink_for(&self, target: &str, script: &str) -> Result<String> {
        let Some(npm) = self.npm else { return Ok(script.to_owned()) };
        let known = [script.as_bytes(), target.as_bytes()];
        let bytes = self.kept.or_make("esbuild-0.28", &known, || {
            let path = npm.scratch()?.join("script.js");
            fs::write(&path, script)?;
            esbuild(npm, &path, target, &[])
        })?;
        text(bytes)
    }
}

fn esbuild(npm: &Npm, path: &Path, target: &str, more: &[&str]) -> Result<Vec<u8>> {
    let mut command = npm.program("esbuild");
    command
        .args(["--minify", &format!("--target={target}"), "--charset=utf8"])
        .args(["--legal-comments=none", "--log-level=warning"])
        .args(more)
        .arg(path);
    Ok(crate::outside::read(&mut command)?.into_bytes())
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("esbuild wrote something that is not text.")
}
