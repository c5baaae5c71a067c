//! Several numbers at several times as one picture: a spider web, and below three axes, which make no web, a
//! line for each. It never stands without its twin, a list that says the same in words.
use crate::Live;
use crate::hooks::fresh_id;
use leptos::prelude::*;

/// How far the web reaches from its middle. All lengths are whole units of the picture: numbers with
/// decimals would cost a phone more to download than the picture itself.
const REACH: i32 = 1_000;
/// Where the labels begin.
const LABEL: i32 = 1_180;
/// A letter is about this wide, and a line of letters this high.
const LETTER: i32 = 138;
const TEXT: i32 = 190;
/// The frame is never narrower than this each way, or few short labels would be large ones.
const HALF_WIDTH: i32 = 1_900;
/// Among lines: how far the next one is, and the next number.
const ROW: i32 = 1_000;
const NUMBER: i32 = 850;

/// Where the letters of a label stand from its place.
const MIDDLE: &str = "middle";
const START: &str = "start";

/// What a web shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Web {
    /// The axes, clockwise from the top.
    pub axes: Vec<WebAxis>,
    /// A value for each axis, 0 to `levels`; the oldest ring first. The newest is drawn with a full line,
    /// the others with broken ones.
    pub rings: Vec<Vec<u8>>,
    /// How far the scale goes.
    pub levels: u8,
}

/// One axis of a web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebAxis {
    /// One word, for the picture.
    pub label: String,
    /// What the picture shows here as a sentence, for the list.
    pub says: String,
}

/// The picture and its list.
#[component]
pub fn SpiderWeb(
    /// What it shows.
    #[prop(into)]
    web: Live<Web>,
    /// What picture this is, for those who do not see it; the list says the rest.
    #[prop(into)]
    says: Live<String>,
    /// What the lines mean.
    #[prop(into)]
    caption: Live<String>,
) -> impl IntoView {
    let id = StoredValue::new(fresh_id("web"));
    let picture = move || {
        let (frame, inside) =
            web.with(|web| if web.axes.len() < 3 { lines(web) } else { wheel(web) });
        view! {
            <svg class="web-picture" viewBox=frame role="img" aria-label=says.get() aria-describedby=id.get_value()>
                {inside}
            </svg>
        }
    };
    let list = move || {
        let lines =
            web.with(|web| web.axes.iter().map(|axis| axis.says.clone()).collect::<Vec<_>>());
        lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view().into_any()
    };
    view! {
        <figure class="web">
            {move || picture()}
            <figcaption class="soft small">{move || caption.get()}</figcaption>
            <ul class="web-list" id=id.get_value()>{move || list()}</ul>
        </figure>
    }
}

/// The web, and the frame it needs.
fn wheel(web: &Web) -> (String, AnyView) {
    let count = web.axes.len();
    let levels = web.levels.max(1);
    let ground = (1..=levels).map(|level| {
        let points = ring(&vec![level; count], levels);
        view! { <polygon class="web-ground" points=points></polygon> }
    });
    let axes = (0..count).map(|index| {
        let (x, y) = point(index, count, REACH);
        view! { <line class="web-ground" x1="0" y1="0" x2=x y2=y></line> }
    });
    let newest = web.rings.len().saturating_sub(1);
    let rings = web.rings.iter().enumerate().map(|(index, values)| {
        let state = if index == newest { "now" } else { "before" };
        view! { <polygon class="web-ring" data-state=state points=ring(values, levels)></polygon> }
    });
    let dots = (0..count).filter_map(|index| {
        let value = *web.rings.last()?.get(index)?;
        Some(dot(point(index, count, reach(value, levels)), has_grown(web, index)))
    });
    let labels = web.axes.iter().enumerate().map(|(index, axis)| {
        let (x, y) = point(index, count, LABEL);
        label((x, y + TEXT / 3), anchor(x), axis.label.clone())
    });
    let inside = view! {
        {ground.collect_view()}
        {axes.collect_view()}
        {rings.collect_view()}
        {dots.collect_view()}
        {labels.collect_view()}
    };
    let half = half_width(web);
    let heights = (0..count).map(|index| point(index, count, LABEL).1);
    let top = -LABEL - TEXT;
    let height = heights.max().unwrap_or_default() + TEXT - top;
    (format!("-{half} {top} {} {height}", 2 * half), inside.into_any())
}

/// One line for each axis, under one another, with its numbers; and the frame they need.
fn lines(web: &Web) -> (String, AnyView) {
    let levels = web.levels.max(1);
    let x_of = |value: u8| NUMBER * (i32::from(value.clamp(1, levels)) - 1);
    let row = |(index, axis): (usize, &WebAxis)| {
        let y = ROW * i32::try_from(index).unwrap_or_default();
        let ticks = (1..=levels).map(|level| {
            let x = x_of(level);
            view! {
                <line class="web-ground" x1=x y1=y - 60 x2=x y2=y + 60></line>
                {label((x, y + 2 * TEXT), MIDDLE, level.to_string())}
            }
        });
        let now = web.rings.last().and_then(|ring| ring.get(index)).copied();
        let before = web.rings.first().and_then(|ring| ring.get(index)).copied();
        let before = before.filter(|before| Some(*before) != now);
        let way = before.zip(now).map(|(before, now)| {
            view! { <line class="web-ring" data-state="before" x1=x_of(before) y1=y x2=x_of(now) y2=y></line> }
        });
        let start = before.map(
            |before| view! { <circle class="web-start" cx=x_of(before) cy=y r="70"></circle> },
        );
        view! {
            {label((0, y - TEXT), START, axis.label.clone())}
            <line class="web-ground" x1="0" y1=y x2=x_of(levels) y2=y></line>
            {ticks.collect_view()}
            {way}
            {start}
            {now.map(|now| dot((x_of(now), y), has_grown(web, index)))}
        }
    };
    let inside = web.axes.iter().enumerate().map(row).collect_view();
    let height = ROW * i32::try_from(web.axes.len()).unwrap_or_default();
    let width = x_of(levels) + 2 * TEXT;
    (format!("-{TEXT} -{} {width} {height}", 2 * TEXT), inside.into_any())
}

