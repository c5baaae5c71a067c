//! How many of how many, as a row of marks.
use crate::Live;
use leptos::prelude::*;

/// More marks than this tell nothing; the rest is left to the words.
const MARKS_MAX: usize = 12;

/// A picture of progress with a sentence of its own for those who listen. Write the number beside it.
#[component]
pub fn Steps(
    /// How many are done, and of how many.
    count: Live<(usize, usize)>,
    /// The same as a sentence.
    #[prop(into)]
    says: Live<String>,
) -> impl IntoView {
    let marks = move || {
        let (done, of) = count.get();
        (0..of.min(MARKS_MAX)).map(|index| mark(index < done)).collect_view().into_any()
    };
    view! {
        <div class="steps" role="img" aria-label=move || says.get()>
            {move || marks()}
        </div>
    }
}

fn mark(is_done: bool) -> impl IntoView {
    view! { <span class="step" data-state=is_done.then_some("done")></span> }
}
