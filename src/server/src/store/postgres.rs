//! PostgreSQL: several servers may share one database. It is the only truth; what the nodes say to
//! each other ([`super::beyond`]) is only a reason to look again.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use postgres::{Client, Config, NoTls, Statement};

use super::numbers::random_positive;
pub use super::postgres_shelf::PostgresTransaction;
use super::{GENERATION, Store, Transaction, renew_generation};
use crate::trouble::Trouble;

/// Every step from an empty database to today's tables, oldest first; only added to.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/postgres/1.sql")];
/// Two nodes that start at once migrate one after the other.
const MIGRATION_LOCK: i64 = 0x006d_6564_7370_696c;
const CONNECT_SECONDS: u64 = 5;
/// Which copy of a database this is.
const CLUSTER: &str = "cluster";

/// One connection to a PostgreSQL database.
pub struct PostgresStore {
    client: Client,
    statements: HashMap<&'static str, Statement>,
    config: Config,
    node: u64,
}

impl PostgresStore {
    /// Connects, and makes the tables as needed. No TLS: a database on another machine is reached
    /// through a tunnel or a private network.
    ///
    /// # Errors
    /// [`Trouble`]: an address that cannot be read or reached, or a newer database.
    pub fn open(address: &str) -> Result<Self, Trouble> {
        let mut config = Config::from_str(address)?;
        config.connect_timeout(Duration::from_secs(CONNECT_SECONDS));
        config.application_name("medspil");
        let mut store = Self::connect(config, random_positive()?)?;
        store.migrate()?;
        Ok(store)
    }

    fn connect(config: Config, node: u64) -> Result<Self, Trouble> {
        let mut client = config.connect(NoTls)?;
        // Whatever the operator has set, an answer means that it is on disk; and a transaction
        // that waits for another gives up before a person does.
        client.batch_execute(
            "SET client_min_messages = warning;
             SET lock_timeout = '3s';
             SET statement_timeout = '15s';
             SET idle_in_transaction_session_timeout = '30s';
             SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') = 'off';",
        )?;
        Ok(Self { client, statements: HashMap::new(), config, node })
    }

    /// The number by which this process knows its own words when it hears them again.
    pub(crate) fn node(&self) -> u64 {
        self.node
    }

    pub(super) fn client(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Draws a new generation when this is another copy of the database than last time: restored
    /// from a dump, brought back to a point in time, or a standby that has taken over. Says whether
    /// it did.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn notice_a_restored_backup(&mut self) -> Result<bool, Trouble> {
        let cluster = "SELECT concat_ws('/', s.system_identifier, c.timeline_id, d.oid)
             FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
             WHERE d.datname = current_database()";
        // Not every operator lets us ask; then `server restored` must be said by hand.
        let Ok(row) = self.client.query_one(cluster, &[]) else { return Ok(false) };
        let cluster: String = row.get(0);
        let mut rows = self.begin()?;
        let before = rows.about(CLUSTER)?;
        if before.as_deref() == Some(cluster.as_bytes()) {
            return Ok(false);
        }
        rows.set_about(CLUSTER, cluster.as_bytes())?;
        let restored = before.is_some();
        if restored {
            renew_generation(&mut rows)?;
        }
        rows.commit()?;
        Ok(restored)
    }

    fn migrate(&mut self) -> Result<(), Trouble> {
        let mut work = self.client.transaction()?;
        work.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK])?;
        work.batch_execute("CREATE TABLE IF NOT EXISTS version (number BIGINT NOT NULL)")?;
        let found: Option<i64> = work.query_one("SELECT max(number) FROM version", &[])?.get(0);
        let (found, known) = (found.unwrap_or(0), MIGRATIONS.len() as i64);
        if found > known {
            return Err(Trouble::NewerDatabase { found, known });
        }
        for (number, step) in (1_i64..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
            work.batch_execute(step)?;
            work.execute("INSERT INTO version (number) VALUES ($1)", &[&number])?;
        }
        if found == 0 {
            let generation = random_positive()?.to_be_bytes().to_vec();
            let new = "INSERT INTO about (name, value) VALUES ($1, $2)";
            work.execute(new, &[&GENERATION, &generation])?;
        }
        Ok(work.commit()?)
    }
}

impl Store for PostgresStore {
    type Transaction<'s> = PostgresTransaction<'s>;

    fn begin(&mut self) -> Result<PostgresTransaction<'_>, Trouble> {
        let how = "BEGIN ISOLATION LEVEL READ COMMITTED";
        PostgresTransaction::begin(&mut self.client, &mut self.statements, (how, self.node))
    }

    fn begin_reading(&mut self) -> Result<PostgresTransaction<'_>, Trouble> {
        let how = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        PostgresTransaction::begin(&mut self.client, &mut self.statements, (how, self.node))
    }

    fn another(&self) -> Result<Self, Trouble> {
        Self::connect(self.config.clone(), self.node)
    }
}

/// The address may hold a password.
impl fmt::Debug for PostgresStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PostgresStore of node {:016x}", self.node)
    }
}
