//! Letters as they are written and sorted in Denmark. The standard library knows those of every script in
//! the world, and its tables for that are 8 KB of a download; here are the ones of Western Europe. What the later screens compare by is `folded.rs`.

use crate::folded::Folded;

/// The capital letter; any other sign as it is.
pub fn capital(letter: char) -> char {
    match letter {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' => char::from(letter as u8 - 32),
        // Central Europe's stand two by two, the large one first.
        'ā'..='į' | 'ĳ'..='ķ' | 'ŋ'..='ŷ' if letter as u32 % 2 == 1 => before(letter),
        'ĺ'..='ň' | 'ź'..='ž' if (letter as u32).is_multiple_of(2) => before(letter),
        _ => letter,
    }
}

fn before(letter: char) -> char {
    char::from_u32(letter as u32 - 1).unwrap_or(letter)
}

/// What a name is sorted by: without regard to capitals and marks, with æ, ø and å after z.
pub fn order(name: &str) -> String {
    let rank = |letter| match letter {
        // The three signs that stand after z in every alphabet that computers know.
        'æ' => '{',
        'ø' => '|',
        'å' => '}',
        other => other,
    };
    Folded::of(name).letters.into_iter().map(rank).collect()
}

/// Two capital letters for a small round picture: of the first word and the last, or of the only one; empty
/// for no name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (first, rest) = first_letter(words.next().unwrap_or_default());
    let (second, _) = first_letter(words.last().unwrap_or(rest));
    [first, second].concat().chars().map(capital).collect()
}

/// The first letter with the marks that stand after it, and the rest.
fn first_letter(word: &str) -> (&str, &str) {
    let is_mark = |sign| matches!(sign, '\u{300}'..='\u{36f}');
    let mut signs = word.char_indices().skip(1);
    let end = signs.find(|(_, sign)| !is_mark(*sign)).map_or(word.len(), |(at, _)| at);
    word.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_large_and_signs_stay() {
        assert_eq!("aæøåéþ÷ß1م".chars().map(capital).collect::<String>(), "AÆØÅÉÞ÷ß1م");
        assert_eq!("łżšőŷĸ".chars().map(capital).collect::<String>(), "ŁŻŠŐŶĸ");
    }

    #[test]
    fn a_name_has_two_letters() {
        let letters = ["Mette", "øje ærlig Åsen", "B", "", "  "].map(initials);
        assert_eq!(letters, ["ME", "ØÅ", "B", "", ""]);
        assert_eq!(["łukasz żak", "a\u{30a}se"].map(initials), ["ŁŻ", "A\u{30a}S"]);
    }

    #[test]
    fn names_are_sorted_as_in_a_danish_telephone_book() {
        let mut names = ["Åse", "ørn", "bo", "Ægir", "Zoe", "Ali"];
        names.sort_by_key(|name| order(name));
        assert_eq!(names, ["Ali", "bo", "Zoe", "Ægir", "ørn", "Åse"]);
        let mut names = ["A\u{30a}se", "Åge", "Müller", "Łukasz", "Lund", "Zoe", "Mynte", "Émile"];
        names.sort_by_key(|name| order(name));
        let sorted = ["Émile", "Łukasz", "Lund", "Müller", "Mynte", "Zoe", "Åge", "A\u{30a}se"];
        assert_eq!(names, sorted);
    }
}
