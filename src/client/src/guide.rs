//! The guide on this device: asked for at each connection, kept as the bytes it came as. Only screens read what is
//! in it (`view/guide.rs`), so that the first ones need not know how.

use minicbor::bytes::ByteVec;
use sync::message::Ask;
use trust::Hash;

use crate::client::{Client, Topic};
use crate::effect::Row;
use crate::stored::read;

/// `notes`: the bytes of the guide.
pub(crate) const NOTE: &[u8] = b"guide";

impl Client {
    pub(crate) fn ask_for_guide(&mut self) {
        let have = (!self.guide.is_empty()).then(|| Hash::of_bytes(&self.guide));
        self.ask(&Ask::Guide { have });
    }

    pub(crate) fn heard_guide(&mut self, guide: ByteVec) {
        self.keep_note(NOTE, &guide);
        self.guide = guide;
        self.changed(Topic::Guide);
    }

    /// Takes in a row from the disk or from another tab, if it is this one.
    pub(crate) fn take_guide(&mut self, row: &Row) {
        if row.key == NOTE {
            self.guide = read(&row.value).unwrap_or_else(|| Vec::new().into());
            self.changed(Topic::Guide);
        }
    }
}
