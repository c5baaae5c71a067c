//! Who can see it, or who wrote it: a small line on each thing.
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// A sign and at most six words.
#[component]
pub fn Who(
    /// The names.
    #[prop(into)]
    words: Live<String>,
    /// An eye for who can see it, a lock for what is only mine, a pen for who wrote it.
    #[prop(optional, into)]
    icon: Option<Shape>,
) -> impl IntoView {
    view! {
        <span class="who">
            <Icon shape=icon.unwrap_or(Shape::Eye)/>
            <span>{move || words.get()}</span>
        </span>
    }
}
