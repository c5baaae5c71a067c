//! A state in one or two words.
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// A colour with a meaning. It never speaks alone: words stand with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Just so.
    #[default]
    Calm,
    /// Under way.
    Deep,
    /// Achieved.
    Warm,
    /// Not kept, or to be mended. Never red.
    Plum,
}

impl Tone {
    pub(crate) fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Calm => None,
            Self::Deep => Some("deep"),
            Self::Warm => Some("warm"),
            Self::Plum => Some("plum"),
        }
    }
}

/// How something stands: one or two words, their colour, and the sign before them.
pub type State = (&'static str, Tone, Shape);

/// A small label that says how something stands.
#[component]
pub fn StateChip(
    /// What it says.
    state: Live<State>,
) -> impl IntoView {
    let draw = move || {
        let (word, tone, shape) = state.get();
        view! {
            <span class="state-chip" data-tone=tone.attribute()>
                <Icon shape/>
                <span>{word}</span>
            </span>
        }
        .into_any()
    };
    view! { {move || draw()} }
}

/// The same with words of its own, where these are not always the same.
#[component]
pub fn Chip(
    /// What it says.
    #[prop(into)]
    words: Live<String>,
    /// What its colour means.
    tone: Tone,
    /// The sign before the words.
    icon: Shape,
) -> impl IntoView {
    view! {
        <span class="state-chip" data-tone=tone.attribute()>
            <Icon shape=icon/>
            <span>{move || words.get()}</span>
        </span>
    }
}
