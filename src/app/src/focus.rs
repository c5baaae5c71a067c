//! Moving the focus. The title of the page stays what it is: it stands in the list of open pages, in the history and
//! on the screen of whoever looks over a shoulder, so it is the app's name and nothing else.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

/// Puts the focus on the new screen's heading once it stands.
pub(crate) fn go_to_heading() {
    request_animation_frame(|| {
        if let Some(heading) = find("main h1") {
            focus(&heading);
        }
    });
}

/// Jumps over the bars. The router would take the link for a place and leave the focus where it was.
pub(crate) fn skip(event: MouseEvent) {
    event.prevent_default();
    if let Some(main) = find("main") {
        focus(&main);
    }
}

/// Puts the focus in the first box of a place, once it is drawn.
pub(crate) fn go_to_box_in(place: NodeRef<Div>) {
    request_animation_frame(move || {
        let first = |place: HtmlElement| place.query_selector("textarea, input").ok().flatten();
        let first = place.get_untracked().and_then(|place| first(place.into()));
        if let Some(first) = first.and_then(|first| first.dyn_into().ok()) {
            focus(&first);
        }
    });
}

/// Puts the focus in the first box or answer of what has a mistake, once that is told there.
pub(crate) fn go_to_mistake() {
    request_animation_frame(|| {
        let told = find(".field-error:not(:empty)").and_then(|told| told.parent_element());
        let first = told.and_then(|place| place.query_selector("textarea, input").ok().flatten());
        if let Some(first) = first.and_then(|first| first.dyn_into().ok()) {
            focus(&first);
        }
    });
}

/// Takes all words out of the page, or puts them back as they were: what is half written stays in its box.
pub(crate) fn put_away(words: &Element, away: bool) {
    if away {
        words.remove();
    } else if !words.is_connected()
        && let Some(body) = document().body()
    {
        // A page has room for its own element.
        let _ = body.insert_before(words, body.first_child().as_ref());
        go_to_heading();
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn focus(element: &HtmlElement) {
    // An element that cannot take it leaves it where it was.
    let _ = element.focus();
}
