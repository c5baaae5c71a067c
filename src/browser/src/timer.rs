//! Waiting.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Browsers take longer waits for no wait at all.
const WAIT_MS_MAX: u64 = i32::MAX as u64;

/// One call in the future; setting it again forgets the one before.
pub(crate) struct Timer {
    ring: Closure<dyn FnMut()>,
    handle: Rc<Cell<Option<i32>>>,
}

impl Timer {
    /// A timer that is not set. Each time it has run down, it calls `ring`.
    pub(crate) fn new(mut ring: impl FnMut() + 'static) -> Self {
        let handle: Rc<Cell<Option<i32>>> = Rc::default();
        let rung = handle.clone();
        let ring = Closure::new(move || {
            rung.set(None);
            ring();
        });
        Self { ring, handle }
    }

    /// Calls in this many milliseconds and not before.
    pub(crate) fn set(&self, wait_ms: u64) {
        self.stop();
        let wait_ms = i32::try_from(wait_ms.min(WAIT_MS_MAX)).unwrap_or(i32::MAX);
        let ring = self.ring.as_ref().unchecked_ref();
        let handle = web_sys::window().and_then(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(ring, wait_ms).ok()
        });
        self.handle.set(handle);
    }

    /// Whether it will call.
    pub(crate) fn is_set(&self) -> bool {
        self.handle.get().is_some()
    }

    /// Does not call.
    pub(crate) fn stop(&self) {
        if let Some((window, handle)) = web_sys::window().zip(self.handle.take()) {
            window.clear_timeout_with_handle(handle);
        }
    }
}

/// The earliest of the times that were asked for.
pub(crate) struct Alarm {
    timer: Timer,
    due_ms: Cell<Option<u64>>,
}

impl Alarm {
    /// An alarm that is not set.
    pub(crate) fn new(ring: impl Fn() + 'static) -> Rc<Self> {
        Rc::new_cyclic(|own: &Weak<Self>| {
            let own = own.clone();
            let timer = Timer::new(move || {
                if let Some(alarm) = own.upgrade() {
                    alarm.due_ms.set(None);
                }
                ring();
            });
            Self { timer, due_ms: Cell::new(None) }
        })
    }

    /// Rings when `steady_ms` has come to `due_ms`, unless it rings before that anyway.
    pub(crate) fn set(&self, due_ms: u64, now_ms: u64) {
        if self.due_ms.get().is_some_and(|set_ms| set_ms <= due_ms) {
            return;
        }
        self.due_ms.set(Some(due_ms));
        // One more, for browsers that ring a fraction too early.
        self.timer.set(due_ms.saturating_sub(now_ms) + 1);
    }
}

/// Waits this long.
pub(crate) async fn pause(wait_ms: i32) {
    let promise = Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, wait_ms);
        }
    });
    let _ = JsFuture::from(promise).await;
}
