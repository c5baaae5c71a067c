//! One running server: from a listener and a configuration to a graceful end.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sync::Stamp;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;
use trust::Code;

use crate::accept::accept;
use crate::audience::Audience;
use crate::beginning::{Beginning, begin};
use crate::block::Origin;
use crate::budget::{Budgets, Pace};
use crate::challenge::Challenges;
use crate::hub::Hub;
use crate::keeper::{Clock, Keeper};
use crate::line::Ending;
use crate::places::{Places, Room};
use crate::posts::Posts;
use crate::presence::Presence;
use crate::site::Site;
use crate::store::Store;
use crate::store::beyond::Beyond;
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::{FolderLock, SqliteStore};
use crate::trouble::Trouble;
use crate::{files, guide, log, router};

/// Beside a database on another machine: that there was a house in it. An empty one is then the wrong one.
const HOUSE_NOTE: &str = "medspil.house";
/// For everybody to be answered and seen out.
const STOP_SECONDS: u64 = 6;
/// For what was answered to be put in order.
const LAST_SECONDS: u64 = 3;

/// Where rows are kept.
#[derive(Clone, Debug)]
pub enum Database {
    /// One SQLite file in the data folder.
    Sqlite {
        /// The file never grows beyond this many bytes; `None` for as large as the disk.
        room: Option<u64>,
    },
    /// A PostgreSQL database, by its address.
    Postgres(String),
}

/// Everything a server is told.
#[derive(Clone)]
pub struct Config {
    /// Where rows are kept.
    pub database: Database,
    /// The folder for the SQLite file and the operator's `kill` file.
    pub data: PathBuf,
    /// The built site.
    pub site: PathBuf,
    /// A folder with the municipality's own programmes and open places; `None` for those that come with the program.
    pub guide: Option<PathBuf>,
    /// What anybody may use.
    pub limits: Limits,
    /// The header in which the operator's own proxy names the address it speaks for, as the last one in it. `None`
    /// where connections come from people's devices themselves; whoever could write it would be anybody.
    pub address_header: Option<String>,
    /// Now.
    pub clock: Clock,
}

/// What anybody may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Live connections in all.
    pub connections: usize,
    /// Live connections of one person, over all their devices.
    pub connections_per_person: usize,
    /// What one device may send.
    pub pace: Pace,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 5000, connections_per_person: 20, pace: Pace::default() }
    }
}

impl Config {
    /// A server on SQLite in this folder, everything else as usual.
    pub fn sqlite(data: impl Into<PathBuf>) -> Self {
        Self {
            database: Database::Sqlite { room: None },
            data: data.into(),
            site: PathBuf::from("target/site"),
            guide: None,
            limits: Limits::default(),
            address_header: None,
            clock: system_clock(),
        }
    }
}

/// The machine's own clock.
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let past = SystemTime::now().duration_since(UNIX_EPOCH);
        Stamp { seconds: past.map_or(0, |past| past.as_secs()) }
    })
}

/// A server that runs until it is stopped.
pub struct Running {
    address: SocketAddr,
    first_invitation: Option<Code>,
    hub: Arc<Hub>,
    threads: Vec<JoinHandle<()>>,
    accepting: tokio::task::JoinHandle<()>,
    _lock: Option<FolderLock>,
}

