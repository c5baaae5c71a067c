//! Reading aloud: whether this device can, with which voice, and whether it does now.
//!
//! A device may name a voice that it does not have, and then read Danish as if it were English. So nothing is read
//! before the person here has heard the voice and said that they understand it.

use kit::{Live, Local};
use leptos::prelude::*;

use crate::notices::Notices;
use crate::text::t;

/// What the device can do.
#[derive(Clone, Copy)]
pub(crate) struct Voices {
    /// Whether it can read aloud at all.
    pub(crate) can_speak: bool,
    /// Its own voices for a language, by name, its first choice first.
    pub(crate) local: fn(&str) -> Vec<String>,
    /// The voice that was understood, by name.
    pub(crate) kept: fn() -> Option<String>,
    /// Keeps that it is understood, or that nothing is to be read.
    pub(crate) keep: fn(Option<&str>),
    /// Reads the page, with a voice, in a language.
    pub(crate) page: fn(&str, &str, Ended),
    /// Reads words, with a voice, in a language.
    pub(crate) words: fn(&str, &str, &str, Ended),
    /// Says nothing more.
    pub(crate) be_silent: fn(),
}

type Ended = Box<dyn FnOnce(bool)>;

/// Reading aloud on this page.
#[derive(Clone, Copy)]
pub(crate) struct Aloud {
    voices: Voices,
    /// As the device has them; `None` where nobody has asked.
    local: Local<Option<Vec<String>>>,
    kept: Local<Option<String>>,
    is_reading: Local<bool>,
    notices: Notices,
}

impl Aloud {
    /// Reads to whoever has said that they understand a voice of this device.
    pub(crate) fn new(voices: Voices, notices: Notices) -> Self {
        let kept = (voices.kept)();
        let is_asked = kept.is_some();
        let (kept, local, is_reading) = (Local::new(kept), Local::new(None), Local::new(false));
        let aloud = Self { voices, local, kept, is_reading, notices };
        if is_asked {
            aloud.ask_for_voices();
        }
        aloud
    }

    /// Whether this device can read aloud at all.
    pub(crate) fn can_speak(self) -> bool {
        self.voices.can_speak
    }

    /// Asks which voices there are. It takes a moment where there are many.
    pub(crate) fn ask_for_voices(self) {
        self.local.set(Some((self.voices.local)(t().voice_language())));
    }

    /// Voices have come or gone.
    pub(crate) fn voices_changed(self) {
        if self.local.with_untracked(Option::is_some) {
            self.ask_for_voices();
        }
    }

    /// The device's own voices for the language of the page.
    pub(crate) fn local(self) -> Live<Vec<String>> {
        Live::memo(move || self.local.get().unwrap_or_default())
    }

    /// The voice that was understood, if it is still there and speaks the language of the page.
    pub(crate) fn understood(self) -> Live<Option<String>> {
        Live::memo(move || {
            let kept = self.kept.get()?;
            self.local
                .with(|local| local.as_ref().is_some_and(|all| all.contains(&kept)))
                .then_some(kept)
        })
    }

    /// Whether something is being read.
    pub(crate) fn is_reading(self) -> Live<bool> {
        self.is_reading.into()
    }

    /// The person here understands this voice, or wants nothing read.
    pub(crate) fn keep(self, voice: Option<String>) {
        (self.voices.keep)(voice.as_deref());
        self.kept.set(voice);
    }

    /// Reads the page.
    pub(crate) fn read_page(self) {
        if let Some(voice) = self.understood().get_untracked() {
            self.begin();
            (self.voices.page)(&voice, t().voice_language(), self.ended());
        }
    }

    /// Reads words with a voice, to hear what it is like.
    pub(crate) fn try_voice(self, voice: &str, words: &str) {
        self.begin();
        (self.voices.words)(words, voice, t().voice_language(), self.ended());
    }

    /// Says nothing more.
    pub(crate) fn be_silent(self) {
        if self.is_reading.get_untracked() {
            self.is_reading.set(false);
            (self.voices.be_silent)();
        }
    }

    /// What was being read has ended before something else is.
    fn begin(self) {
        self.be_silent();
        self.is_reading.set(true);
    }

    /// What happens when it is over.
    fn ended(self) -> Ended {
        Box::new(move |has_failed| {
            self.is_reading.set(false);
            if has_failed {
                self.notices.tell(t().aloud_failed());
            }
        })
    }
}

/// Reading aloud, for a screen.
pub(crate) fn use_aloud() -> Aloud {
    expect_context()
}
