//! From keystrokes to records: drafts on the disk at once, a record at the pause.

use documents::Loan;
use minicbor::bytes::ByteVec;
use trust::{DocumentId, Header, Record, RecordKind, VERSION};

use crate::authored::with_proof;
use crate::client::{Bond, Client, Topic};
use crate::effect::{Effect, Store, Write};
use crate::hint::Hint;
use crate::keeper::Then;
use crate::sheet::{Borrowed, CACHE_MS, SNAPSHOT_AFTER};
use crate::stored::{
    Aside, DeviceRow, Draft, DraftRow, MergedRow, PositionRow, arrival_key, draft_key, put,
};

/// What is written in one record at most; more becomes several.
const PAYLOAD_BYTES: usize = 200 * 1024;

impl Client {
    /// Notes what a command wrote in a document, and shows it to whoever is there now.
    pub(crate) fn wrote(&mut self, document: DocumentId) {
        let now_ms = self.now.steady_ms;
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let Some(update) = sheet.paper.take_fresh() else { return };
        sheet.writing.add(update.clone(), now_ms);
        sheet.stale_since = Some(now_ms);
        let update = sheet.with_proof(update);
        self.changed(Topic::Document(document));
        self.changed(Topic::Saving);
        self.changed(Topic::News);
        self.say_live(document, Some(&update));
        let hint = Hint::Update { document, update: update.into(), drafts: Vec::new() };
        self.effect(Effect::Hint(hint.bytes()));
    }

    /// Puts on the disk what is due, and makes records of what has come to rest.
    pub(crate) fn tick_writing(&mut self) -> Option<u64> {
        let mut due = Vec::new();
        for document in self.all_documents() {
            due.extend(self.tick_drafts(document));
            due.extend(self.tick_record(document));
            due.extend(self.tick_loans(document));
            due.extend(self.tick_cache(document));
        }
        due.into_iter().min()
    }

    fn tick_drafts(&mut self, document: DocumentId) -> Option<u64> {
        let now_ms = self.now.steady_ms;
        let due = self.sheets.get(&document)?.writing.draft_due()?;
        if now_ms < due {
            return Some(due);
        }
        self.draft(document);
        None
    }

    fn tick_record(&mut self, document: DocumentId) -> Option<u64> {
        let due = self.sheets.get(&document)?.writing.record_due()?;
        if self.now.steady_ms < due {
            return Some(due);
        }
        self.rest(document);
        None
    }

    /// Puts in a record what others showed us and then, it seems, could not keep. A tab that does
    /// not lead hands it to the one that does, until a record is seen.
    fn tick_loans(&mut self, document: DocumentId) -> Option<u64> {
        let sheet = self.sheets.get(&document).filter(|sheet| self.can_write(sheet))?;
        let due = sheet.loan_due()?;
        if self.now.steady_ms < due {
            return Some(due);
        }
        if self.lead.leads() {
            let updates: Vec<_> = sheet.loans.iter().map(|loan| loan.update.clone()).collect();
            self.presence.left_it_to_me(&updates, self.now.steady_ms);
            self.record_updates(document, &updates, Vec::new());
            return None;
        }
        self.draft_loans(document);
        self.hand_over_loans(document)
    }

    fn hand_over_loans(&mut self, document: DocumentId) -> Option<u64> {
        let now_ms = self.now.steady_ms;
        let sheet = self.sheets.get_mut(&document)?;
        let hint = |borrowed: &mut Borrowed| {
            borrowed.heard_ms = now_ms;
            let drafts = borrowed.draft_key.iter().cloned().map(ByteVec::from).collect();
            Hint::Update { document, update: borrowed.update.clone().into(), drafts }
        };
        let hints: Vec<Hint> = sheet.loans.iter_mut().map(hint).collect();
        let due = sheet.loan_due();
        for hint in hints {
            self.effect(Effect::Hint(hint.bytes()));
        }
        due
    }

    /// Puts on the disk what came from elsewhere, before something of ours that may need it.
    fn draft_loans(&mut self, document: DocumentId) {
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        for borrowed in sheet.loans.iter_mut().filter(|borrowed| borrowed.draft_key.is_none()) {
            let key = draft_key(self.tab, &mut self.drafts_made);
            let draft = Draft::Update(borrowed.update.clone().into());
            self.keeper.keep(put(Store::Drafts, &key, &DraftRow { document, draft }));
            borrowed.draft_key = Some(key);
        }
    }

