//! Looking for words in what people wrote, without regard to capitals and to how a letter was typed.

use crate::folded::Folded;
use crate::text::opening;

/// So much stands before the words that were found, in letters, when a line is cut.
const BEFORE: usize = 40;

/// Words to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought(Vec<Vec<char>>);

impl Sought {
    /// The words in what was typed; `None` when there are none.
    pub fn read(typed: &str) -> Option<Self> {
        let words = typed.split_whitespace().map(|word| Folded::of(word).letters);
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// The first line with one of the words, of at most so many UTF-16 units, when all of the words stand
    /// somewhere in the text.
    pub fn line_in(&self, text: &str, units_max: u32) -> Option<String> {
        let whole = Folded::of(text);
        if !self.0.iter().all(|word| whole.find(word).is_some()) {
            return None;
        }
        let place = |line: &str| {
            let line = Folded::of(line);
            self.0.iter().filter_map(|word| line.find(word)).min()
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
    fn a_letter_is_found_however_it_was_typed() {
        for (typed, text) in [
            ("åse", "A\u{30a}se"),
            ("A\u{30a}SE", "Åse"),
            ("ŁUKASZ", "łukasz"),
            ("lukasz", "Łukasz"),
            ("sejla", "Šejla"),
            ("jørgen", "JÖRGEN"),
            ("ЮЛИЯ", "Юлия"),
            ("straße", "STRASSE"),
            ("andré", "Andre\u{301}"),
        ] {
            assert_eq!(find(typed, text).as_deref(), Some(text), "{typed}");
        }
        assert_eq!(find("as", "åse"), None, "å is a letter of its own");
        assert_eq!(find("\u{301}", "Min hund"), None, "a mark alone is no word");
        let long = format!("{}{}Åse", "e\u{301}ß ".repeat(60), "x ".repeat(30));
        assert!(find("a\u{30a}se", &long).unwrap().ends_with("x Åse"), "places are the text's own");
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
