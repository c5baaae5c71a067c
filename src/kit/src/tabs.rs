//! The few main places: at the bottom of a phone, at the side of a laptop.
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// One of the main places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub word: String,
    /// Its sign.
    pub icon: Shape,
}

/// Icon and word for each place; the place one is at is marked.
#[component]
pub fn Tabs(
    /// What these links are, for those who listen.
    #[prop(into)]
    label: String,
    /// First to last; four fit on a phone.
    tabs: Vec<Tab>,
    /// The `href` of the place one is at, if it is one of them.
    #[prop(into)]
    current: Live<Option<String>>,
    /// The name above the places on a laptop.
    #[prop(into)]
    brand: String,
) -> impl IntoView {
    let draw = move |tab: Tab| tab_link(tab, current);
    view! {
        <nav class="tabs" aria-label=label>
            <div class="tabs-list">
                <p class="tabs-brand">{brand}</p>
                {tabs.into_iter().map(draw).collect_view()}
            </div>
        </nav>
    }
}

fn tab_link(tab: Tab, current: Live<Option<String>>) -> impl IntoView {
    let href = tab.href.clone();
    let is_here = move || current.with(|current| current.as_deref() == Some(href.as_str()));
    view! {
        <a class="tab" href=tab.href aria-current=move || is_here().then_some("page")>
            <Icon shape=tab.icon/>
            <span>{tab.word}</span>
        </a>
    }
}