fn label((x, y): (i32, i32), anchor: &'static str, words: String) -> impl IntoView {
    view! { <text class="web-label" x=x y=y font-size=TEXT text-anchor=anchor>{words}</text> }
}

/// What has grown is larger, and has an edge: colour never speaks alone.
fn dot((x, y): (i32, i32), has_grown: bool) -> impl IntoView {
    let radius = if has_grown { 70 } else { 40 };
    view! { <circle class="web-dot" data-state=has_grown.then_some("grown") cx=x cy=y r=radius></circle> }
}

fn has_grown(web: &Web, index: usize) -> bool {
    let value = |ring: Option<&Vec<u8>>| ring?.get(index).copied();
    value(web.rings.first()) < value(web.rings.last())
}

/// The corners of a ring, as SVG wants them.
fn ring(values: &[u8], levels: u8) -> String {
    let corner = |(index, value): (usize, &u8)| {
        let (x, y) = point(index, values.len(), reach(*value, levels));
        format!("{x},{y}")
    };
    values.iter().enumerate().map(corner).collect::<Vec<_>>().join(" ")
}

fn reach(value: u8, levels: u8) -> i32 {
    REACH * i32::from(value.min(levels)) / i32::from(levels)
}

/// A place on an axis, this far from the middle. The first axis points up, the others follow clockwise.
fn point(index: usize, count: usize, far: i32) -> (i32, i32) {
    let (index, count) =
        (i32::try_from(index).unwrap_or_default(), i32::try_from(count).unwrap_or(1));
    (far * sine(index, count) / 1_000, -far * sine(4 * index + count, 4 * count) / 1_000)
}

/// The sine of `part / whole` of a turn, in thousandths, by Bhaskara's formula: right to three of them, which
/// nobody sees, and without a table or a decimal.
fn sine(part: i32, whole: i32) -> i32 {
    let whole = whole.max(1);
    let place = (2 * part).rem_euclid(2 * whole);
    let sign = if place < whole { 1 } else { -1 };
    let product = (place % whole) * (whole - place % whole);
    sign * 16_000 * product / (5 * whole * whole - 4 * product)
}

fn anchor(x: i32) -> &'static str {
    match x {
        -150..=150 => MIDDLE,
        151.. => START,
        _ => "end",
    }
}

/// Half of the frame: as much as the longest label at the side needs.
fn half_width(web: &Web) -> i32 {
    let reach = |(index, axis): (usize, &WebAxis)| {
        let letters = i32::try_from(axis.label.chars().count()).unwrap_or_default();
        let (x, _) = point(index, web.axes.len(), LABEL);
        let part = if anchor(x) == MIDDLE { letters / 2 + 1 } else { letters };
        x.abs() + part * LETTER
    };
    web.axes.iter().enumerate().map(reach).max().unwrap_or_default().max(HALF_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_is_right_to_three_thousandths() {
        for whole in 1..40 {
            for part in 0..whole {
                let exact = (f64::from(part) / f64::from(whole) * std::f64::consts::TAU).sin();
                let off = f64::from(sine(part, whole)) - exact * 1_000.0;
                assert!(off.abs() <= 3.0, "{part}/{whole}: {off}");
            }
        }
    }

    #[test]
    fn axes_go_round_from_the_top() {
        assert_eq!(point(0, 4, 1_000), (0, -1_000));
        assert_eq!(point(1, 4, 1_000), (1_000, 0));
        assert_eq!(point(2, 4, 500), (0, 500));
        assert_eq!(point(3, 4, 1_000), (-1_000, 0));
    }

    #[test]
    fn a_ring_stays_within_the_web() {
        assert_eq!(ring(&[5, 5, 5, 5], 5), ring(&[9, 255, 5, 6], 5));
        assert_eq!(ring(&[0, 0, 0], 5), "0,0 0,0 0,0");
        assert_eq!(ring(&[], 1), "");
    }

    #[test]
    fn what_grew_is_told_from_what_did_not_and_from_what_is_not_there() {
        let rings = vec![vec![2, 3, 3], vec![3, 3, 2]];
        let web = Web { axes: Vec::new(), rings, levels: 5 };
        assert_eq!([0, 1, 2, 9].map(|index| has_grown(&web, index)), [true, false, false, false]);
        assert!(!has_grown(&Web { rings: vec![vec![3]], ..Web::default() }, 0));
    }

    #[test]
    fn every_label_has_room() {
        let axis = |word: &str| WebAxis { label: word.to_owned(), says: String::new() };
        let words = ["Skole", "Bolig", "Penge", "Netværk", "Krop", "Psyke", "Rusmidler", "Lov"];
        let web = Web { axes: words.map(axis).into(), rings: Vec::new(), levels: 5 };
        assert!(half_width(&web) >= LABEL + 9 * LETTER, "Rusmidler points to the left");
    }
}
