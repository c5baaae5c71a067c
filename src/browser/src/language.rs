//! The language of the page: kept by the browser, fetched by `boot.js`, told to the app.

use js_sys::Reflect;

const KEPT: &str = "medspil-language";
const FETCHED: &str = "medspilTexts";

/// The sentences of a language other than Danish, one a line, when one was chosen and is here.
pub fn other_language() -> Option<String> {
    let window = web_sys::window()?;
    Reflect::get(&window, &FETCHED.into()).ok()?.as_string()
}

/// Speaks this language from now on ("da", "en"): the page loads again.
pub fn speak(language: &str) {
    let Some(window) = web_sys::window() else { return };
    if let Ok(Some(storage)) = window.local_storage() {
        // Where nothing may be kept the page stays as it is.
        let _ = storage.set_item(KEPT, language);
    }
    let _ = window.location().reload();
}
