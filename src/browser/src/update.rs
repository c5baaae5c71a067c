//! A new version of the app, as the page (`guard.js`) knows of it.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use crate::event::listen;

/// Calls `came` when a new version waits, now or later.
pub fn watch_update(came: impl Fn() + 'static) {
    let Some(window) = web_sys::window() else { return };
    if call("waiting").is_some_and(|waits| waits.is_truthy()) {
        came();
    }
    listen(&window, "medspil-update", came);
}

/// Takes the new version now: the page loads again.
pub fn take_update() {
    call("take");
}

fn call(name: &str) -> Option<JsValue> {
    let update = Reflect::get(&web_sys::window()?.into(), &"medspilUpdate".into()).ok()?;
    let function: Function = Reflect::get(&update, &name.into()).ok()?.dyn_into().ok()?;
    function.call0(&update).ok()
}
