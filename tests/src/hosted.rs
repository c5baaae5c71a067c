//! A real server inside a test, and visitors who speak to it over real sockets.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says why"
)]

use std::fs::DirBuilder;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use server::{Config, Running, Trouble, serve};
use socket2::{Domain, Socket, Type};
use sync::message::{Ask, Frame, Page, Tell};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use trust::{Code, DocumentId, Pass, PersonId};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

use crate::pen::{self, Pen};
pub use crate::staff::{Course, Staff};

/// How long a test waits for what should come at once.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A server on a free port of this machine, with a runtime of its own.
pub struct Hosted {
    runtime: Runtime,
    running: Option<Running>,
    address: SocketAddr,
    first: Option<Code>,
}

impl Hosted {
    /// Starts it.
    pub fn start(config: Config) -> Self {
        Self::try_start(config).expect("a server that starts")
    }

    /// Starts it, if it can be.
    ///
    /// # Errors
    /// Why it does not start.
    pub fn try_start(config: Config) -> Result<Self, Trouble> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let running = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            serve(listener, config).await
        })?;
        let (address, first) = (running.address(), running.first_invitation());
        Ok(Self { runtime, running: Some(running), address, first })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The code of the first daily lead, when the database was empty.
    pub fn first(&self) -> Option<Code> {
        self.first
    }

    /// Stops it gracefully, and says how long that took.
    pub fn stop(mut self) -> Duration {
        let start = Instant::now();
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
        start.elapsed()
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}

/// A new folder below the machine's temporary one.
pub fn folder(name: &str) -> PathBuf {
    static FOLDERS: AtomicU32 = AtomicU32::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("medspil-{name}-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    // As a server wants its own.
    let own = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    own.expect("the temporary folder can be written");
    folder
}

/// One device, connected.
pub struct Visitor {
    /// Its key and counter.
    pub pen: Pen,
    /// What it was welcomed with.
    pub welcome: Tell,
    socket: WebSocket<TcpStream>,
}

impl Visitor {
    /// Connects, signs the challenge and is welcomed.
    pub fn come(address: SocketAddr, pen: Pen) -> Self {
        Self::try_come(address, pen).expect("a server that welcomes")
    }

    /// Like [`Visitor::come`], for servers that may be gone.
    ///
    /// # Errors
    /// What the socket says.
    pub fn try_come(address: SocketAddr, pen: Pen) -> Result<Self, tungstenite::Error> {
        Self::try_enter(connect(address)?, pen)
    }

    /// Signs the challenge and is welcomed.
    ///
    /// # Errors
    /// What the socket says.
    pub fn try_enter(
        mut socket: WebSocket<TcpStream>,
        pen: Pen,
    ) -> Result<Self, tungstenite::Error> {
        let challenge = match read(&mut socket)? {
            Tell::Challenge(challenge) => challenge,
            other => panic!("a challenge comes first, not {other:?}"),
        };
        let pass = Ask::Pass(Pass::sign(challenge, &pen.key));
        socket.send(Message::Binary(pass.to_frame().into()))?;
        let welcome = read(&mut socket)?;
        Ok(Self { pen, welcome, socket })
    }

    /// Asks.
    pub fn ask(&mut self, ask: &Ask) {
        self.try_ask(ask).expect("a server that listens");
    }

    /// Asks a server that may be gone.
    ///
    /// # Errors
    /// What the socket says.
    pub fn try_ask(&mut self, ask: &Ask) -> Result<(), tungstenite::Error> {
        self.socket.send(Message::Binary(ask.to_frame().into()))
    }

    /// Sends any message at all.
    pub fn send(&mut self, message: Message) {
        self.try_send(message).expect("a server that listens");
    }

    /// Sends any message to a server that may cut the line.
    ///
    /// # Errors
    /// What the socket says.
    pub fn try_send(&mut self, message: Message) -> Result<(), tungstenite::Error> {
        self.socket.send(message)
    }

    /// What is said next.
    pub fn hear(&mut self) -> Tell {
        self.try_hear().expect("a server that answers")
    }

    /// What is said next by a server that may be gone.
    ///
    /// # Errors
    /// What the socket says.
    pub fn try_hear(&mut self) -> Result<Tell, tungstenite::Error> {
        read(&mut self.socket)
    }

    /// The next thing that is said and is wanted; the rest is let go.
    pub fn wait_for<T>(&mut self, wanted: impl Fn(&Tell) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(&self.hear()) {
                return found;
            }
        }
    }

    /// Asks, and waits for the first wanted answer.
    pub fn ask_for<T>(&mut self, ask: &Ask, wanted: impl Fn(&Tell) -> Option<T>) -> T {
        self.ask(ask);
        self.wait_for(wanted)
    }

    /// Pushes one record, and returns its position.
    pub fn keep(&mut self, record: &trust::Record) -> u64 {
        let mine = (record.header().device, record.header().counter);
        self.ask_for(&pen::push([record]), |tell| match *tell {
            Tell::Stored { device, counter, seq, .. } if (device, counter) == mine => Some(seq),
            Tell::Refused { counter, why, .. } if counter == mine.1 => panic!("refused: {why:?}"),
            Tell::Wait { why, .. } => panic!("asked to wait: {why:?}"),
            _ => None,
        })
    }

    /// The page after a position.
    pub fn page(&mut self, document: DocumentId, after: u64) -> Page {
        self.ask_for(&pen::pull(document, after), |tell| match tell {
            Tell::Records(page) if page.document == document && page.after == after => {
                Some(page.clone())
            }
            Tell::Gone(gone) if *gone == document => panic!("gone"),
            _ => None,
        })
    }

    /// Every record of a document, in order.
    pub fn log(&mut self, document: DocumentId) -> Vec<(u64, Vec<u8>)> {
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let page = self.page(document, after);
            all.extend(page.records.into_iter().map(|placed| (placed.seq, placed.record.into())));
            after = page.through;
            if after >= page.head {
                return all;
            }
        }
    }

    /// The code and reason with which the server ends the connection.
    pub fn wait_for_close(&mut self) -> (u16, String) {
        loop {
            match self.socket.read() {
                Ok(Message::Close(Some(close))) => {
                    return (close.code.into(), close.reason.to_string());
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => {
                    panic!("the connection is still there")
                }
                Err(error) => return (0, error.to_string()),
            }
        }
    }

    /// Nothing is said for a while.
    pub fn hears_nothing(&mut self) {
        let quiet = Some(Duration::from_millis(150));
        self.socket.get_ref().set_read_timeout(quiet).expect("a timeout");
        if let Ok(heard) = read(&mut self.socket) {
            panic!("heard {heard:?}");
        }
        self.socket.get_ref().set_read_timeout(Some(PATIENCE)).expect("a timeout");
    }

    /// The socket itself.
    pub fn stream(&self) -> &TcpStream {
        self.socket.get_ref()
    }

    /// Who it is, as it was welcomed.
    pub fn person(&self) -> Option<PersonId> {
        match self.welcome {
            Tell::Welcome { person, .. } => person,
            _ => None,
        }
    }

    /// Redeems a code, and is somebody from then on.
    pub fn redeem(&mut self, code: Code) -> PersonId {
        self.welcome = self.ask_for(&pen::redeem(code), |tell| match tell {
            Tell::Welcome { .. } => Some(tell.clone()),
            Tell::NotRedeemed(why) => panic!("not redeemed: {why:?}"),
            _ => None,
        });
        self.person().expect("who has redeemed is somebody")
    }

    /// Invites a member who has no device yet.
    pub fn invite(&mut self, name: u64, code: Code, person: PersonId, document: DocumentId) {
        let ask = pen::invite(name, code, person, document);
        let Ask::Invite { invitation: made, .. } = ask else { return };
        // How another one stands may be said meanwhile.
        self.ask_for(&ask, |tell| match tell {
            Tell::Invitation { invitation, .. } if *invitation == made => Some(()),
            _ => None,
        });
    }
}

