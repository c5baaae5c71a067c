//! The real client on a real connection, with a disk that is a file or nothing: an app without a
//! screen, for the demo and for figures that want the whole app.

use std::collections::BTreeMap;
use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use client::{
    Client, Deed, Done, Effect, Input, Made, Now, Query, Range, Row, Store, Tools, Write,
};
use tungstenite::{Message, WebSocket};

/// Nothing the app waits for takes longer than this.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long one look at the connection takes at most.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const LOOK: Duration = Duration::from_millis(20);

/// An app without a screen.
pub struct App {
    client: Client,
    disk: Disk,
    host: String,
    socket: Option<WebSocket<TcpStream>>,
    began: Instant,
    wake_at: Option<u64>,
    days_ago: i64,
}

/// What an app has written.
#[derive(Clone, Debug, Default)]
pub struct Disk(BTreeMap<(Store, Vec<u8>), Vec<u8>>);

/// Why an app could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    /// The server cannot be reached.
    #[error("{0} cannot be reached: {1}")]
    Connection(String, String),
    /// The app itself said no.
    #[error("{0}")]
    Refused(#[from] client::Refusal),
    /// What was waited for did not come.
    #[error("Waited too long for {0}.")]
    Patience(&'static str),
    /// The disk's file.
    #[error("The demo's file: {0}")]
    File(#[from] io::Error),
}

impl Disk {
    /// Reads what [`Disk::keep`] wrote; an empty disk when there is no such file.
    ///
    /// # Errors
    /// Whatever reading a file may bring but its not being there.
    pub fn read(path: &Path) -> io::Result<Self> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let broken = || io::Error::from(io::ErrorKind::InvalidData);
        let frames = sync::message::split_frames(&bytes).map_err(|_| broken())?;
        let mut disk = Self::default();
        for row in frames.chunks_exact(3) {
            let store = Store::ALL.into_iter().find(|store| store.name().as_bytes() == row[0]);
            disk.0.insert((store.ok_or_else(broken)?, row[1].to_vec()), row[2].to_vec());
        }
        Ok(disk)
    }

    /// Writes everything to a file.
    ///
    /// # Errors
    /// Whatever writing a file may bring.
    pub fn keep(&self, path: &Path) -> io::Result<()> {
        let row = |((store, key), value): (&(Store, Vec<u8>), &Vec<u8>)| {
            [store.name().as_bytes().to_vec(), key.clone(), value.clone()]
        };
        std::fs::write(path, sync::message::join_frames(self.0.iter().flat_map(row)))
    }

    fn rows(&self, range: &Range) -> Vec<Row> {
        let row = |((store, key), value): (&(Store, Vec<u8>), &Vec<u8>)| Row {
            store: *store,
            key: key.clone(),
            value: value.clone(),
        };
        let first = (range.store, range.first.clone());
        self.0.range(first..=(range.store, range.last.clone())).map(row).collect()
    }
}

impl App {
    /// Opens the app on this disk, for the server at `host` (name and port). `chance` must be new
    /// for each.
    pub fn open(host: &str, disk: Disk, chance: [u8; 32]) -> Self {
        let mut tab = [0; 8];
        tab.copy_from_slice(&chance[..8]);
        #[expect(clippy::disallowed_methods, reason = "there is no browser here to tell the time")]
        let began = Instant::now();
        let client = Client::new(chance, tab);
        let mut app = Self {
            client,
            disk,
            host: host.to_owned(),
            socket: None,
            began,
            wake_at: None,
            days_ago: 0,
        };
        let whole = |store| Range { store, first: Vec::new(), last: vec![0xff; 64] };
        let rows = Store::AT_START.into_iter().flat_map(|store| app.disk.rows(&whole(store)));
        let rows = rows.collect();
        app.input(Input::Began { version: String::new(), has_ended: false });
        app.input(Input::Loaded(0, rows));
        app.input(Input::Tools(Tools::all()));
        app.input(Input::Leading);
        app
    }

    /// From now on it is so many days ago by this app's clock.
    pub fn set_days_ago(&mut self, days: i64) {
        self.days_ago = days;
    }

    /// What a screen would see.
    pub fn look<Q: Query>(&self, query: &Q) -> Q::View {
        self.client.look(query)
    }

    /// What the app has written so far.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Does what a person asks for.
    ///
    /// # Errors
    /// [`Stuck`].
    pub fn run(&mut self, command: impl Deed + 'static) -> Result<Option<Made>, Stuck> {
        let done = self.client.run(Box::new(command), self.now())?;
        let made = done.made;
        self.perform(done);
        Ok(made)
    }

    /// Goes on until something is so.
    ///
    /// # Errors
    /// [`Stuck::Patience`] when it does not become so in 20 s.
    pub fn until(
        &mut self,
        what: &'static str,
        is_so: impl Fn(&Client) -> bool,
    ) -> Result<(), Stuck> {
        let last = self.now().steady_ms + u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
        while !is_so(&self.client) {
            if self.now().steady_ms > last {
                return Err(Stuck::Patience(what));
            }
            self.go_on()?;
        }
        Ok(())
    }

    /// Goes on until everything is on the server.
    ///
    /// # Errors
    /// [`Stuck`].
    pub fn until_safe(&mut self) -> Result<(), Stuck> {
        use client::view::{Saved, Saving};
        self.until("everything to be saved", |client| {
            let saving = client.look(&Saving);
            saving.saved == Saved::Safely && saving.connected
        })
    }

    /// Looks once at the connection and the clock.
    fn go_on(&mut self) -> Result<(), Stuck> {
        match self.socket.as_mut().map(WebSocket::read) {
            Some(Ok(Message::Binary(frame))) => self.input(Input::Received(frame.to_vec())),
            Some(Ok(_)) => {}
            Some(Err(tungstenite::Error::Io(error))) if is_nothing_yet(&error) => {}
            Some(Err(error)) => {
                return Err(Stuck::Connection(self.host.clone(), error.to_string()));
            }
            None => std::thread::sleep(LOOK),
        }
        if self.wake_at.is_some_and(|at| at <= self.now().steady_ms) {
            self.wake_at = None;
            self.input(Input::Woke);
        }
        Ok(())
    }

    fn now(&self) -> Now {
        #[expect(clippy::disallowed_methods, reason = "there is no browser here to tell the time")]
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let whole = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let wall_ms = i64::try_from(whole(wall)).unwrap_or(i64::MAX) - self.days_ago * DAY_MS;
        Now { steady_ms: whole(self.began.elapsed()), wall_ms, zone_minutes: 60 }
    }

    fn input(&mut self, input: Input) {
        let done = self.client.accept(input, self.now());
        self.perform(done);
    }

    fn perform(&mut self, done: Done) {
        for effect in done.effects {
            match effect {
                Effect::Save(batch) => {
                    for write in batch.writes {
                        self.write(write);
                    }
                    self.input(Input::Saved(batch.number));
                }
                Effect::Load(number, ranges) => {
                    let rows = ranges.iter().flat_map(|range| self.disk.rows(range)).collect();
                    self.input(Input::Loaded(number, rows));
                }
                Effect::Connect => self.connect(),
                Effect::Disconnect => self.socket = None,
                Effect::Send(frame) => {
                    if let Some(socket) = &mut self.socket {
                        // A lost connection is seen at the next look.
                        let _ = socket.send(Message::Binary(frame.into()));
                    }
                }
                Effect::WakeAt(at) => self.wake_at = Some(at),
                _ => {}
            }
        }
    }

    fn write(&mut self, write: Write) {
        match write {
            // One tab alone: nobody else adds anything.
            Write::Put(Row { store, key, value }) | Write::Add(Row { store, key, value }) => {
                self.disk.0.insert((store, key), value);
            }
            Write::Delete(store, key) => {
                self.disk.0.remove(&(store, key));
            }
        }
    }

    /// Without a connection nothing comes, and whoever waits is told in the end.
    fn connect(&mut self) {
        self.socket = dial(&self.host);
        if self.socket.is_some() {
            self.input(Input::Connected);
        }
    }
}

fn dial(host: &str) -> Option<WebSocket<TcpStream>> {
    let stream = TcpStream::connect(host).ok()?;
    let (socket, _) = tungstenite::client(format!("ws://{host}/live"), stream).ok()?;
    socket.get_ref().set_read_timeout(Some(LOOK)).ok()?;
    Some(socket)
}

fn is_nothing_yet(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
