//! `GET /live`: one WebSocket. Who comes signs a challenge, is welcomed, asks and is answered in
//! order, and hears what others do. Live frames overtake nothing but wait for nothing.

use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use sync::message::{Ask, FRAME_BYTES_MAX, Frame, Tell};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, interval_at, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::Frame as Piece;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};
use trust::{Challenge, DeviceId};

use crate::chance;
use crate::hub::{Asker, Hub, UNREADABLE, stopped};
use crate::line::{Ending, Line};
use crate::places::Place;

/// To answer the challenge.
const PASS_SECONDS: u64 = 10;
/// Between two pings.
const PING_SECONDS: u64 = 30;
/// Without a word, a pong included.
const SILENCE_SECONDS: u64 = 75;
/// To take leave of a connection that may not be listening.
const LEAVE_SECONDS: u64 = 2;
/// Frames that were not Medspil's, or came after being asked to wait, before the line is cut.
const PATIENCE: u32 = 100;
/// What a connection holds on to when it is quiet is what three hundred of them cost.
const READ_BYTES: usize = 4 * 1024;
/// A frame a little over the limit is read to its end, so that its sender hears why the line is
/// cut; of a larger one nothing more is read, and its sender may see nothing but a reset.
const READ_BYTES_MAX: usize = 2 * FRAME_BYTES_MAX;
/// A larger frame leaves in pieces, because the library never gives back a buffer it has grown.
const PIECE_BYTES: usize = 16 * 1024;

type Socket = WebSocketStream<TokioIo<Upgraded>>;
type Out = SplitSink<Socket, Message>;
type In = SplitStream<Socket>;

/// Turns the request into a WebSocket.
pub(crate) async fn live(State(hub): State<Arc<Hub>>, mut request: Request) -> Response<Body> {
    let key = accept_key(request.headers());
    let upgrade = request.extensions_mut().remove::<OnUpgrade>();
    let place = request.extensions_mut().remove::<Arc<Place>>();
    let (Some(key), Some(upgrade), Some(place)) = (key, upgrade, place) else {
        let mut response = Response::new(Body::from("This address speaks WebSocket, version 13."));
        *response.status_mut() = StatusCode::UPGRADE_REQUIRED;
        response.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        return response;
    };
    tokio::spawn(async move {
        let mut stopping = hub.stopping.subscribe();
        if let Ok(upgraded) = upgrade.await {
            place.is_live();
            let config = WebSocketConfig::default()
                .read_buffer_size(READ_BYTES)
                .write_buffer_size(PIECE_BYTES)
                .max_write_buffer_size(4 * PIECE_BYTES)
                .max_message_size(Some(READ_BYTES_MAX))
                .max_frame_size(Some(READ_BYTES_MAX));
            let io = TokioIo::new(upgraded);
            let socket = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
            tokio::select! {
                () = visit(&hub, socket, &place) => {}
                () = place.lost() => {}
                // Whoever has not come in yet is not waited for.
                () = stopped_before_entering(&mut stopping) => {}
            }
        }
    });
    switching_protocols(&key)
}

fn accept_key(headers: &HeaderMap) -> Option<String> {
    let says = |name, word: &str| {
        let value = headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        value.is_some_and(|value| {
            value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word))
        })
    };
    let speaks = says(header::CONNECTION, "upgrade")
        && says(header::UPGRADE, "websocket")
        && says(header::SEC_WEBSOCKET_VERSION, "13");
    let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|_| speaks)?;
    Some(derive_accept_key(key.as_bytes()))
}

fn switching_protocols(key: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(key) = HeaderValue::from_str(key) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, key);
    }
    response
}

async fn stopped_before_entering(stopping: &mut tokio::sync::watch::Receiver<bool>) {
    // An entered line is ended with a word; this is only the long stop behind it.
    stopped(stopping).await;
    tokio::time::sleep(Duration::from_secs(2 * LEAVE_SECONDS + PASS_SECONDS)).await;
}

