//! Where the rows are kept. A [`Store`] is one connection to one database; SQLite and PostgreSQL
//! differ here and nowhere else.

mod accounts;
pub(crate) mod beyond;
mod numbers;
pub mod postgres;
mod postgres_aside;
mod postgres_codes;
mod postgres_devices;
mod postgres_link;
mod postgres_members;
mod postgres_records;
mod postgres_rows;
mod postgres_shelf;
pub mod sqlite;
mod sqlite_aside;
mod sqlite_codes;
mod sqlite_devices;
mod sqlite_files;
mod sqlite_members;
mod sqlite_rows;
mod sqlite_shelf;

use sync::Shelf;
use sync::devices::Owner;
use trust::{DeviceId, DocumentId};

use crate::trouble::Trouble;
use crate::wake::Wake;

/// One connection to a database.
pub trait Store: Sized + Send + 'static {
    /// An open transaction; dropped without [`Transaction::commit`] it has never been.
    type Transaction<'s>: Transaction
    where
        Self: 's;

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// [`Trouble`], when the database is away.
    fn begin(&mut self) -> Result<Self::Transaction<'_>, Trouble>;

    /// Begins a transaction that only reads, at one snapshot.
    ///
    /// # Errors
    /// [`Trouble`], when the database is away.
    fn begin_reading(&mut self) -> Result<Self::Transaction<'_>, Trouble>;

    /// Another connection to the same database.
    ///
    /// # Errors
    /// [`Trouble`], when the database is away.
    fn another(&self) -> Result<Self, Trouble>;

    /// Called now and then by the one who writes, after a commit: time to note down beside the
    /// database how far it has come.
    ///
    /// # Errors
    /// [`Trouble::Outside`], when the note cannot be written.
    fn note_progress(&mut self) -> Result<(), Trouble> {
        Ok(())
    }

    /// Whether what is written would still be there tomorrow: asked before a transaction and before anything is said
    /// of it.
    ///
    /// # Errors
    /// [`Trouble::Gone`].
    fn is_there(&self) -> Result<(), Trouble> {
        Ok(())
    }

    /// Whether a house may be founded in it when there is none: not where there was one.
    fn may_found(&self) -> bool {
        true
    }

    /// The one who writes has nothing more to write.
    fn end(self) {}
}

/// An open transaction: rows to read and write, and a mark to go back to.
pub trait Transaction: Shelf<Failure = Trouble> {
    /// Sets the mark here, in the place of an earlier one.
    ///
    /// # Errors
    /// [`Trouble`].
    fn mark(&mut self) -> Result<(), Trouble>;

    /// Forgets everything since the mark.
    ///
    /// # Errors
    /// [`Trouble`], when the whole transaction is lost with it.
    fn back_to_mark(&mut self) -> Result<(), Trouble>;

    /// What has changed that somebody outside the database keeps a copy of.
    fn changes(&self) -> &Changes;

    /// Says to the other nodes on this database, when the transaction is committed, what they
    /// should wake for. Nothing where there can be no other node.
    ///
    /// # Errors
    /// [`Trouble`].
    fn wake_others(&mut self, wakes: &[Wake]) -> Result<(), Trouble>;

    /// A value that belongs to the whole installation.
    ///
    /// # Errors
    /// [`Trouble`].
    fn about(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble>;

    /// Sets a value that belongs to the whole installation.
    ///
    /// # Errors
    /// [`Trouble`].
    fn set_about(&mut self, name: &str, value: &[u8]) -> Result<(), Trouble>;

    /// Puts everything on disk.
    ///
    /// # Errors
    /// [`Trouble`]; then nothing has been kept.
    fn commit(self) -> Result<(), Trouble>;
}

/// What a transaction has changed that is copied outside the database. May name too much, never
/// too little.
#[derive(Clone, Default, Debug)]
pub struct Changes {
    /// Documents whose members are others now.
    pub chains: Vec<DocumentId>,
    /// Devices that are somebody else's now, or nobody's.
    pub devices: Vec<(DeviceId, Option<Owner>)>,
}

/// The value that says which log this is, 8 bytes.
pub(crate) const GENERATION: &str = "generation";

/// Draws a new number for the log, so that every client sends again what the database may lack.
///
/// # Errors
/// [`Trouble`].
pub fn renew_generation(transaction: &mut impl Transaction) -> Result<(), Trouble> {
    transaction.set_about(GENERATION, &numbers::random_positive()?.to_be_bytes())
}
