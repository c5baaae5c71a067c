//! A person as two letters in a circle.
use leptos::prelude::*;

/// Which part a person has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FaceKind {
    /// Somebody who is there because of their work.
    #[default]
    Professional,
    /// Family, a friend, a volunteer.
    Private,
    /// The one who holds the device.
    Me,
}

impl FaceKind {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Professional => None,
            Self::Private => Some("private"),
            Self::Me => Some("me"),
        }
    }
}

/// Decorative: the name must stand beside it.
#[component]
pub fn Face(
    /// One to three letters.
    #[prop(into)]
    initials: String,
    /// Which part the person has.
    #[prop(optional)]
    kind: FaceKind,
) -> impl IntoView {
    view! {
        <span class="face" data-kind=kind.attribute() aria-hidden="true">
            {initials}
        </span>
    }
}

/// Somebody who is on this page right now: a face with a dot, and a sentence for those who listen.
#[component]
pub fn FaceHere(
    /// One to three letters.
    #[prop(into)]
    initials: String,
    /// The whole sentence.
    #[prop(into)]
    says: String,
    /// Which part the person has.
    #[prop(optional)]
    kind: FaceKind,
) -> impl IntoView {
    view! {
        <span class="face" data-kind=kind.attribute() data-state="here" aria-hidden="true">
            {initials}
        </span>
        <span class="hidden">{says}</span>
    }
}
