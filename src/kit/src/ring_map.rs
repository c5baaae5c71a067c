//! Somebody in the middle of rings, and round dots about them. A dot can be moved by finger, by mouse and with
//! the arrow keys, and opened. Not everybody can see a picture: stand the same in a list beside it.
use crate::{Live, Local, Rows};
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::svg;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

/// So much more than the outermost ring is drawn on each side, for the names.
const MARGIN: i32 = 16;
/// How far an arrow key moves a dot.
const KEY_STEP: i32 = 8;
/// A finger that has moved no farther has tapped.
const TAP: i32 = 3;
/// A click so soon after a dot was let go belongs to the same touch.
const SAME_TOUCH_MS: f64 = 100.0;
/// As many letters of a name as have room below a dot.
const NAME_LETTERS: usize = 9;

/// Somebody on the map. Places are counted from the middle, in the same units as the rings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dot {
    /// What makes two values the same dot.
    pub key: String,
    /// Two letters.
    pub letters: String,
    /// What stands below.
    pub name: String,
    /// The whole sentence, for those who listen.
    pub says: String,
    /// To the right of the middle.
    pub right: i32,
    /// Below the middle.
    pub down: i32,
    /// How it looks.
    pub kind: DotKind,
    /// The line to the middle, if there is one.
    pub line: Option<DotLine>,
}

/// How a dot looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DotKind {
    /// As somebody who is there because of their work.
    Professional,
    /// As one of one's own.
    Private,
    /// As a place where nobody is.
    Empty,
}

/// How the line to the middle looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DotLine {
    /// Whole.
    Whole,
    /// Points, in the colour of what is hard.
    Points,
    /// Long strokes with air between.
    Strokes,
}

/// The words in the picture.
#[derive(Clone)]
pub struct RingWords {
    /// What the whole is, for those who listen.
    pub says: String,
    /// In the middle.
    pub middle: String,
    /// Above the line between the halves.
    pub above: String,
    /// Below it.
    pub below: String,
}

/// The picture.
#[component]
pub fn RingMap(
    /// Its words.
    words: RingWords,
    /// Where the rings end, the innermost first.
    rings: Vec<i32>,
    /// Who is on it; those in front last.
    #[prop(into)]
    dots: Live<Vec<Dot>>,
    /// Whether dots can be moved now.
    #[prop(into)]
    can_move: Live<bool>,
    /// A dot was dragged and let go: its key, and how far right and down of the middle.
    #[prop(into)]
    on_drop: Callback<(String, i32, i32)>,
    /// An arrow key wants a dot there, likewise.
    #[prop(into)]
    on_step: Callback<(String, i32, i32)>,
    /// A dot was tapped, by its key.
    #[prop(into)]
    on_open: Callback<String>,
) -> impl IntoView {
    let picture = NodeRef::<svg::Svg>::new();
    let edge = rings.last().copied().unwrap_or_default();
    let hand = Hand {
        picture,
        half: edge + MARGIN,
        held: Local::new(None),
        dropped_ms: Local::new(None),
        can_move,
    };
    let line = move |dot| view! { <Tie hand dot/> };
    let on = DotEvents { on_drop, on_step, on_open };
    let dot = move |dot| view! { <DotOf hand dot on/> };
    let words_of = move |dot| view! { <Words hand dot/> };
    let RingWords { says, middle, above, below } = words;
    view! {
        <svg class="ring-map" node_ref=picture viewBox=view_box(edge) role="group" aria-label=says>
            {rings.into_iter().map(|ring| view! { <circle class="ring" r=ring></circle> }).collect_view()}
            <line class="ring" x1=-edge x2=edge></line>
            <text class="ring-half" x=-edge-MARGIN+4 y="-5" aria-hidden="true">{above}</text>
            <text class="ring-half" x=-edge-MARGIN+4 y="11" aria-hidden="true">{below}</text>
            <Rows each=dots key=key row=line/>
            <g class="ring-middle" aria-hidden="true">
                <circle r="13"></circle>
                <text y="3.5">{middle}</text>
            </g>
            <Rows each=dots key=key row=dot/>
            <Rows each=dots key=key row=words_of/>
        </svg>
    }
}

fn key(dot: &Dot) -> String {
    dot.key.clone()
}

fn view_box(edge: i32) -> String {
    let side = edge + MARGIN;
    format!("{} {} {} {}", -side, -side, 2 * side, 2 * side)
}

