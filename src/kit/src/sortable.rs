//! A list whose order one can change by hand. Dragging is for mouse and finger; give each row up and
//! down buttons too, for keyboards, tired hands and those who listen.
use crate::{Icon, Live, Rows, Shape, Value};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, PointerEvent};

/// So near the edge of the window (px) the page scrolls along.
const EDGE: i32 = 72;
/// How far (px) at each movement.
const SCROLL_STEP: f64 = 12.0;

/// Like [`Rows`], in an `<ol>` of its own with one `<li>` each. Rows hold a [`DragHandle`].
#[component]
pub fn Sortable<T, V>(
    /// The values, first to last.
    #[prop(into)]
    each: Live<Vec<T>>,
    /// What makes two values the same row.
    key: fn(&T) -> String,
    /// Draws one row from what it holds.
    row: impl Fn(Live<T>) -> V + Send + Sync + 'static,
    /// A row was let go at another place: the row as it was, and its index (from 0) in the list
    /// afterwards.
    #[prop(into)]
    on_move: Callback<(T, usize)>,
) -> impl IntoView
where
    T: Value + Clone,
    V: IntoView + 'static,
{
    let moved = move |(from, to): (usize, usize)| {
        if let Some(value) = each.with_untracked(|all| all.get(from).cloned()) {
            on_move.run((value, to));
        }
    };
    let item = move |value| view! { <li>{row(value)}</li> };
    view! {
        <SortableList on_move=Callback::new(moved)>
            <Rows each key row=item/>
        </SortableList>
    }
}

/// The list without its rows: from where to where.
#[component]
fn SortableList(on_move: Callback<(usize, usize)>, children: Children) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let drag = Drag { list, held: StoredValue::new(None) };
    let let_go = move |_| {
        if let Some(ends) = drag.ends() {
            on_move.run(ends);
        }
    };
    provide_context(drag);
    let escape = window_event_listener(ev::keydown, move |event| drag.given_up_by(&event.key()));
    on_cleanup(move || escape.remove());
    view! {
        <ol
            class="sortable"
            node_ref=list
            on:pointermove=move |event| drag.moves(&event)
            on:pointerup=let_go
            on:pointercancel=move |_| drag.given_up()
        >
            {children()}
        </ol>
    }
}

/// Where to take hold of a row of a [`Sortable`]. Nobody hears it: the up and down buttons speak.
#[component]
pub fn DragHandle() -> impl IntoView {
    let drag = use_context::<Drag>();
    let press = move |event: PointerEvent| drag.map(|drag| drag.starts(&event)).unwrap_or_default();
    view! {
        <span class="drag-handle" aria-hidden="true" on:pointerdown=press>
            <Icon shape=Shape::Drag/>
        </span>
    }
}

/// The row in hand, as indexes among the rows on the page.
#[derive(Clone, Copy)]
struct Held {
    from: usize,
    to: usize,
    /// Where on the page (px) it was taken.
    start: i32,
}

#[derive(Clone, Copy)]
struct Drag {
    list: NodeRef<html::Ol>,
    held: StoredValue<Option<Held>>,
}

impl Drag {
    fn rows(self) -> Vec<HtmlElement> {
        let Some(list) = self.list.get_untracked() else { return Vec::new() };
        let children = list.children();
        (0..children.length()).filter_map(|index| children.item(index)?.dyn_into().ok()).collect()
    }

    fn starts(self, event: &PointerEvent) {
        let Some(handle) = event.target().and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        let Ok(Some(row)) = handle.closest("li") else { return };
        let Some(from) = self.rows().iter().position(|other| other.is_same_node(Some(&row))) else {
            return;
        };
        event.prevent_default();
        // Without capture the drag still works, as long as the pointer stays over the list.
        let _ = handle.set_pointer_capture(event.pointer_id());
        let _ = row.set_attribute("data-state", "held");
        self.held.set_value(Some(Held { from, to: from, start: event.page_y() }));
    }

    fn moves(self, event: &PointerEvent) {
        let Some(held) = self.held.get_value() else { return };
        scroll_along(event.client_y());
        let rows = self.rows();
        let Some(row) = rows.get(held.from) else { return self.given_up() };
        let moved = event.page_y() - held.start;
        let _ = row.style().set_property("transform", &format!("translateY({moved}px)"));
        let middle = middle_of(row) + moved;
        let others = rows.iter().enumerate().filter(|(index, _)| *index != held.from);
        let to = others.filter(|(_, other)| middle_of(other) < middle).count();
        self.held.set_value(Some(Held { to, ..held }));
        mark(&rows, held.from, to);
    }

    /// From where to where, when the row was let go at another place.
    fn ends(self) -> Option<(usize, usize)> {
        let held = self.held.get_value()?;
        self.given_up();
        (held.from != held.to).then_some((held.from, held.to))
    }

    fn given_up(self) {
        if self.held.try_update_value(Option::take).flatten().is_none() {
            return;
        }
        for row in self.rows() {
            let _ = row.remove_attribute("data-state");
            let _ = row.remove_attribute("data-drop");
            let _ = row.style().remove_property("transform");
        }
    }

    fn given_up_by(self, key: &str) {
        if key == "Escape" {
            self.given_up();
        }
    }
}

/// Shows the line where the row will land.
fn mark(rows: &[HtmlElement], from: usize, to: usize) {
    for (index, row) in rows.iter().enumerate() {
        let side = if to < from { "before" } else { "after" };
        let _ = match index == to && to != from {
            true => row.set_attribute("data-drop", side),
            false => row.remove_attribute("data-drop"),
        };
    }
}

fn middle_of(row: &HtmlElement) -> i32 {
    row.offset_top() + row.offset_height() / 2
}

fn scroll_along(y: i32) {
    let height = document().document_element().map_or(i32::MAX, |page| page.client_height());
    if y < EDGE {
        window().scroll_by_with_x_and_y(0.0, -SCROLL_STEP);
    } else if y > height.saturating_sub(EDGE) {
        window().scroll_by_with_x_and_y(0.0, SCROLL_STEP);
    }
}
