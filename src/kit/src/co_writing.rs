//! The wiring of one [`CoText`](crate::CoText): what the box, the writer and the others do to one
//! another. What moves where is decided in `splice`.
use crate::{Apart, Caret, CoLines, Live, Local, Splice, UndoWish, carried, changes};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};

#[derive(Clone, Copy)]
pub(crate) struct Writing {
    area: NodeRef<html::Textarea>,
    /// What stands in the box.
    pub(crate) shown: Local<String>,
    value: Live<String>,
    /// What stands in the box and could not be written, and by how much it is too long; 0 where that is not why.
    pub(crate) apart: Local<Option<(Apart, u32)>>,
    limit: u32,
    lines: CoLines,
    composing: StoredValue<bool>,
    /// Whether the others have written something that waits for the writer's word to stand.
    pub(crate) holds_back: Local<bool>,
    last_caret: StoredValue<Option<Caret>>,
    on_splice: Callback<Splice, bool>,
    on_caret: Option<Callback<Option<Caret>>>,
    on_apart: Callback<Option<Apart>>,
}

/// How a box is wired to those who read what is written in it.
pub(crate) struct Wires {
    pub(crate) value: Live<String>,
    pub(crate) on_splice: Callback<Splice, bool>,
    pub(crate) on_caret: Option<Callback<Option<Caret>>>,
    pub(crate) on_apart: Callback<Option<Apart>>,
}

impl Writing {
    pub(crate) fn new(wires: Wires, lines: CoLines, (apart, limit): (Option<Apart>, u32)) -> Self {
        let Wires { value, on_splice, on_caret, on_apart } = wires;
        Self {
            area: NodeRef::new(),
            shown: Local::new(String::new()),
            value,
            apart: Local::new(apart.map(|apart| (apart, 0))),
            limit,
            lines,
            composing: StoredValue::new(false),
            holds_back: Local::new(false),
            last_caret: StoredValue::new(None),
            on_splice,
            on_caret,
            on_apart,
        }
    }

    pub(crate) fn text_box(
        self,
        id: String,
        example: String,
        on_undo: Option<Callback<UndoWish>>,
    ) -> impl IntoView {
        let apart = format!("{id}-apart");
        // What was not written is the browser's to undo.
        let wish = move || on_undo.filter(|_| self.apart.with_untracked(Option::is_none));
        view! {
            <textarea
                class="co-text-box"
                node_ref=self.area
                id=id
                rows="1"
                placeholder=example
                aria-describedby=apart
                aria-invalid=move || self.apart.with(Option::is_some).then_some("true")
                on:input=move |_| self.written()
                on:compositionstart=move |_| self.composing.set_value(true)
                on:compositionend=move |_| self.composed()
                on:keydown=move |event| self.key(&event, wish())
                on:beforeinput=move |event| undone_by_menu(&event, wish())
                on:selectionchange=move |_| self.stands()
                on:keyup=move |_| self.stands()
                on:pointerup=move |_| self.stands()
                on:focus=move |_| self.stands()
                on:blur=move |_| self.leaves()
            ></textarea>
        }
    }

    /// The writer has changed the box.
    fn written(self) {
        let Some(area) = self.area.get_untracked() else { return };
        self.one_line_only(&area);
        let (before, now) = (self.shown.get_untracked(), area.value());
        if before != now {
            let base = self.apart.get_untracked().map_or(before, |(apart, _)| apart.base);
            self.shown.set(now.clone());
            self.write(base, now, selection(&area).end);
            self.stands();
        }
    }

    /// Writes what was made of `base`. What cannot be written stays in the box, and is told to be nowhere else.
    fn write(self, base: String, now: String, caret: u32) {
        // The others' changes that the box does not show yet: the splice has to be made behind them.
        let value = self.value.get_untracked();
        let (splices, over) = Splice::onto((&base, &now, caret), &value, self.limit);
        let is_written = over == 0 && splices.into_iter().all(|splice| self.on_splice.run(splice));
        let was_apart = self.apart.with_untracked(Option::is_some);
        if is_written && was_apart {
            self.apart.set(None);
            self.on_apart.run(None);
            self.take_in(&self.value.get_untracked());
        } else if !is_written {
            let apart = Apart { text: now, base };
            self.apart.set(Some((apart.clone(), over)));
            self.on_apart.run(Some(apart));
        }
    }

