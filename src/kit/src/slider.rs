//! One of many, in a row: to go through what was, never to judge.
use crate::Live;
use crate::hooks::fresh_id;
use leptos::prelude::*;

/// A handle on a line, and the words for where it is.
#[component]
pub fn Slider(
    /// What one goes through.
    #[prop(into)]
    label: String,
    /// How many places there are.
    #[prop(into)]
    places: Live<usize>,
    /// At which it is, from 0.
    #[prop(into)]
    at: Live<usize>,
    /// The words for that place.
    #[prop(into)]
    says: Live<String>,
    /// Given the new place.
    #[prop(into)]
    on_move: Callback<usize>,
) -> impl IntoView {
    let id = fresh_id("slider");
    view! {
        <div class="slider">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="slider-line"
                id=id.clone()
                type="range"
                min="0"
                max=move || places.get().saturating_sub(1)
                prop:value=move || at.get().to_string()
                aria-valuetext=move || says.get()
                on:input=move |event| event_target_value(&event).parse().into_iter().for_each(|at| on_move.run(at))
            />
            <p class="soft" aria-hidden="true">{move || says.get()}</p>
        </div>
    }
}
