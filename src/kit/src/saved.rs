//! The truth about saving, in words, at the foot of the page.
use crate::{Icon, Shape};
use leptos::prelude::*;

/// A sign and a line. Heard politely when the words change.
#[component]
pub fn Saved(
    /// The sign.
    #[prop(into)]
    icon: Signal<Shape>,
    /// Where it is saved, and what still waits.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="saved" role="status">
            {move || view! { <Icon shape=icon.get()/> }}
            <span>{words}</span>
        </p>
    }
}
