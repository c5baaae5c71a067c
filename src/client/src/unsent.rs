//! Words in a box that belong to nothing yet: kept on the device, so that they outlive the page.

use minicbor::{Decode, Encode};

use crate::client::{Client, Topic};
use crate::effect::{Row, Store, Write};
use crate::stored::{put, read};

const NOTE: &[u8] = b"unsent/";

/// `notes`, under `unsent/` and the place of the box: what stands in it.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
struct UnsentRow {
    #[n(0)]
    words: String,
}

impl Client {
    /// Keeps what stands in the box at this place; nothing is kept of an empty one.
    pub(crate) fn keep_unsent(&mut self, place: String, words: String) {
        let key = [NOTE, place.as_bytes()].concat();
        if !words.is_empty() {
            self.keeper.keep(put(Store::Notes, &key, &UnsentRow { words: words.clone() }));
            self.unsent.insert(place, words);
        } else if self.unsent.remove(&place).is_some() {
            self.keeper.keep(Write::Delete(Store::Notes, key));
        }
        self.changed(Topic::Saving);
    }

    /// Takes in a row from the disk, if it is one of these.
    pub(crate) fn take_unsent(&mut self, row: &Row) {
        let place = row.key.strip_prefix(NOTE).and_then(|place| str::from_utf8(place).ok());
        if let Some((place, row)) = place.zip(read::<UnsentRow>(&row.value)) {
            self.unsent.insert(place.to_owned(), row.words);
        }
    }
}
