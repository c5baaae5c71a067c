//! Live fan-out: 15 write in one document, every frame goes to the 14 others, and the records that
//! follow are pushed and put on disk at the same time. Beside it, in turns, a bare relay that only
//! passes the same frames on.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use sync::message::{Ask, Frame, Tell};
use tests::hosted::{Staff, folder};
use tests::pen::{self, Pen};
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use trust::{DocumentId, Member, Pass, Role};
use tungstenite::Message;
use tungstenite::protocol::WebSocketConfig;

use crate::program::{Program, build};
use crate::{Figure, Volume};

const WRITERS: usize = 15;
/// As fast as somebody types.
const FRAME_EVERY: Duration = Duration::from_millis(60);
/// One record in so many frames: every 300 ms.
const FRAMES_A_RECORD: usize = 5;
/// A word or two, a caret, and what a CRDT puts around them.
const PAYLOAD_BYTES: usize = 120;
const RECORD_BYTES: usize = 300;
const TIMES_MAX: f64 = 2.0;

type Socket = WebSocketStream<TcpStream>;

/// To whom the writers speak.
#[derive(Clone)]
enum Side {
    Relay(SocketAddr),
    Server(SocketAddr, DocumentId, Vec<Pen>),
}

/// Milliseconds from one writer's hand to another's eye.
#[derive(Clone, Copy, Debug)]
struct Latency {
    half: f64,
    most: f64,
}

pub(crate) fn measure(volume: Volume) -> Figure {
    let own = std::env::current_exe().expect("this program has a place");
    let mut relay = Command::new(own)
        .arg("relay")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the relay starts");
    let relay_side = Side::Relay(first_address(&mut relay));
    let data = folder("fan-out");
    let program = Program::start(&build(), &data, 0);
    let mut server_side = writers(&program);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    // Many short turns: a busy moment of the machine spoils few of them.
    let seconds = volume.pick(1, 2);
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for round in 0..=volume.pick(17, 21) {
        let (mut relay_side, length) = (relay_side.clone(), Duration::from_secs(seconds));
        let of_relay = runtime.block_on(run_round(&mut relay_side, length));
        let of_server = runtime.block_on(run_round(&mut server_side, length));
        // The first round warms both up.
        if round > 0 {
            eprintln!("relay {of_relay:.3?}, server {of_server:.3?}");
            bare.push(of_relay);
            ours.push(of_server);
        }
    }
    let _ = relay.kill();
    let _ = relay.wait();
    drop(program);
    let _ = std::fs::remove_dir_all(data);
    compare(&bare, &ours)
}

/// Each round of ours against the relay's round just before it: the machine may be busier later.
fn compare(bare: &[Latency], ours: &[Latency]) -> Figure {
    let times = |pick: fn(&Latency) -> f64| {
        middle(ours.iter().zip(bare).map(|(ours, bare)| pick(ours) / pick(bare)).collect())
    };
    let (half, most) = (times(|latency| latency.half), times(|latency| latency.most));
    let ours_half = middle(ours.iter().map(|latency| latency.half).collect());
    let ours_most = middle(ours.iter().map(|latency| latency.most).collect());
    Figure {
        name: "fan-out",
        value: format!(
            "p50 {ours_half:.2} ms, {half:.2}× the relay's; p95 {ours_most:.2} ms, {most:.2}×"
        ),
        bound: "p50 and p95 ≤ 2× a bare relay's, with records fsynced",
        held: half <= TIMES_MAX && most <= TIMES_MAX,
    }
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn first_address(relay: &mut std::process::Child) -> SocketAddr {
    use std::io::{BufRead, BufReader};
    let mut line = String::new();
    let said = relay.stdout.take().expect("its words");
    BufReader::new(said).read_line(&mut line).expect("a line");
    line.trim().rsplit('/').next().and_then(|address| address.parse().ok()).expect("an address")
}

/// A course with a citizen and 14 coordinators in it.
fn writers(program: &Program) -> Side {
    let address = program.address;
    let mut staff = Staff::first(address, program.first.expect("an empty database"));
    let mut founder = staff.coordinator(address);
    let mut course = staff.course(&mut founder, address);
    let mut pens = Vec::new();
    for _ in 0..WRITERS - 2 {
        let other = staff.coordinator(address);
        let person = other.person().expect("a coordinator");
        course.add(person, Member::always(Role::Coordinator));
        pens.push(other.pen);
    }
    pens.extend([founder.pen, course.citizen.pen]);
    Side::Server(address, course.document, pens)
}

async fn run_round(side: &mut Side, length: Duration) -> Latency {
    let start = Instant::now();
    let frames = (length.as_millis() / FRAME_EVERY.as_millis()) as usize;
    let records = frames / FRAMES_A_RECORD + 1;
    let ready = Arc::new(Barrier::new(WRITERS));
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let (side, ready) = (side.clone(), ready.clone());
        writers.spawn(async move {
            let voice = Voice::connect(&side, number, records).await;
            ready.wait().await;
            voice.write_and_read(number, start, length).await
        });
    }
    let mut millis = Vec::new();
    while let Some(heard) = writers.join_next().await {
        millis.extend(heard.expect("a writer that finishes"));
    }
    if let Side::Server(_, _, pens) = side {
        pens.iter_mut().for_each(|pen| pen.counter += records as u64);
    }
    let expected = frames * WRITERS * (WRITERS - 1);
    assert!(millis.len() >= expected * 9 / 10, "{} of {expected} heard", millis.len());
    millis.sort_by(f64::total_cmp);
    Latency { half: millis[millis.len() / 2], most: millis[millis.len() * 95 / 100] }
}

