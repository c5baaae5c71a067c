//! What was refused or could not be read: kept for ever, told once, and tried again by a newer app.

use minicbor::bytes::ByteVec;
use sync::message::Refusal;
use trust::{DocumentId, Record};

use crate::client::{Client, Topic};
use crate::effect::{Store, Write};
use crate::stored::{Aside, put};

impl Client {
    pub(crate) fn put_aside(
        &mut self,
        document: DocumentId,
        record: ByteVec,
        why: Option<Refusal>,
    ) {
        // A server that was restored tells everything once more.
        if self.aside.values().any(|known| known.document == document && known.record == record) {
            return;
        }
        let key = self.chance.bytes::<16>().to_vec();
        let at_ms = self.now.wall_ms;
        self.keep_aside(key, Aside { document, record, why, at_ms, told: None });
    }

    /// The person has seen what was set aside.
    pub(crate) fn saw_aside(&mut self) {
        let untold = self.aside.iter().filter(|(_, aside)| !aside.is_told());
        let untold: Vec<(Vec<u8>, Aside)> =
            untold.map(|(key, aside)| (key.clone(), aside.clone())).collect();
        for (key, aside) in untold {
            self.keep_aside(key, aside.told());
        }
    }

    fn keep_aside(&mut self, key: Vec<u8>, aside: Aside) {
        self.keeper.keep(put(Store::Aside, &key, &aside));
        self.aside.insert(key, aside);
        self.changed(Topic::Saving);
    }

    /// What could not be read when it came may be readable to the app that has just been opened.
    pub(crate) fn read_aside_again(&mut self) {
        let unread = self.aside.iter().filter(|(_, aside)| aside.why.is_none());
        let unread: Vec<(Vec<u8>, ByteVec)> =
            unread.map(|(key, aside)| (key.clone(), aside.record.clone())).collect();
        for (key, record) in unread {
            let record = Record::read(record.into());
            if record.is_ok_and(|record| self.absorb(&record)) {
                self.keeper.keep(Write::Delete(Store::Aside, key.clone()));
                self.aside.remove(&key);
            }
        }
    }
}
