//! Names without signs that nobody sees: with them two names look alike and are not, or a line is turned round.

/// A name as it is read: in one line, without invisible signs and without those that turn a line round. Empty when
/// nothing can be seen of it.
pub fn legible(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    for sign in name.chars() {
        let last = kept.chars().next_back();
        match sign {
            _ if sign.is_whitespace() => kept.extend(last.filter(|last| *last != ' ').map(|_| ' ')),
            // They shape letters of other scripts, and what stands behind a small picture.
            '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => {
                let shapes = last.is_some_and(|last| last > '\u{24f}' && !is_shaping(last));
                kept.extend(shapes.then_some(sign));
            }
            _ if sign.is_control() || is_unseen(sign) => {}
            _ => kept.push(sign),
        }
    }
    kept.truncate(kept.trim_end_matches([' ', '\u{200c}', '\u{200d}']).len());
    kept
}

fn is_shaping(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// What Unicode calls ignorable by default, and fillers that look like a space.
fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffc}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_nobody_sees_are_no_part_of_a_name() {
        for (typed, read) in [
            ("Met\u{200b}te", "Mette"),
            ("\u{202e}etteM\u{202c}", "etteM"),
            ("\u{2066}Mette\u{2069} \u{feff}", "Mette"),
            ("Mette\u{200d}", "Mette"),
            ("Met\u{ad}te\u{e0041}", "Mette"),
            ("  Mette\u{a0}\n\u{2028}Holm\u{0}\t", "Mette Holm"),
            ("\u{200b} \u{3164}\u{2800}\u{115f}", ""),
            ("", ""),
        ] {
            assert_eq!(legible(typed), read, "{typed:?}");
        }
    }

    #[test]
    fn what_shapes_other_scripts_and_pictures_stays() {
        for name in [
            "علی\u{200c}رضا",
            "👩\u{200d}🔧 Ida",
            "ශ්\u{200d}රී",
            "❤\u{fe0f}",
            "O’Neill",
            "A\u{30a}se",
        ] {
            assert_eq!(legible(name), name);
        }
    }
}
