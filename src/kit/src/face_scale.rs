//! One of five, from least to most: big buttons, each with a face, a number and words. Never a slider: on a
//! cracked phone that is guesswork.
use crate::Live;
use crate::choice::ChoiceOption;
use crate::hooks::fresh_id;
use leptos::prelude::*;

/// The mouths, from the least to the most; none of them cries. The lines are the words of an SVG path on a
/// 24 × 24 grid.
const MOUTHS: [&str; 5] = [
    "M8 16q4-2.2 8 0",
    "M8.5 15.8q3.5-.9 7 0",
    "M8.5 15.5h7",
    "M8 15q4 2.5 8 0",
    "M7.5 14q4.5 5.5 9 0",
];
const HEAD: &str = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM9 9.2v.8m6-.8v.8";

/// A group of radio buttons with faces. Nothing chosen is an answer, too.
#[component]
pub fn FaceScale(
    /// The question.
    #[prop(into)]
    title: String,
    /// What the ends of the scale mean.
    #[prop(into)]
    hint: String,
    /// The words of each answer, from least to most; at most five.
    words: Vec<String>,
    /// The answer given, from 0, if there is one.
    #[prop(into)]
    chosen: Live<Option<usize>>,
    /// Given the new answer.
    #[prop(into)]
    on_choose: Callback<usize>,
) -> impl IntoView {
    let name = StoredValue::new(fresh_id("scale"));
    let option = move |(index, word): (usize, String)| {
        view! {
            <ChoiceOption name=name.get_value() index place=chosen on_choose>
                <FaceOf place=index/>
                <span class="face-scale-words">
                    <span class="face-scale-number">{index + 1}</span>
                    <span>{word}</span>
                </span>
            </ChoiceOption>
        }
    };
    let options = words.into_iter().take(MOUTHS.len()).enumerate().map(option).collect_view();
    view! {
        <fieldset class="choice face-scale">
            <legend class="choice-title">{title}</legend>
            <p class="field-hint">{hint}</p>
            <div class="face-scale-options">{options}</div>
        </fieldset>
    }
}

/// What somebody answered on a [`FaceScale`]: the face, the number, and the words for it.
#[component]
pub fn FaceMark(
    /// The answer, from 0.
    place: usize,
    /// Its words.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <span class="face-mark">
            <FaceOf place/>
            <span class="strong">{place + 1}</span>
            <span>{words}</span>
        </span>
    }
}

/// Nobody hears it: the words beside it speak.
#[component]
fn FaceOf(place: usize) -> impl IntoView {
    let mouth = MOUTHS.get(place).copied().unwrap_or_default();
    view! {
        <svg class="icon face-of" viewBox="0 0 24 24" aria-hidden="true">
            <path d=HEAD></path>
            <path d=mouth></path>
        </svg>
    }
}
