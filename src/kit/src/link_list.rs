//! Ways onward, one under the other on one sheet: for where there are more than two or three.
use crate::{Icon, Shape};
use leptos::prelude::*;

/// Holds a [`LinkRow`] for each way.
#[component]
pub fn LinkList(children: Children) -> impl IntoView {
    view! { <ul class="card link-list">{children()}</ul> }
}

/// One way onward.
#[component]
pub fn LinkRow(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The words.
    #[prop(into)]
    label: String,
    /// A sign before the words.
    icon: Shape,
) -> impl IntoView {
    view! {
        <li>
            <a class="link-row" href=href>
                <Icon shape=icon/>
                <span class="grow">{label}</span>
                <Icon shape=Shape::Forward/>
            </a>
        </li>
    }
}
