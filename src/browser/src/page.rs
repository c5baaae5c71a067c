//! Whether the page is seen, and keeping what it stores.

use client::Input;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::Say;
use crate::event::{is_visible, listen};

/// Tells when the page is put away and when it is seen again.
pub(crate) fn watch(say: Say) {
    let Some(window) = web_sys::window() else { return };
    if let Some(document) = window.document() {
        let say = say.clone();
        listen(&document, "visibilitychange", move || {
            say(if is_visible() { Input::Shown } else { Input::Hidden });
        });
    }
    // iOS says this, and not always the other, when an app is swiped away.
    listen(&window, "pagehide", move || say(Input::Hidden));
}

/// Whether this is a tab on an iPhone or iPad, where the app on the home screen is another place
/// with storage of its own.
pub fn is_browser_tab_on_iphone() -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    // Only Safari on iOS has the property; it says whether the page stands on the home screen.
    let standalone = js_sys::Reflect::get(&navigator, &"standalone".into());
    standalone.is_ok_and(|standalone| standalone.as_bool() == Some(false))
}

/// Which way the lines of the page run: `ltr` or `rtl`.
pub fn run_lines(direction: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(page) = document.and_then(|document| document.document_element()) {
        // Any element takes an attribute of this name.
        let _ = page.set_attribute("dir", direction);
    }
}

/// Puts the page on paper. The browser asks how, and whether at all.
pub fn print() {
    // It fails where there is no printer to speak of, and then the browser has said so.
    let _ = web_sys::window().map(|window| window.print());
}

/// Asks the browser to keep our data when space is short. It may say no; nothing depends on it.
pub(crate) fn persist() {
    let Some(window) = web_sys::window() else { return };
    let storage = window.navigator().storage();
    // `undefined` on pages without https.
    if !storage.is_object() {
        return;
    }
    if let Ok(asked) = storage.persist() {
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
        });
    }
}
