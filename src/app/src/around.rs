//! What stands around the screens: the words a screen reader hears, and whether a new version
//! waits.

use kit::{Live, Local};
use leptos::prelude::*;

/// The page beside the screens.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    heard: Local<String>,
    has_update: Local<bool>,
    take_update: fn(),
    speak: fn(&str),
    is_browser_tab_on_iphone: bool,
}

impl Around {
    /// Nothing to hear, and no new version; `take_update` loads one, `speak` another language.
    pub(crate) fn new(take_update: fn(), speak: fn(&str), is_browser_tab_on_iphone: bool) -> Self {
        let (heard, has_update) = (Local::new(String::new()), Local::new(false));
        Self { heard, has_update, take_update, speak, is_browser_tab_on_iphone }
    }

    /// Whether an app on the home screen of this device would be another place, with storage of
    /// its own.
    pub(crate) fn is_browser_tab_on_iphone(self) -> bool {
        self.is_browser_tab_on_iphone
    }

    /// Says something to those who listen.
    pub(crate) fn say(self, words: impl Into<String>) {
        self.heard.set(words.into());
    }

    /// What was said last.
    pub(crate) fn heard(self) -> Live<String> {
        self.heard.into()
    }

    /// A new version waits.
    pub(crate) fn update_came(self) {
        self.has_update.set(true);
    }

    /// Whether one waits.
    pub(crate) fn has_update(self) -> Live<bool> {
        self.has_update.into()
    }

    /// Speaks this language from now on: the page loads again.
    pub(crate) fn speak(self, language: &str) {
        (self.speak)(language);
    }

    /// Takes the new version: the page loads again.
    pub(crate) fn take_update(self) {
        (self.take_update)();
    }
}

/// What stands around this screen.
pub(crate) fn use_around() -> Around {
    expect_context()
}
