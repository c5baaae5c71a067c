//! When the server, or this disk, does not have what it had: each gives the other what it lacks.

use documents::Loan;
use trust::{Change, DeviceId, DocumentId, Kind, Membership, Record, RecordKind};

use crate::authored::{as_summary, said_again};
use crate::client::{Client, Topic};
use crate::effect::{Effect, Range, Row, Store, Write};
use crate::sheet::Sheet;
use crate::stored::{arrival_key, owed_key};

impl Client {
    /// The server was restored: other positions mean other records now. The tabs that follow are told.
    pub(crate) fn restored(&mut self) {
        let now_ms = self.now.steady_ms;
        for (_, sheet) in self.sheets.iter_mut() {
            sheet.covered = 0;
            // Other positions mean other records now.
            (sheet.gap, sheet.summary) = (None, None);
            sheet.stale_since = Some(now_ms);
        }
        for document in self.all_documents() {
            self.keep_position(document);
            self.tell_tabs_of(document);
        }
        self.settle_invitations_again();
        let number = self.lead.whole_log();
        self.effect(Effect::Load(number, vec![Range::all_of(Store::Records)]));
        self.changed(Topic::Saving);
    }

    /// A house before its courses, and a course before its parts, of all that I may write in.
    pub(crate) fn push_again(&mut self, rows: &[Row]) {
        let read = |row: &Row| {
            let record = Record::trust_own_disk(row.value.clone()).ok()?;
            let sheet = self.sheets.get(&record.header().document)?;
            // What I was put out of is not mine to give back, unless that was a server without its newest
            // links: then something of it is owed.
            let is_mine = !sheet.gone || self.replica.owes(record.header().document);
            (is_mine && self.can_write(sheet)).then_some((sheet.membership.kind, record))
        };
        // On a disk that is full some may not have arrived, and the server that had them is gone.
        let rows = rows.iter().chain(self.keeper.unwritten(Store::Records));
        let all: Vec<(Kind, Record)> = rows.filter_map(read).collect();
        let mut records = Vec::with_capacity(all.len());
        for kind in Kind::ALL {
            let of_kind = all.iter().filter(|(own, _)| *own == kind);
            records.extend(of_kind.map(|(_, record)| record.clone()));
        }
        let steps = self.replica.add_again(&records);
        self.follow(steps);
        self.write_out_snapshots(&records);
        self.changed(Topic::Saving);
    }

    /// What is known here only by a snapshot, because what it stands in for never came, is given back as
    /// words of mine: the snapshot itself says nothing to a log with other positions.
    fn write_out_snapshots(&mut self, records: &[Record]) {
        for document in self.all_documents() {
            if self.sheets.get(&document).is_none_or(|sheet| sheet.gone) {
                continue;
            }
            let of_it = || records.iter().filter(|record| record.header().document == document);
            let newest = of_it().rfind(|record| record.covers().is_some());
            let Some(state) = newest.and_then(|record| record.payload().get(8..)) else { continue };
            let Ok(mut unknown) = Loan::of(state) else { continue };
            let words = of_it().filter(|record| record.header().kind == RecordKind::Update);
            for held in words.filter_map(|record| Loan::of(record.payload()).ok()) {
                unknown.repay(&held);
            }
            if !unknown.is_repaid() {
                self.record_updates(document, &[as_summary(state.to_vec())], Vec::new());
            }
        }
    }

    /// Only now: a device that is killed before finds out once more that the server was restored.
    pub(crate) fn given_back(&mut self, generation: u64) {
        self.changed(Topic::Saving);
        if self.me.generation != Some(generation) {
            self.me.generation = Some(generation);
            self.keep_me();
            for document in self.all_documents() {
                self.keep_position(document);
                self.tell_tabs_of(document);
            }
        }
    }

    pub(crate) fn owe(&mut self, record: Vec<u8>) {
        let Ok(read) = Record::trust_own_disk(record) else { return };
        let key = owed_key(read.header().device, read.header().counter);
        let value = read.into_bytes();
        self.keeper.keep(Write::Put(Row { store: Store::Outbox, key, value }));
        self.changed(Topic::Saving);
    }

    pub(crate) fn say_by_another_name(&mut self, record: Vec<u8>) {
        let Ok(record) = Record::trust_own_disk(record) else { return };
        let header = *record.header();
        let is_mine = self.me.key.as_ref().is_some_and(|key| key.device() == header.device);
        match Change::read(&record) {
            Ok(change) if is_mine => self.link_again(&record, &change),
            Err(_) if header.kind == RecordKind::Update => {
                let update = if is_mine { record.payload().to_vec() } else { said_again(&record) };
                self.record_updates(header.document, &[update], Vec::new());
            }
            _ => {}
        }
    }

    pub(crate) fn returned(&mut self, device: DeviceId, counter: u64) {
        self.keeper.keep(Write::Delete(Store::Outbox, owed_key(device, counter)));
        self.changed(Topic::Saving);
    }

    /// A disk that is damaged, or was emptied by halves, says of a document that it is known further
    /// than it is. What is only in the outbox will not come from the server.
    pub(crate) fn ask_for_what_is_missing(&mut self) {
        for document in self.all_documents() {
            let lacks = |sheet: &Sheet| sheet.lacks_records || sheet.arrival < sheet.expected;
            if self.sheets.get(&document).is_some_and(lacks) {
                let steps = self.replica.forget(document);
                self.follow(steps);
                self.take_from_outbox(document);
                self.keep_position(document);
            }
        }
    }

    fn take_from_outbox(&mut self, document: DocumentId) {
        let unsent = self.lead.outbox.iter().chain(&self.lead.owed);
        let unsent = unsent.filter(|record| record.header().document == document);
        for record in unsent.cloned().collect::<Vec<_>>() {
            // My own words; should they be unreadable, they are in the outbox all the same.
            let _ = self.absorb(&record);
            if let Some(sheet) = self.sheets.get_mut(&document) {
                // Nobody can have put me out of what the server has not heard of.
                sheet.gone &= Membership::found(&record).is_err();
                let key = arrival_key(document, sheet.next_arrival());
                let value = record.into_bytes();
                self.keeper.keep(Write::Put(Row { store: Store::Records, key, value }));
            }
        }
    }
}
