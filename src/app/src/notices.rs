//! A word about what just happened, with the way back where there is one. The shell shows it.

use kit::ToastMessage;
use leptos::prelude::*;

/// The one notice that stands on the page.
#[derive(Clone, Copy)]
pub(crate) struct Notices {
    shown: RwSignal<Option<ToastMessage>>,
    undo: StoredValue<Option<Callback<()>>>,
}

impl Notices {
    /// No notice.
    pub(crate) fn new() -> Self {
        Self { shown: RwSignal::new(None), undo: StoredValue::new(None) }
    }

    /// Tells something.
    pub(crate) fn tell(self, words: impl Into<String>) {
        self.put(words.into(), None);
    }

    /// Tells what was done, with a button that undoes it.
    pub(crate) fn tell_undo(self, words: impl Into<String>, label: &str, undo: Callback<()>) {
        self.put(words.into(), Some(label.to_owned()));
        self.undo.set_value(Some(undo));
    }

    /// What stands there now.
    pub(crate) fn shown(self) -> Signal<Option<ToastMessage>> {
        self.shown.into()
    }

    /// Undoes what the notice told, if that is still possible.
    pub(crate) fn undo(self) {
        if let Some(undo) = self.undo.try_update_value(Option::take).flatten() {
            undo.try_run(());
        }
    }

    /// Takes the notice away, unless another one has come in its place.
    pub(crate) fn gone(self, id: u64) {
        self.shown.update(|shown| {
            if shown.as_ref().is_some_and(|message| message.id == id) {
                *shown = None;
            }
        });
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
