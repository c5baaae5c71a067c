//! The app's own birth and death, told to the page around it (`guard.js`).

use wasm_bindgen::JsValue;
use web_sys::Event;

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

fn tell(name: &str) {
    if let Some((window, event)) = web_sys::window().zip(Event::new(name).ok()) {
        let _ = window.dispatch_event(&event);
    }
}
