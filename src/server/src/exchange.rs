//! `POST /sync`: the same frames over plain HTTPS, for networks that let no WebSocket through.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use sync::message::{
    Ask, FRAME_BYTES_MAX, Frame, Tell, Unreadable, WaitFor, join_frames, split_frames,
};
use tokio::sync::oneshot;
use trust::{DeviceId, Pass};

use crate::hub::{Hub, UNREADABLE};

/// A body: a full frame, a pass, and a few questions.
pub(crate) const BODY_BYTES_MAX: usize = 2 * FRAME_BYTES_MAX;
/// Answers in one response; whoever asks for more is told to ask again.
const ANSWER_BYTES_MAX: usize = 4 * FRAME_BYTES_MAX;

/// `GET /challenge`: one `Tell::Challenge` frame, to be signed within two minutes.
pub(crate) async fn challenge(State(hub): State<Arc<Hub>>) -> Response<Body> {
    match hub.challenges.make((hub.clock)()) {
        Ok(challenge) => bytes(Tell::Challenge(challenge).to_frame()),
        Err(_) => sentence(StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment."),
    }
}

/// Answers every frame of the body in its order. The first is the pass.
pub(crate) async fn exchange(State(hub): State<Arc<Hub>>, request: Request) -> Response<Body> {
    let Ok(body) = to_bytes(request.into_body(), BODY_BYTES_MAX).await else {
        return sentence(StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than 2 MB.");
    };
    let Ok((pass, frames)) = open(&body) else {
        return sentence(StatusCode::BAD_REQUEST, "The body is not frames that begin with a pass.");
    };
    if !hub.challenges.accept(pass.challenge, (hub.clock)()) || !pass.holds() {
        return sentence(StatusCode::UNAUTHORIZED, "The pass does not hold. Get a new challenge.");
    }
    let device = pass.device;
    let mut answers = Answers::default();
    answers.add(welcome(&hub, device).await);
    for frame in frames {
        if answers.bytes > ANSWER_BYTES_MAX {
            answers.add(vec![Tell::Wait { seconds: 0, why: WaitFor::TooMuch }]);
            break;
        }
        match hub.within_budget(device, frame.len()) {
            Ok(()) => answers.add(answer(&hub, (device, &answers), frame).await),
            Err(wait) => {
                answers.add(vec![wait]);
                break;
            }
        }
    }
    bytes(join_frames(answers.frames))
}

fn open(body: &[u8]) -> Result<(Pass, Vec<&[u8]>), Unreadable> {
    let mut frames = split_frames(body)?;
    if frames.is_empty() {
        return Err(Unreadable);
    }
    match Ask::from_frame(frames.remove(0))? {
        Ask::Pass(pass) => Ok((pass, frames)),
        _ => Err(Unreadable),
    }
}

async fn welcome(hub: &Hub, device: DeviceId) -> Vec<Tell> {
    let (reply, told) = oneshot::channel();
    hub.keeper.enter(device, Box::new(|tells| drop(reply.send(tells))));
    told.await.unwrap_or_default()
}

async fn answer(hub: &Hub, (device, so_far): (DeviceId, &Answers), frame: &[u8]) -> Vec<Tell> {
    let Ok(ask) = Ask::from_frame(frame) else { return vec![UNREADABLE] };
    let (reply, told) = oneshot::channel();
    let reply = Box::new(|tells| drop(reply.send(tells)));
    hub.answer((device, so_far.person), ask, reply).await;
    told.await.unwrap_or_default()
}

/// Frames to send back, and who asks, as the last welcome among them says.
#[derive(Default)]
struct Answers {
    frames: Vec<Vec<u8>>,
    bytes: usize,
    person: Option<trust::PersonId>,
}

impl Answers {
    fn add(&mut self, tells: Vec<Tell>) {
        for tell in tells {
            if let Tell::Welcome { person, .. } = &tell {
                self.person = *person;
            }
            let frame = tell.to_frame();
            self.bytes += frame.len();
            self.frames.push(frame);
        }
    }
}

fn bytes(body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let kind = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    no_store(response)
}

fn sentence(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    no_store(response)
}

fn no_store(mut response: Response<Body>) -> Response<Body> {
    let value = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}
