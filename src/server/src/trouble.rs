//! What can go wrong in the server's own room. What a *device* does wrong is an answer, not an error.

use std::io;
use std::path::PathBuf;

use rusqlite::ffi;

use crate::guide::Complaint;

/// Why the server could not start, or a transaction came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The disk that holds the database is full. What was asked is not kept; reading goes on.
    #[error("There is no room left for the database.")]
    NoRoom,
    /// Another transaction was in the way; the same work may be tried again at once.
    #[error("Another transaction was in the way.")]
    Again,
    /// The database is not where the progress note says that one was.
    #[error(
        "By what stands in the data folder there was a database, and this one is empty. Put a backup \
         back, or name the right one. To begin anew, use another data folder."
    )]
    Missing,
    /// The database's files were deleted or replaced under the running server.
    #[error(
        "The database's files are not where they were. Nothing is kept before they are back, or \
         the server has been started again with a backup."
    )]
    Gone,
    /// SQLite finds the file damaged.
    #[error("The database is damaged ({0}). Put a backup of it back as medspil.db.")]
    Damaged(String),
    /// What is in the data folder is nobody's business but the server's.
    #[error("Others may read {}. Say: chmod {mode:o} {}", path.display(), path.display())]
    OpenToOthers {
        /// Which folder or file.
        path: PathBuf,
        /// What it should be.
        mode: u32,
    },
    /// A newer Medspil has changed the database.
    #[error(
        "The database has version {found}, and this program knows {known}. Start the newer program."
    )]
    NewerDatabase {
        /// The version that stands in the database.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Older copies can lose what stands in their write-ahead log.
    #[error("This is SQLite {0}. Medspil needs 3.51.3 or newer, which does not lose written rows.")]
    OldSqlite(&'static str),
    /// A row that no version of this program writes.
    #[error("The database holds a row that cannot be read, in {0}.")]
    Unreadable(&'static str),
    /// An operator asked for an invitation from a house without a daily lead.
    #[error("There is no daily lead to invite. Start the server once with an empty database.")]
    NoLead,
    /// SQLite said no.
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
    /// PostgreSQL said no, or cannot be reached.
    #[error("PostgreSQL: {0}")]
    Postgres(tokio_postgres::Error),
    /// PostgreSQL, or the network on the way to it, says nothing.
    #[error("PostgreSQL does not answer.")]
    Silent,
    /// Two servers on one SQLite file would not hear of each other's records.
    #[error("Another server is using this data folder. Stop it first, or use PostgreSQL.")]
    InUse,
    /// A municipality's own guide cannot be used.
    #[error("{0}")]
    Guide(#[from] Complaint),
    /// A file, a socket, or the source of random numbers.
    #[error("{0}")]
    Outside(#[from] io::Error),
    /// A mistake of ours, met while answering. It costs the one who asked an answer, and nobody else.
    #[error("A fault in the program; what was asked has not been kept.")]
    Fault,
    /// The thread that keeps the rows has ended.
    #[error("The server is stopping.")]
    Stopping,
}

impl Trouble {
    /// Whether the connection is what was lost, and another one may do.
    pub(crate) fn is_lost(&self) -> bool {
        let error = match self {
            Self::Silent => return true,
            Self::Postgres(error) => error,
            _ => return false,
        };
        match error.code().map(tokio_postgres::error::SqlState::code) {
            // The server is shutting down, has crashed or is starting; or the connection does not do.
            Some(code) => code.starts_with("57P") || code.starts_with("08"),
            None => true,
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
        };
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::NoRoom,
            Some(DatabaseBusy | DatabaseLocked) => Self::Again,
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            _ => match error.sqlite_extended_error_code() {
                // The file that all connections share could not be made larger.
                Some(ffi::SQLITE_IOERR_SHMSIZE) => Self::NoRoom,
                // It ends before it should, or the disk gives back something else than was written.
                Some(
                    ffi::SQLITE_IOERR_SHORT_READ
                    | ffi::SQLITE_IOERR_READ
                    | ffi::SQLITE_IOERR_CORRUPTFS,
                ) => Self::Damaged(error.to_string()),
                _ => Self::Sqlite(error),
            },
        }
    }
}

impl From<tokio_postgres::Error> for Trouble {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code().map(tokio_postgres::error::SqlState::code) {
            // disk_full, and out_of_memory which the same operators answer in the same way.
            Some("53100" | "53200") => Self::NoRoom,
            // Two nodes in each other's way: serialization, deadlock, and the same row made twice.
            Some("40001" | "40P01" | "23505" | "55P03") => Self::Again,
            _ => Self::Postgres(error),
        }
    }
}
