//! The ways in which a stranger has shut doors.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sync::message::{Ask, Frame, Tell, join_frames};
use tests::hosted::{Visitor, connect_over, stream_from};
use tests::pen::{self, Pen};
use trust::Pass;
use tungstenite::Message;

/// How long a connection stands before it gives way to a new one.
const STANDS: Duration = Duration::from_secs(10);
/// The stranger gives up what is not answered.
const STRANGERS_PATIENCE: Duration = Duration::from_secs(2);

/// What the stranger has done so far.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) over: AtomicBool,
    pub(crate) keys: AtomicU64,
    pub(crate) open: AtomicUsize,
    pub(crate) opened: AtomicUsize,
    pub(crate) most_sockets: AtomicUsize,
}

/// How a socket of the stranger's holds a door.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Connected, and silent.
    Silent,
    /// A head that does not end.
    Head,
    /// A body that comes byte by byte.
    Body,
    /// The same behind a pass of its own.
    BodyBehindPass,
    /// The page, and then it is not read.
    Unread,
    /// A WebSocket that never shows a pass.
    NoPass,
    /// A WebSocket with a pass of its own, that only stands there.
    Stands,
    /// The same, with pings and frames that are none.
    Noise,
}

/// A socket of the stranger's.
pub(crate) struct Held {
    kind: Socket,
    drips: bool,
    since: Instant,
}

enum Socket {
    Bare(TcpStream),
    In(Box<Visitor>),
}

impl Way {
    pub(crate) const ALL: [Self; 8] = [
        Self::Silent,
        Self::Head,
        Self::Body,
        Self::BodyBehindPass,
        Self::Unread,
        Self::NoPass,
        Self::Stands,
        Self::Noise,
    ];

    pub(crate) fn open(self, address: SocketAddr, tally: &Tally) -> Option<Held> {
        let held = |kind| Held { kind, drips: self.drips(), since: Instant::now() };
        let says = |bytes: &[u8]| {
            let mut stream = connected(address, tally)?;
            stream.write_all(bytes).ok()?;
            stream.set_nonblocking(true).ok()?;
            Some(held(Socket::Bare(stream)))
        };
        match self {
            Self::Silent => says(b""),
            Self::Head => says(b"GET / HTTP/1.1\r\nhost: "),
            Self::Body => says(BODY.as_bytes()),
            Self::BodyBehindPass => {
                let frame = join_frames([pass(address, tally)?]);
                says(&[BODY.as_bytes(), &frame].concat())
            }
            Self::Unread => says(b"GET / HTTP/1.1\r\nhost: x\r\naccept: text/html\r\n\r\n"),
            Self::NoPass => says(UPGRADE.as_bytes()),
            Self::Stands | Self::Noise => {
                let visitor = enters(address, tally)?;
                visitor.stream().set_nonblocking(true).ok()?;
                Some(held(Socket::In(Box::new(visitor))))
            }
        }
    }

    fn drips(self) -> bool {
        matches!(self, Self::Head | Self::Body | Self::BodyBehindPass | Self::Noise)
    }
}

const BODY: &str = "POST /sync HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n";
const UPGRADE: &str = "GET /live HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

impl Held {
    /// Says a little more, and tells whether the server has let go of it or it has stood long enough.
    pub(crate) fn goes_on(&mut self) -> bool {
        let sent = match &mut self.kind {
            _ if !self.drips => Ok(()),
            Socket::Bare(stream) => stream.write_all(b"x").map_err(|error| error.kind()),
            Socket::In(visitor) => noise(visitor),
        };
        let stream = match &self.kind {
            Socket::Bare(stream) => stream,
            Socket::In(visitor) => visitor.stream(),
        };
        // What lies there unread is no end.
        let heard = match stream.peek(&mut [0]) {
            Ok(0) => Err(ErrorKind::ConnectionAborted),
            Ok(_) => Ok(()),
            Err(error) => Err(error.kind()),
        };
        let stands = |done| matches!(done, Ok(()) | Err(ErrorKind::WouldBlock));
        stands(sent) && stands(heard) && self.since.elapsed() < STANDS
    }
}

/// A ping, and a frame that is none of Medspil's.
fn noise(visitor: &mut Visitor) -> Result<(), ErrorKind> {
    let says = [Message::Ping(vec![0; 100].into()), Message::Binary(vec![9; 20].into())];
    for message in says {
        visitor.try_send(message).map_err(|error| match error {
            tungstenite::Error::Io(error) => error.kind(),
            _ => ErrorKind::BrokenPipe,
        })?;
    }
    Ok(())
}

/// A connection from one of the stranger's 32 addresses, in eight neighbourhoods.
fn connected(address: SocketAddr, tally: &Tally) -> Option<TcpStream> {
    let number = tally.opened.load(Ordering::Relaxed) as u64 + tally.keys.load(Ordering::Relaxed);
    let own = Ipv4Addr::new(127, 1, (number % 8) as u8, 2 + (number / 8 % 4) as u8);
    let stream = stream_from(own, address).ok()?;
    stream.set_read_timeout(Some(STRANGERS_PATIENCE)).ok()?;
    stream.set_write_timeout(Some(STRANGERS_PATIENCE)).ok()?;
    Some(stream)
}

/// A key that nobody has seen.
fn fresh(tally: &Tally) -> Pen {
    Pen::new(100_000_000 + tally.keys.fetch_add(1, Ordering::Relaxed))
}

/// A WebSocket that is in, with a key of its own.
fn enters(address: SocketAddr, tally: &Tally) -> Option<Visitor> {
    let socket = connect_over(connected(address, tally)?, address).ok()?;
    socket.get_ref().set_read_timeout(Some(STRANGERS_PATIENCE)).ok()?;
    Visitor::try_enter(socket, fresh(tally)).ok()
}

/// Comes in with a new key, and tries a code that is none.
pub(crate) fn guess(address: SocketAddr, tally: &Tally) -> Option<()> {
    let mut visitor = enters(address, tally)?;
    let code = pen::code(1_000_000_000 + tally.keys.load(Ordering::Relaxed));
    visitor.try_ask(&pen::redeem(code)).ok()?;
    visitor.try_hear().ok().map(drop)
}

/// A new key's pass in a body of its own.
pub(crate) fn post(address: SocketAddr, tally: &Tally) -> Option<()> {
    let body = join_frames([pass(address, tally)?]);
    let length = body.len();
    let head = format!(
        "POST /sync HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    said(address, tally, &[head.as_bytes(), &body].concat()).map(drop)
}

fn pass(address: SocketAddr, tally: &Tally) -> Option<Vec<u8>> {
    let answer =
        said(address, tally, b"GET /challenge HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    let Ok(Tell::Challenge(challenge)) = Tell::from_frame(&answer) else { return None };
    Some(Ask::Pass(Pass::sign(challenge, &fresh(tally).key)).to_frame())
}

/// The body of the answer.
fn said(address: SocketAddr, tally: &Tally, request: &[u8]) -> Option<Vec<u8>> {
    let mut stream = connected(address, tally)?;
    stream.write_all(request).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(answer.split_off(head + 4))
}
