//! Words in a box that belong to nothing yet: kept on the device, so that they outlive the page.

use minicbor::{Decode, Encode};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Row, Store, Write};
use crate::hint::Hint;
use crate::stored::read;

const NOTE: &[u8] = b"unsent/";

/// `notes`, under `unsent/` and the place of the box: what stands in it.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub(crate) struct UnsentRow {
    #[n(0)]
    pub(crate) words: String,
    /// What they were made of, where they are what could not be written in a text of many.
    #[n(1)]
    pub(crate) base: Option<String>,
}

impl Client {
    /// Keeps what stands in the box at this place; nothing is kept of an empty one.
    pub(crate) fn keep_unsent(&mut self, place: String, words: String, base: Option<String>) {
        let key = [NOTE, place.as_bytes()].concat();
        // A text that was emptied, and could not be, is something too.
        if words.is_empty() && base.is_none() {
            self.keeper.keep(Write::Delete(Store::Notes, key.clone()));
            let hint = Hint::Note { key: key.into(), value: Vec::new().into() };
            self.effect(Effect::Hint(hint.bytes()));
            self.unsent.remove(&place);
        } else {
            let row = UnsentRow { words, base };
            self.keep_note(&key, &row);
            self.unsent.insert(place, row);
        }
        self.changed(Topic::Saving);
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_unsent(&mut self, row: &Row) {
        let place = row.key.strip_prefix(NOTE).and_then(|place| str::from_utf8(place).ok());
        let Some(place) = place else { return };
        match read::<UnsentRow>(&row.value) {
            Some(row) => drop(self.unsent.insert(place.to_owned(), row)),
            None => drop(self.unsent.remove(place)),
        }
        self.changed(Topic::Saving);
    }
}
