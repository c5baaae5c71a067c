//! The other tabs: hints between us.

use client::Input;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::Say;

const CHANNEL: &str = "medspil";

/// The way to the other tabs; `None` where the browser has none.
pub(crate) struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Opens the way, and hears nothing yet.
    pub(crate) fn new() -> Self {
        Self(BroadcastChannel::new(CHANNEL).ok())
    }

    /// From now on hears the other tabs.
    pub(crate) fn listen(&self, say: Say) {
        let Some(channel) = &self.0 else { return };
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<Uint8Array>() {
                say(Input::Hinted(bytes.to_vec()));
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
    }

    /// Says this to the other tabs. It may be lost.
    pub(crate) fn hint(&self, bytes: &[u8]) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&Uint8Array::from(bytes));
        }
    }
}
