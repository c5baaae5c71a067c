//! Which of the tabs leads, by a Web Lock. Without Web Locks (Safari before 15.4) every tab leads; that costs
//! traffic, not data.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client::Input;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

use crate::Say;

const LOCK: &str = "medspil-lead";

/// The turn to lead. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub(crate) struct Lead(Rc<Inner>);

struct Inner {
    say: Say,
    /// Keeps the promise for as long as which the lock is held.
    release: RefCell<Option<Function>>,
    /// How often it was asked for: what becomes of an older asking is of no matter.
    asked: Cell<u32>,
}

impl Lead {
    /// A turn that is not waited for yet.
    pub(crate) fn new(say: Say) -> Self {
        Self(Rc::new(Inner { say, release: RefCell::default(), asked: Cell::new(0) }))
    }

    /// Waits for its turn to lead, and leads until the tab is gone.
    pub(crate) fn wait(&self) {
        if self.ask(false).is_none() {
            (self.0.say)(Input::Leading);
        }
    }

    /// Leads in place of whoever does.
    pub(crate) fn take(&self) {
        if self.ask(true).is_none() {
            (self.0.say)(Input::Leading);
        }
    }

    /// Leads no more, and waits for its turn again.
    pub(crate) fn let_go(&self) {
        if let Some(release) = self.0.release.take() {
            // A function that keeps a promise cannot fail.
            let _ = release.call0(&JsValue::NULL);
        }
        // Where there are no locks whoever begins last leads.
        let _ = self.ask(false);
    }

    /// `navigator.locks` by name, because web-sys still calls it unstable.
    fn ask(&self, steal: bool) -> Option<()> {
        let navigator = web_sys::window()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let asked = self.0.asked.get() + 1;
        self.0.asked.set(asked);
        let options = Object::new();
        Reflect::set(&options, &"steal".into(), &steal.into()).ok()?;
        let held = request.call3(&locks, &LOCK.into(), &options, &self.holding(asked)).ok()?;
        let lead = self.clone();
        let lost = Closure::<dyn FnMut(JsValue)>::new(move |_| lead.lost(asked));
        // It fails when another tab takes the lock.
        let _ = held.unchecked_into::<Promise>().catch(&lost);
        lost.forget();
        Some(())
    }

    /// What is called when the lock is ours; it is held until what this answers is kept.
    fn holding(&self, asked: u32) -> JsValue {
        let lead = self.clone();
        Closure::once_into_js(move || {
            if lead.0.asked.get() != asked {
                return JsValue::UNDEFINED;
            }
            (lead.0.say)(Input::Leading);
            Promise::new(&mut |release, _| drop(lead.0.release.replace(Some(release)))).into()
        })
    }

    fn lost(&self, asked: u32) {
        if self.0.asked.get() == asked {
            let is_taken = self.0.release.take().is_some();
            // Where it was never held, this page may have no locks at all.
            (self.0.say)(if is_taken { Input::Deposed } else { Input::Leading });
        }
    }
}
