//! A word about what just happened, with the way back where there is one. The shell shows it.

use std::sync::Arc;

use kit::{Live, Local, ToastMessage};
use leptos::prelude::*;

use crate::text::t;

/// The one notice that stands on the page.
#[derive(Clone, Copy)]
pub(crate) struct Notices {
    shown: Local<Option<ToastMessage>>,
    // Not a `Callback`: that one would be gone with the row that was thrown out.
    undo: StoredValue<Option<Undo>>,
}

type Undo = Arc<dyn Fn() + Send + Sync>;

impl Notices {
    /// No notice.
    pub(crate) fn new() -> Self {
        Self { shown: Local::new(None), undo: StoredValue::new(None) }
    }

    /// Tells something.
    pub(crate) fn tell(self, words: impl Into<String>) {
        self.put(words.into(), None);
    }

    /// Tells what was done, with a button that undoes it.
    pub(crate) fn tell_undo(self, words: &str, undo: impl Fn() + Send + Sync + 'static) {
        self.put(words.to_owned(), Some(t().undo().to_owned()));
        self.undo.set_value(Some(Arc::new(undo)));
    }

    /// What stands there now.
    pub(crate) fn shown(self) -> Live<Option<ToastMessage>> {
        self.shown.into()
    }

    /// Undoes what the notice told, if that is still possible.
    pub(crate) fn undo(self) {
        if let Some(undo) = self.undo.try_update_value(Option::take).flatten() {
            undo();
        }
    }

    /// Takes the notice away, unless another one has come in its place.
    pub(crate) fn gone(self, id: u64) {
        let is_shown = |shown: &Option<ToastMessage>| shown.as_ref().is_some_and(|it| it.id == id);
        if self.shown.with_untracked(is_shown) {
            self.shown.set(None);
        }
    }

    /// Takes away whatever stands there: somebody else may have the device now.
    pub(crate) fn clear(self) {
        self.undo.set_value(None);
        self.shown.set(None);
    }

    fn put(self, words: String, undo: Option<String>) {
        let id =
            self.shown.with_untracked(|shown| shown.as_ref().map_or(0, |message| message.id + 1));
        self.undo.set_value(None);
        self.shown.set(Some(ToastMessage { id, words, undo }));
    }
}

/// Where to tell things.
pub(crate) fn use_notices() -> Notices {
    expect_context()
}
