//! The files of a data folder: whose they are, whether they are still the ones that were opened, and how far the
//! database had come.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::trouble::Trouble;

const DATABASE: &str = "medspil.db";
/// What SQLite keeps beside it while it is open.
const BESIDE: [&str; 2] = ["medspil.db-wal", "medspil.db-shm"];
const PROGRESS: &str = "medspil.progress";
const LOCK: &str = "medspil.lock";
/// The house's key and everybody's words are in there, so nobody but the server's own account reads it.
const OWN_FOLDER: u32 = 0o700;
const OWN_FILE: u32 = 0o600;
const OF_OTHERS: u32 = 0o077;

/// A data folder.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    /// The files that were opened.
    opened: Mutex<Vec<Opened>>,
}

#[derive(Debug)]
struct Opened {
    path: PathBuf,
    device: u64,
    inode: u64,
}

/// Which log it was, and how many transactions had been committed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Progress {
    pub(super) generation: u64,
    pub(super) commits: u64,
}

impl Files {
    /// The folder, made as needed.
    ///
    /// # Errors
    /// [`Trouble::OpenToOthers`] when others may read it or what is in it.
    pub(super) fn of(folder: &Path) -> Result<Self, Trouble> {
        DirBuilder::new().recursive(true).mode(OWN_FOLDER).create(folder)?;
        is_own(folder, OWN_FOLDER)?;
        for name in [DATABASE, PROGRESS, LOCK].into_iter().chain(BESIDE) {
            is_own(&folder.join(name), OWN_FILE)?;
        }
        Ok(Self { folder: folder.to_owned(), opened: Mutex::default() })
    }

    pub(super) fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// Whether the database was there, and how far it had come the last time that was noted. Makes an empty one where
    /// there never was any.
    ///
    /// # Errors
    /// [`Trouble::Missing`] when there was one.
    pub(super) fn begin(&self) -> Result<Option<Progress>, Trouble> {
        let noted = self.noted()?;
        let found = fs::metadata(self.database()).map(|found| found.len());
        let is_there = found.is_ok_and(|length| length > 0);
        if !is_there && noted.is_some_and(|noted| noted.commits > 0) {
            return Err(Trouble::Missing);
        }
        own_file(&self.database(), |options| options.truncate(false))?;
        Ok(noted)
    }

    /// Notes which files are open, once SQLite has opened all of them.
    pub(super) fn are_open(&self) -> Result<(), Trouble> {
        let names = [DATABASE].into_iter().chain(BESIDE);
        let opened = names.map(|name| {
            let path = self.folder.join(name);
            let found = fs::metadata(&path)?;
            Ok(Opened { path, device: found.dev(), inode: found.ino() })
        });
        *self.opened() = opened.collect::<io::Result<_>>()?;
        Ok(())
    }

    /// Whether what was opened still stands where it stood.
    ///
    /// # Errors
    /// [`Trouble::Gone`]: whatever is written now is lost with the last connection.
    pub(super) fn are_there(&self) -> Result<(), Trouble> {
        let is_there = |opened: &Opened| {
            let is_same =
                |found: Metadata| (found.dev(), found.ino()) == (opened.device, opened.inode);
            fs::metadata(&opened.path).is_ok_and(is_same)
        };
        if self.opened().iter().all(is_there) { Ok(()) } else { Err(Trouble::Gone) }
    }

    /// Takes the folder for one server.
    ///
    /// # Errors
    /// [`Trouble::InUse`] when another has it.
    pub(super) fn lock(&self) -> Result<File, Trouble> {
        let file = own_file(&self.folder.join(LOCK), |options| options.truncate(false))?;
        file.try_lock().map_err(|_| Trouble::InUse)?;
        Ok(file)
    }

    /// What was noted last; `None` when nothing that can be read was.
    fn noted(&self) -> Result<Option<Progress>, Trouble> {
        let noted = match fs::read_to_string(self.folder.join(PROGRESS)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            noted => noted?,
        };
        let mut noted = noted.split_whitespace().map(|word| word.parse::<u64>().ok());
        let generation = noted.next().flatten();
        let commits = noted.next().flatten();
        Ok(generation.zip(commits).map(|(generation, commits)| Progress { generation, commits }))
    }

    /// Notes how far it has come.
    pub(super) fn note(&self, progress: Progress) -> Result<(), Trouble> {
        let fresh = self.folder.join(format!("{PROGRESS}.new"));
        let Progress { generation, commits } = progress;
        let mut file = own_file(&fresh, |options| options.truncate(true))?;
        file.write_all(format!("{generation} {commits}\n").as_bytes())?;
        fs::rename(&fresh, self.folder.join(PROGRESS))?;
        Ok(())
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, Vec<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn own_file(
    path: &Path,
    how: impl FnOnce(&mut OpenOptions) -> &mut OpenOptions,
) -> io::Result<File> {
    how(OpenOptions::new().write(true).create(true).mode(OWN_FILE)).open(path)
}

fn is_own(path: &Path, mode: u32) -> Result<(), Trouble> {
    let open = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        found => found?.permissions().mode() & OF_OTHERS != 0,
    };
    if open { Err(Trouble::OpenToOthers { path: path.to_owned(), mode }) } else { Ok(()) }
}
