//! The words in one update, without the document they belong to: for somebody whose change was not
//! taken in, and who may need them again.

use yrs::ID;
use yrs::block::{
    BLOCK_GC_REF_NUMBER, BLOCK_SKIP_REF_NUMBER, HAS_ORIGIN, HAS_PARENT_SUB, HAS_RIGHT_ORIGIN,
    ItemContent,
};
use yrs::encoding::read::{Error, Read};
use yrs::updates::decoder::{Decoder, DecoderV1};

/// Between words that did not stand beside each other.
const GAP: &str = " … ";

/// What an update adds to texts, in the order in which it was written; letters that were taken away
/// again are among them. Empty when it adds no words or cannot be read.
pub fn words_in(update: &[u8]) -> String {
    let mut words = String::new();
    // What was read before the fault is kept.
    let _ = read_words(&mut DecoderV1::from(update), &mut words);
    words
}

/// The first version of Yjs' format, which does not change any more: clients, each with its blocks.
/// The library reads it into a type that shows nothing of what it holds.
fn read_words(decoder: &mut DecoderV1<'_>, words: &mut String) -> Result<(), Error> {
    for _ in 0..decoder.read_var::<u32>()? {
        let blocks = decoder.read_var::<u32>()?;
        let client = decoder.read_client()?;
        let mut clock = decoder.read_var::<u32>()?;
        let mut last = None;
        for _ in 0..blocks {
            let (origin, content) = read_block(decoder)?;
            if let Content::Item(ItemContent::String(text)) = &content {
                if !words.is_empty() && origin != last {
                    words.push_str(GAP);
                }
                words.push_str(text.as_str());
            }
            clock = clock.saturating_add(content.length());
            last = Some(ID::new(client, clock.saturating_sub(1)));
        }
    }
    Ok(())
}

enum Content {
    /// Nothing to read, this long.
    Nothing(u32),
    Item(ItemContent),
}

impl Content {
    fn length(&self) -> u32 {
        match self {
            Self::Nothing(length) => *length,
            Self::Item(content) => content.len_utf16(),
        }
    }
}

/// One block: what it was written after, and what it holds.
fn read_block(decoder: &mut DecoderV1<'_>) -> Result<(Option<ID>, Content), Error> {
    let info = decoder.read_info()?;
    match info {
        BLOCK_SKIP_REF_NUMBER => return Ok((None, Content::Nothing(decoder.read_var()?))),
        BLOCK_GC_REF_NUMBER => return Ok((None, Content::Nothing(decoder.read_len()?))),
        _ => {}
    }
    let origin = (info & HAS_ORIGIN != 0).then(|| decoder.read_left_id()).transpose()?;
    let right = (info & HAS_RIGHT_ORIGIN != 0).then(|| decoder.read_right_id()).transpose()?;
    if origin.is_none() && right.is_none() {
        if decoder.read_parent_info()? {
            decoder.read_string()?;
        } else {
            decoder.read_left_id()?;
        }
        if info & HAS_PARENT_SUB != 0 {
            decoder.read_string()?;
        }
    }
    Ok((origin, Content::Item(ItemContent::decode(decoder, info)?)))
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
