//! The people of a map as dots of a picture.

use client::view::{NetworkView, PersonRow};
use domain::{Half, Tie};
use kit::{Dot, DotKind, DotLine};

use crate::text::t;
use crate::words;

/// Everybody on the map. Those who are missing come first, so that nobody is hidden behind nobody; else in an
/// order that no move changes, or the one in hand would be drawn anew.
pub(super) fn all(map: &Option<NetworkView>) -> Vec<Dot> {
    let Some(map) = map else { return Vec::new() };
    let missing = map.missing.iter().map(|row| dot(row, true));
    let mut people: Vec<Dot> = map.people.iter().map(|row| dot(row, false)).collect();
    people.sort_by(|one, other| one.key.cmp(&other.key));
    missing.chain(people).collect()
}

/// The person whose dot this is.
pub(super) fn of<'a>(map: &'a NetworkView, wanted: &str) -> Option<&'a PersonRow> {
    map.people.iter().chain(&map.missing).find(|row| key(row) == wanted)
}

fn key(row: &PersonRow) -> String {
    format!("{}/{}", row.document, row.id)
}

fn dot(row: &PersonRow, is_missing: bool) -> Dot {
    let kind = match row.half() {
        _ if is_missing => DotKind::Empty,
        Half::Private => DotKind::Private,
        Half::Professional => DotKind::Professional,
    };
    Dot {
        key: key(row),
        letters: if is_missing { String::new() } else { row.initials.clone() },
        name: row.name.clone(),
        says: says(row, is_missing),
        right: row.spot.right().into(),
        down: row.spot.down().into(),
        kind,
        line: row.tie.filter(|_| !is_missing).map(line),
    }
}

fn line(tie: Tie) -> DotLine {
    match tie {
        Tie::Good => DotLine::Whole,
        Tie::Strained => DotLine::Points,
        Tie::Missed => DotLine::Strokes,
    }
}

/// "Jonas. Mine egne. Tæt på. Det er godt."
fn says(row: &PersonRow, is_missing: bool) -> String {
    let half = words::half(row.half());
    let tie = row.tie.map(words::tie).unwrap_or_default();
    let missing = if is_missing { t().network_missing() } else { "" };
    let all = [row.name.as_str(), missing, half, words::nearness(row.nearness()), tie];
    let said = all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    format!("{said}.")
}
