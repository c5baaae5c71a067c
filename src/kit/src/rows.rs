//! A list whose rows stay where they are and show what they hold now.
use crate::hooks::keep_focus;
use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// One element for each key. A row is made once, moves with its key, and hears of a new value
/// through its signal; only rows whose value differs redraw. (leptos' own `<For>` leaves a row with an
/// unchanged key as it was.) Draws no element of its own: stand it in a `<ul>` or an `<ol>`.
///
/// A second value with a key already seen is left out.
#[component]
pub fn Rows<T, K, R, V>(
    /// The values, first to last.
    #[prop(into)]
    each: Signal<Vec<T>>,
    /// What makes two values the same row.
    key: fn(&T) -> K,
    /// Draws one row from the signal that holds its value.
    row: R,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    R: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let held = StoredValue::new(HashMap::new());
    let places = move || {
        keep_focus();
        let values = each.get();
        held.try_update_value(|held| filled(held, values, key)).unwrap_or_default()
    };
    view! {
        <For
            each=places
            key=|(key, _)| key.clone()
            children=move |(_, value)| row(Signal::from(value))
        />
    }
}

type Held<T, K> = HashMap<K, ArcRwSignal<T>>;

/// Puts the new values into the signals of their rows, makes signals for new rows and drops the rest.
fn filled<T, K>(held: &mut Held<T, K>, values: Vec<T>, key: fn(&T) -> K) -> Vec<(K, ArcRwSignal<T>)>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash,
{
    let mut before = std::mem::take(held);
    let mut places = Vec::with_capacity(values.len());
    for value in values {
        let key = key(&value);
        if held.contains_key(&key) {
            continue;
        }
        let signal = match before.remove(&key) {
            Some(signal) => renewed(signal, value),
            None => ArcRwSignal::new(value),
        };
        held.insert(key.clone(), signal.clone());
        places.push((key, signal));
    }
    places
}

fn renewed<T: PartialEq + 'static>(signal: ArcRwSignal<T>, value: T) -> ArcRwSignal<T> {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
    signal
}

#[cfg(test)]
mod tests {
    use super::{Held, filled};
    use leptos::prelude::*;

    #[test]
    fn a_row_keeps_its_signal_and_shows_its_new_value() {
        let mut held: Held<(u32, &str), u32> = Held::new();
        let first = filled(&mut held, vec![(1, "a"), (2, "b")], |row| row.0);
        let then = filled(&mut held, vec![(2, "B"), (1, "a"), (3, "c")], |row| row.0);
        assert_eq!(then.iter().map(|place| place.0).collect::<Vec<_>>(), [2, 1, 3]);
        assert_eq!(first[1].1.get_untracked(), (2, "B"));
        assert_eq!(held.len(), 3);
    }

    #[test]
    fn the_same_key_twice_is_one_row() {
        let mut held: Held<(u32, &str), u32> = Held::new();
        let places = filled(&mut held, vec![(1, "a"), (1, "b")], |row| row.0);
        assert_eq!(places.len(), 1);
        assert_eq!(places[0].1.get_untracked(), (1, "a"));
    }
}
