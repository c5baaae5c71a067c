//! What an operator with a shell can do to a database.

use trust::Code;

use crate::beginning;
use crate::serve::{Config, Database};
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, Transaction, renew_generation};
use crate::trouble::Trouble;

/// Makes a new invitation for the daily lead: the first one has run out, or the only lead has lost
/// their phone. The server may be running.
///
/// # Errors
/// [`Trouble::NoLead`] for a database without a house.
pub fn invite_lead(config: &Config) -> Result<Code, Trouble> {
    let now = (config.clock)();
    match &config.database {
        Database::Sqlite { room } => {
            beginning::invite_lead(&mut SqliteStore::open(&config.data, *room)?, now)
        }
        Database::Postgres(address) => {
            beginning::invite_lead(&mut PostgresStore::open(address)?, now)
        }
    }
}

/// Says that the database was restored from a backup in a way the server cannot notice by itself,
/// such as a whole data folder or a disk put back. Run it while the server is stopped.
///
/// # Errors
/// [`Trouble::InUse`] while a server runs on the folder.
pub fn restored(config: &Config) -> Result<(), Trouble> {
    match &config.database {
        Database::Sqlite { room } => {
            let _lock = SqliteStore::lock_folder(&config.data)?;
            renew(SqliteStore::open(&config.data, *room)?)
        }
        Database::Postgres(address) => renew(PostgresStore::open(address)?),
    }
}

fn renew<S: Store>(mut store: S) -> Result<(), Trouble> {
    let mut rows = store.begin()?;
    renew_generation(&mut rows)?;
    rows.commit()?;
    store.note_progress()
}
