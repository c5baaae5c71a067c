//! A box and a button that add one thing to a list.

use kit::{Button, Field, Look};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::unsent::use_unsent;

/// Adds what is written, and is empty again when it was taken.
#[component]
pub(crate) fn AddLine(
    /// What the box is called among those of the screen.
    name: &'static str,
    /// What is to be written.
    label: &'static str,
    /// Verb and thing.
    button: &'static str,
    /// How much the button stands out.
    #[prop(optional)]
    look: Look,
    /// Takes the words; says whether they were taken.
    on_add: Callback<String, bool>,
) -> impl IntoView {
    let typed = use_unsent(name);
    let add = move || {
        if on_add.run(typed.get()) {
            typed.sent();
        }
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        add();
    };
    view! {
        <form class="stack" on:submit=send>
            <Field label value=typed.live() on_input=move |words| typed.set(words)/>
            <Button label=button look on_press=add/>
        </form>
    }
}
