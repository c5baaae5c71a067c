//! SQLite: one file, one writer, as many readers as there are connections.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::numbers::{number_about, random_positive, unsigned};
use super::sqlite_files::{Files, Progress};
pub use super::sqlite_shelf::SqliteTransaction;
use super::{GENERATION, Store, Transaction, renew_generation};
use crate::log;
use crate::trouble::Trouble;

/// Every step from an empty file to today's tables, oldest first; only added to.
const MIGRATIONS: [&str; 3] = [
    include_str!("../../migrations/sqlite/1.sql"),
    include_str!("../../migrations/sqlite/2.sql"),
    include_str!("../../migrations/sqlite/3.sql"),
];
/// 3.51.3: before it, a reset of the write-ahead log could lose committed rows.
const VERSION_NEEDED: i32 = 3_051_003;
/// For looking at every page at the start. A gigabyte takes two seconds.
const CHECK_SECONDS: u64 = 20;
/// How many transactions have been committed since the database was made, 8 bytes.
pub(super) const COMMITS: &str = "commits";

/// One connection to the file in a data folder.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    files: Arc<Files>,
    room: Option<u64>,
    /// How far it had come when it was last noted.
    noted: Option<Progress>,
}

/// Held as long as a server runs on a data folder.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl SqliteStore {
    /// Opens the file in `folder`, making folder, file and tables as needed. With `room`, the
    /// database never grows beyond that many bytes, so that something else on the disk can live.
    ///
    /// # Errors
    /// [`Trouble`]: an old SQLite, a newer or damaged database or one that is gone, a folder that others may
    /// read, or a disk that says no.
    pub fn open(folder: &Path, room: Option<u64>) -> Result<Self, Trouble> {
        if rusqlite::version_number() < VERSION_NEEDED {
            return Err(Trouble::OldSqlite(rusqlite::version()));
        }
        let files = Arc::new(Files::of(folder)?);
        let noted = files.begin()?;
        let mut store = Self { connection: connect(&files, room)?, files, room, noted };
        store.migrate()?;
        store.files.are_open()?;
        Ok(store)
    }

    /// Takes the folder for one server.
    ///
    /// # Errors
    /// [`Trouble::InUse`] when another has it.
    pub fn lock_folder(folder: &Path) -> Result<FolderLock, Trouble> {
        Ok(FolderLock { _file: Files::of(folder)?.lock()? })
    }

    /// Looks at every page, if that does not take too long: what is found now is not found by somebody who asks for
    /// their plan.
    ///
    /// # Errors
    /// [`Trouble::Damaged`].
    pub fn look_for_damage(&self) -> Result<(), Trouble> {
        let interrupt = self.connection.get_interrupt_handle();
        let (over, is_over) = std::sync::mpsc::channel::<()>();
        let watch = thread::spawn(move || {
            if is_over.recv_timeout(Duration::from_secs(CHECK_SECONDS)).is_err() {
                interrupt.interrupt();
            }
        });
        let found = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
        let _ = over.send(());
        // It ends when it has been told, or has interrupted.
        let _ = watch.join();
        match found.map(|found: String| found) {
            Ok(found) if found == "ok" => Ok(()),
            Ok(found) => Err(Trouble::Damaged(found)),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                log::line("The database is large: not all of it was looked at for damage.");
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Draws a new generation when the file is older than what was noted beside it: then a backup
    /// has been put in its place, and what came after it must be sent again. Says whether it did.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn notice_a_restored_backup(&mut self) -> Result<bool, Trouble> {
        let Progress { generation, commits } = self.progress()?;
        let follows = |noted: Progress| noted.generation == generation && noted.commits <= commits;
        // The very first transaction made the tables: nothing can be lacking yet.
        let restored = !self.noted.is_some_and(follows) && commits > 0;
        if restored {
            let mut transaction = self.begin()?;
            renew_generation(&mut transaction)?;
            transaction.commit()?;
            return self.note_progress().map(|()| true);
        }
        // On a full disk there is no room for a note that says the same.
        let _ = self.note_progress();
        Ok(false)
    }

    fn migrate(&mut self) -> Result<(), Trouble> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.migrate_inside();
        self.connection.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }

    fn migrate_inside(&self) -> Result<(), Trouble> {
        let table = "CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL) STRICT";
        self.connection.execute_batch(table)?;
        let newest = "SELECT max(number) FROM version";
        let found: Option<i64> = self.connection.query_row(newest, [], |row| row.get(0))?;
        let (found, known) = (found.unwrap_or(0), MIGRATIONS.len() as i64);
        if found > known {
            return Err(Trouble::NewerDatabase { found, known });
        }
        if found == 0 && !self.may_found() {
            return Err(Trouble::Missing);
        }
        for (number, step) in (1_i64..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
            self.connection.execute_batch(step)?;
            self.connection.execute("INSERT INTO version (number) VALUES (?)", [number])?;
        }
        if found == 0 {
            let new = "INSERT INTO about (name, value) VALUES (?, ?)";
            let generation = random_positive()?.to_be_bytes();
            self.connection.execute(new, (GENERATION, generation))?;
            self.connection.execute(new, (COMMITS, 0_u64.to_be_bytes()))?;
        }
        Ok(())
    }

    fn progress(&mut self) -> Result<Progress, Trouble> {
        let mut transaction = self.begin_reading()?;
        let generation = number_about(transaction.about(GENERATION)?, "about.generation")?;
        let commits = number_about(transaction.about(COMMITS)?, "about.commits")?;
        Ok(Progress { generation, commits })
    }
}

impl Store for SqliteStore {
    type Transaction<'s> = SqliteTransaction<'s>;

    fn begin(&mut self) -> Result<SqliteTransaction<'_>, Trouble> {
        SqliteTransaction::begin(&self.connection, "BEGIN IMMEDIATE")
    }

    fn begin_reading(&mut self) -> Result<SqliteTransaction<'_>, Trouble> {
        SqliteTransaction::begin(&self.connection, "BEGIN DEFERRED")
    }

    fn another(&self) -> Result<Self, Trouble> {
        self.files.are_there()?;
        let connection = connect(&self.files, self.room)?;
        let (files, room, noted) = (self.files.clone(), self.room, self.noted);
        Ok(Self { connection, files, room, noted })
    }

    fn note_progress(&mut self) -> Result<(), Trouble> {
        let progress = self.progress()?;
        self.files.note(progress)
    }

    fn is_there(&self) -> Result<(), Trouble> {
        self.files.are_there()
    }

    fn may_found(&self) -> bool {
        self.noted.is_none_or(|noted| noted.commits == 0)
    }

    fn end(mut self) {
        let _ = self.note_progress();
        // Everything into the one file, which is what somebody copies.
        let into = "PRAGMA wal_checkpoint(TRUNCATE)";
        let _ = self.connection.query_row(into, [], |_| Ok(()));
        // The last connection that closes takes away the files beside it. A disk that is full when the server starts
        // again has no room to make them, and without them nothing can be read. So this one ends with the process.
        std::mem::forget(self.connection);
    }
}

fn connect(files: &Files, room: Option<u64>) -> Result<Connection, Trouble> {
    // Made by ourselves, or there is none.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(files.database(), flags)?;
    connection.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -1024;",
    )?;
    connection.set_prepared_statement_cache_capacity(48);
    if let Some(room) = room {
        let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let pages = room / unsigned(page).max(1);
        let set = format!("PRAGMA max_page_count = {pages}");
        let _: Option<i64> = connection.query_row(&set, [], |row| row.get(0)).optional()?;
    }
    Ok(connection)
}

#[cfg(test)]
mod tests;
