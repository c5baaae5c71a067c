//! The words in one update, without the document they belong to: for somebody whose change was not
//! taken in, and who may need them again.

use crate::update::{Content, Id, blocks_of};

/// Between words that did not stand beside each other.
const GAP: &str = " … ";

/// What an update adds to texts, in the order in which it was written; letters that were taken away
/// again are among them. Empty when it adds no words or cannot be read.
pub fn words_in(update: &[u8]) -> String {
    let mut words = String::new();
    let mut last: Option<Id> = None;
    for block in blocks_of(update) {
        if let Content::Text(text) = block.content {
            if !words.is_empty() && block.origin != last {
                words.push_str(GAP);
            }
            words.push_str(text);
        }
        last = Some(Id { clock: block.id.clock + block.length - 1, ..block.id });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use domain::Splice;

    fn write(paper: &mut Paper, text: &str, (at, delete): (u32, u32), insert: &str) {
        paper.splice(text, &Splice { at, delete, insert: insert.to_owned() });
    }

    #[test]
    fn the_words_of_an_update_are_read_without_its_document() {
        let mut paper = Paper::new(1);
        write(&mut paper, "t", (0, 0), "Jeg har en aftale. ");
        paper.take_fresh().unwrap();
        write(&mut paper, "t", (19, 0), "Jeg vil have hund 🐕");
        write(&mut paper, "t", (39, 0), " og blive i byen.");
        write(&mut paper, "u", (0, 0), "Et andet sted");
        write(&mut paper, "t", (0, 3), "Vi");
        let update = paper.take_fresh().unwrap();
        assert_eq!(words_in(&update), "Jeg vil have hund 🐕 og blive i byen. … Et andet sted … Vi");
    }

    #[test]
    fn fields_are_no_words_and_garbage_has_none() {
        let mut paper = Paper::new(1);
        paper.set("goals", vec![("1/state".to_owned(), "kept".into())]);
        assert_eq!(words_in(&paper.take_fresh().unwrap()), "");
        for garbage in [&[][..], &[1], &[255; 40], &[1, 1, 7, 0, 200, 200, 200], &[1, 9, 1, 0, 4]] {
            assert_eq!(words_in(garbage), "");
        }
    }
}
