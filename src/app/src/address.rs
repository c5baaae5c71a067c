//! Where we are: the path in the address bar, read and written here alone. Links are plain `<a href="/…">`;
//! a click on one changes the place and loads nothing.

use kit::{Live, Local};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, MouseEvent};

use crate::routes::Place;

/// The address of this page.
#[derive(Clone, Copy)]
pub(crate) struct Address(Local<Place>);

impl Address {
    /// Reads the address, and follows links and the way back from now on.
    pub(crate) fn of_this_page() -> Self {
        let address = Self(Local::new(read()));
        let _ = window_event_listener(ev::popstate, move |_| address.0.set(read()));
        let _ = window_event_listener(ev::click, move |event| {
            if let Some(path) = path_clicked(&event) {
                event.prevent_default();
                address.go(&path);
            }
        });
        address
    }

    /// The place.
    pub(crate) fn place(self) -> Live<Place> {
        self.0.live()
    }

    /// Goes there instead: there is no way back to this place.
    pub(crate) fn go_instead(self, place: &Place) {
        let _ = history().replace_state_with_url(&JsValue::NULL, "", Some(&place.href()));
        self.arrive();
    }

    /// Goes there.
    pub(crate) fn go_on(self, place: &Place) {
        self.go(&place.href());
    }

    fn go(self, path: &str) {
        // A link to where we are leaves no second step on the way back.
        if path != self.0.with_untracked(Place::href) {
            let _ = history().push_state_with_url(&JsValue::NULL, "", Some(path));
        }
        self.arrive();
    }

    fn arrive(self) {
        self.0.set(read());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// What stands behind # in the address, where no server sees it.
pub(crate) fn hash() -> String {
    location().hash().unwrap_or_default()
}

/// The address of this page, for a screen's actions.
pub(crate) fn use_address() -> Address {
    expect_context()
}

fn read() -> Place {
    let path = location().pathname().unwrap_or_default();
    let place = Place::read(&path);
    let href = place.href();
    if place != Place::Nowhere && path != href {
        // An address in words, from before: it does not stay in sight, nor in the history.
        let href = href + &hash();
        let _ = history().replace_state_with_url(&JsValue::NULL, "", Some(&href));
    }
    place
}

fn history() -> leptos::web_sys::History {
    // It fails only in a page that may not be shown.
    window().history().unwrap_or_else(|_| unreachable!("a page has a history"))
}

/// The path of the link that was clicked, when it is a place of ours and to be opened here.
fn path_clicked(event: &MouseEvent) -> Option<String> {
    let has_key = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || has_key {
        return None;
    }
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let link = clicked.closest("a[href^='/']:not([target],[download])").ok()??;
    link.get_attribute("href")
}
