//! One WebSocket, from its opening to its end.

use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, MessageEvent, WebSocket};

use crate::line::{Heard, Tell};
use crate::timer::Timer;

const PATH: &str = "/live";
/// A socket that holds back more than this is taken to be dead.
const BUFFERED_BYTES_MAX: u32 = 8 * 1024 * 1024;
/// A socket that has not opened by then never will.
const OPENING_MS: u64 = 10_000;
/// What was sent has an answer by then, or the network has gone without a word.
const SILENCE_MS: u64 = 20_000;

/// An open or opening socket; dropping it closes it, and nothing more is told.
pub(crate) struct Socket {
    raw: WebSocket,
    silence: Rc<Timer>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _turned: [Closure<dyn FnMut()>; 2],
}

impl Socket {
    /// Opens a socket to the server this page came from.
    pub(crate) fn open(tell: Tell) -> Option<Self> {
        let raw = WebSocket::new(&address()?).ok()?;
        raw.set_binary_type(BinaryType::Arraybuffer);
        let gone = tell.clone();
        let silence = Rc::new(Timer::new(move || gone(Heard::Lost)));
        silence.set(OPENING_MS);

        let (opened, calm) = (tell.clone(), silence.clone());
        let on_open = Closure::<dyn FnMut()>::new(move || {
            calm.stop();
            opened(Heard::Opened);
        });
        let closed = tell.clone();
        let on_close = Closure::<dyn FnMut()>::new(move || closed(Heard::Lost));
        let calm = silence.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            calm.stop();
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                tell(Heard::Frame(Uint8Array::new(&buffer).to_vec()));
            }
        });
        raw.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        raw.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        raw.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { raw, silence, _heard: on_message, _turned: [on_open, on_close] })
    }

    /// Sends a frame; says no when the socket takes no more.
    pub(crate) fn send(&self, frame: &[u8]) -> bool {
        if self.raw.buffered_amount() > BUFFERED_BYTES_MAX {
            return false;
        }
        if !self.silence.is_set() {
            self.silence.set(SILENCE_MS);
        }
        self.raw.send_with_u8_array(frame).is_ok()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.silence.stop();
        self.raw.set_onopen(None);
        self.raw.set_onclose(None);
        self.raw.set_onmessage(None);
        let _ = self.raw.close();
    }
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{PATH}", location.host().ok()?))
}
