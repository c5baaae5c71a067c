//! The other tabs: which of us leads, and hints between us.

use client::Input;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::Say;

const LOCK: &str = "medspil-lead";
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

/// Waits for its turn to lead, and leads until the tab is gone. Without Web Locks (Safari before
/// 15.4) every tab leads; that costs traffic, not data.
pub(crate) fn lead(say: Say) {
    let granted = say.clone();
    if ask_for_lock(move || granted(Input::Leading)).is_none() {
        say(Input::Leading);
    }
}

/// `navigator.locks` by name, because web-sys still calls it unstable.
fn ask_for_lock(granted: impl FnOnce() + 'static) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let holding = Closure::once_into_js(move || {
        granted();
        // The lock is held until this promise is kept, which it never is.
        Promise::new(&mut |_, _| {})
    });
    request.call2(&locks, &LOCK.into(), &holding).ok()?;
    Some(())
}