/// One writer, connected.
struct Voice {
    socket: Socket,
    document: Option<DocumentId>,
    /// Signed beforehand, by this many a writer's counter goes on: what is measured is the server,
    /// not the machine that plays fifteen phones at once.
    pushes: VecDeque<Vec<u8>>,
}

impl Voice {
    async fn connect(side: &Side, number: usize, records: usize) -> Self {
        let (address, document, mut pen) = match side {
            Side::Relay(address) => {
                let socket = open(*address).await;
                return Self { socket, document: None, pushes: VecDeque::new() };
            }
            Side::Server(address, document, pens) => (*address, *document, pens[number].clone()),
        };
        let mut socket = open(address).await;
        let Tell::Challenge(challenge) = hear(&mut socket).await else { panic!("no challenge") };
        let pass = Ask::Pass(Pass::sign(challenge, &pen.key)).to_frame();
        socket.send(Message::Binary(pass.into())).await.expect("somebody listens");
        assert!(matches!(hear(&mut socket).await, Tell::Welcome { person: Some(_), .. }));
        let text = "r".repeat(RECORD_BYTES);
        let mut push = || pen::push([&pen.write(document, &text)]).to_frame();
        let pushes = (0..records).map(|_| push()).collect();
        Self { socket, document: Some(document), pushes }
    }

    /// Returns how long each frame of the others was on its way, in milliseconds.
    async fn write_and_read(self, number: usize, start: Instant, length: Duration) -> Vec<f64> {
        let Self { socket, document, mut pushes } = self;
        let (mut out, mut incoming) = socket.split();
        let expects_answers = !pushes.is_empty();
        let write = async {
            let offset = FRAME_EVERY * number as u32 / WRITERS as u32;
            let mut tick = interval_at(tokio::time::Instant::now() + offset, FRAME_EVERY);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let end = Instant::now() + length;
            // Not all of them push in the same moment.
            let mut count = number;
            while Instant::now() < end {
                tick.tick().await;
                let mut payload = vec![0; PAYLOAD_BYTES];
                payload[..8].copy_from_slice(&(start.elapsed().as_nanos() as u64).to_be_bytes());
                send(&mut out, frame(document, payload)).await;
                count += 1;
                if count.is_multiple_of(FRAMES_A_RECORD)
                    && let Some(push) = pushes.pop_front()
                {
                    send(&mut out, push).await;
                }
            }
            // The last frames are still on their way.
            tokio::time::sleep(Duration::from_millis(300)).await;
        };
        let (mut heard, mut stored) = (Vec::new(), 0);
        let read = async {
            while let Some(Ok(message)) = incoming.next().await {
                let Message::Binary(frame) = message else { continue };
                let now = start.elapsed().as_nanos() as u64;
                match sent_at(&frame) {
                    Some(nanos) => heard.push((now - nanos) as f64 / 1e6),
                    None => stored += 1,
                }
            }
        };
        tokio::select! { () = write => {}, () = read => panic!("the connection ended") }
        assert!(!expects_answers || stored > 0, "nothing was stored");
        heard
    }
}

async fn send(out: &mut SplitSink<Socket, Message>, frame: Vec<u8>) {
    out.send(Message::Binary(frame.into())).await.expect("somebody listens");
}

fn frame(document: Option<DocumentId>, payload: Vec<u8>) -> Vec<u8> {
    match document {
        Some(document) => Ask::Live { document, payload: payload.into() }.to_frame(),
        None => payload,
    }
}

/// When a frame was sent; `None` for what is no live frame.
fn sent_at(frame: &[u8]) -> Option<u64> {
    if frame.len() == PAYLOAD_BYTES {
        return frame.first_chunk().copied().map(u64::from_be_bytes);
    }
    match Tell::from_frame(frame) {
        Ok(Tell::Live { payload, .. }) => payload.first_chunk().copied().map(u64::from_be_bytes),
        Ok(Tell::Wait { .. }) => panic!("asked to wait"),
        _ => None,
    }
}

async fn open(address: SocketAddr) -> Socket {
    let stream = TcpStream::connect(address).await.expect("a server");
    stream.set_nodelay(true).expect("a socket");
    let config = WebSocketConfig::default().read_buffer_size(8192).write_buffer_size(0);
    let url = format!("ws://{address}/live");
    client_async_with_config(url, stream, Some(config)).await.expect("a WebSocket").0
}

async fn hear(socket: &mut Socket) -> Tell {
    let next = timeout(Duration::from_secs(10), socket.next()).await.expect("an answer in time");
    let Some(Ok(Message::Binary(frame))) = next else { panic!("{next:?}") };
    Tell::from_frame(&frame).expect("a tell")
}
