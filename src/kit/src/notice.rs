//! Something worth knowing, standing still on the page.
use crate::{Icon, Shape, Tone};
use leptos::prelude::*;

/// A sign and some words; buttons may stand below them.
#[component]
pub fn Notice(
    /// The sign.
    icon: Shape,
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.attribute()>
            <Icon shape=icon/>
            <div class="notice-words">{children()}</div>
        </div>
    }
}
