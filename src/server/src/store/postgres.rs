//! PostgreSQL: several servers may share one database. It is the only truth; what the nodes say to
//! each other ([`super::beyond`]) is only a reason to look again.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio_postgres::{Config, Statement};

use super::numbers::random_positive;
use super::postgres_link::Link;
pub use super::postgres_shelf::PostgresTransaction;
use super::{GENERATION, Store, Transaction, renew_generation};
use crate::trouble::Trouble;

/// Every step from an empty database to today's tables, oldest first; only added to.
const MIGRATIONS: [&str; 3] = [
    include_str!("../../migrations/postgres/1.sql"),
    include_str!("../../migrations/postgres/2.sql"),
    include_str!("../../migrations/postgres/3.sql"),
];
/// Two nodes that start at once migrate one after the other.
const MIGRATION_LOCK: i64 = 0x006d_6564_7370_696c;
/// Which copy of a database this is.
const CLUSTER: &str = "cluster";

/// One connection to a PostgreSQL database.
pub struct PostgresStore {
    link: Link,
    statements: HashMap<&'static str, Statement>,
    config: Config,
    node: u64,
    may_found: bool,
    /// How many connections of this process have fallen silent; and how many had when this one was made.
    silences: Arc<AtomicU64>,
    silences_before: u64,
}

impl PostgresStore {
    /// Connects, and makes the tables as needed. No TLS: a database on another machine is reached
    /// through a tunnel or a private network.
    ///
    /// # Errors
    /// [`Trouble`]: an address that cannot be read or reached, or a newer database.
    pub fn open(address: &str) -> Result<Self, Trouble> {
        let mut config = Config::from_str(address)?;
        config.application_name("medspil");
        let mut store = Self::connect(config, random_positive()?, Arc::default())?;
        store.migrate()?;
        Ok(store)
    }

    fn connect(config: Config, node: u64, silences: Arc<AtomicU64>) -> Result<Self, Trouble> {
        let silences_before = silences.load(Ordering::Relaxed);
        let mut link = Link::open(&config)?;
        // Whatever the operator has set, an answer means that it is on disk; and a transaction
        // that waits for another gives up before a person does. All questions are short: compiling one
        // would take longer than answering it.
        link.batch_execute(
            "SET client_min_messages = warning;
             SET jit = off;
             SET lock_timeout = '3s';
             SET statement_timeout = '10s';
             SET idle_in_transaction_session_timeout = '30s';
             SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') = 'off';",
        )?;
        let (statements, may_found) = (HashMap::new(), true);
        Ok(Self { link, statements, config, node, may_found, silences, silences_before })
    }

    /// Where one connection was swallowed the others were most likely too, and each would be waited for in its turn.
    fn renew_if_doubted(&mut self) -> Result<(), Trouble> {
        if self.silences.load(Ordering::Relaxed) != self.silences_before {
            *self = self.another()?;
        }
        Ok(())
    }

    /// Somebody remembers that there is a house in it.
    pub(crate) fn had_a_house(&mut self) {
        self.may_found = false;
    }

    /// The number by which this process knows its own words when it hears them again.
    pub(crate) fn node(&self) -> u64 {
        self.node
    }

    pub(super) fn link(&mut self) -> &mut Link {
        &mut self.link
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
        let asked = self.link.prepare(cluster).and_then(|asked| self.link.query_opt(&asked, &[]));
        let Ok(Some(row)) = asked else { return Ok(false) };
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
        // A large table takes its time, and another node that is at it already too.
        self.link.patiently(|link| {
            link.batch_execute(
                "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0",
            )?;
            migrate_inside(link)?;
            link.batch_execute("COMMIT")
        })
    }
}

/// Without a commit it has never been, and the connection is given up.
fn migrate_inside(link: &mut Link) -> Result<(), Trouble> {
    link.batch_execute(&format!(
        "SELECT pg_advisory_xact_lock({MIGRATION_LOCK});
         CREATE TABLE IF NOT EXISTS version (number BIGINT NOT NULL)"
    ))?;
    let newest = link.prepare("SELECT max(number) FROM version")?;
    let found: Option<i64> = link.query_opt(&newest, &[])?.and_then(|row| row.get(0));
    let (found, known) = (found.unwrap_or(0), MIGRATIONS.len() as i64);
    if found > known {
        return Err(Trouble::NewerDatabase { found, known });
    }
    for (number, step) in (1_i64..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
        link.batch_execute(step)?;
        link.batch_execute(&format!("INSERT INTO version (number) VALUES ({number})"))?;
    }
    if found == 0 {
        let generation = random_positive()?.to_be_bytes().to_vec();
        let new = link.prepare("INSERT INTO about (name, value) VALUES ($1, $2)")?;
        link.execute(&new, &[&GENERATION, &generation])?;
    }
    Ok(())
}

impl Store for PostgresStore {
    type Transaction<'s> = PostgresTransaction<'s>;

    fn begin(&mut self) -> Result<PostgresTransaction<'_>, Trouble> {
        self.renew_if_doubted()?;
        let how = "BEGIN ISOLATION LEVEL READ COMMITTED";
        PostgresTransaction::begin(&mut self.link, &mut self.statements, (how, self.node))
    }

    fn begin_reading(&mut self) -> Result<PostgresTransaction<'_>, Trouble> {
        self.renew_if_doubted()?;
        let how = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        PostgresTransaction::begin(&mut self.link, &mut self.statements, (how, self.node))
    }

    fn another(&self) -> Result<Self, Trouble> {
        if self.link.is_silent() {
            self.silences.fetch_add(1, Ordering::Relaxed);
        }
        let another = Self::connect(self.config.clone(), self.node, self.silences.clone())?;
        Ok(Self { may_found: self.may_found, ..another })
    }

    fn may_found(&self) -> bool {
        self.may_found
    }
}

/// The address may hold a password.
impl fmt::Debug for PostgresStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PostgresStore of node {:016x}", self.node)
    }
}
