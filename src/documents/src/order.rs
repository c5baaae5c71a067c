//! Places in a list that always leave room for one more between two.

use fractional_index::FractionalIndex;

/// A place after `before` and in front of `after`; either may be missing, or make no sense.
pub(crate) fn between(before: Option<&str>, after: Option<&str>) -> String {
    let read = |place: Option<&str>| FractionalIndex::from_string(place?).ok();
    let (before, after) = (read(before), read(after));
    // Two rows can have one place, when two people put theirs there at once: then after the first.
    FractionalIndex::new(before.as_ref(), after.as_ref())
        .or_else(|| before.as_ref().map(FractionalIndex::new_after))
        .unwrap_or_default()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room_for_one_more() {
        let first = between(None, None);
        let mut last = between(Some(&first), None);
        for _ in 0..200 {
            let middle = between(Some(&first), Some(&last));
            assert!(first < middle && middle < last);
            last = middle;
        }
        assert!(between(None, Some(&first)) < first);
    }

    #[test]
    fn nonsense_gives_a_place_all_the_same() {
        assert!(!between(Some("zz"), Some("")).is_empty());
        let first = between(None, None);
        assert!(between(Some(&first), Some(&first)) > first);
    }
}
