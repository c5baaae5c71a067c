//! The few things that must be done by hand beside the drawing. The only place in kit that starts
//! an effect.
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use std::sync::atomic::{AtomicU32, Ordering};

/// Does `act` once the view stands, and again whenever something it read has changed.
pub fn after_each_change(act: impl Fn() + 'static) {
    effect(Box::new(act));
}

// Compiled once, for whatever is done.
#[expect(clippy::disallowed_methods, reason = "this is kit's hook for it")]
fn effect(act: Box<dyn Fn()>) {
    Effect::new(move |_| act());
}

/// Moving an element on the page takes the focus from it. Called before a drawing that may move
/// some, this gives the focus back right after, so that nobody loses the keyboard in mid-word
/// because another changed the order.
pub(crate) fn keep_focus() {
    let active =
        document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    let Some(active) = active else { return };
    queue_microtask(move || {
        let is_active =
            document().active_element().is_some_and(|now| now.is_same_node(Some(&active)));
        if active.is_connected() && !is_active {
            // It fails only on an element that cannot have focus, and this one had it.
            let _ = active.focus();
        }
    });
}

/// A name for an element that no other element on the page has.
pub(crate) fn fresh_id(kind: &str) -> String {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    format!("{kind}-{}", GIVEN.fetch_add(1, Ordering::Relaxed))
}
