//! What is left on a device that was put out: what its owner wrote on it and nobody else has, and who put it out.

use minicbor::Encode;
use sync::message::PutOut;
use sync::read_in_order;
use trust::{DocumentId, Membership, Record};

use crate::client::{Bond, Client, Topic, who};
use crate::effect::{Effect, Row, Store, Write};
use crate::hint::Hint;
use crate::sheet::Sheet;
use crate::stored::{arrival_key, read};

/// `notes`: that this device was put out.
const NOTE: &[u8] = b"put-out";

/// When, and by whom as they were called then: the course that says so is gone with the rest.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub(crate) struct PutOutRow {
    /// In seconds since 1970-01-01 UTC by the server's clock.
    #[n(0)]
    pub(crate) at: u64,
    #[n(1)]
    pub(crate) name: String,
    /// Whether it was my own doing, from another of my devices.
    #[n(2)]
    pub(crate) is_own: bool,
}

read_in_order!(PutOutRow { at, name, is_own });

impl Client {
    /// The server says that this device was put out. It says so at each connection.
    pub(crate) fn put_out(&mut self, PutOut { at, by }: PutOut) {
        if self.me.bond != Bond::Ended || self.devices.put_out.is_none() {
            let is_own = by.is_some() && by == self.me.person;
            // Whoever has it now need not read what I am called.
            let other = by.filter(|_| !is_own);
            let name = other.map(|by| self.named(who(by)).name).unwrap_or_default();
            let row = PutOutRow { at, name, is_own };
            self.keep_note(NOTE, &row);
            self.devices.put_out = Some(row);
            self.me.bond = Bond::Ended;
            self.keep_me();
            self.empty();
            self.effect(Effect::Hint(Hint::Rows.bytes()));
        }
        self.changed(Topic::Me);
        self.changed(Topic::Saving);
        self.redeem_if_asked();
    }

    pub(crate) fn is_put_out(&self) -> bool {
        self.me.bond == Bond::Ended && self.devices.put_out.is_some()
    }

    /// What another tab or the disk says of it.
    pub(crate) fn take_bond(&mut self, bond: Bond) {
        let before = std::mem::replace(&mut self.me.bond, bond);
        if bond == Bond::Ended && before != bond && self.lead.is_open() && !self.lead.leads() {
            self.empty_memory();
        }
    }

    /// It was let in again, or is another device from now on.
    pub(crate) fn forget_put_out(&mut self) {
        if self.devices.put_out.take().is_some() {
            self.keeper.keep(Write::Delete(Store::Notes, NOTE.to_vec()));
        }
    }

    /// Takes in a row from the disk or from another tab, if it is this one.
    pub(crate) fn take_put_out(&mut self, row: &Row) {
        if row.key == NOTE {
            self.devices.put_out = read(&row.value);
            self.changed(Topic::Me);
        }
    }

    /// Everything goes from this device but what was written on it and nobody else has.
    fn empty(&mut self) {
        for document in self.all_documents() {
            self.rest_without_loans(document);
            let unsent = self.unsent_in(document);
            // One that was founded here and that nobody has heard of holds nothing of anybody else's. A restored server
            // may have forgotten others: they are sent again as if they were new.
            let is_new = unsent.first().is_some_and(|first| Membership::found(first).is_ok());
            if is_new && self.is_mine_alone(document) {
                continue;
            }
            self.let_go(document);
            for record in unsent {
                self.keep_as_only_one(&record);
            }
            self.keep_position(document);
            self.changed(Topic::Document(document));
        }
        self.changed(Topic::Documents);
        self.forget_notes_of_others();
    }

    fn is_mine_alone(&self, document: DocumentId) -> bool {
        let devices = self.sheets.get(&document).into_iter().flat_map(|sheet| sheet.owners.all());
        devices.into_iter().all(|(_, device)| self.writer(device) == self.me.person)
    }

    /// What is being written is nowhere else either; what others showed goes.
    fn rest_without_loans(&mut self, document: DocumentId) {
        self.rest(document);
        let loans = self.sheets.get_mut(&document).map(|sheet| std::mem::take(&mut sheet.loans));
        for key in loans.into_iter().flatten().filter_map(|loan| loan.draft_key) {
            self.keeper.keep(Write::Delete(Store::Drafts, key));
        }
    }

    /// In the order they were made; some may be on their way to the disk, and in no outbox yet.
    fn unsent_in(&self, document: DocumentId) -> Vec<Record> {
        let unwritten = self.keeper.unwritten(Store::Outbox).map(|row| row.value.as_slice());
        let all = self.replica.unsent().chain(unwritten);
        let mut unsent: Vec<Record> = all
            .filter_map(|bytes| Record::trust_own_disk(bytes.to_vec()).ok())
            .filter(|record| record.header().document == document)
            .collect();
        unsent.sort_by_key(|record| record.header().counter);
        unsent.dedup_by_key(|record| record.header().counter);
        unsent
    }

    /// Puts a record of mine in a document that was emptied.
    fn keep_as_only_one(&mut self, record: &Record) {
        let document = record.header().document;
        // It is in the outbox all the same.
        let _ = self.absorb(record);
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let key = arrival_key(document, sheet.next_arrival());
        let value = record.bytes().to_vec();
        self.keeper.keep(Write::Put(Row { store: Store::Records, key, value }));
    }

    /// Codes, names and what is about things that are not here any longer.
    fn forget_notes_of_others(&mut self) {
        self.forget_devices();
        let mut keys = self.forget_invitations();
        keys.extend(self.forget_writers());
        keys.extend(self.forget_seen());
        keys.extend(self.forget_all_overruled());
        keys.extend(self.forget_all_held());
        for key in keys {
            self.keeper.keep(Write::Delete(Store::Notes, key));
        }
        let others = self.aside.iter().filter(|(_, aside)| aside.why.is_none());
        for key in others.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
            self.keeper.keep(Write::Delete(Store::Aside, key.clone()));
            self.aside.remove(&key);
        }
        self.changed(Topic::News);
        self.changed(Topic::Held);
        self.changed(Topic::Invitations);
    }

    /// In a tab that follows: what it has in memory goes as well, or it would come back to the disk when it leads.
    pub(crate) fn empty_memory(&mut self) {
        for document in self.all_documents() {
            self.rest_without_loans(document);
            let session = self.session_in(document);
            if let Some(sheet) = self.sheets.get_mut(&document) {
                let kind = sheet.membership.kind;
                *sheet = Sheet::new(Membership::unread(kind, None), session);
                sheet.gone = true;
            }
            self.changed(Topic::Document(document));
        }
        self.changed(Topic::Documents);
    }
}
