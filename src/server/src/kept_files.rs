//! Files of the built site, read once for everybody. A file that has changed is read again: a site that is built
//! again is served at once. Nobody who asks for one and never reads it holds a copy of their own.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// One file, as it was when it was read.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) bytes: Bytes,
    /// Its entity tag, quotes included.
    pub(crate) tag: String,
    stamp: (SystemTime, u64),
}

#[derive(Debug)]
pub(crate) struct KeptFiles {
    folder: PathBuf,
    kept: Mutex<HashMap<String, Arc<File>>>,
}

impl KeptFiles {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, kept: Mutex::default() }
    }

    /// The file of this name, which leads nowhere else; `None` when there is none.
    pub(crate) async fn get(&self, name: &str) -> Option<Arc<File>> {
        let path = self.folder.join(Path::new(name));
        // Asking the kernel takes less time than handing the question to another thread, of which there are few.
        let Some(stamp) = std::fs::metadata(&path).ok().and_then(|found| stamp(&found).ok()) else {
            self.kept().remove(name);
            return None;
        };
        if let Some(file) = self.kept().get(name).filter(|file| file.stamp == stamp) {
            return Some(file.clone());
        }
        let bytes = tokio::fs::read(path).await.ok()?;
        let file = Arc::new(File { tag: tag(&bytes), bytes: bytes.into(), stamp });
        self.kept().insert(name.to_owned(), file.clone());
        Some(file)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<File>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When it was changed and how long it is; an error for what is no file.
fn stamp(found: &Metadata) -> io::Result<(SystemTime, u64)> {
    if !found.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok((found.modified()?, found.len()))
}

fn tag(bytes: &[u8]) -> String {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let digits: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}
