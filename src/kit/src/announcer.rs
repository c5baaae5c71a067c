//! Says in a screen reader what the eye sees happen.
use crate::Live;
use leptos::prelude::*;

/// A polite live region: heard, not seen. It stands on the page from the start; what is put into
/// `words` is read aloud at the next pause.
#[component]
pub fn Announcer(
    /// What to say; empty for silence.
    #[prop(into)]
    words: Live<String>,
) -> impl IntoView {
    view! {
        <p class="hidden" role="status" aria-live="polite">
            {move || words.get()}
        </p>
    }
}
