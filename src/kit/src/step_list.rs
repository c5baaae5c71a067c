//! Where am I on a way of several steps.
use leptos::prelude::*;

/// One step on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub word: String,
    /// Whether it is behind, here or ahead.
    pub state: StepState,
}

/// Whether a step is behind, here or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Later,
}

/// The steps under one another, numbered, with a thread between.
#[component]
pub fn StepList(
    /// What way this is, for those who listen.
    #[prop(into)]
    label: String,
    /// First to last.
    steps: Vec<Step>,
) -> impl IntoView {
    view! {
        <ol class="step-list" aria-label=label>
            {steps.into_iter().map(step).collect_view()}
        </ol>
    }
}

fn step(step: Step) -> impl IntoView {
    let is_now = step.state == StepState::Now;
    let is_done = step.state == StepState::Done;
    view! {
        <li data-state=is_done.then_some("done") aria-current=is_now.then_some("step")>
            {step.word}
        </li>
    }
}
