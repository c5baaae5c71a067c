//! The bar at the top: the way back to the left, help to the right.
use leptos::prelude::*;

/// Holds what stands to the left, and then a [`TopEnd`].
#[component]
pub fn TopBar(children: Children) -> impl IntoView {
    view! { <header class="top-bar">{children()}</header> }
}

/// What stands to the right in a [`TopBar`].
#[component]
pub fn TopEnd(children: Children) -> impl IntoView {
    view! { <div class="top-end">{children()}</div> }
}
