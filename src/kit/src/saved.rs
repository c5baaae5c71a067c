//! The truth about saving, in words, at the foot of the page.
use crate::damped::damped;
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// A sign and a line, and what is only seen. That the line has changed is heard politely, now and then.
#[component]
pub fn Saved(
    /// The sign, and where it is saved and what still waits.
    said: Live<(Shape, String)>,
    /// How much, and a link to more where there is more to say.
    children: Children,
) -> impl IntoView {
    let heard = damped(said.part(|said| said.1.clone()));
    view! {
        <footer class="saved">
            {move || view! { <Icon shape=said.get().0/> }}
            <span><span class="saved-words">{move || said.get().1}</span>" "{children()}</span>
            <span class="hidden" role="status">{move || heard.get()}</span>
        </footer>
    }
}
