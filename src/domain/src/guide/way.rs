//! The way through a programme: each phase names the one after it.

use std::collections::BTreeMap;

use super::PhaseKey;

/// Why phases are no way, with the place in the file of the one to change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoWay {
    /// There are none.
    Empty,
    /// Two bear one name; the second.
    Twice(usize),
    /// It names one that is not there.
    Nowhere(usize),
    /// What comes after it leads back to it.
    Round(usize),
    /// Another phase names the same one after it; the second of them.
    Joined(usize),
    /// Nothing leads to it, and another one is first.
    Apart(usize),
}

/// The phases in the order they follow one another, each by its place in the file.
///
/// # Errors
/// [`NoWay`].
pub fn way(phases: &[(PhaseKey, Option<PhaseKey>)]) -> Result<Vec<usize>, NoWay> {
    let places = places(phases)?;
    let mut after = Vec::new();
    for (place, (_, next)) in phases.iter().enumerate() {
        let next = next.as_ref().map(|key| places.get(key).copied().ok_or(NoWay::Nowhere(place)));
        after.push(next.transpose()?);
    }
    let follow = |place: usize| {
        std::iter::successors(Some(place), |&place| after[place]).take(phases.len() + 1)
    };
    // The last one of a round in the file is where somebody wrote the way back.
    let goes_round = |&place: &usize| follow(place).skip(1).any(|other| other == place);
    if let Some(place) = (0..phases.len()).rev().find(goes_round) {
        return Err(NoWay::Round(place));
    }
    let names = |place: usize, next: usize| after[place] == Some(next);
    let leads_to = |next: usize| (0..phases.len()).filter(move |&place| names(place, next));
    if let Some(second) = (0..phases.len()).find_map(|next| leads_to(next).nth(1)) {
        return Err(NoWay::Joined(second));
    }
    let mut firsts = (0..phases.len()).filter(|&place| leads_to(place).next().is_none());
    let first = firsts.next().ok_or(NoWay::Empty)?;
    firsts.next().map_or_else(|| Ok(follow(first).collect()), |other| Err(NoWay::Apart(other)))
}

fn places(phases: &[(PhaseKey, Option<PhaseKey>)]) -> Result<BTreeMap<&PhaseKey, usize>, NoWay> {
    let mut places = BTreeMap::new();
    for (place, (key, _)) in phases.iter().enumerate() {
        if places.insert(key, place).is_some() {
            return Err(NoWay::Twice(place));
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "a>b b>c c" is a way of three.
    fn read(words: &str) -> Result<Vec<usize>, NoWay> {
        let key = |word: &str| PhaseKey::new(word).expect("a key");
        let phase = |word: &str| match word.split_once('>') {
            Some((name, next)) => (key(name), Some(key(next))),
            None => (key(word), None),
        };
        way(&words.split_whitespace().map(phase).collect::<Vec<_>>())
    }

    #[test]
    fn the_order_in_the_file_does_not_matter() {
        assert_eq!(read("a>b b>c c"), Ok(vec![0, 1, 2]));
        assert_eq!(read("c b>c a>b"), Ok(vec![2, 1, 0]));
        assert_eq!(read("a"), Ok(vec![0]));
    }

    #[test]
    fn what_is_no_way_names_the_phase_to_change() {
        assert_eq!(read(""), Err(NoWay::Empty));
        assert_eq!(read("a>b b a"), Err(NoWay::Twice(2)));
        assert_eq!(read("a>b b>x"), Err(NoWay::Nowhere(1)));
        assert_eq!(read("a>b b>c c>b"), Err(NoWay::Round(2)));
        assert_eq!(read("a>a"), Err(NoWay::Round(0)));
        assert_eq!(read("a>b b x>y y>x"), Err(NoWay::Round(3)), "also beside a way that is whole");
        assert_eq!(read("a>c b>c c"), Err(NoWay::Joined(1)));
        assert_eq!(read("a>b b c"), Err(NoWay::Apart(2)));
    }
}
