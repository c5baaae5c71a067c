//! The truth about saving, in words, at the foot of the page.
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// A sign and a line, which is heard politely when its words change; then what is only seen.
#[component]
pub fn Saved(
    /// The sign, and where it is saved and what still waits.
    said: Live<(Shape, String)>,
    /// How much, and a link to more where there is more to say.
    children: Children,
) -> impl IntoView {
    view! {
        <footer class="saved">
            {move || view! { <Icon shape=said.get().0/> }}
            <span><span role="status">{move || said.get().1}</span>" "{children()}</span>
        </footer>
    }
}
