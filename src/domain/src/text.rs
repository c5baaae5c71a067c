//! What people write, and one keystroke of it.

use crate::Who;

/// A title holds at most this many UTF-16 units.
pub const TITLE_UNITS_MAX: u32 = 300;
/// A longer text holds at most this many UTF-16 units: 20 pages.
pub const TEXT_UNITS_MAX: u32 = 40_000;

/// A text, and who has written in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// What it says.
    pub text: String,
    /// Who has written in it, the first one first.
    pub by: Vec<Who>,
}

/// A change at one place in a text. Places are counted in UTF-16 units, as browsers count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    /// Where.
    pub at: u32,
    /// How many units are taken away there.
    pub delete: u32,
    /// What is put in instead.
    pub insert: String,
}

impl Splice {
    /// All of a new text, for a field that was empty.
    pub fn whole(text: &str) -> Self {
        Self { at: 0, delete: 0, insert: text.to_owned() }
    }
}

/// How a text begins, in one line of at most so many UTF-16 units: all of it where it fits, else its first
/// words and three dots.
pub fn opening(text: &str, units_max: u32) -> String {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default().trim_end();
    if line.len() == text.len() && units(line) <= units_max as usize {
        return line.to_owned();
    }
    let room = units_max.saturating_sub(1) as usize;
    let mut end = line.len();
    if units(line) > room {
        let mut used = 0;
        let fits = |sign: &char| {
            used += sign.len_utf16();
            used <= room
        };
        let signs: usize = line.chars().take_while(fits).map(char::len_utf8).sum();
        // A word is cut in two only where there is no other.
        let words = line[..signs].rfind(char::is_whitespace);
        let is_between = line[signs..].starts_with(char::is_whitespace);
        end = if is_between { signs } else { words.unwrap_or(signs) };
    }
    format!("{}…", line[..end].trim_end())
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_its_own_opening() {
        assert_eq!(opening("  Min bolig 🐕 ", 12), "Min bolig 🐕");
        assert_eq!(opening("", 12), "");
    }

    #[test]
    fn a_long_one_ends_after_a_whole_word() {
        assert_eq!(opening("Jeg kan ikke sove", 12), "Jeg kan…");
        assert_eq!(opening("Jeg kan ikke sove", 13), "Jeg kan ikke…");
        assert_eq!(opening("Rex\nog jeg", 40), "Rex…");
        assert_eq!(opening("Ikkeetordmenetlangtet", 5), "Ikke…");
        assert_eq!(opening("🐕🐕🐕", 4), "🐕…");
        for text in ["🐕 æøå", "a\u{300}b", "\n\nx", "هنا والآن"] {
            for units_max in 0..9 {
                let opening = opening(text, units_max);
                assert!(units(&opening) <= units_max.max(1) as usize, "{opening}");
            }
        }
    }
}
