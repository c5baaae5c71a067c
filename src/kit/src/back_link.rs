//! The way back, top left, with an arrow and a word.
use crate::{Icon, Shape};
use leptos::prelude::*;

/// A link to the page one came from.
#[component]
pub fn BackLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The word beside the arrow.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <a class="back-link" href=href>
            <Icon shape=Shape::Back/>
            <span>{label}</span>
        </a>
    }
}