    fn tick_cache(&mut self, document: DocumentId) -> Option<u64> {
        let sheet = self.sheets.get(&document).filter(|sheet| sheet.can_be_cached())?;
        if self.has_unread(document) {
            return None;
        }
        let due = sheet.stale_since? + CACHE_MS;
        if self.now.steady_ms < due {
            return Some(due);
        }
        self.cache(document);
        None
    }

    fn draft(&mut self, document: DocumentId) {
        self.draft_loans(document);
        let key = draft_key(self.tab, &mut self.drafts_made);
        let now_ms = self.now.steady_ms;
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let Ok(update) = documents::merge(sheet.writing.draft(key.clone(), now_ms)) else { return };
        let update = sheet.with_proof(update);
        let row = DraftRow { document, draft: Draft::Update(update.into()) };
        self.keeper.keep(put(Store::Drafts, &key, &row));
    }

    /// Writing has come to rest in a document: a record, or, in a tab that does not lead, a hint
    /// to the one that does.
    pub(crate) fn rest(&mut self, document: DocumentId) {
        let leads = self.lead.leads();
        if !leads {
            self.draft_rest(document);
        }
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        sheet.paper.mark_step();
        let (updates, drafts) = sheet.writing.take();
        if updates.is_empty() {
            return;
        }
        let nonce = sheet.nonce;
        if leads {
            self.record_own(document, &updates, drafts);
        } else if let Ok(update) = documents::merge(&updates) {
            let update = with_proof(update, nonce);
            self.tabs.hand_over(&drafts);
            let drafts = drafts.into_iter().map(ByteVec::from).collect();
            let hint = Hint::Update { document, update: update.into(), drafts };
            self.effect(Effect::Hint(hint.bytes()));
        }
    }

    fn draft_rest(&mut self, document: DocumentId) {
        let sheet = self.sheets.get(&document);
        if sheet.is_some_and(|sheet| sheet.writing.draft_due().is_some()) {
            self.draft(document);
        }
    }

    /// Makes records of what this page wrote, as few as will hold it.
    pub(crate) fn record_own(
        &mut self,
        document: DocumentId,
        updates: &[Vec<u8>],
        drafts: Vec<Vec<u8>>,
    ) {
        let mut merged = Vec::new();
        let mut from = 0;
        while from < updates.len() {
            let mut bytes = 0;
            let fits = |update: &&Vec<u8>| {
                bytes += update.len();
                bytes <= PAYLOAD_BYTES
            };
            let count = updates[from..].iter().take_while(fits).count().max(1);
            // They were made by the very library that merges them.
            merged.extend(documents::merge(&updates[from..from + count]));
            from += count;
        }
        let nonce = self.sheets.get(&document).and_then(|sheet| sheet.nonce);
        let merged: Vec<Vec<u8>> =
            merged.into_iter().map(|update| with_proof(update, nonce)).collect();
        self.record_updates(document, &merged, drafts);
    }

    /// Makes a record of each of these, with what stands behind it.
    pub(crate) fn record_updates(
        &mut self,
        document: DocumentId,
        updates: &[Vec<u8>],
        drafts: Vec<Vec<u8>>,
    ) {
        self.draft_loans(document);
        let mut all_recorded = true;
        for update in updates {
            if self.record(document, RecordKind::Update, update).is_none() {
                all_recorded = false;
                break;
            }
            Loan::of(update).into_iter().for_each(|held| self.repay(document, held));
        }
        // Otherwise they are the only place where it lies.
        for key in drafts.into_iter().filter(|_| all_recorded) {
            self.keeper.keep(Write::Delete(Store::Drafts, key));
        }
    }

    /// Makes a record of what another tab wrote, if there is none yet.
    pub(crate) fn record_draft(
        &mut self,
        document: DocumentId,
        update: ByteVec,
        drafts: Vec<Vec<u8>>,
    ) {
        // Of a document that is not known here yet nothing can be made; the draft stays.
        let Some(sheet) = self.sheets.get(&document) else { return };
        let recorded = sheet.is_recorded(&update);
        let updates = if recorded { Vec::new() } else { vec![update.into()] };
        self.tabs.took(drafts.iter().cloned());
        self.record_updates(document, &updates, drafts);
    }

