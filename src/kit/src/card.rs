//! Paper on the table: cards, and sections with a heading.
use crate::Live;
use crate::hooks::fresh_id;
use leptos::prelude::*;

/// What kind of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// A sheet with a thin edge.
    #[default]
    Plain,
    /// Lifted from the table: something one can write on.
    Raised,
    /// Pressed into it: something beside the matter.
    Sunk,
    /// The one to look at first. At most one on a screen.
    Deep,
}

impl Paper {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Raised => Some("raised"),
            Self::Sunk => Some("sunk"),
            Self::Deep => Some("deep"),
        }
    }
}

/// A sheet that holds things together.
#[component]
pub fn Card(
    /// What kind of paper.
    #[prop(optional)]
    paper: Paper,
    /// Further class names, for a screen's own style sheet.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("card {class}") data-tone=paper.attribute()>
            {children()}
        </div>
    }
}

/// A sheet that is a link as a whole. It holds words and pictures, never other links or buttons.
#[component]
pub fn CardLink(
    /// Where it leads.
    #[prop(into)]
    href: Live<String>,
    /// Further class names, for a screen's own style sheet.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=format!("card card-link {class}") href=move || href.get()>
            {children()}
        </a>
    }
}

/// A heading and what belongs under it, on the table itself.
#[component]
pub fn Section(
    /// The heading, second level.
    #[prop(into)]
    title: Live<String>,
    children: Children,
) -> impl IntoView {
    let id = fresh_id("section");
    view! {
        <section class="section" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{move || title.get()}</h2>
            {children()}
        </section>
    }
}

/// A sheet with a heading of its own.
#[component]
pub fn CardSection(
    /// The heading, second level.
    #[prop(into)]
    title: Live<String>,
    /// What kind of paper.
    #[prop(optional)]
    paper: Paper,
    /// Further class names, for a screen's own style sheet.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    let id = fresh_id("section");
    view! {
        <section class=format!("card {class}") data-tone=paper.attribute() aria-labelledby=id.clone()>
            <h2 id=id.clone()>{move || title.get()}</h2>
            {children()}
        </section>
    }
}
