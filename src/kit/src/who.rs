//! Who can see it, who wrote it, whose words it is: a small line on each thing.
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

/// The same line, where it leads to what can be said of it.
#[component]
pub fn WhoLink(
    /// The names.
    words: String,
    /// As in [`Who`].
    icon: Shape,
    /// Where it leads.
    href: String,
) -> impl IntoView {
    view! { <a class="who" href=href><Icon shape=icon/><span>{words}</span></a> }
}
