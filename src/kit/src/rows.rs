//! A list whose rows stay where they are and show what they hold now.
use crate::hooks::keep_focus;
use crate::live::Held;
use crate::{Live, Value};
use leptos::prelude::*;
use litemap::LiteMap;
use std::sync::Arc;

/// One element for each key. A row is made once, moves with its key, and hears of a new value
/// through [`Live`]; only rows whose value differs redraw. (leptos' own `<For>` leaves a row with an
/// unchanged key as it was.) Draws no element of its own: stand it in a `<ul>` or an `<ol>`.
///
/// A second value with a key already seen is left out.
#[component]
pub fn Rows<T, V>(
    /// The values, first to last.
    #[prop(into)]
    each: Live<Vec<T>>,
    /// What makes two values the same row.
    key: fn(&T) -> String,
    /// Draws one row from what it holds.
    row: impl Fn(Live<T>) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Value + Clone,
    V: IntoView + 'static,
{
    let held = move |value: &T| (key(value), Held::new(value.clone()));
    let each = move || each.with(|all| all.iter().map(held).collect());
    let row = move |value| row(Live::of(value)).into_any();
    view! { <RowsOfAnything each=Box::new(each) row=Arc::new(row)/> }
}

/// The same without the caller's type, so that it is compiled once.
#[component]
fn RowsOfAnything(
    each: Box<dyn Fn() -> Vec<(String, Held)> + Send + Sync>,
    row: Arc<dyn Fn(Signal<Held>) -> AnyView + Send + Sync>,
) -> impl IntoView {
    let rows = StoredValue::new(LiteMap::new());
    let places = move || {
        keep_focus();
        let values = each();
        rows.try_update_value(|rows| filled(rows, values)).unwrap_or_default()
    };
    view! {
        <For
            each=places
            key=|(key, _)| key.clone()
            children=move |(_, value)| row(Signal::from(value))
        />
    }
}

type Signals = LiteMap<String, ArcRwSignal<Held>>;

/// Puts the new values into the signals of their rows, makes signals for new rows and drops the rest.
fn filled(rows: &mut Signals, values: Vec<(String, Held)>) -> Vec<(String, ArcRwSignal<Held>)> {
    let mut before = std::mem::take(rows);
    let mut places = Vec::with_capacity(values.len());
    for (key, value) in values {
        if rows.contains_key(&key) {
            continue;
        }
        let signal = match before.remove(&key) {
            Some(signal) => renewed(signal, value),
            None => ArcRwSignal::new(value),
        };
        rows.insert(key.clone(), signal.clone());
        places.push((key, signal));
    }
    places
}

fn renewed(signal: ArcRwSignal<Held>, value: Held) -> ArcRwSignal<Held> {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
    signal
}

#[cfg(test)]
mod tests {
    use super::{Signals, filled};
    use crate::live::Held;
    use leptos::prelude::*;

    fn values(list: &[(&str, u32)]) -> Vec<(String, Held)> {
        list.iter().map(|&(key, value)| (key.to_owned(), Held::new(value))).collect()
    }

    #[test]
    fn a_row_keeps_its_signal_and_shows_its_new_value() {
        let mut rows = Signals::new();
        let first = filled(&mut rows, values(&[("a", 1), ("b", 2)]));
        let then = filled(&mut rows, values(&[("b", 20), ("a", 1), ("c", 3)]));
        assert_eq!(then.iter().map(|place| &*place.0).collect::<Vec<_>>(), ["b", "a", "c"]);
        assert_eq!(*first[1].1.get_untracked().value::<u32>(), 20);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn the_same_key_twice_is_one_row() {
        let places = filled(&mut Signals::new(), values(&[("a", 1), ("a", 2)]));
        assert_eq!(places.len(), 1);
        assert_eq!(*places[0].1.get_untracked().value::<u32>(), 1);
    }
}
