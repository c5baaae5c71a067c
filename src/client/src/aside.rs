//! What was refused or could not be read: kept for ever, told once, and tried again by a newer app.

use minicbor::bytes::ByteVec;
use sync::message::Refusal;
use trust::{DocumentId, Record};

use crate::client::{Client, Topic};
use crate::effect::{Store, Write};
use crate::stored::{Aside, Attempt, put};

impl Client {
    pub(crate) fn put_aside(
        &mut self,
        document: DocumentId,
        record: ByteVec,
        why: Option<Refusal>,
    ) {
        self.put_aside_as(Aside {
            document,
            record,
            why,
            at_ms: self.now.wall_ms,
            told: None,
            attempt: None,
        });
    }

    /// Sets aside what the app ended on.
    pub(crate) fn put_aside_after(
        &mut self,
        document: DocumentId,
        record: ByteVec,
        attempt: Attempt,
    ) {
        let (why, attempt) = (None, Some(attempt));
        self.put_aside_as(Aside {
            document,
            record,
            why,
            at_ms: self.now.wall_ms,
            told: None,
            attempt,
        });
    }

    fn put_aside_as(&mut self, aside: Aside) {
        let Aside { document, ref record, .. } = aside;
        // A server that was restored tells everything once more.
        if self.aside.values().any(|known| known.document == document && known.record == *record) {
            return;
        }
        let key = self.chance.bytes::<16>().to_vec();
        self.keep_aside(key, aside);
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

    pub(crate) fn keep_aside(&mut self, key: Vec<u8>, aside: Aside) {
        self.keeper.keep(put(Store::Aside, &key, &aside));
        self.aside.insert(key, aside);
        self.changed(Topic::Saving);
    }

    /// What could not be read when it came may be readable to the app that has just been opened.
    pub(crate) fn read_aside_again(&mut self) {
        // What has ended the app is tried at another time.
        let is_unread = |aside: &Aside| aside.why.is_none() && aside.attempt.is_none();
        let unread = self.aside.iter().filter(|(_, aside)| is_unread(aside));
        let unread: Vec<Vec<u8>> = unread.map(|(key, _)| key.clone()).collect();
        unread.iter().for_each(|key| self.read_one_aside_again(key));
    }

    pub(crate) fn read_one_aside_again(&mut self, key: &Vec<u8>) {
        let Some(aside) = self.aside.get(key) else { return };
        let record = Record::read(aside.record.clone().into());
        if record.is_ok_and(|record| self.absorb(&record)) {
            self.keeper.keep(Write::Delete(Store::Aside, key.clone()));
            self.aside.remove(key);
            self.changed(Topic::Saving);
        }
    }
}
