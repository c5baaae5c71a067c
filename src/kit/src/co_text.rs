//! A text that several people write at the same time.
use crate::co_writing::{Wires, Writing};
use crate::field::mistake;
use crate::hooks::{after_each_change, fresh_id};
use crate::splice::byte_at;
use crate::text_area::with_a_last_line;
use crate::{Live, Splice};
use leptos::html;
use leptos::prelude::*;

/// One line (a title) or as many as wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CoLines {
    /// Enter does nothing; a line break pasted in becomes a space.
    One,
    /// The box grows with its words.
    #[default]
    Many,
}

/// Where the writer stands, in UTF-16 units. `start == end` is a caret, otherwise a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// First unit.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
}

/// Somebody else who is in the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherCaret {
    /// Their name, short.
    pub name: String,
    /// Where they stand, in UTF-16 units of `value`.
    pub at: u32,
}

/// What stands in a box and could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// All that stands there.
    pub text: String,
    /// What it was made of.
    pub base: String,
}

/// The writer asked for the last change to be taken back, or put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoWish {
    /// Take back.
    Undo,
    /// Put back.
    Redo,
}

/// A box in which several people write. Every change the writer makes is reported as a [`Splice`]
/// against `value` as it is at that moment; every change in `value` is drawn without moving the
/// writer's caret from its word. While a word is being composed (an Android keyboard, accents,
/// Chinese) what is written is reported, and what others write waits until the word stands.
///
/// What is too long, or is not taken, stays in the box and is said to be nowhere else, until it is shorter; what others
/// write meanwhile is drawn then.
///
/// Two promises are asked of the caller: when `on_splice` answers that the splice was taken, `value` includes it; and
/// `value` never holds a carriage return.
#[component]
pub fn CoText(
    /// The question or the thing.
    #[prop(into)]
    label: Live<String>,
    /// The text as everybody has written it so far.
    #[prop(into)]
    value: Live<String>,
    /// Given each change the writer makes, and says whether it was taken. One keystroke is one; rarely more than one
    /// in a row.
    #[prop(into)]
    on_splice: Callback<Splice, bool>,
    /// At most so many UTF-16 units.
    limit: u32,
    /// What stood in the box when the page went away and could not be written.
    #[prop(optional_no_strip)]
    apart: Option<Apart>,
    /// Given what stands in the box and could not be written, each time that is something else; `None` when all is
    /// written.
    #[prop(into)]
    on_apart: Callback<Option<Apart>>,
    /// Says that, and by how many units it is too long; 0 where that is not why.
    #[prop(into)]
    apart_in_words: Callback<u32, String>,
    /// Given where the writer stands, each time it changes; `None` when they left.
    #[prop(optional, into)]
    on_caret: Option<Callback<Option<Caret>>>,
    /// Given the wish to undo. Without it the browser's own undo is left alone, which knows nothing
    /// of the others.
    #[prop(optional, into)]
    on_undo: Option<Callback<UndoWish>>,
    /// The others, and where they stand.
    #[prop(optional, into)]
    others: Live<Vec<OtherCaret>>,
    /// A line that says somebody else is writing, while they are.
    #[prop(optional, into)]
    typing: Live<Option<String>>,
    /// A line that says that the others' words come when the writer's own word stands.
    #[prop(optional, into)]
    held_back: String,
    /// One line or many.
    #[prop(optional)]
    lines: CoLines,
    /// An example of what to write, in the empty box. Not instead of the label.
    #[prop(optional, into)]
    example: String,
) -> impl IntoView {
    let wires = Wires { value, on_splice, on_caret, on_apart };
    let writing = Writing::new(wires, lines, (apart, limit));
    let copy = NodeRef::<html::Div>::new();
    let id = fresh_id("text");
    let held_back = StoredValue::new(held_back);
    let tells = move || {
        if writing.holds_back.get() { Some(held_back.get_value()) } else { typing.get() }
    };
    let drawn = move || copy_of(&writing.shown.get(), others.get());
    let apart_id = format!("{id}-apart");
    let not_written = move || {
        let over = writing.apart.with(|apart| apart.as_ref().map(|(_, over)| *over));
        over.map(|over| mistake(apart_in_words.run(over)))
    };
    after_each_change(move || writing.take_in(&value.get()));
    after_each_change(move || keep_names_on_the_paper(copy, others));
    view! {
        <div class="co-text" data-lines=if lines == CoLines::One { "one" } else { "many" }>
            <label class="co-text-label" for=id.clone()>{move || label.get()}</label>
            <p class="field-error" id=apart_id aria-live="polite">{not_written}</p>
            <div class="co-text-cell">
                {writing.text_box(id, example, on_undo)}
                <div class="co-text-copy" node_ref=copy aria-hidden="true">{move || drawn()}</div>
            </div>
            <span class="typing" role="status">{move || tells()}</span>
        </div>
    }
}

/// The text once more, unseen, with the others' carets in it: so they stand where the letters are.
fn copy_of(text: &str, mut others: Vec<OtherCaret>) -> AnyView {
    others.sort_by_key(|other| other.at);
    let mut drawn = Vec::with_capacity(others.len() + 1);
    let mut from = 0;
    for other in others {
        let to = byte_at(text, other.at).max(from);
        drawn.push((text[from..to].to_owned(), Some(caret(other.name))));
        from = to;
    }
    drawn.push((with_a_last_line(&text[from..]), None));
    drawn.into_any()
}

fn caret(name: String) -> impl IntoView {
    view! {
        <span class="co-caret">
            <span class="co-caret-name">{name}</span>
        </span>
    }
}

/// Turns a name round that would hang over the far edge.
fn keep_names_on_the_paper(copy: NodeRef<html::Div>, others: Live<Vec<OtherCaret>>) {
    others.track();
    request_animation_frame(move || {
        let Some(copy) = copy.try_get_untracked().flatten() else { return };
        let carets = copy.get_elements_by_class_name("co-caret");
        for index in 0..carets.length() {
            crate::co_writing::turn_at_the_edge(carets.item(index), copy.client_width());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{OtherCaret, copy_of};

    #[test]
    fn carets_beyond_the_end_and_inside_a_character_are_drawn_all_the_same() {
        let other = |at| OtherCaret { name: "Mette".to_owned(), at };
        let _ = copy_of("a😀", vec![other(99), other(2), other(0)]);
        let _ = copy_of("", vec![other(1)]);
    }
}
