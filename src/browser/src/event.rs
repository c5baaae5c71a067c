//! Listening to the page for as long as it lives.

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// Calls `heard` at each such event, until the page is gone.
pub(crate) fn listen(target: &EventTarget, name: &str, heard: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(heard);
    // Only a misspelt target refuses a listener.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Whether the page can be seen.
pub(crate) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| document.visibility_state() != web_sys::VisibilityState::Hidden)
}
