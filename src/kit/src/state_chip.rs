//! A state in one or two words.
use crate::{Icon, Shape};
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

/// A small label that says how something stands.
#[component]
pub fn StateChip(
    /// One or two words.
    #[prop(into)]
    word: Signal<String>,
    /// Its colour.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// A sign before the words.
    #[prop(optional, into)]
    icon: MaybeProp<Shape>,
) -> impl IntoView {
    view! {
        <span class="state-chip" data-tone=move || tone.get().attribute()>
            {move || icon.get().map(|shape| view! { <Icon shape/> })}
            <span>{word}</span>
        </span>
    }
}
