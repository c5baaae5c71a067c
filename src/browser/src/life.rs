//! The app's own birth and death, told to the page around it (`guard.js`) and by it.

use client::Input;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Event;

/// Where `boot.js` says which version of the app this is.
const VERSION: &str = "medspilVersion";
/// Where `guard.js` notes that a page has ended by a fault of the app.
const ENDED: &str = "medspil-ended";

/// What the client is told first: which app this is, and how the page before it ended.
pub(crate) fn began() -> Input {
    let window = web_sys::window();
    let version = window.as_ref().and_then(|window| Reflect::get(window, &VERSION.into()).ok());
    let session = window.and_then(|window| window.session_storage().ok().flatten());
    let ended = session.as_ref().and_then(|session| session.get_item(ENDED).ok().flatten());
    // Where nothing may be kept there is nothing to take away.
    let _ = session.map(|session| session.remove_item(ENDED));
    let version = version.and_then(|version| version.as_string()).unwrap_or_default();
    Input::Began { version, has_ended: ended.is_some() }
}

/// From now on a panic is told to the page as `medspil-panic`, so that it can start again: the
/// wasm instance itself is dead after one. In the published build a panic ends the instance without
/// coming here; `guard.js` hears that by itself.
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&JsValue::from_str(&panic.to_string()));
        tell("medspil-panic");
    }));
}

/// Tells the page that the first screen stands.
pub fn tell_up() {
    tell("medspil-up");
}

/// Tells the page that the database is there, and another page holds it.
pub(crate) fn tell_blocked() {
    tell("medspil-blocked");
}

fn tell(name: &str) {
    if let Some((window, event)) = web_sys::window().zip(Event::new(name).ok()) {
        let _ = window.dispatch_event(&event);
    }
}
