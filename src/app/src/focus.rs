//! Moving the focus, and the title of the page with it: the router does neither.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use crate::text::t;

/// Puts the focus on the new screen's heading once it stands, and its words in the title.
pub(crate) fn go_to_heading() {
    request_animation_frame(|| {
        let Some(heading) = find("main h1") else { return };
        let words = heading.text_content().unwrap_or_default();
        document().set_title(&format!("{words} · {}", t().app_name()));
        focus(&heading);
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

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn focus(element: &HtmlElement) {
    // An element that cannot take it leaves it where it was.
    let _ = element.focus();
}
