//! Looking for words in what people wrote, without regard to capitals.

use crate::letters;
use crate::text::opening;

/// So much stands before the words that were found, in letters, when a line is cut.
const BEFORE: usize = 40;

/// Words to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought(Vec<String>);

impl Sought {
    /// The words in what was typed; `None` when there are none.
    pub fn read(typed: &str) -> Option<Self> {
        let words: Vec<String> = typed.split_whitespace().map(folded).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// The first line with one of the words, of at most so many UTF-16 units, when all of the words stand
    /// somewhere in the text.
    pub fn line_in(&self, text: &str, units_max: u32) -> Option<String> {
        let whole = folded(text);
        if !self.0.iter().all(|word| whole.contains(word.as_str())) {
            return None;
        }
        let place = |line: &str| {
            let line = folded(line);
            let first = self.0.iter().filter_map(|word| line.find(word.as_str())).min()?;
            Some(line[..first].chars().count())
        };
        let (line, before) = text.lines().find_map(|line| Some((line, place(line)?)))?;
        Some(around(line, before, units_max))
    }
}

/// One line from a little before the place that was found; the place is counted in letters.
fn around(line: &str, before: usize, units_max: u32) -> String {
    if before <= BEFORE || line.encode_utf16().count() <= units_max as usize {
        return opening(line, units_max);
    }
    let from: usize = line.chars().take(before - BEFORE).map(char::len_utf8).sum();
    let rest = &line[from..];
    // From the beginning of a word, if one begins before what was found.
    let skip = rest.find(char::is_whitespace).unwrap_or_default();
    let hit: usize = rest.chars().take(BEFORE).map(char::len_utf8).sum();
    let rest = if skip < hit { &rest[skip..] } else { rest };
    format!("…{}", opening(rest, units_max.saturating_sub(1)))
}

/// One small letter for each letter, so that places are the same in both.
fn folded(text: &str) -> String {
    text.chars().map(letters::small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(typed: &str, text: &str) -> Option<String> {
        Sought::read(typed)?.line_in(text, 140)
    }

    #[test]
    fn words_are_found_whatever_their_capitals() {
        assert_eq!(find("ØL æble", "Et ÆBLE og en øl").as_deref(), Some("Et ÆBLE og en øl"));
        assert_eq!(find("åben", "Det er ÅBENT").as_deref(), Some("Det er ÅBENT"));
        assert_eq!(find("hund kat", "Min hund"), None, "all of the words");
        assert_eq!(find("  ", "Min hund"), None);
        assert_eq!(find("", ""), None);
    }

    #[test]
    fn the_line_it_stands_on_is_shown() {
        assert_eq!(find("rex", "Min hund\nRex løber\nRex sover").as_deref(), Some("Rex løber"));
        assert_eq!(find("hund sover", "Rex sover\nMin hund").as_deref(), Some("Rex sover"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let long = format!("{}hunden løber {}", "æble 🐕 ".repeat(40), "og løber ".repeat(40));
        let line = find("hunden", &long).unwrap();
        assert!(line.starts_with("…") && line.ends_with('…') && line.contains("hunden"), "{line}");
        assert!(line.encode_utf16().count() <= 140);
        let unbroken = format!("{}hunden", "x".repeat(500));
        assert!(find("hunden", &unbroken).unwrap().contains("hunden"));
        let one_word = format!("{}hunden{}", "x".repeat(39), "y".repeat(500));
        assert!(find("hunden", &one_word).unwrap().contains("hunden"));
    }
}