#[component]
fn Tie(hand: Hand, dot: Live<Dot>) -> impl IntoView {
    let line = move || dot.with(|dot| dot.line).map(attribute);
    let place = hand.place_of(dot);
    view! {
        <line class="ring-tie" data-line=line x2=move || place.get().0 y2=move || place.get().1></line>
    }
}

fn attribute(line: DotLine) -> &'static str {
    match line {
        DotLine::Whole => "whole",
        DotLine::Points => "points",
        DotLine::Strokes => "strokes",
    }
}

/// What a dot tells.
#[derive(Clone, Copy)]
struct DotEvents {
    on_drop: Callback<(String, i32, i32)>,
    on_step: Callback<(String, i32, i32)>,
    on_open: Callback<String>,
}

#[component]
fn DotOf(hand: Hand, dot: Live<Dot>, on: DotEvents) -> impl IntoView {
    let place = hand.place_of(dot);
    let at = move || format!("translate({} {})", place.get().0, place.get().1);
    let open = move || on.on_open.run(dot.with_untracked(key));
    // The click that ends a tap opens it, and no sooner: it would press what stands there on the next page. A
    // screen reader sends nothing else.
    let click = move |event: MouseEvent| {
        if !ends_drag(hand.dropped_ms.get_untracked(), event.time_stamp()) {
            open();
        }
    };
    let let_go = move |event: PointerEvent| {
        let held = hand.lets_go().filter(|held| held.has_moved);
        let Some(Held { key, at, .. }) = held else { return };
        hand.dropped_ms.set(Some(event.time_stamp()));
        if hand.can_move.get_untracked() {
            on.on_drop.run((key, at.0, at.1));
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | " " => {
            event.prevent_default();
            open();
        }
        other => {
            let wanted = hand.can_move.get_untracked().then(|| step(other)).flatten();
            if let Some((right, down)) = wanted {
                event.prevent_default();
                let (key, at) = dot.with_untracked(|dot| (key(dot), (dot.right, dot.down)));
                on.on_step.run((key, at.0 + right, at.1 + down));
            }
        }
    };
    view! {
        <g
            class="ring-dot"
            data-kind=move || dot.with(kind)
            data-state=move || hand.holds(dot).then_some("held")
            role="button"
            tabindex="0"
            aria-label=move || dot.with(|dot| dot.says.clone())
            transform=at
            on:pointerdown=move |event| hand.takes(&event, dot)
            on:pointermove=move |event| hand.moves(&event)
            on:pointerup=let_go
            on:click=click
            on:pointercancel=move |_| drop(hand.lets_go())
            on:lostpointercapture=move |_| drop(hand.lets_go())
            on:keydown=press
        >
            <circle class="ring-reach" r="17"></circle>
            <circle class="ring-face" r="11"></circle>
        </g>
    }
}

fn kind(dot: &Dot) -> Option<&'static str> {
    match dot.kind {
        DotKind::Professional => None,
        DotKind::Private => Some("private"),
        DotKind::Empty => Some("empty"),
    }
}

/// Letters and name, in front of every dot, so that none hides them. The dot itself says who it is to those who
/// listen.
#[component]
fn Words(hand: Hand, dot: Live<Dot>) -> impl IntoView {
    let place = hand.place_of(dot);
    let at = move || format!("translate({} {})", place.get().0, place.get().1);
    view! {
        <g class="ring-words" data-kind=move || dot.with(kind) transform=at aria-hidden="true">
            <text class="ring-letters" y="3.5">{move || dot.with(|dot| dot.letters.clone())}</text>
            <text class="ring-name" y="21">{move || dot.with(|dot| shortened(&dot.name))}</text>
        </g>
    }
}

/// Whether a click is the end of a drag, and no tap.
fn ends_drag(dropped_ms: Option<f64>, clicked_ms: f64) -> bool {
    dropped_ms.is_some_and(|dropped_ms| clicked_ms - dropped_ms < SAME_TOUCH_MS)
}

fn step(key: &str) -> Option<(i32, i32)> {
    Some(match key {
        "ArrowLeft" => (-KEY_STEP, 0),
        "ArrowRight" => (KEY_STEP, 0),
        "ArrowUp" => (0, -KEY_STEP),
        "ArrowDown" => (0, KEY_STEP),
        _ => return None,
    })
}

