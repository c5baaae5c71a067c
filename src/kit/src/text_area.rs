//! Several lines to write, in a box that grows with its words.
use crate::Live;
use crate::field::Around;
use leptos::prelude::*;

/// Like [`Field`](crate::Field), for more than a line. For a text two people write, see
/// [`CoText`](crate::CoText).
#[component]
pub fn TextArea(
    /// The question or the thing.
    #[prop(into)]
    label: String,
    /// What stands in the box.
    #[prop(into)]
    value: Live<String>,
    /// Given all that stands in the box after each key.
    #[prop(into)]
    on_input: Callback<String>,
    /// A line that helps.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong and how to mend it.
    #[prop(optional, into)]
    error: Live<Option<String>>,
) -> impl IntoView {
    let around = Around::new(label, hint, error);
    let control = view! {
        <div class="text-area">
            <textarea
                class="field-box"
                id=around.id()
                rows="1"
                aria-describedby=around.described_by()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
            <div class="text-area-copy" aria-hidden="true">
                {move || with_a_last_line(&value.get())}
            </div>
        </div>
    };
    around.draw(control.into_any())
}

/// An empty last line has a height only when something stands on it.
pub(crate) fn with_a_last_line(text: &str) -> String {
    format!("{text}\u{200b}")
}
