//! SQLite: one file, one writer, as many readers as there are connections.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use super::numbers::{number_about, random_positive, unsigned};
pub use super::sqlite_shelf::SqliteTransaction;
use super::{GENERATION, Store, Transaction, renew_generation};
use crate::trouble::Trouble;

/// Every step from an empty file to today's tables, oldest first; only added to.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/sqlite/1.sql")];
/// 3.51.3: before it, a reset of the write-ahead log could lose committed rows.
const VERSION_NEEDED: i32 = 3_051_003;
const DATABASE: &str = "medspil.db";
const PROGRESS: &str = "medspil.progress";
const LOCK: &str = "medspil.lock";
/// How many transactions have been committed since the database was made, 8 bytes.
pub(super) const COMMITS: &str = "commits";

/// One connection to the file in a data folder.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    folder: PathBuf,
    room: Option<u64>,
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
    /// [`Trouble`]: an old SQLite, a newer database, or a disk that says no.
    pub fn open(folder: &Path, room: Option<u64>) -> Result<Self, Trouble> {
        if rusqlite::version_number() < VERSION_NEEDED {
            return Err(Trouble::OldSqlite(rusqlite::version()));
        }
        fs::create_dir_all(folder)?;
        let mut store =
            Self { connection: connect(folder, room)?, folder: folder.to_owned(), room };
        store.migrate()?;
        Ok(store)
    }

    /// Takes the folder for one server.
    ///
    /// # Errors
    /// [`Trouble::InUse`] when another has it.
    pub fn lock_folder(folder: &Path) -> Result<FolderLock, Trouble> {
        fs::create_dir_all(folder)?;
        let file = File::create(folder.join(LOCK))?;
        file.try_lock().map_err(|_| Trouble::InUse)?;
        Ok(FolderLock { _file: file })
    }

    /// Draws a new generation when the file is older than what was noted beside it: then a backup
    /// has been put in its place, and what came after it must be sent again. Says whether it did.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn notice_a_restored_backup(&mut self) -> Result<bool, Trouble> {
        let noted = fs::read_to_string(self.folder.join(PROGRESS)).unwrap_or_default();
        let mut noted = noted.split_whitespace().map(|word| word.parse::<u64>().ok());
        let (generation, commits) = self.progress()?;
        let follows = noted.next().flatten() == Some(generation)
            && noted.next().flatten().is_some_and(|noted| noted <= commits);
        // The very first transaction made the tables: nothing can be lacking yet.
        let restored = !follows && commits > 0;
        if restored {
            let mut transaction = self.begin()?;
            renew_generation(&mut transaction)?;
            transaction.commit()?;
        }
        self.note_progress()?;
        Ok(restored)
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

    fn progress(&mut self) -> Result<(u64, u64), Trouble> {
        let mut transaction = self.begin_reading()?;
        let generation = transaction.about(GENERATION)?;
        let commits = transaction.about(COMMITS)?;
        Ok((number_about(generation, "about.generation")?, number_about(commits, "about.commits")?))
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
        let connection = connect(&self.folder, self.room)?;
        Ok(Self { connection, folder: self.folder.clone(), room: self.room })
    }

    fn note_progress(&mut self) -> Result<(), Trouble> {
        let (generation, commits) = self.progress()?;
        let fresh = self.folder.join(format!("{PROGRESS}.new"));
        fs::write(&fresh, format!("{generation} {commits}\n"))?;
        fs::rename(&fresh, self.folder.join(PROGRESS))?;
        Ok(())
    }
}

fn connect(folder: &Path, room: Option<u64>) -> Result<Connection, Trouble> {
    let connection = Connection::open(folder.join(DATABASE))?;
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
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("medspil-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn generation(store: &mut SqliteStore) -> u64 {
        store.progress().unwrap().0
    }

    fn write_something(store: &mut SqliteStore) {
        let mut transaction = store.begin().unwrap();
        transaction.set_about("test", &[1]).unwrap();
        transaction.commit().unwrap();
    }

    #[test]
    fn a_restored_backup_is_another_log() {
        let folder = folder("restored");
        let mut store = SqliteStore::open(&folder, None).unwrap();
        assert!(!store.notice_a_restored_backup().unwrap());
        write_something(&mut store);
        let first = generation(&mut store);
        let backup = folder.join("backup.db");
        store.connection.execute("VACUUM INTO ?", [backup.to_str().unwrap()]).unwrap();
        write_something(&mut store);
        store.note_progress().unwrap();
        drop(store);

        let mut store = SqliteStore::open(&folder, None).unwrap();
        assert!(!store.notice_a_restored_backup().unwrap(), "a plain restart is the same log");
        assert_eq!(generation(&mut store), first);
        drop(store);

        fs::rename(backup, folder.join(DATABASE)).unwrap();
        let mut store = SqliteStore::open(&folder, None).unwrap();
        assert!(store.notice_a_restored_backup().unwrap());
        assert_ne!(generation(&mut store), first);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_newer_database_is_refused_in_a_sentence() {
        let folder = folder("newer");
        let store = SqliteStore::open(&folder, None).unwrap();
        store.connection.execute("INSERT INTO version (number) VALUES (99)", []).unwrap();
        drop(store);
        let refused = SqliteStore::open(&folder, None).unwrap_err().to_string();
        assert!(refused.contains("version 99"), "{refused}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn two_servers_do_not_share_a_folder() {
        let folder = folder("lock");
        let held = SqliteStore::lock_folder(&folder).unwrap();
        assert!(matches!(SqliteStore::lock_folder(&folder), Err(Trouble::InUse)));
        drop(held);
        SqliteStore::lock_folder(&folder).unwrap();
        fs::remove_dir_all(folder).unwrap();
    }
}