async fn visit(hub: &Hub, socket: Socket, place: &Arc<Place>) {
    let (mut out, mut incoming) = socket.split();
    let ending = match receive_pass(&mut out, &mut incoming).await {
        Ok(Some(device)) => {
            let (line, queue) = Line::new(device, place.clone());
            let _leaves = Leaves(hub, &line);
            stay(hub, &line, (&mut out, &mut incoming), queue).await
        }
        Ok(None) => Some(Ending::NoPass),
        Err(_) => None,
    };
    if let Some(ending) = ending {
        let (code, reason) = ending.code();
        let close = CloseFrame { code: code.into(), reason: reason.into() };
        let leave = async {
            out.send(Message::Close(Some(close))).await?;
            // A socket that is dropped with something unread is reset, and the word above with it.
            // Whoever hears of a restart, or of its reset, comes again all the same.
            while ending != Ending::Restart && incoming.next().await.transpose()?.is_some() {}
            Ok::<_, Error>(())
        };
        let _ = timeout(Duration::from_secs(LEAVE_SECONDS), leave).await;
    }
}

/// A line leaves the house however its visit ends.
struct Leaves<'h>(&'h Hub, &'h Arc<Line>);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.audience.presence.leave(self.1);
    }
}

/// The device that signed our challenge; `None` when nobody did in time.
async fn receive_pass(out: &mut Out, incoming: &mut In) -> Result<Option<DeviceId>, Error> {
    let challenge = Challenge(chance::bytes()?);
    let frame = Tell::Challenge(challenge).to_frame();
    out.send(Message::Binary(frame.into())).await?;
    let first = timeout(Duration::from_secs(PASS_SECONDS), incoming.next()).await;
    let Ok(Some(Ok(Message::Binary(frame)))) = first else { return Ok(None) };
    Ok(match Ask::from_frame(&frame) {
        Ok(Ask::Pass(pass)) if pass.challenge == challenge && pass.holds() => Some(pass.device),
        _ => None,
    })
}

/// From the welcome to the end; says why we end it, or nothing when the other side has.
async fn stay(
    hub: &Hub,
    line: &Arc<Line>,
    (out, incoming): (&mut Out, &mut In),
    mut queue: UnboundedReceiver<Bytes>,
) -> Option<Ending> {
    enter(hub, line).await;
    if *hub.stopping.borrow() {
        return Some(Ending::Restart);
    }
    let over = tokio::select! {
        over = listen(hub, line, incoming) => over,
        _ = speak(line, out, &mut queue) => None,
        () = cut_off(line) => Some(Ending::TooSlow),
    };
    if over.is_some() && over != Some(Ending::TooSlow) {
        // What has been answered is still said.
        let rest = async {
            while send_next(line, out, queue.try_recv().ok()).await.is_ok_and(|more| more) {}
        };
        let _ = timeout(Duration::from_secs(LEAVE_SECONDS), rest).await;
    }
    over
}

/// Welcomes the device: whatever the welcome does not say, the line has heard.
async fn enter(hub: &Hub, line: &Arc<Line>) {
    if !hub.keeper.enter(line).await {
        return line.end(Ending::Restart);
    }
    if line.person().is_some()
        && let Err(wait) = hub.enters_within_budget(line.device())
    {
        line.speak([wait.to_frame().into()]);
        return line.end(Ending::TooMuch);
    }
    let tells = hub.keeper.welcome(line.device()).await;
    // Whoever hears that they are out may have a new code.
    if !matches!(tells.first(), Some(Tell::Welcome { .. } | Tell::PutOut(_))) {
        // Not even the welcome could be read: better to come again soon.
        line.end(Ending::Restart);
    }
    line.speak(tells.iter().map(|tell| tell.to_frame().into()));
}