    /// A record holds this: what was borrowed of it is repaid.
    pub(crate) fn repay(&mut self, document: DocumentId, held: Loan) {
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        for key in sheet.repay(held) {
            self.keeper.keep(Write::Delete(Store::Drafts, key));
        }
    }

    pub(crate) fn record(
        &mut self,
        document: DocumentId,
        kind: RecordKind,
        payload: &[u8],
    ) -> Option<Record> {
        let key = self.me.key.clone()?;
        let sheet = self.sheets.get_mut(&document)?;
        let counter = self.me.counter + 1;
        let device = key.device();
        let header = Header { version: VERSION, kind, document, device, counter, epoch: 0 };
        let record = Record::sign(header, payload, &key).ok()?;
        self.me.counter = counter;
        sheet.is_newest_mine = true;
        sheet.covered = sheet.covered.max(record.covers().unwrap_or_default());
        let arrival = arrival_key(document, sheet.next_arrival());
        let row = |store, key| {
            let value = record.bytes().to_vec();
            Write::Put(crate::effect::Row { store, key, value })
        };
        self.keeper.keep(row(Store::Outbox, counter.to_be_bytes().to_vec()));
        self.keeper.keep(row(Store::Records, arrival));
        self.keeper.then(Then::Push(record.clone()));
        self.keep_me();
        self.changed(Topic::Saving);
        Some(record)
    }

    /// Puts on the disk who this device is.
    pub(crate) fn keep_me(&mut self) {
        let Some(key) = &self.me.key else { return };
        let row = DeviceRow {
            seed: key.seed().to_vec().into(),
            person: self.me.person,
            counter: self.me.counter,
            generation: self.me.generation,
            bond: Some(self.me.bond),
        };
        self.keeper.keep(put(Store::Device, &[], &row));
    }

    /// Puts on the disk how far a document is known and who is in it.
    pub(crate) fn keep_position(&mut self, document: DocumentId) {
        let through = self.replica.through(document);
        let Some(sheet) = self.sheets.get(&document) else { return };
        let row = PositionRow::new(sheet, through);
        self.keeper.keep(put(Store::Positions, &document.0, &row));
    }

    /// Writes the cache of a document, in the tab that leads.
    pub(crate) fn cache(&mut self, document: DocumentId) {
        let leads = self.lead.leads();
        // A cache says of all records up to an arrival that it holds them.
        if self.has_unread(document) || self.me.bond == Bond::Ended {
            return;
        }
        let sheet = self.sheets.get_mut(&document).filter(|sheet| sheet.can_be_cached());
        let Some(sheet) = sheet else { return };
        sheet.stale_since = None;
        if leads {
            sheet.cached = sheet.arrival;
            let (arrival, covered) = (sheet.arrival, Some(sheet.covered));
            let (state, owners) = (sheet.paper.state().into(), Some(sheet.owners.rows()));
            let row = MergedRow { arrival, state, covered, owners };
            self.keeper.cache(put(Store::Merged, &document.0, &row));
            self.make_snapshot(document);
        }
    }

    /// Makes a record that stands in for all there are, where it is this device's turn and nothing is on
    /// its way.
    fn make_snapshot(&mut self, document: DocumentId) {
        let Some(sheet) = self.sheets.get(&document) else { return };
        let through = self.replica.through(document);
        let is_turn = sheet.is_newest_mine && through >= sheet.covered + SNAPSHOT_AFTER;
        let is_due = is_turn || sheet.must_summarise;
        let at_rest = sheet.writing.updates.is_empty() && self.keeper.is_safe();
        // Of what could not be read here a snapshot holds nothing, and must not stand in for it. What was untrue
        // nobody reads.
        let is_lacking = |aside: &Aside| aside.document == document && aside.untrue.is_none();
        let lacks_something = sheet.gap.is_some() || self.aside.values().any(is_lacking);
        if !is_due
            || lacks_something
            || !at_rest
            || !self.replica.is_level(document)
            || !self.can_write(sheet)
        {
            return;
        }
        let payload = [through.to_be_bytes().as_slice(), &sheet.paper.summary()].concat();
        if payload.len() <= PAYLOAD_BYTES {
            self.record(document, RecordKind::Snapshot, &payload);
        }
        if let Some(sheet) = self.sheets.get_mut(&document) {
            sheet.must_summarise = false;
        }
    }
}
