//! A few short answers side by side, each a sign and a word; a tap on the one that is given takes it back.
use crate::hooks::fresh_id;
use crate::{Icon, Live, Shape, Value};
use leptos::prelude::*;

/// A question that is answered with one tap, or left unsaid. `T` is what an answer means to the caller.
#[component]
pub fn Answers<T>(
    /// The question.
    #[prop(into)]
    title: Live<String>,
    /// The answers with their words and signs, in the order they are shown.
    answers: Vec<(T, (&'static str, Shape))>,
    /// The answer given, if there is one.
    #[prop(into)]
    given: Live<Option<T>>,
    /// Given the new answer; `None` when it is taken back.
    #[prop(into)]
    on_answer: Callback<Option<T>>,
) -> impl IntoView
where
    T: Value + Copy,
{
    let shown = answers.iter().map(|(_, shown)| *shown).collect();
    let meant: Vec<T> = answers.into_iter().map(|(answer, _)| answer).collect();
    let meant = StoredValue::new(meant);
    let place = Live::memo(move || {
        let given = given.get()?;
        meant.with_value(|all| all.iter().position(|answer| *answer == given))
    });
    let press = move |index: usize| {
        let is_given = place.get_untracked() == Some(index);
        let pressed = meant.with_value(|all| all.get(index).copied());
        on_answer.run(pressed.filter(|_| !is_given));
    };
    view! { <AnswerRow title shown place on_press=Callback::new(press)/> }
}

/// The same without the caller's type, so that it is compiled once.
#[component]
fn AnswerRow(
    title: Live<String>,
    shown: Vec<(&'static str, Shape)>,
    place: Live<Option<usize>>,
    on_press: Callback<usize>,
) -> impl IntoView {
    let id = fresh_id("answers");
    let answer = move |(index, (word, shape)): (usize, (&'static str, Shape))| {
        let is_given = move || (place.get() == Some(index)).to_string();
        view! {
            <button type="button" class="answer" aria-pressed=is_given on:click=move |_| on_press.run(index)>
                <Icon shape/>
                <span>{word}</span>
            </button>
        }
    };
    view! {
        <div class="answers" role="group" aria-labelledby=id.clone()>
            <p class="answers-title" id=id.clone()>{move || title.get()}</p>
            <div class="answer-row">{shown.into_iter().enumerate().map(answer).collect_view()}</div>
        </div>
    }
}
