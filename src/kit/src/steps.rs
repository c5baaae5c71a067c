//! How many of how many, as a row of marks.
use leptos::prelude::*;

/// More marks than this tell nothing; the rest is left to the words.
const MARKS_MAX: u32 = 12;

/// A picture of progress with a sentence of its own for those who listen. Write the number beside it.
#[component]
pub fn Steps(
    /// How many are done.
    #[prop(into)]
    done: Signal<u32>,
    /// How many there are.
    #[prop(into)]
    of: Signal<u32>,
    /// The same as a sentence.
    #[prop(into)]
    says: Signal<String>,
) -> impl IntoView {
    let marks = move || (0..of.get().min(MARKS_MAX)).map(|index| mark(index, done)).collect_view();
    view! {
        <div class="steps" role="img" aria-label=says>
            {marks}
        </div>
    }
}

fn mark(index: u32, done: Signal<u32>) -> impl IntoView {
    view! { <span class="step" data-state=move || (index < done.get()).then_some("done")></span> }
}
