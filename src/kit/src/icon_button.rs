//! A sign one can press, where there is no room for words. The words are there for those who listen.
use crate::{Icon, Live, Shape};
use leptos::prelude::*;

/// A round button with a sign. Use a [`Button`](crate::Button) wherever words fit.
#[component]
pub fn IconButton(
    /// The sign.
    icon: Shape,
    /// What it does, in words.
    #[prop(into)]
    label: String,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// True when it can do nothing just now (the first topic cannot move up). It keeps its place and
    /// its focus, and says so.
    #[prop(optional, into)]
    idle: Live<bool>,
) -> impl IntoView {
    let press = move |_| {
        if !idle.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            aria-disabled=move || idle.get().then_some("true")
            on:click=press
        >
            <Icon shape=icon/>
        </button>
    }
}
