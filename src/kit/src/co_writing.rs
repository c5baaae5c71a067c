//! The wiring of one [`CoText`](crate::CoText): what the box, the writer and the others do to one
//! another. What moves where is decided in `splice`.
use crate::{Caret, CoLines, Live, Local, Splice, UndoWish, carried, changes};
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
    lines: CoLines,
    composing: StoredValue<bool>,
    /// Whether the others have written something that waits for the writer's word to stand.
    pub(crate) holds_back: Local<bool>,
    last_caret: StoredValue<Option<Caret>>,
    on_splice: Callback<Splice>,
    on_caret: Option<Callback<Option<Caret>>>,
}

impl Writing {
    pub(crate) fn new(
        value: Live<String>,
        lines: CoLines,
        on_splice: Callback<Splice>,
        on_caret: Option<Callback<Option<Caret>>>,
    ) -> Self {
        Self {
            area: NodeRef::new(),
            shown: Local::new(String::new()),
            value,
            lines,
            composing: StoredValue::new(false),
            holds_back: Local::new(false),
            last_caret: StoredValue::new(None),
            on_splice,
            on_caret,
        }
    }

    pub(crate) fn text_box(
        self,
        id: String,
        example: String,
        on_undo: Option<Callback<UndoWish>>,
    ) -> impl IntoView {
        view! {
            <textarea
                class="co-text-box"
                node_ref=self.area
                id=id
                rows="1"
                placeholder=example
                on:input=move |_| self.written()
                on:compositionstart=move |_| self.composing.set_value(true)
                on:compositionend=move |_| self.composed()
                on:keydown=move |event| self.key(&event, on_undo)
                on:beforeinput=move |event| undone_by_menu(&event, on_undo)
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
        let caret = selection(&area).end;
        let Some(mine) = Splice::between(&before, &now, caret) else { return };
        // The others' changes that the box does not show yet: the splice has to be made behind them.
        let theirs = changes(&before, &self.value.get_untracked());
        self.shown.set(now);
        for splice in mine.rebased(&theirs) {
            self.on_splice.run(splice);
        }
        self.stands();
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
