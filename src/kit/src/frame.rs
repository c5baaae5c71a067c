//! The page itself: what stands around everything else.
use crate::Live;
use leptos::prelude::*;

/// How wide the middle may grow on a laptop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageWidth {
    /// One column that reads well.
    #[default]
    Reading,
    /// Room for two columns (class `columns`).
    Wide,
}

impl PageWidth {
    fn attribute(self) -> Option<&'static str> {
        (self == Self::Wide).then_some("wide")
    }
}

/// Holds, in this order: a [`SkipLink`](crate::SkipLink), a [`TopBar`](crate::TopBar), a
/// [`ReadAloud`](crate::ReadAloud), a [`Standing`], a [`Page`], [`Saved`](crate::Saved) and [`Tabs`](crate::Tabs). From 900 px the tabs stand at the side.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    view! { <div class="frame">{children()}</div> }
}

/// What stands over every page until it is done or answered; nothing as a rule.
#[component]
pub fn Standing(children: Children) -> impl IntoView {
    view! { <div class="standing">{children()}</div> }
}

/// The middle of the page; its id is `main`, where the [`SkipLink`] leads.
#[component]
pub fn Page(
    /// How wide it may grow.
    #[prop(optional)]
    width: PageWidth,
    children: Children,
) -> impl IntoView {
    view! {
        <main class="page" id="main" tabindex="-1" data-width=width.attribute()>
            {children()}
        </main>
    }
}

/// The heading of a page, with a line over or under it as `children`. The shell puts focus here after a
/// navigation.
#[component]
pub fn PageHead(
    /// The heading, first level.
    #[prop(into)]
    title: Live<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{move || title.get()}</h1>
            {children.map(|children| children())}
        </div>
    }
}

/// First in the tab order: jumps over the bars.
#[component]
pub fn SkipLink(
    /// The words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">
            {label}
        </a>
    }
}
