//! What can go wrong in the server's own room. What a *device* does wrong is an answer, not an error.

use std::io;

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
    Postgres(postgres::Error),
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

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull};
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::NoRoom,
            Some(DatabaseBusy | DatabaseLocked) => Self::Again,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for Trouble {
    fn from(error: postgres::Error) -> Self {
        match error.code().map(postgres::error::SqlState::code) {
            // disk_full, and out_of_memory which the same operators answer in the same way.
            Some("53100" | "53200") => Self::NoRoom,
            // Two nodes in each other's way: serialization, deadlock, and the same row made twice.
            Some("40001" | "40P01" | "23505" | "55P03") => Self::Again,
            _ => Self::Postgres(error),
        }
    }
}