/// The first words of a name, as many as have room; a piece of the first where that has none.
fn shortened(name: &str) -> String {
    let mut short = String::new();
    for word in name.split_whitespace() {
        if !short.is_empty() && short.chars().count() + 1 + word.chars().count() > NAME_LETTERS {
            break;
        }
        short = if short.is_empty() { word.to_owned() } else { format!("{short} {word}") };
    }
    if short.chars().count() <= NAME_LETTERS {
        return short;
    }
    let start: String = short.chars().take(NAME_LETTERS - 1).collect();
    format!("{start}…")
}

/// The dot in hand.
#[derive(Clone, PartialEq, Eq)]
struct Held {
    key: String,
    /// Which finger holds it; another one does not move it.
    pointer: i32,
    /// Where the finger came down.
    start: (i32, i32),
    /// From the finger to the middle of the dot.
    offset: (i32, i32),
    /// Where the dot is.
    at: (i32, i32),
    has_moved: bool,
}

#[derive(Clone, Copy)]
struct Hand {
    picture: NodeRef<svg::Svg>,
    /// From the middle to the edge of the picture.
    half: i32,
    held: Local<Option<Held>>,
    /// When a dot was let go that had moved.
    dropped_ms: Local<Option<f64>>,
    can_move: Live<bool>,
}

impl Hand {
    /// Where a dot stands, or is held.
    fn place_of(self, dot: Live<Dot>) -> Live<(i32, i32)> {
        Live::memo(move || {
            let held = self.held.with(|held| {
                let held = held.as_ref()?;
                dot.with(|dot| dot.key == held.key).then_some(held.at)
            });
            held.unwrap_or_else(|| dot.with(|dot| (dot.right, dot.down)))
        })
    }

    fn holds(self, dot: Live<Dot>) -> bool {
        self.held.with(|held| {
            held.as_ref().is_some_and(|held| held.has_moved && dot.with(|dot| dot.key == held.key))
        })
    }

    fn takes(self, event: &PointerEvent, dot: Live<Dot>) {
        let Some(start) = self.on_map(event) else { return };
        if event.button() != 0 || self.held.with_untracked(Option::is_some) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // Without capture the drag still works, as long as the pointer stays over the dot.
        let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
        let (key, at) = dot.with_untracked(|dot| (key(dot), (dot.right, dot.down)));
        let offset = (at.0 - start.0, at.1 - start.1);
        let pointer = event.pointer_id();
        self.held.set(Some(Held { key, pointer, start, offset, at, has_moved: false }));
    }

    fn moves(self, event: &PointerEvent) {
        let held = self.held.get_untracked().filter(|held| held.pointer == event.pointer_id());
        let Some((held, (right, down))) = held.zip(self.on_map(event)) else { return };
        let far = (right - held.start.0).abs().max((down - held.start.1).abs()) > TAP;
        if !held.has_moved && !far {
            return;
        }
        let at = match self.can_move.get_untracked() {
            true => (right + held.offset.0, down + held.offset.1),
            false => held.at,
        };
        self.held.set(Some(Held { at, has_moved: true, ..held }));
    }

    /// Where a pointer is, in the units of the map.
    fn on_map(self, event: &PointerEvent) -> Option<(i32, i32)> {
        let frame = self.picture.get_untracked()?.get_bounding_client_rect();
        let units = f64::from(2 * self.half) / frame.width().max(1.0);
        let place = |at: i32, start: f64| ((f64::from(at) - start) * units) as i32 - self.half;
        Some((place(event.client_x(), frame.left()), place(event.client_y(), frame.top())))
    }

    fn lets_go(self) -> Option<Held> {
        let held = self.held.get_untracked();
        self.held.set(None);
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_where_it_has_no_room() {
        assert_eq!(shortened("Mette"), "Mette");
        assert_eq!(shortened("Hjemmesygeplejersken"), "Hjemmesy…");
        assert_eq!(shortened("En ven at gå tur med"), "En ven at");
        assert_eq!(shortened("Mor Kirsten"), "Mor");
    }

    #[test]
    fn a_click_of_its_own_counts_and_the_end_of_a_drag_does_not() {
        assert!(!ends_drag(None, 5_000.0), "a screen reader, or a tap");
        assert!(ends_drag(Some(5_000.0), 5_001.0));
        assert!(!ends_drag(Some(5_000.0), 5_400.0), "after a drag");
    }

    #[test]
    fn an_arrow_moves_a_dot_and_other_keys_do_not() {
        assert_eq!(step("ArrowUp"), Some((0, -KEY_STEP)));
        assert_eq!(step("a"), None);
    }
}
