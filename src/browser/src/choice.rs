//! What this browser keeps where `boot.js` and `guard.js` find it without the app: the language, which of
//! the two apps it needs, and whom to call when none will open.

use js_sys::{JSON, Object, Reflect};
use web_sys::Storage;

const LANGUAGE: &str = "medspil-language";
const FETCHED: &str = "medspilTexts";
const APP: &str = "medspil-app";
const STAFF: &str = "staff";
const HELP: &str = "medspil-help";
const VOICE: &str = "medspil-voice";
const BESIDE: &str = "medspil-beside";
const AWAY: &str = "medspil-away";

/// A language other than Danish, when one was chosen and is here: its two letters, and its sentences, one a line.
pub fn other_language() -> Option<(String, String)> {
    let window = web_sys::window()?;
    let lines = Reflect::get(&window, &FETCHED.into()).ok()?.as_string()?;
    let code = kept()?.get_item(LANGUAGE).ok()??;
    Some((code, lines))
}

/// Speaks this language from now on, by its two letters: the page loads again.
pub fn speak(language: &str) {
    // Where nothing may be kept the page stays as it is.
    let _ = kept().map(|kept| kept.set_item(LANGUAGE, language));
    load_again();
}

/// Uses the app of those who work here from now on: the page loads again. Nothing happens where that
/// was chosen before, or nothing may be kept: then it would load again for ever.
pub fn use_staff_app() {
    let Some(kept) = kept() else { return };
    let is_chosen = kept.get_item(APP).ok().flatten().as_deref() == Some(STAFF);
    if !is_chosen && kept.set_item(APP, STAFF).is_ok() {
        load_again();
    }
}

/// Whom to call when the app will not open, kept for the page that then stands in for it.
pub fn call_in_need(name: &str, phone: &str) {
    let whom = Object::new();
    for (key, value) in [("name", name), ("phone", phone)] {
        // A new object takes every key.
        let _ = Reflect::set(&whom, &key.into(), &value.into());
    }
    if let Some((kept, text)) = kept().zip(JSON::stringify(&whom).ok()) {
        let _ = kept.set_item(HELP, &String::from(text));
    }
}

/// The voice that the person here said they understand, by the name the device has for it.
pub fn kept_voice() -> Option<String> {
    kept()?.get_item(VOICE).ok().flatten()
}

/// Keeps that they understand this voice, or that nothing is to be read to them.
pub fn keep_voice(voice: Option<&str>) {
    // Where nothing may be kept it is asked again the next time.
    put(kept(), VOICE, voice);
}

/// With whom a coordinator sits: as this tab keeps it, which a copy of the tab takes along, and as all tabs know it.
pub fn sits_beside() -> [Option<String>; 2] {
    [session(), kept()].map(|storage| storage?.get_item(BESIDE).ok().flatten())
}

/// Keeps it in this tab, or that it sits with nobody.
pub fn keep_beside(here: Option<&str>) {
    // Where nothing may be kept it ends when the page loads again.
    put(session(), BESIDE, here);
}

/// Tells it to all tabs; each of them hears of it.
pub fn tell_beside(all: Option<&str>) {
    put(kept(), BESIDE, all);
}

/// Whether the page was put away before it loaded again.
pub fn is_away() -> bool {
    session().is_some_and(|session| session.get_item(AWAY).ok().flatten().is_some())
}

/// Puts the page away, also when it loads again, or takes it out.
pub fn put_away(away: bool) {
    put(session(), AWAY, away.then_some("1"));
}

/// Loads the page again.
pub fn load_again() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

fn put(storage: Option<Storage>, key: &str, value: Option<&str>) {
    let _ = storage.map(|storage| match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    });
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

fn kept() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
