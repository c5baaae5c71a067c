//! A connection by plain HTTPS, for networks that let no socket through: what there is to say is
//! posted, and asked for again every few seconds while somebody looks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestInit, Response};

use crate::event::is_visible;
use crate::line::{Heard, Tell};
use crate::timer::pause;

const CHALLENGE: &str = "/challenge";
const SYNC: &str = "/sync";
/// What is said waits at most this long.
const LOOK_MS: i32 = 300;
/// What others say is asked for this often, counted in looks: every 4 s.
const LOOKS_PER_ASKING: u32 = 13;
/// More than this waiting means that nothing gets through.
const WAITING_BYTES_MAX: usize = 8 * 1024 * 1024;
/// So many bytes of frames in one body.
const BODY_BYTES_MAX: usize = 512 * 1024;

/// A connection made of posts; dropping it ends it.
pub(crate) struct Polling(Rc<Poll>);

struct Poll {
    tell: Tell,
    outgoing: RefCell<Vec<Vec<u8>>>,
    is_over: Cell<bool>,
}

impl Polling {
    /// Begins with a challenge, as a socket does.
    pub(crate) fn open(tell: Tell) -> Self {
        let poll = Rc::new(Poll { tell, outgoing: RefCell::default(), is_over: Cell::new(false) });
        let working = poll.clone();
        spawn_local(async move {
            // Whatever ends it, the line is told once.
            let _ = working.work().await;
            if !working.is_over.get() {
                (working.tell)(Heard::Lost);
            }
        });
        Self(poll)
    }

    /// Sends a frame with the next post; says no when too much waits already.
    pub(crate) fn send(&self, frame: &[u8]) -> bool {
        let mut outgoing = self.0.outgoing.borrow_mut();
        outgoing.push(frame.to_vec());
        outgoing.iter().map(Vec::len).sum::<usize>() <= WAITING_BYTES_MAX
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        self.0.is_over.set(true);
    }
}

impl Poll {
    async fn work(&self) -> Option<()> {
        let mut challenge = fetch(CHALLENGE, None).await?;
        (self.tell)(Heard::Opened);
        loop {
            let pass = self.sign(challenge)?;
            let body = sync::message::join_frames([vec![pass], self.take_some()].concat());
            let answer = fetch(SYNC, Some(&body)).await?;
            self.hear(&answer)?;
            self.wait().await?;
            challenge = fetch(CHALLENGE, None).await?;
        }
    }

    /// Every post begins with a pass for a challenge of its own. The client answers a challenge at
    /// once, so the pass is what it said last.
    fn sign(&self, challenge: Vec<u8>) -> Option<Vec<u8>> {
        if self.is_over.get() {
            return None;
        }
        (self.tell)(Heard::Frame(challenge));
        self.outgoing.borrow_mut().pop()
    }

    fn hear(&self, body: &[u8]) -> Option<()> {
        for frame in sync::message::split_frames(body).ok()? {
            if self.is_over.get() {
                return None;
            }
            (self.tell)(Heard::Frame(frame.to_vec()));
        }
        Some(())
    }

    fn take_some(&self) -> Vec<Vec<u8>> {
        let mut outgoing = self.outgoing.borrow_mut();
        let mut bytes = 0;
        let fits = outgoing.iter().take_while(|frame| {
            bytes += frame.len();
            bytes <= BODY_BYTES_MAX
        });
        let count = fits.count().max(1).min(outgoing.len());
        outgoing.drain(..count).collect()
    }

    /// Until there is something to say, or it is time to ask again.
    async fn wait(&self) -> Option<()> {
        let mut looks = 0;
        while self.outgoing.borrow().is_empty() && (looks < LOOKS_PER_ASKING || !is_visible()) {
            pause(LOOK_MS).await;
            looks += 1;
            if self.is_over.get() {
                return None;
            }
        }
        Some(())
    }
}

/// The body of an answer that went well. Posts when there is a body to send.
async fn fetch(path: &str, body: Option<&[u8]>) -> Option<Vec<u8>> {
    let request = RequestInit::new();
    if let Some(body) = body {
        request.set_method("POST");
        request.set_body(&Uint8Array::from(body));
    }
    let asked = web_sys::window()?.fetch_with_str_and_init(path, &request);
    let response: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    let buffer: ArrayBuffer = buffer.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