/// Reads and answers, one ask after the other.
async fn listen(hub: &Hub, line: &Arc<Line>, incoming: &mut In) -> Option<Ending> {
    let mut patience = PATIENCE;
    let silence = Duration::from_secs(SILENCE_SECONDS);
    loop {
        let next = tokio::select! {
            biased;
            ending = line.ended() => return Some(ending),
            next = timeout(silence, incoming.next()) => next,
        };
        let step = match next {
            Err(_) => Break(Some(Ending::Silent)),
            Ok(Some(Ok(Message::Binary(frame)))) => hear(hub, line, &frame, &mut patience).await,
            Ok(Some(Ok(Message::Text(_)))) => unreadable(line, &mut patience),
            Ok(Some(Ok(Message::Close(_))) | None) => Break(None),
            // A ping is answered by the library, and costs what any frame costs.
            Ok(Some(Ok(_))) => within_budget(hub, line, 0, &mut patience),
            Ok(Some(Err(Error::Capacity(_)))) => Break(Some(Ending::TooLarge)),
            Ok(Some(Err(Error::Protocol(_) | Error::Utf8(_)))) => Break(Some(Ending::Unreadable)),
            Ok(Some(Err(_))) => Break(None),
        };
        if let Break(ending) = step {
            return ending;
        }
    }
}

type Step = ControlFlow<Option<Ending>>;

async fn hear(hub: &Hub, line: &Arc<Line>, frame: &Bytes, patience: &mut u32) -> Step {
    if frame.len() > FRAME_BYTES_MAX {
        return Break(Some(Ending::TooLarge));
    }
    within_budget(hub, line, frame.len(), patience)?;
    let Ok(ask) = Ask::from_frame(frame) else { return unreadable(line, patience) };
    if matches!(ask, Ask::Redeem { .. }) {
        // Whoever it lets in hears at once what concerns them, and not before they are welcomed.
        line.hold();
    }
    let answering = line.clone();
    let reply = move |tells: Vec<Tell>| {
        answering.speak(tells.iter().map(|tell| tell.to_frame().into()));
    };
    let (device, owner, block) = (line.device(), line.owner(), line.block());
    hub.answer(Asker { device, owner, block }, ask, Box::new(reply)).await;
    Continue(())
}

fn within_budget(hub: &Hub, line: &Line, bytes: usize, patience: &mut u32) -> Step {
    match hub.within_budget((line.device(), line.person()), bytes) {
        Ok(()) => Continue(()),
        Err(wait) => {
            line.send(wait.to_frame().into());
            lose(patience, Ending::TooMuch)
        }
    }
}

fn unreadable(line: &Line, patience: &mut u32) -> Step {
    line.send(UNREADABLE.to_frame().into());
    lose(patience, Ending::Unreadable)
}

fn lose(patience: &mut u32, ending: Ending) -> Step {
    *patience = patience.saturating_sub(1);
    if *patience == 0 { Break(Some(ending)) } else { Continue(()) }
}

/// Sends what is in the queue, and a ping when nothing is.
async fn speak(
    line: &Line,
    out: &mut Out,
    queue: &mut UnboundedReceiver<Bytes>,
) -> Result<(), Error> {
    let ping = Duration::from_secs(PING_SECONDS);
    let mut ping = interval_at(Instant::now() + ping, ping);
    loop {
        tokio::select! {
            frame = queue.recv() => {
                let mut next = frame;
                // Everything that is waiting leaves in one go.
                while send_next(line, out, next).await? {
                    next = queue.try_recv().ok();
                }
            }
            _ = ping.tick() => out.send(Message::Ping(Bytes::new())).await?,
        }
    }
}

/// Sends a frame, or sees all of them off when there is none; says whether there may be more.
async fn send_next(line: &Line, out: &mut Out, frame: Option<Bytes>) -> Result<bool, Error> {
    let Some(frame) = frame else {
        out.flush().await?;
        return Ok(false);
    };
    let size = frame.len();
    if size <= PIECE_BYTES {
        out.feed(Message::Binary(frame)).await?;
    } else {
        send_in_pieces(out, frame).await?;
    }
    line.sent(size);
    Ok(true)
}

async fn send_in_pieces(out: &mut Out, mut rest: Bytes) -> Result<(), Error> {
    let mut kind = Data::Binary;
    while !rest.is_empty() {
        let piece = rest.split_to(rest.len().min(PIECE_BYTES));
        let piece = Piece::message(piece, OpCode::Data(kind), rest.is_empty());
        out.send(Message::Frame(piece)).await?;
        kind = Data::Continue;
    }
    Ok(())
}

async fn cut_off(line: &Line) {
    if line.ended().await != Ending::TooSlow {
        std::future::pending::<()>().await;
    }
}
