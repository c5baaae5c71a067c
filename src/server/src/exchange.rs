//! `POST /sync`: the same frames over plain HTTPS, for networks that let no WebSocket through.

use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use sync::Block;
use sync::devices::Owner;
use sync::message::{Ask, FRAME_BYTES_MAX, Frame, Tell, WaitFor, join_frames, split_frames};
use tokio::sync::oneshot;
use trust::DeviceId;

use crate::block::UNKNOWN;
use crate::body::{Incoming, Unusable};
use crate::hub::{Asker, Hub, UNREADABLE};
use crate::places::Place;

/// A body: a full frame, a pass, and a few questions.
const BODY_BYTES_MAX: usize = 2 * FRAME_BYTES_MAX;
/// A pass, and whatever a later version adds to it.
const PASS_BYTES_MAX: usize = 1024;
/// Of somebody who has redeemed nothing: a code or two.
const STRANGER_BYTES_MAX: usize = 4 * 1024;
/// Answers in one response; whoever asks for more is told to ask again.
const ANSWER_BYTES_MAX: usize = 4 * FRAME_BYTES_MAX;

/// `GET /challenge`: one `Tell::Challenge` frame, to be signed within two minutes.
pub(crate) async fn challenge(State(hub): State<Arc<Hub>>) -> Response<Body> {
    match hub.challenges.make((hub.clock)()) {
        Ok(challenge) => bytes(Tell::Challenge(challenge).to_frame()),
        Err(_) => sentence(StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment."),
    }
}

/// Answers every frame of the body in its order. The first is the pass; before it is known whose it is, nothing
/// more of the body is taken in.
pub(crate) async fn exchange(State(hub): State<Arc<Hub>>, request: Request) -> Response<Body> {
    answers_to(&hub, request).await.unwrap_or_else(|refusal| refusal)
}

async fn answers_to(hub: &Hub, request: Request) -> Result<Response<Body>, Response<Body>> {
    let (mut parts, body) = request.into_parts();
    if body.size_hint().lower() > BODY_BYTES_MAX as u64 {
        return Err(too_large());
    }
    let mut incoming = Incoming::new(body);
    let first = incoming.first_frame(PASS_BYTES_MAX).await.map_err(unusable)?;
    let Ok(Ask::Pass(pass)) = Ask::from_frame(&first) else { return Err(not_frames()) };
    let now = (hub.clock)();
    if !hub.challenges.is_fresh(pass.challenge, now) || !pass.holds() {
        return Err(no_pass());
    }
    let device = pass.device;
    let place = parts.extensions.remove::<Arc<Place>>();
    let block = place.as_ref().map_or(UNKNOWN, |place| place.block());
    let mut answers = Answers { block, ..Answers::default() };
    let Some(Owner { person, .. }) = hub.keeper.owner(device).await else {
        answers.add((hub, device), hub.keeper.welcome(device).await).await;
        let rest = incoming.rest(STRANGER_BYTES_MAX).await.map_err(unusable)?;
        return Ok(bytes(answer_all(hub, (device, answers), &rest).await?));
    };
    // Only a pass of somebody's can do anything, so it alone is remembered.
    if !hub.challenges.use_up(pass, now) {
        return Err(no_pass());
    }
    let Some(_turn) = hub.posts.begin(person) else {
        return Err(sentence(StatusCode::TOO_MANY_REQUESTS, "There are too many posts at once."));
    };
    if let Err(wait) = hub.enters_within_budget(device) {
        return Ok(bytes(join_frames([wait.to_frame()])));
    }
    let _somebodys = place.map(Somebodys::of);
    // The longest of what is read for a post, and so the last before it is answered.
    answers.add((hub, device), hub.keeper.welcome(device).await).await;
    let rest = incoming.rest(BODY_BYTES_MAX).await.map_err(unusable)?;
    Ok(bytes(answer_all(hub, (device, answers), &rest).await?))
}

/// The place of a post is its sender's own until it is answered.
struct Somebodys(Arc<Place>);

impl Somebodys {
    fn of(place: Arc<Place>) -> Self {
        // Where no such place is left it goes on as a stranger's.
        let _ = place.take();
        Self(place)
    }
}

impl Drop for Somebodys {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

async fn answer_all(
    hub: &Hub,
    (device, mut answers): (DeviceId, Answers),
    rest: &[u8],
) -> Result<Vec<u8>, Response<Body>> {
    let frames = split_frames(rest).map_err(|_| not_frames())?;
    for frame in frames {
        if answers.bytes > ANSWER_BYTES_MAX {
            let wait = Tell::Wait { seconds: 0, why: WaitFor::TooMuch };
            answers.add((hub, device), vec![wait]).await;
            break;
        }
        let person = answers.owner.map(|owner| owner.person);
        if let Err(wait) = hub.within_budget((device, person), frame.len()) {
            answers.add((hub, device), vec![wait]).await;
            break;
        }
        let tells = answer(hub, (device, &answers), frame).await;
        answers.add((hub, device), tells).await;
    }
    Ok(join_frames(answers.frames))
}

async fn answer(hub: &Hub, (device, so_far): (DeviceId, &Answers), frame: &[u8]) -> Vec<Tell> {
    let Ok(ask) = Ask::from_frame(frame) else { return vec![UNREADABLE] };
    let (reply, told) = oneshot::channel();
    let reply = Box::new(|tells| drop(reply.send(tells)));
    let &Answers { owner, block, .. } = so_far;
    hub.answer(Asker { device, owner, block }, ask, reply).await;
    told.await.unwrap_or_default()
}

/// Frames to send back, who asks, as it was when the last welcome among them was read, and from where.
#[derive(Default)]
struct Answers {
    block: Block,
    frames: Vec<Vec<u8>>,
    bytes: usize,
    owner: Option<Owner>,
}

impl Answers {
    async fn add(&mut self, (hub, device): (&Hub, DeviceId), tells: Vec<Tell>) {
        for tell in tells {
            if matches!(tell, Tell::Welcome { .. }) {
                self.owner = hub.keeper.owner(device).await;
            }
            let frame = tell.to_frame();
            self.bytes += frame.len();
            self.frames.push(frame);
        }
    }
}

fn unusable(why: Unusable) -> Response<Body> {
    match why {
        Unusable::Late => sentence(StatusCode::REQUEST_TIMEOUT, "The body did not come in time."),
        Unusable::TooLarge => too_large(),
        Unusable::Cut => not_frames(),
    }
}

fn too_large() -> Response<Body> {
    sentence(StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than 2 MB, or than a pass.")
}

fn not_frames() -> Response<Body> {
    sentence(StatusCode::BAD_REQUEST, "The body is not frames that begin with a pass.")
}

fn no_pass() -> Response<Body> {
    sentence(StatusCode::UNAUTHORIZED, "The pass does not hold. Get a new challenge.")
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
