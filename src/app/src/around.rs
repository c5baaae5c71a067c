//! What stands around the screens: the words a screen reader hears, and whether a new version
//! waits.

use std::pin::Pin;

use client::DocumentId;
use kit::{Live, Local};
use leptos::prelude::*;

/// The page beside the screens.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    heard: Local<String>,
    has_update: Local<bool>,
    beside: Local<Option<DocumentId>>,
    later: Local<Later>,
    page: Page,
}

/// How it is with the later screens, in an app that begins without them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Later {
    /// Nobody has asked for them.
    Unasked,
    /// They are on their way.
    Coming,
    /// They are here.
    Here,
    /// They could not be had.
    Missing,
}

/// What the page itself can do and knows.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// Takes the new version that waits: the page loads again.
    pub(crate) take_update: fn(),
    /// Speaks this language from now on: the page loads again.
    pub(crate) speak: fn(&str),
    #[cfg_attr(feature = "staff", expect(dead_code, reason = "this is that app"))]
    /// Uses the app of those who work here from now on: the page loads again, once.
    pub(crate) use_staff_app: fn(),
    #[cfg_attr(feature = "staff", expect(dead_code, reason = "this is that app"))]
    /// Loads again.
    pub(crate) load_again: fn(),
    /// Does this to its end, whatever becomes of the screen that asked for it.
    pub(crate) finish: fn(Pin<Box<dyn Future<Output = ()>>>),
    /// Puts the page on paper.
    pub(crate) print: fn(),
    /// Keeps whom to call when the app will not open: their name and number.
    pub(crate) call_in_need: fn(&str, &str),
    /// Whether the page was put away before it loaded again.
    pub(crate) is_away: fn() -> bool,
    /// Puts the page away, also when it loads again, or takes it out.
    pub(crate) put_away: fn(bool),
    #[cfg(feature = "staff")]
    /// With whom the coordinator sits.
    pub(crate) sitting: SittingKept,
    /// Whether this is a window inside another app, whose code would be used up in it.
    pub(crate) is_inside_other_app: bool,
    /// Whether an app on the home screen of this device would be another place, with storage of its
    /// own.
    pub(crate) is_browser_tab_on_iphone: bool,
}

/// Where it is kept with whom the coordinator sits.
#[cfg(feature = "staff")]
#[derive(Clone, Copy)]
pub(crate) struct SittingKept {
    /// As this tab has it, and as all tabs know it.
    pub(crate) read: fn() -> [Option<String>; 2],
    /// Keeps it in this tab.
    pub(crate) keep: fn(Option<&str>),
    /// Tells it to all tabs.
    pub(crate) tell: fn(Option<&str>),
    /// What time it is, by the device's clock.
    pub(crate) now_ms: fn() -> u64,
}

impl Around {
    /// Nothing to hear, and no new version.
    pub(crate) fn new(page: Page) -> Self {
        let (heard, has_update) = (Local::new(String::new()), Local::new(false));
        Self {
            heard,
            has_update,
            beside: Local::new(None),
            later: Local::new(Later::Unasked),
            page,
        }
    }

    /// The page itself.
    pub(crate) fn page(self) -> Page {
        self.page
    }

    /// The course a coordinator has on the screen while they sit together with its citizen.
    pub(crate) fn beside(self) -> Live<Option<DocumentId>> {
        self.beside.into()
    }

    /// The same, to be changed by `sitting` alone.
    #[cfg(feature = "staff")]
    pub(crate) fn set_beside(self, course: Option<DocumentId>) {
        self.beside.set(course);
    }

    /// How it is with the later screens.
    pub(crate) fn later(self) -> Local<Later> {
        self.later
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
}

/// What stands around this screen.
pub(crate) fn use_around() -> Around {
    expect_context()
}
