//! Reading aloud with the device's own voices, so that nothing of what is read leaves it.
//!
//! A page is read piece by piece: each piece is marked while it is heard, and moved into sight.

use std::cell::RefCell;
use std::collections::VecDeque;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, ScrollIntoViewOptions, ScrollLogicalPosition, SpeechSynthesis,
    SpeechSynthesisUtterance, SpeechSynthesisVoice,
};

use crate::event::{is_visible, listen};
use crate::readable::{Piece, portions, readable};

/// On what is being read.
const MARK: &str = "data-heard";

/// Calls this when it is over: whether the voice failed. Being silenced is no failure.
pub type Ended = Box<dyn FnOnce(bool)>;

struct Reading {
    left: VecDeque<Piece>,
    voice: SpeechSynthesisVoice,
    language: String,
    marked: Option<Element>,
    utterance: Option<SpeechSynthesisUtterance>,
    ended: Ended,
}

thread_local! {
    static NOW: RefCell<Option<Reading>> = const { RefCell::new(None) };
    /// What each utterance calls. Made once: one that was stopped may still call.
    static HEARD: [Closure<dyn FnMut(Event)>; 2] = [false, true].map(|has_failed| {
        Closure::new(move |event: Event| heard(&event, has_failed))
    });
}

/// Whether this browser can read aloud at all.
pub fn can_speak() -> bool {
    speech().is_some()
}

/// Calls `changed` when voices have come or gone: browsers find them some time after the start. From now on
/// nothing is read on a page that is not seen.
pub fn watch_voices(changed: impl FnMut() + 'static) {
    let Some(speech) = speech() else { return };
    listen(&speech, "voiceschanged", changed);
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        listen(&document, "visibilitychange", || {
            if !is_visible() {
                be_silent();
            }
        });
    }
}

/// The voices on this device for a language ("da-DK"), by the device's names, its own choice first. A voice somewhere else
/// would be sent what it reads.
pub fn local_voices(language: &str) -> Vec<String> {
    let mut voices: Vec<SpeechSynthesisVoice> = all_voices()
        .filter(|voice| voice.local_service() && is_of(&voice.lang(), language))
        .collect();
    voices.sort_by_key(|voice| !voice.default());
    voices.iter().map(SpeechSynthesisVoice::voice_uri).collect()
}

/// Reads what stands on the page, from its heading on.
pub fn read_page(voice: &str, language: &str, ended: Ended) {
    let main = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("main").ok().flatten());
    read_pieces(main.as_ref().map(readable).unwrap_or_default(), voice, language, ended);
}

/// Reads these words.
pub fn read_words(words: &str, voice: &str, language: &str, ended: Ended) {
    let piece = Piece { element: None, words: words.to_owned() };
    read_pieces(vec![piece], voice, language, ended);
}

/// Says nothing more.
pub fn be_silent() {
    finish(false);
    if let Some(speech) = speech() {
        speech.cancel();
    }
}

fn read_pieces(pieces: Vec<Piece>, voice: &str, language: &str, ended: Ended) {
    be_silent();
    let Some(voice) = all_voices().find(|known| known.voice_uri() == voice) else {
        return ended(true);
    };
    let in_portions = |piece: Piece| {
        let words = portions(&piece.words).into_iter();
        let element = piece.element;
        words.map(move |words| Piece { element: element.clone(), words }).collect::<Vec<_>>()
    };
    let left = pieces.into_iter().flat_map(in_portions).collect();
    let language = language.to_owned();
    let reading = Reading { left, voice, language, marked: None, utterance: None, ended };
    NOW.set(Some(reading));
    go_on();
}

/// Reads the next piece, or ends.
fn go_on() {
    let is_over = NOW.with_borrow_mut(|now| now.as_mut().is_none_or(|reading| !reading.next()));
    if is_over {
        finish(false);
    }
}

impl Reading {
    /// Begins the next piece; false when there is none.
    fn next(&mut self) -> bool {
        let Some((speech, piece)) = speech().zip(self.next_piece()) else { return false };
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&piece.words) else {
            return false;
        };
        self.mark(piece.element);
        utterance.set_lang(&self.language);
        utterance.set_voice(Some(&self.voice));
        HEARD.with(|[end, error]| {
            utterance.set_onend(Some(end.as_ref().unchecked_ref()));
            utterance.set_onerror(Some(error.as_ref().unchecked_ref()));
        });
        speech.speak(&utterance);
        // Chrome forgets to tell of an utterance that nobody holds.
        self.utterance = Some(utterance);
        true
    }

    /// What has gone from the page meanwhile, because it was thrown out or may no longer be seen, is not read.
    fn next_piece(&mut self) -> Option<Piece> {
        loop {
            let piece = self.left.pop_front()?;
            if piece.element.as_ref().is_none_or(|element| element.is_connected()) {
                return Some(piece);
            }
        }
    }

    fn mark(&mut self, element: Option<Element>) {
        if self.marked == element {
            return;
        }
        if let Some(before) = self.marked.take() {
            // What was read may be gone from the page.
            let _ = before.remove_attribute(MARK);
        }
        if let Some(element) = &element {
            let _ = element.set_attribute(MARK, "");
            let near = ScrollIntoViewOptions::new();
            near.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&near);
        }
        self.marked = element;
    }
}

fn heard(event: &Event, has_failed: bool) {
    let of_now = |reading: &Reading| {
        let now: Option<&JsValue> = reading.utterance.as_ref().map(AsRef::as_ref);
        event.target().is_some_and(|target| now == Some(target.as_ref()))
    };
    if !NOW.with_borrow(|now| now.as_ref().is_some_and(of_now)) {
        return;
    }
    if has_failed { finish(true) } else { go_on() }
}

fn finish(has_failed: bool) {
    if let Some(mut reading) = NOW.take() {
        reading.mark(None);
        (reading.ended)(has_failed);
    }
}

fn speech() -> Option<SpeechSynthesis> {
    let window = web_sys::window()?;
    // A page shown inside another app may have none.
    let is_there = Reflect::get(&window, &"speechSynthesis".into()).is_ok_and(|it| it.is_object());
    if is_there { window.speech_synthesis().ok() } else { None }
}

fn all_voices() -> impl Iterator<Item = SpeechSynthesisVoice> {
    let voices = speech().map(|speech| speech.get_voices());
    voices.into_iter().flatten().map(JsValue::unchecked_into)
}

/// Whether a voice's tag ("da", "da-DK", on Android "da_DK") is of a language, wherever it is spoken.
fn is_of(tag: &str, language: &str) -> bool {
    let first = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    first(tag) == first(language)
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_voice_is_of_a_language_however_its_tag_is_written() {
        assert!(["da", "da-DK", "da_DK", "DA-dk"].iter().all(|tag| is_of(tag, "da-DK")));
        assert!(!["", "de-DE", "dan", "en-GB"].iter().any(|tag| is_of(tag, "da-DK")));
    }
}
