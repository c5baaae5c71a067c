//! Yes or no: a box to tick, and a switch that works at once.
use crate::Live;
use leptos::prelude::*;

/// A box to tick in a form.
#[component]
pub fn Check(
    /// What a tick means.
    #[prop(into)]
    label: Live<String>,
    /// Ticked or not.
    #[prop(into)]
    checked: Live<bool>,
    /// Given the new answer.
    #[prop(into)]
    on_change: Callback<bool>,
    /// A line that helps.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="check-words">
                <span>{move || label.get()}</span>
                <span class="field-hint">{hint}</span>
            </span>
        </label>
    }
}

/// Turns something on or off at once, without a button to save.
#[component]
pub fn Switch(
    /// What is turned on.
    #[prop(into)]
    label: Live<String>,
    /// On or off.
    #[prop(into)]
    on: Live<bool>,
    /// Given the new answer.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="check switch"
            role="switch"
            aria-checked=move || on.get().to_string()
            on:click=move |_| on_change.run(!on.get_untracked())
        >
            <span class="check-words">{move || label.get()}</span>
            <span class="switch-track" aria-hidden="true"></span>
        </button>
    }
}
