//! A stranger with thousands of keys and sockets does at once everything that has shut a door before: bodies that come
//! byte by byte, answers that are not read, guesses, passes, sockets that only stand there. All the while phones come in
//! by their codes and somebody writes; and when the stranger is gone the server is as it was.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use sync::message::{Ask, Frame, NotRedeemed, Tell, join_frames};
use tests::hosted::{Course, Staff, Visitor, connect_over, folder, stream_from};
use tests::pen::{self, Pen};
use trust::Pass;
use tungstenite::Message;

use crate::program::{Program, build};
use crate::writer::{Writer, p95};
use crate::{Figure, Volume};

const SOCKETS: usize = 2_000;
/// So many at once make them.
const HANDS: usize = 4;
/// How long a connection stands before it gives way to a new one.
const STANDS: Duration = Duration::from_secs(10);
/// The stranger gives up what is not answered.
const STRANGERS_PATIENCE: Duration = Duration::from_secs(2);
/// Larger than what the system takes over from a server for somebody who reads nothing.
const PAGE_BYTES: usize = 8 << 20;

const COMES_IN_MAX: Duration = Duration::from_secs(5);
const ACKNOWLEDGED_MAX: Duration = Duration::from_millis(250);
const BYTES_MAX: u64 = 150_000_000;
const REST_MAX: Duration = Duration::from_secs(60);
/// More than this over what it held before is not as it was.
const REST_BYTES_OVER: u64 = 10_000_000;

pub(crate) fn measure(volume: Volume) -> Figure {
    let seconds = volume.pick(15, 60);
    let keys = volume.pick(2_500, 10_000);
    open_many_files();
    let data = folder("stranger");
    std::fs::create_dir(data.join("site")).expect("a folder for the site");
    let page = data.join("site/index.html");
    std::fs::write(page, vec![b'x'; PAGE_BYTES]).expect("a large page");
    let program = Program::start(&build(), &data, 0);
    let address = program.address;
    let mut staff = Staff::first(address, program.first.expect("an empty database"));
    let mut coordinator = staff.coordinator(address);
    let writes = staff.course(&mut coordinator, address);
    let mut invites = staff.course(&mut coordinator, address);
    // Its page was asked for before, and lies in its memory.
    drop(Way::Unread.open(address, &Tally::default()));
    thread::sleep(Duration::from_secs(1));
    let before = AtRest::of(&program);

    let attack = Attack::begin(address, keys, seconds);
    let writer = Writer::start(writes);
    let (mut slowest, mut phones, mut most_bytes) = (Duration::ZERO, 0, 0);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(seconds) {
        slowest = slowest.max(comes_in(address, &mut coordinator, &mut invites, phones));
        phones += 1;
        for _ in 0..10 {
            thread::sleep(Duration::from_millis(100));
            most_bytes = most_bytes.max(program.resident_bytes());
        }
    }
    let acknowledged = p95(writer.stop());
    let done = attack.end();
    let rest = before.wait(&program);
    drop(program);
    let _ = std::fs::remove_dir_all(data);

    let enough = done.keys >= keys && done.most_sockets >= SOCKETS * 9 / 10;
    let at_rest =
        rest.map_or_else(|| "not".to_owned(), |rest| format!("{:.1} s", rest.as_secs_f64()));
    Figure {
        name: "stranger",
        value: format!(
            "{} keys, {} sockets at once, {} in all, {seconds} s: {phones} phones came in, the slowest in {:.2} s; \
             acknowledgements p95 {} ms; {:.1} MB; at rest after {at_rest}",
            done.keys,
            done.most_sockets,
            done.opened,
            slowest.as_secs_f64(),
            acknowledged.as_millis(),
            most_bytes as f64 / 1e6,
        ),
        bound: "in by a code ≤ 5 s, acknowledgements p95 ≤ 250 ms, ≤ 150 MB, at rest after ≤ 60 s",
        held: enough
            && slowest <= COMES_IN_MAX
            && acknowledged <= ACKNOWLEDGED_MAX
            && most_bytes <= BYTES_MAX
            && rest.is_some(),
    }
}

/// As many as the machine allows: what is set at first is less on many machines.
fn open_many_files() {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).expect("a limit");
    setrlimit(Resource::RLIMIT_NOFILE, most, most).expect("one's own limit can be raised");
}

/// How long it takes from the link until an honest phone is in. Like the app it begins anew when it is not let in.
fn comes_in(address: SocketAddr, by: &mut Visitor, course: &mut Course, number: u64) -> Duration {
    let number = 50_000_000 + number;
    let (code, person) = (pen::code(number), course.citizen.person().expect("a citizen"));
    by.invite(number, code, person, course.document);
    let start = Instant::now();
    let tries = || {
        let mut phone = Visitor::try_come(address, Pen::new(number)).ok()?;
        if phone.person().is_some() {
            // It was let in, and has not heard so.
            return Some(());
        }
        phone.try_ask(&pen::redeem(code)).ok()?;
        loop {
            match phone.try_hear().ok()? {
                Tell::Welcome { .. } => return Some(()),
                Tell::NotRedeemed(NotRedeemed::TooMany) => return None,
                Tell::NotRedeemed(why) => panic!("a right code is refused: {why:?}"),
                _ => {}
            }
        }
    };
    while tries().is_none() {
        eprintln!("phone {number} tries again after {:?}", start.elapsed());
        thread::sleep(Duration::from_millis(100));
    }
    start.elapsed()
}

