//! One of several, as big buttons under one another.
use crate::field::Mistake;
use crate::hooks::fresh_id;
use crate::{Live, Value};
use leptos::prelude::*;

/// A group of radio buttons, each as large as a thumb. `T` is what a choice means to the caller.
#[component]
pub fn Choice<T>(
    /// The question.
    #[prop(into)]
    title: String,
    /// The answers with their words, in the order they are shown.
    #[prop(into)]
    options: Live<Vec<(T, String)>>,
    /// The answer given, if there is one.
    #[prop(into)]
    chosen: Live<Option<T>>,
    /// Given the new answer.
    #[prop(into)]
    on_choose: Callback<T>,
    /// A line that helps.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong and how to mend it.
    #[prop(optional, into)]
    error: Live<Option<String>>,
) -> impl IntoView
where
    T: Value + Clone,
{
    let words = options.map(|all| all.iter().map(|(_, word)| word.clone()).collect());
    let place = Live::memo(move || options.with(|all| place_of(all, &chosen.get())));
    let choose = move |index: usize| {
        let answer = options.with_untracked(|all| all.get(index).map(|(answer, _)| answer.clone()));
        if let Some(answer) = answer {
            on_choose.run(answer);
        }
    };
    view! {
        <Options title hint error words place on_choose=Callback::new(choose)/>
    }
}

fn place_of<T: PartialEq>(options: &[(T, String)], chosen: &Option<T>) -> Option<usize> {
    options.iter().position(|(answer, _)| Some(answer) == chosen.as_ref())
}

/// The same without the caller's type, so that it is compiled once.
#[component]
fn Options(
    title: String,
    hint: String,
    error: Live<Option<String>>,
    words: Live<Vec<String>>,
    place: Live<Option<usize>>,
    on_choose: Callback<usize>,
) -> impl IntoView {
    let name = StoredValue::new(fresh_id("choice"));
    let option = move |(index, word): (usize, String)| {
        view! {
            <ChoiceOption name=name.get_value() index place on_choose>
                <span>{word}</span>
            </ChoiceOption>
        }
    };
    view! {
        <fieldset class="choice">
            <legend class="choice-title">{title}</legend>
            <p class="field-hint">{hint}</p>
            <Mistake error/>
            <div class="choice-options">
                {move || words.get().into_iter().enumerate().map(option).collect_view().into_any()}
            </div>
        </fieldset>
    }
}

/// One answer: a radio button that fills its label.
#[component]
pub(crate) fn ChoiceOption(
    /// The same for all answers of a question.
    name: String,
    /// Which answer it is, from 0.
    index: usize,
    /// Which one is given.
    place: Live<Option<usize>>,
    /// Given `index`.
    on_choose: Callback<usize>,
    children: Children,
) -> impl IntoView {
    let is_chosen = move || place.get() == Some(index);
    view! {
        <label class="choice-option" data-state=move || is_chosen().then_some("chosen")>
            <input
                type="radio"
                name=name
                prop:checked=is_chosen
                on:change=move |_| on_choose.run(index)
            />
            {children()}
        </label>
    }
}
