//! The button that reads the page aloud. While it does, it stays in sight and is the way to stop it.
use crate::{Button, Live, Look, Shape};
use leptos::prelude::*;

/// Stands between the bar and the page.
#[component]
pub fn ReadAloud(
    /// Whether it reads now.
    #[prop(into)]
    is_reading: Live<bool>,
    /// What begins it, in words.
    #[prop(into)]
    read: String,
    /// What ends it, in words.
    #[prop(into)]
    stop: String,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let label = Live::memo(move || if is_reading.get() { stop.clone() } else { read.clone() });
    view! {
        <div class="aloud" data-reading=move || is_reading.get().then_some("")>
            <Button label look=Look::Quiet icon=Shape::Sound on_press/>
        </div>
    }
}