/// A WebSocket to the server, before anything is said.
///
/// # Errors
/// What the socket says.
pub fn connect(address: SocketAddr) -> Result<WebSocket<TcpStream>, tungstenite::Error> {
    connect_over(TcpStream::connect(address)?, address)
}

/// A connection from another of this machine's own addresses, all of 127.0.0.0/8: somebody else's, to the server.
///
/// # Errors
/// What the socket says.
pub fn stream_from(own: Ipv4Addr, address: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((own, 0)).into())?;
    socket.connect(&address.into())?;
    Ok(socket.into())
}

/// Like [`connect`], over a connection that is there.
///
/// # Errors
/// What the socket says.
pub fn connect_over(
    stream: TcpStream,
    address: SocketAddr,
) -> Result<WebSocket<TcpStream>, tungstenite::Error> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let config = WebSocketConfig::default().read_buffer_size(8 * 1024).write_buffer_size(0);
    let url = format!("ws://{address}/live");
    tungstenite::client::client_with_config(url, stream, Some(config))
        .map(|(socket, _)| socket)
        .map_err(|error| match error {
            tungstenite::HandshakeError::Failure(error) => error,
            tungstenite::HandshakeError::Interrupted(_) => tungstenite::Error::ConnectionClosed,
        })
}

fn read(socket: &mut WebSocket<TcpStream>) -> Result<Tell, tungstenite::Error> {
    loop {
        match socket.read()? {
            Message::Binary(frame) => {
                return Ok(Tell::from_frame(&frame).expect("a readable frame"));
            }
            Message::Close(_) => return Err(tungstenite::Error::ConnectionClosed),
            _ => {}
        }
    }
}
