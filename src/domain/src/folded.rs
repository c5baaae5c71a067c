//! Letters as they are compared: one form for all the ways to write the same letter, large or small, with its mark
//! in it or after it. Æ, ø and å are letters of their own; other marks are not told apart, as in a Danish
//! telephone book.

use unicode_normalization::char::decompose_canonical;

/// A text as it is compared, and which letter of the text each of its letters comes from.
#[derive(Default)]
pub(crate) struct Folded {
    /// The letters.
    pub(crate) letters: Vec<char>,
    /// The place in the text of each, in letters.
    places: Vec<usize>,
}

impl Folded {
    /// How a text is compared.
    pub(crate) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        for (place, letter) in text.chars().enumerate() {
            // The tables know a mark by its base, and a base by its small letter.
            for small in letter.to_lowercase() {
                decompose_canonical(small, |part| folded.add(part, place));
            }
        }
        folded
    }

    /// Where these letters stand in the text; the place is counted in its letters.
    pub(crate) fn find(&self, sought: &[char]) -> Option<usize> {
        let at = self.letters.windows(sought.len().max(1)).position(|part| part == sought)?;
        self.places.get(at).copied()
    }

    fn add(&mut self, part: char, place: usize) {
        let before = self.letters.last_mut();
        match (before, part) {
            (Some(before), '\u{308}' | '\u{30a}') => {
                *before = match (*before, part) {
                    ('a', '\u{30a}') => 'å',
                    ('a', '\u{308}') => 'æ',
                    ('o', '\u{308}') => 'ø',
                    ('u', '\u{308}') => 'y',
                    (other, _) => other,
                }
            }
            (_, '\u{300}'..='\u{36f}') => {}
            (_, part) => {
                let (first, second) = plain(part);
                self.letters.push(first);
                self.letters.extend(second);
                self.places.resize(self.letters.len(), place);
            }
        }
    }
}

/// Letters that Unicode has no mark for: a stroke goes through them, or they are two in one.
fn plain(letter: char) -> (char, Option<char>) {
    match letter {
        'ł' => ('l', None),
        'đ' | 'ð' => ('d', None),
        'ħ' => ('h', None),
        'ŧ' => ('t', None),
        'ı' => ('i', None),
        'ŋ' => ('n', None),
        'ς' => ('σ', None),
        'ß' => ('s', Some('s')),
        'þ' => ('t', Some('h')),
        'œ' => ('ø', None),
        other => (other, None),
    }
}
