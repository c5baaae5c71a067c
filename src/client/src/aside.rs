//! What was refused or could not be read: kept for ever, told once, and tried again by a newer app.

use minicbor::bytes::ByteVec;
use sync::message::Refusal;
use trust::{DocumentId, Record};

use crate::client::{Client, Topic};
use crate::effect::{Store, Write};
use crate::stored::{Aside, Attempt, Untrue, put};

/// So much of one document that came from others and cannot be taken in is set aside and named. The rest of it lies
/// among the records, where a newer app finds it.
const OF_OTHERS_MAX: usize = 200;

/// Why a record of somebody else's is not taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotTaken {
    /// It is no update that this app can read.
    Unreadable,
    /// It is not what it claims to be.
    Untrue(Untrue),
}

impl Client {
    /// Sets aside what the server has refused, or what is no record at all.
    pub(crate) fn put_aside(
        &mut self,
        document: DocumentId,
        record: ByteVec,
        why: Option<Refusal>,
    ) {
        let at_ms = self.now.wall_ms;
        let (told, attempt, untrue) = (None, None, None);
        self.put_aside_as(Aside { document, record, why, at_ms, told, attempt, untrue });
    }

    /// Sets aside a record of somebody else's that was not taken in.
    pub(crate) fn put_aside_untaken(&mut self, record: &Record, why: NotTaken) {
        let untrue = if let NotTaken::Untrue(untrue) = why { Some(untrue) } else { None };
        let aside = Aside::of(record.header().document, record, self.now.wall_ms);
        self.put_aside_as(Aside { untrue, ..aside });
    }

    /// Sets aside what the app ended on.
    pub(crate) fn put_aside_after(&mut self, record: &Record, attempt: Attempt) {
        let aside = Aside::of(record.header().document, record, self.now.wall_ms);
        self.put_aside_as(Aside { attempt: Some(attempt), ..aside });
    }

    fn put_aside_as(&mut self, aside: Aside) {
        let Aside { document, ref record, why, .. } = aside;
        let of_it = || self.aside.values().filter(|known| known.document == document);
        // A server that was restored tells everything once more.
        let is_known = of_it().any(|known| known.record == *record);
        let of_others = of_it().filter(|known| known.why.is_none()).count();
        // What ends the app is always left out.
        let is_wanted = why.is_some() || aside.attempt.is_some() || of_others < OF_OTHERS_MAX;
        if is_known || !is_wanted {
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
        if record.is_ok_and(|record| self.absorb(&record).is_ok()) {
            self.keeper.keep(Write::Delete(Store::Aside, key.clone()));
            self.aside.remove(key);
            self.changed(Topic::Saving);
        }
    }
}
