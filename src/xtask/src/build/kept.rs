//! Work that was done before is not done again: what a step makes is kept under the hash of
//! everything it was made from.
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// A folder of results, one file each.
pub(super) struct Kept {
    folder: PathBuf,
    used: RefCell<BTreeSet<String>>,
}

impl Kept {
    pub(super) fn in_folder(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made.", folder.display()))?;
        Ok(Self { folder, used: RefCell::default() })
    }

    /// What `make` returns for these inputs, from last time where it is there. `step` names the work
    /// and its version: another way of doing the same work must have another name.
    pub(super) fn or_make(
        &self,
        step: &str,
        inputs: &[&[u8]],
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let name = format!("{step}-{}", hash_of_all(inputs));
        let path = self.folder.join(&name);
        self.used.borrow_mut().insert(name.clone());
        if let Ok(bytes) = fs::read(&path) {
            return Ok(bytes);
        }
        let bytes = make()?;
        // Two builds may run at once: a half-written file must never be found under the real name.
        let unfinished = self.folder.join(format!("{name}.{}", std::process::id()));
        fs::write(&unfinished, &bytes)?;
        fs::rename(&unfinished, &path)?;
        Ok(bytes)
    }

    /// The same for work that makes two things, each under a name of its own.
    pub(super) fn or_make_two(
        &self,
        steps: [&str; 2],
        inputs: &[&[u8]],
        make: impl Fn() -> Result<[Vec<u8>; 2]>,
    ) -> Result<[Vec<u8>; 2]> {
        let mut fresh = None;
        let one = self.or_make(steps[0], inputs, || {
            let [one, other] = make()?;
            fresh = Some(other);
            Ok(one)
        })?;
        let other = self.or_make(steps[1], inputs, || match fresh {
            Some(other) => Ok(other),
            None => make().map(|[_, other]| other),
        })?;
        Ok([one, other])
    }

    /// Removes what this build had no use for.
    pub(super) fn forget_the_rest(&self) -> Result<()> {
        let used = self.used.borrow();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !used.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// The first 16 hexadecimal digits of SHA-256: enough to tell a few thousand files apart.
pub(super) fn hash(bytes: &[u8]) -> String {
    hash_of_all(&[bytes])
}

fn hash_of_all(inputs: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for input in inputs {
        digest.update((input.len() as u64).to_le_bytes());
        digest.update(input);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
