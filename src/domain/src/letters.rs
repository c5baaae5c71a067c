//! Letters as they are written and sorted in Denmark. The standard library knows those of every script in
//! the world, and its tables for that are 8 KB of a download; here are the ones of Western Europe.

/// The capital letter; any other sign as it is.
pub fn capital(letter: char) -> char {
    match letter {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' => char::from(letter as u8 - 32),
        _ => letter,
    }
}

/// The small letter; any other sign as it is.
pub fn small(letter: char) -> char {
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from(letter as u8 + 32),
        _ => letter,
    }
}

/// What a name is sorted by: without regard to capitals, with æ, ø and å after z.
pub fn order(name: &str) -> String {
    let rank = |letter| match small(letter) {
        // The three signs that stand after z in every alphabet that computers know.
        'æ' | 'ä' => '{',
        'ø' | 'ö' => '|',
        'å' => '}',
        other => other,
    };
    name.chars().map(rank).collect()
}

/// Two capital letters for a small round picture: of the first word and the last, or of the only one; empty
/// for no name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let mut first = words.next().unwrap_or_default().chars();
    let letters = [first.next(), words.last().map_or(first.next(), |last| last.chars().next())];
    letters.into_iter().flatten().map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_large_and_small_and_signs_stay() {
        assert_eq!("aæøåéþ÷ß1م".chars().map(capital).collect::<String>(), "AÆØÅÉÞ÷ß1م");
        assert_eq!("AÆØÅÉÞ×1م".chars().map(small).collect::<String>(), "aæøåéþ×1م");
    }

    #[test]
    fn a_name_has_two_letters() {
        let letters = ["Mette", "øje ærlig Åsen", "B", "", "  "].map(initials);
        assert_eq!(letters, ["ME", "ØÅ", "B", "", ""]);
    }

    #[test]
    fn names_are_sorted_as_in_a_danish_telephone_book() {
        let mut names = ["Åse", "ørn", "bo", "Ægir", "Zoe", "Ali"];
        names.sort_by_key(|name| order(name));
        assert_eq!(names, ["Ali", "bo", "Zoe", "Ægir", "ørn", "Åse"]);
    }
}