/// What the server holds when nobody is there.
struct AtRest {
    files: usize,
    bytes: u64,
}

impl AtRest {
    fn of(program: &Program) -> Self {
        Self { files: program.open_files(), bytes: program.resident_bytes() }
    }

    /// How long it takes until it is so again; `None` when it takes too long.
    fn wait(&self, program: &Program) -> Option<Duration> {
        let start = Instant::now();
        loop {
            let now = Self::of(program);
            let took = start.elapsed();
            if now.files <= self.files && now.bytes <= self.bytes + REST_BYTES_OVER {
                return Some(took);
            }
            if took > REST_MAX {
                eprintln!("{} files and {} bytes before", self.files, self.bytes);
                eprintln!("{} files and {} bytes after", now.files, now.bytes);
                return None;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// What the stranger has done so far.
#[derive(Default)]
struct Tally {
    over: AtomicBool,
    keys: AtomicU64,
    open: AtomicUsize,
    opened: AtomicUsize,
    most_sockets: AtomicUsize,
}

/// What the stranger has done in all.
struct Done {
    keys: u64,
    opened: usize,
    most_sockets: usize,
}

struct Attack {
    tally: Arc<Tally>,
    hands: Vec<JoinHandle<()>>,
}

impl Attack {
    fn begin(address: SocketAddr, keys: u64, seconds: u64) -> Self {
        let tally = Arc::new(Tally::default());
        // A little more than what is promised, because a busy machine falls behind.
        let keys_a_second = keys as f64 * 1.1 / seconds as f64 / HANDS as f64;
        let hands = (0..HANDS).map(|_| {
            let tally = tally.clone();
            thread::spawn(move || attack(address, &tally, keys_a_second))
        });
        let hands = hands.collect();
        Self { tally, hands }
    }

    fn end(self) -> Done {
        self.tally.over.store(true, Ordering::Relaxed);
        for hand in self.hands {
            hand.join().expect("a stranger that ends");
        }
        Done {
            keys: self.tally.keys.load(Ordering::Relaxed),
            opened: self.tally.opened.load(Ordering::Relaxed),
            most_sockets: self.tally.most_sockets.load(Ordering::Relaxed),
        }
    }
}

/// Keeps a share of the sockets open, and uses up a share of the keys.
fn attack(address: SocketAddr, tally: &Tally, keys_a_second: f64) {
    let mut slots: Vec<Option<Held>> = (0..SOCKETS / HANDS).map(|_| None).collect();
    let (start, mut used) = (Instant::now(), 0.0);
    while !tally.over.load(Ordering::Relaxed) {
        for (number, slot) in slots.iter_mut().enumerate() {
            if slot.as_mut().is_some_and(|held| !held.goes_on()) {
                *slot = None;
                tally.open.fetch_sub(1, Ordering::Relaxed);
            }
            if slot.is_none() {
                *slot = Way::ALL[number % Way::ALL.len()].open(address, tally);
                if slot.is_some() {
                    tally.opened.fetch_add(1, Ordering::Relaxed);
                    let open = tally.open.fetch_add(1, Ordering::Relaxed) + 1;
                    tally.most_sockets.fetch_max(open, Ordering::Relaxed);
                }
            }
            while used < start.elapsed().as_secs_f64() * keys_a_second {
                let _ = guess(address, tally);
                let _ = post(address, tally);
                used += 2.0;
            }
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// How a socket of the stranger's holds a door.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
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
struct Held {
    kind: Socket,
    drips: bool,
    since: Instant,
}

enum Socket {
    Bare(TcpStream),
    In(Visitor),
}

impl Way {
    const ALL: [Self; 8] = [
        Self::Silent,
        Self::Head,
        Self::Body,
        Self::BodyBehindPass,
        Self::Unread,
        Self::NoPass,
        Self::Stands,
        Self::Noise,
    ];

    fn open(self, address: SocketAddr, tally: &Tally) -> Option<Held> {
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
                Some(held(Socket::In(visitor)))
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
    fn goes_on(&mut self) -> bool {
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
fn guess(address: SocketAddr, tally: &Tally) -> Option<()> {
    let mut visitor = enters(address, tally)?;
    let code = pen::code(1_000_000_000 + tally.keys.load(Ordering::Relaxed));
    visitor.try_ask(&pen::redeem(code)).ok()?;
    visitor.try_hear().ok().map(drop)
}

/// A new key's pass in a body of its own.
fn post(address: SocketAddr, tally: &Tally) -> Option<()> {
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
