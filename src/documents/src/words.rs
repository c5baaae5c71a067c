//! The words in updates, without the document they belong to: for somebody whose change was not
//! taken in, and who may need them again; and for those who may read what came too late.

use crate::reader::Reader;
use crate::update::{Block, Content, Id, blocks_of};

/// Between words that did not stand beside each other.
const GAP: &str = " … ";
/// The fields of tables that hold what somebody has written themselves.
const WRITTEN: [&str; 6] = ["words", "name", "doer_name", "place", "phone", "parent"];
/// How a value begins that is words.
const WORDS: u8 = 119;

/// What an update adds to texts, in the order in which it was written; letters that were taken away
/// again are among them. Empty when it adds no words or cannot be read.
pub fn words_in(update: &[u8]) -> String {
    let mut words = Words::default();
    blocks_of(update).iter().for_each(|block| words.add_text(block));
    words.said
}

/// What one person's updates add, one after the other: to texts, and as words in a field. What goes on where the
/// update before it ended is not torn apart.
pub fn all_words_in<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut words = Words::default();
    for block in updates.into_iter().flat_map(blocks_of) {
        written_in(&block).into_iter().for_each(|value| words.say_apart(value));
        words.add_text(&block);
    }
    words.said
}

#[derive(Default)]
struct Words {
    said: String,
    last: Option<Id>,
}

impl Words {
    fn add_text(&mut self, block: &Block<'_>) {
        if let Content::Text(text) = block.content {
            if block.origin.is_some() && block.origin == self.last {
                self.said.push_str(text);
            } else {
                self.say_apart(text);
            }
        }
        self.last = Some(Id { clock: block.id.clock + block.length - 1, ..block.id });
    }

    fn say_apart(&mut self, words: &str) {
        if !self.said.is_empty() {
            self.said.push_str(GAP);
        }
        self.said.push_str(words);
    }
}

/// What somebody has written in a field, if that is what it is for.
fn written_in<'a>(block: &Block<'a>) -> Option<&'a str> {
    let Content::Value(bytes) = block.content else { return None };
    let (_, field) = block.place?.field?.rsplit_once('/')?;
    let mut reader = Reader::new(bytes);
    let is_words = WRITTEN.contains(&field) && reader.byte() == Ok(WORDS);
    reader.text().ok().filter(|words| is_words && !words.is_empty())
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

    #[test]
    fn the_words_of_many_updates_are_one_where_one_goes_on_from_the_other() {
        let mut paper = Paper::new(1);
        write(&mut paper, "t", (0, 0), "Jeg vil ");
        let first = paper.take_fresh().unwrap();
        write(&mut paper, "t", (8, 0), "hjem");
        let second = paper.take_fresh().unwrap();
        let fields = [("2/name", "Jonas"), ("2/who", "0707"), ("2/role", "family")];
        let fields = fields.map(|(key, value)| (key.to_owned(), value.into()));
        paper.set("people", fields.to_vec());
        let third = paper.take_fresh().unwrap();
        let all: [&[u8]; 4] = [&first, &second, &[255; 40], &third];
        assert_eq!(all_words_in(all), "Jeg vil hjem … Jonas");
        assert_eq!(all_words_in(all.into_iter().skip(1)), "hjem … Jonas");
    }
}