/// Starts a server on this listener.
///
/// # Errors
/// [`Trouble`] when the guide is wrong, or the database cannot be opened or is newer than this program.
pub async fn serve(listener: TcpListener, config: Config) -> Result<Running, Trouble> {
    let guide = guide::read(config.guide.as_deref())?;
    let address = listener.local_addr()?;
    let opening = config.clone();
    // Opening a database takes its time, and is done where waiting costs nobody anything.
    let opened = tokio::task::spawn_blocking(move || Opened::open(&opening)).await;
    let opened = opened.map_err(|_| Trouble::Stopping)??;
    let hub = Arc::new(Hub {
        keeper: opened.keeper,
        audience: opened.audience,
        places: Places::new(Room::new(config.limits.connections, files::may_open())),
        origin: Origin::new(config.address_header),
        budgets: Budgets::new(config.limits.pace),
        posts: Posts::default(),
        guesses: Mutex::default(),
        challenges: Challenges::new(&opened.beginning.secret),
        clock: config.clock,
        start: Instant::now(),
        site: Site::new(config.site),
        guide,
        kill_file: config.data.join("kill"),
        beyond: opened.beyond,
        stopping: watch::Sender::new(false),
    });
    let routes = router::routes(hub.clone());
    let accepting = tokio::spawn(accept(listener, routes, hub.clone()));
    Ok(Running {
        address,
        first_invitation: opened.beginning.first,
        hub,
        threads: opened.threads,
        accepting,
        _lock: opened.lock,
    })
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The code for the first daily lead, when the house was founded just now. It is nowhere else.
    pub fn first_invitation(&self) -> Option<Code> {
        self.first_invitation
    }

    /// Accepts nobody more, answers what has been received, closes every connection with a word,
    /// and waits until everything is on disk: at most ten seconds.
    pub async fn stop(self) {
        let Self { hub, threads, accepting, _lock, .. } = self;
        hub.stopping.send_replace(true);
        hub.audience.presence.end_all(Ending::Restart);
        let out = async {
            let _ = accepting.await;
            hub.stopping.closed().await;
        };
        if timeout(Duration::from_secs(STOP_SECONDS), out).await.is_err() {
            log::line("Some connections were cut off.");
        }
        if let Some(beyond) = &hub.beyond {
            beyond.stop();
        }
        hub.keeper.stop();
        // A thread of its own, which nobody waits for: they may wait for a database that says nothing.
        let (tell, ended) = oneshot::channel();
        thread::spawn(move || {
            threads.into_iter().for_each(|thread| drop(thread.join()));
            let _ = tell.send(());
        });
        let _ = timeout(Duration::from_secs(LAST_SECONDS), ended).await;
    }
}

/// A database that is ready, and its threads.
struct Opened {
    keeper: Keeper,
    threads: Vec<JoinHandle<()>>,
    audience: Arc<Audience>,
    beginning: Beginning,
    beyond: Option<Beyond>,
    lock: Option<FolderLock>,
}

impl Opened {
    fn open(config: &Config) -> Result<Self, Trouble> {
        match &config.database {
            Database::Sqlite { room } => Self::open_sqlite(config, *room),
            Database::Postgres(address) => Self::open_postgres(config, address),
        }
    }

    fn open_sqlite(config: &Config, room: Option<u64>) -> Result<Self, Trouble> {
        let lock = SqliteStore::lock_folder(&config.data)?;
        let mut store = SqliteStore::open(&config.data, room)?;
        store.look_for_damage()?;
        tell_of_a_restored_backup(store.notice_a_restored_backup()?);
        let beginning = begin(&mut store, (config.clock)())?;
        let audience = audience(config.limits);
        let (keeper, threads) = Keeper::start(store, audience.clone(), config.clock.clone())?;
        Ok(Self { keeper, threads, audience, beginning, beyond: None, lock: Some(lock) })
    }

    fn open_postgres(config: &Config, address: &str) -> Result<Self, Trouble> {
        let mut store = PostgresStore::open(address)?;
        let note = config.data.join(HOUSE_NOTE);
        if note.exists() {
            store.had_a_house();
        }
        tell_of_a_restored_backup(store.notice_a_restored_backup()?);
        let beginning = begin(&mut store, (config.clock)())?;
        // Where nothing can be written there is no note, as before.
        let _ = fs::create_dir_all(&config.data).and_then(|()| fs::write(note, ""));
        let audience = audience(config.limits);
        let ways = store.another()?;
        let (keeper, mut threads) = Keeper::start(store, audience.clone(), config.clock.clone())?;
        let (beyond, more) = Beyond::start(&ways, audience.clone(), keeper.clone())?;
        threads.extend(more);
        Ok(Self { keeper, threads, audience, beginning, beyond: Some(beyond), lock: None })
    }
}

fn audience(limits: Limits) -> Arc<Audience> {
    Arc::new(Audience::new(Presence::new(limits.connections_per_person)))
}

fn tell_of_a_restored_backup(restored: bool) {
    if restored {
        log::line("A backup has been restored: clients send again what it lacks.");
    }
}
