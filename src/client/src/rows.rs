//! Rows as they come from the disk, taken in.

use trust::{DeviceKey, DocumentId, Kind, Membership, Record};

use crate::client::{Client, Topic};
use crate::effect::{Row, Store};
use crate::stored::{Aside, DeviceRow, Draft, DraftRow, MergedRow, PositionRow, arrival_of, read};

impl Client {
    pub(crate) fn take_rows(&mut self, rows: Vec<Row>) {
        for row in rows {
            match row.store {
                Store::Device => self.take_device(&row),
                Store::Positions => self.take_position(&row),
                Store::Merged => self.take_merged(&row),
                Store::Records => self.take_record(&row),
                Store::Outbox => self.take_outgoing(row),
                Store::Drafts => self.take_draft(row),
                Store::Aside => self.take_aside(row),
                Store::Notes => self.take_note(&row),
            }
        }
    }

    fn take_device(&mut self, row: &Row) {
        let Some(row) = read::<DeviceRow>(&row.value) else { return };
        let Some(seed) = row.seed.first_chunk::<32>() else { return };
        self.me.key = Some(DeviceKey::from_seed(seed));
        self.me.person = row.person;
        self.me.counter = self.me.counter.max(row.counter);
        self.me.generation = row.generation;
        // What the tab that leads has said may not be on the disk yet.
        let said = self.tabs.said_bond().filter(|_| !self.lead.leads());
        self.take_bond(said.or(row.bond).unwrap_or_default());
        self.replica.remember(row.generation, []);
        self.changed(Topic::Me);
    }

    fn take_outgoing(&mut self, row: Row) {
        let Ok(record) = Record::trust_own_disk(row.value) else { return };
        let is_owed = row.key.len() > size_of::<u64>();
        let list = if is_owed { &mut self.lead.owed } else { &mut self.lead.outbox };
        let document = record.header().document;
        list.push(record);
        self.must_be_there(document);
    }

    /// A document that there is something of here. Where nothing says how it stands, because that row is
    /// damaged, the server must: until then it is not shown.
    fn must_be_there(&mut self, document: DocumentId) {
        if !self.sheets.contains_key(&document) {
            let sheet = self.sheet(document, Membership::unread(Kind::Course, None));
            sheet.gone = true;
            sheet.lacks_records = true;
        }
    }

    fn take_position(&mut self, row: &Row) {
        let Some((name, position)) = row.key.first_chunk().zip(read::<PositionRow>(&row.value))
        else {
            return;
        };
        let document = DocumentId(*name);
        let arrival = position.arrival.unwrap_or_default();
        self.stands_so(document, position);
        if let Some(sheet) = self.sheets.get_mut(&document) {
            sheet.expected = arrival;
        }
    }

    fn take_merged(&mut self, row: &Row) {
        let Some((name, merged)) = row.key.first_chunk().zip(read::<MergedRow>(&row.value)) else {
            return;
        };
        let document = DocumentId(*name);
        if self.is_cache_suspect(document, merged.arrival) {
            return;
        }
        if let Some(sheet) = self.sheets.get_mut(&document)
            && sheet.paper.apply(&merged.state).is_ok()
        {
            sheet.arrival = sheet.arrival.max(merged.arrival);
            sheet.cached = sheet.arrival;
            sheet.covered = sheet.covered.max(merged.covered.unwrap_or_default());
            sheet.owners.take(merged.owners.unwrap_or_default());
            self.changed(Topic::Document(document));
        }
    }

    fn take_record(&mut self, row: &Row) {
        let Some((document, arrival)) = arrival_of(&row.key) else { return };
        if let Ok(record) = Record::trust_own_disk(row.value.clone())
            && !self.is_suspect(document, arrival, &record)
        {
            // What could not be taken in when it came is set aside already.
            let _ = self.absorb(&record);
        }
        if let Some(sheet) = self.sheets.get_mut(&document) {
            sheet.lacks_records |= arrival > sheet.arrival + 1;
            sheet.arrival = sheet.arrival.max(arrival);
        }
    }

    fn take_aside(&mut self, row: Row) {
        let Some(aside) = read::<Aside>(&row.value) else { return };
        let is_news = match self.aside.get(&row.key) {
            // Only the tab that leads sets aside; one that is gone from it has been taken in.
            None => !self.lead.leads(),
            Some(known) => aside.is_told() && !known.is_told(),
        };
        if is_news {
            self.aside.insert(row.key, aside);
            self.changed(Topic::Saving);
        }
    }

    pub(crate) fn take_draft(&mut self, row: Row) {
        let Some(draft) = read::<DraftRow>(&row.value) else { return };
        match &draft.draft {
            Draft::Link(change) => self.begin(draft.document, change),
            Draft::Update(update) => drop(self.apply(draft.document, update)),
        }
        self.lead.found.push((row.key, draft));
    }
}
