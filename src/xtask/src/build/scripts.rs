//! JavaScript in fewer bytes, and in words that Chrome 96 and Safari 16 understand.
use super::kept::Kept;
use crate::tools::Npm;
use anyhow::{Context, Result};
use std::fs;

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
        let Some(npm) = self.npm else { return Ok(script.to_owned()) };
        let bytes = self.kept.or_make("esbuild-0.28", &[script.as_bytes()], || {
            let path = npm.scratch()?.join("script.js");
            fs::write(&path, script)?;
            let mut command = npm.program("esbuild");
            command
                .args(["--minify", "--target=chrome96,safari16", "--charset=utf8"])
                .args(["--legal-comments=none", "--log-level=warning"])
                .arg(&path);
            Ok(crate::outside::read(&mut command)?.into_bytes())
        })?;
        String::from_utf8(bytes).context("esbuild wrote something that is not text.")
    }
}
