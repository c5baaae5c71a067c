//! A box to tick whose words somebody wrote: they can be corrected where they stand.

use client::view::TextView;
use kit::{Button, Check, CoLines, IconButton, Live, Local, Look, Shape};
use leptos::html::Div;
use leptos::prelude::*;

use super::together::{Opened, Together, is_left_open};
use crate::focus;
use crate::notices::use_notices;
use crate::text::t;

/// The box, or its words to be corrected while `is_open`.
#[component]
pub(super) fn Reworded(
    opened: Opened,
    /// The words.
    text: Live<TextView>,
    /// Ticked or not.
    checked: Live<bool>,
    /// Given the new answer.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Whether the words are being corrected.
    is_open: Local<bool>,
) -> impl IntoView {
    if is_left_open([text.with_untracked(|text| text.field)]) {
        is_open.set(true);
    }
    let place = NodeRef::<Div>::new();
    let notices = use_notices();
    let label = text.map(|text| text.text.clone());
    let close = move || {
        if label.with_untracked(|words| words.trim().is_empty()) {
            notices.tell(t().refused_empty());
        } else {
            is_open.set(false);
            focus::go_to_box_in(place);
        }
    };
    let words = move || {
        focus::go_to_box_in(place);
        view! {
            <div class="stack">
                <Together opened text label=t().reword_label() lines=CoLines::One/>
                <div class="row"><Button label=t().reword_done() look=Look::Quiet on_press=close/></div>
            </div>
        }
        .into_any()
    };
    let draw = move || {
        if is_open.get() { words() } else { view! { <Check label checked on_change/> }.into_any() }
    };
    view! { <div class="grow" node_ref=place>{move || draw()}</div> }
}

/// Begins the correction.
#[component]
pub(super) fn RewordButton(is_open: Local<bool>) -> impl IntoView {
    let open = move || is_open.set(true);
    let button = move || view! { <IconButton icon=Shape::Pen label=t().reword() on_press=open/> };
    view! { {move || (!is_open.get()).then(button)} }
}
