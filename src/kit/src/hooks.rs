//! The few things that must be done by hand beside the drawing. The only place in kit that starts
//! an effect.
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// Does `act` once the view stands, and again whenever something it read has changed.
pub(crate) fn after_each_change(act: impl Fn() + 'static) {
    Effect::new(move |_| act());
}

/// A name for an element that no other element on the page has.
pub(crate) fn fresh_id(kind: &str) -> String {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    format!("{kind}-{}", GIVEN.fetch_add(1, Ordering::Relaxed))
}
