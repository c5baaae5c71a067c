//! The files of texts, as the app's own build script reads them: what no first screen says stands below a line of its
//! own in the Danish file, and is in the half of the app that comes later.
use crate::house::House;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use std::fs;

/// How that line begins.
const SAID_LATER: &str = "## ";
/// So much of what is said later is no accident.
const ENOUGH: usize = 64;

/// A file of texts as the app reads it: the sentences alone, one a line, in the order of their keys, those of the
/// first screens first.
pub(super) fn sentences(texts: &str, danish: &str) -> String {
    let later = later_keys(danish);
    let mut all: Vec<(&str, &str)> = texts.lines().filter_map(key_and_sentence).collect();
    all.sort_by_key(|(key, _)| (later.contains(key), *key));
    lines(&all)
}

/// Refuses a first half that holds what only the later one is to say: somewhere a first screen asks for a sentence
/// of those, and all of them came along.
pub(super) fn hold_apart(house: &House, first_half: &[u8]) -> Result<()> {
    let danish = fs::read_to_string(house.join("src/app/texts/da.txt"))?;
    let later = said_later(&danish);
    let start = later.as_bytes().get(..ENOUGH).unwrap_or_default();
    let is_there = !start.is_empty() && first_half.windows(ENOUGH).any(|bytes| bytes == start);
    ensure!(
        !is_there,
        "A first screen says a sentence that stands below `{SAID_LATER}` in src/app/texts/da.txt, and so the first \
         half of the app holds all of those. It belongs above that line."
    );
    Ok(())
}

fn said_later(danish: &str) -> String {
    let later = later_keys(danish);
    let all = danish.lines().filter_map(key_and_sentence);
    let mut all: Vec<(&str, &str)> = all.filter(|(key, _)| later.contains(key)).collect();
    all.sort_unstable();
    lines(&all)
}

fn later_keys(danish: &str) -> BTreeSet<&str> {
    let below = danish.lines().skip_while(|line| !line.starts_with(SAID_LATER));
    below.filter_map(key_and_sentence).map(|(key, _)| key).collect()
}

fn lines(all: &[(&str, &str)]) -> String {
    all.iter().map(|(_, sentence)| format!("{}\n", sentence.trim())).collect()
}

fn key_and_sentence(line: &str) -> Option<(&str, &str)> {
    line.split_once(" = ").filter(|_| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DANISH: &str = "# Først\nb = to\na = en\n\n## Senere\nd = fire\nc = tre\n";

    #[test]
    fn what_the_first_screens_say_comes_first_in_every_language() {
        assert_eq!(
            sentences("d = four\nc = three\nb = two\na = one", DANISH),
            "one\ntwo\nthree\nfour\n"
        );
        assert_eq!(sentences(DANISH, DANISH), "en\nto\ntre\nfire\n");
        assert_eq!(said_later(DANISH), "tre\nfire\n");
    }
}
