//! Where things stand in the repository.
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The repository this command was built from.
pub(crate) struct House {
    root: PathBuf,
}

impl House {
    pub(crate) fn find() -> Result<Self> {
        // Cargo names the crate's folder when it runs us; a binary run by hand falls back to where it
        // was built.
        let here = std::env::var("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&here).ancestors().nth(2);
        let root = root.context("xtask must stand in src/xtask of the repository.")?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// What cargo and this command make; never committed.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The finished site, as the server serves it.
    pub(crate) fn site(&self) -> PathBuf {
        self.target().join("site")
    }

    /// Programs this command fetched for itself.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target().join("tools")
    }
}
