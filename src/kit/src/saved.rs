//! The truth about saving, in words, at the foot of the page.
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// A sign and a line. Heard politely when the words change.
#[component]
pub fn Saved(
    /// The sign, and where it is saved and what still waits.
    said: Live<(Shape, String)>,
    /// A link to more, where there is more to say.
    children: Children,
) -> impl IntoView {
    view! {
        <p class="saved" role="status">
            {move || view! { <Icon shape=said.get().0/> }}
            <span>{move || said.get().1}</span>
            {children()}
        </p>
    }
}