    /// What could not be written stands in the box, and is tried again: others may have made room.
    fn try_again(self, area: &HtmlTextAreaElement, apart: Apart) {
        let Apart { text, base } = apart;
        if area.value() != text {
            area.set_value(&text);
        }
        if self.shown.with_untracked(|shown| *shown != text) {
            self.shown.set(text.clone());
        }
        let value = self.value.get_untracked();
        let caret = selection(area).end;
        let (_, over) = Splice::onto((&base, &text, caret), &value, self.limit);
        if over == 0 {
            self.write(base, text, caret);
        } else {
            self.apart.set(Some((Apart { text, base }, over)));
        }
    }

    fn composed(self) {
        self.composing.set_value(false);
        self.written();
        self.take_in(&self.value.get_untracked());
    }

    /// Draws the text as it is now, and leaves the writer by the word where they stood.
    pub(crate) fn take_in(self, value: &str) {
        let Some(area) = self.area.get() else { return };
        let holds_back = self.composing.get_value() && area.value() != value;
        if self.holds_back.get_untracked() != holds_back {
            self.holds_back.set(holds_back);
        }
        if self.composing.get_value() {
            return;
        }
        if let Some((apart, _)) = self.apart.get_untracked() {
            return self.try_again(&area, apart);
        }
        let before = area.value();
        if before != value {
            let theirs = changes(&before, value);
            let (selection, direction) = (selection(&area), area.selection_direction());
            area.set_value(value);
            if is_focused(&area) {
                let (start, end) =
                    (carried(selection.start, &theirs), carried(selection.end, &theirs));
                let direction = direction.ok().flatten().unwrap_or_default();
                let _ = area.set_selection_range_with_direction(start, end, &direction);
                self.stands();
            }
        }
        if self.shown.with_untracked(|shown| shown != value) {
            self.shown.set(value.to_owned());
        }
    }

    fn one_line_only(self, area: &HtmlTextAreaElement) {
        let text = area.value();
        if self.lines == CoLines::Many || !text.contains('\n') || self.composing.get_value() {
            return;
        }
        let Caret { start, end } = selection(area);
        area.set_value(&text.replace('\n', " "));
        let _ = area.set_selection_range(start, end);
    }

    fn key(self, event: &KeyboardEvent, on_undo: Option<Callback<UndoWish>>) {
        let ends_the_line = event.key() == "Enter" && self.lines == CoLines::One;
        if ends_the_line && !event.is_composing() {
            event.prevent_default();
        }
        if let (Some(wish), Some(on_undo)) = (wish_of(event), on_undo) {
            event.prevent_default();
            on_undo.run(wish);
        }
    }

    /// Tells where the writer stands, when it is somewhere else than last.
    fn stands(self) {
        let Some(area) = self.area.try_get_untracked().flatten() else { return };
        if is_focused(&area) {
            self.tell(Some(selection(&area)));
        }
    }

    fn leaves(self) {
        self.tell(None);
    }

    fn tell(self, caret: Option<Caret>) {
        let Some(on_caret) = self.on_caret else { return };
        if self.last_caret.try_get_value().flatten() != caret {
            self.last_caret.try_set_value(caret);
            on_caret.try_run(caret);
        }
    }
}

fn selection(area: &HtmlTextAreaElement) -> Caret {
    let end = area.selection_end().ok().flatten().unwrap_or_default();
    let start = area.selection_start().ok().flatten().unwrap_or(end);
    Caret { start, end }
}

/// Setting a selection in a box without focus would take the focus there on an iPhone.
fn is_focused(area: &HtmlTextAreaElement) -> bool {
    document().active_element().is_some_and(|active| active.is_same_node(Some(area)))
}

fn wish_of(event: &KeyboardEvent) -> Option<UndoWish> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return None;
    }
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(UndoWish::Undo),
        ("z", true) | ("y", false) => Some(UndoWish::Redo),
        _ => None,
    }
}

/// Undo from the menu, or by shaking an iPhone.
fn undone_by_menu(event: &InputEvent, on_undo: Option<Callback<UndoWish>>) {
    let wish = match event.input_type().as_str() {
        "historyUndo" => UndoWish::Undo,
        "historyRedo" => UndoWish::Redo,
        _ => return,
    };
    if let Some(on_undo) = on_undo {
        event.prevent_default();
        on_undo.run(wish);
    }
}

/// A caret whose name would hang over the far edge wears it on the other side.
pub(crate) fn turn_at_the_edge(caret: Option<Element>, width: i32) {
    let Some(caret) = caret.and_then(|caret| caret.dyn_into::<HtmlElement>().ok()) else { return };
    let name = caret.first_element_child().map_or(0, |name| name.client_width());
    let is_far = caret.offset_left() + name > width && caret.offset_left() * 2 > width;
    let _ = match is_far {
        true => caret.set_attribute("data-side", "far"),
        false => caret.remove_attribute("data-side"),
    };
}
