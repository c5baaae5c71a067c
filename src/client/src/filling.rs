//! Snapshots are claims: a record says that it stands in for many others. Whoever has those others reads nothing of
//! it and holds it against them; whoever has it alone reads it at once, fetches the others when there is time, and
//! goes by them.

use documents::Loan;
use sync::message::Placed;
use trust::{DocumentId, Record, RecordKind};

use crate::aside::NotTaken;
use crate::client::{Client, Topic};
use crate::sheet::Sheet;
use crate::stored::Untrue;

/// What is fetched so that something can be held against it waits until the app has been connected for so long.
const FILL_AFTER_MS: u64 = 5_000;

/// A snapshot that is to be held against the records it stands in for.
pub(crate) struct Summary {
    record: Record,
    /// Where it stands itself: what comes after what it covers and before this is not in it.
    seq: u64,
    /// What the records between hold, as far as they have come.
    between: Loan,
}

impl Client {
    /// A snapshot stands here for these records of a document.
    pub(crate) fn skipped(&mut self, document: DocumentId, (after, through): (u64, u64)) {
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let (first, last) = sheet.gap.unwrap_or((after, through));
        sheet.gap = Some((first.min(after), last.max(through)));
    }

    /// An older app did not say which records it has never had.
    pub(crate) fn doubt_old_summaries(&mut self) {
        for (_, sheet) in self.sheets.iter_mut() {
            if !sheet.is_filled && sheet.gap.is_none() {
                sheet.gap = (sheet.covered > 0).then_some((0, sheet.covered));
                sheet.is_filled = true;
            }
        }
    }

    /// Notes a snapshot that somebody else has made, to be held against the records.
    pub(crate) fn note_summary(&mut self, record: &Record, seq: u64) {
        let is_mine = Some(record.header().device) == self.own_device();
        if record.header().kind == RecordKind::Snapshot
            && !is_mine
            && let Some(sheet) = self.sheets.get_mut(&record.header().document)
        {
            sheet.summary = Some(Summary { record: record.clone(), seq, between: Loan::default() });
        }
    }

    /// Whether a snapshot is the only thing known here of what it stands in for.
    pub(crate) fn needs_summary(&mut self, record: &Record) -> Result<bool, NotTaken> {
        let Some(sheet) = self.sheets.get_mut(&record.header().document) else { return Ok(false) };
        sheet.covered = sheet.covered.max(record.covers().unwrap_or_default());
        Ok(sheet.needs_summary())
    }

    /// Part of the records has come that a snapshot stands in for, or that come after what it covers.
    pub(crate) fn filled(
        &mut self,
        document: DocumentId,
        records: Vec<Placed>,
        (through, is_all): (u64, bool),
    ) {
        let read = |placed: Placed| Record::read(placed.record.into()).ok();
        let records = records.into_iter().filter_map(read);
        let records: Vec<Record> =
            records.filter(|record| record.header().document == document).collect();
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let Some((_, last)) = sheet.gap else {
            let updates =
                records.iter().filter(|record| record.header().kind == RecordKind::Update);
            let held = updates.filter_map(|record| Loan::of(record.payload()).ok());
            if let Some(summary) = &mut sheet.summary {
                held.for_each(|held| summary.between.join(held));
            }
            if is_all {
                self.check_summary(document);
            }
            return;
        };
        sheet.gap = (!is_all).then_some((through, last));
        // Merged anew when all of it is read: what only the snapshot said goes.
        sheet.must_rebuild |= is_all;
        sheet.is_filled |= is_all;
        records.iter().for_each(|record| self.receive(record));
        self.keep_position(document);
    }

    /// Asks for what is missing, one document at a time, when nothing else is on its way.
    pub(crate) fn tick_filling(&mut self) -> Option<u64> {
        let due = self.connected_ms? + FILL_AFTER_MS;
        let wants = |sheet: &Sheet| !sheet.gone && (sheet.gap.is_some() || sheet.summary.is_some());
        let wanting: Vec<DocumentId> =
            self.sheets.iter().filter(|(_, sheet)| wants(sheet)).map(|(id, _)| *id).collect();
        if wanting.is_empty() || !self.lead.leads() || self.replica.is_pushing() {
            return None;
        }
        if self.now.steady_ms < due {
            return Some(due);
        }
        for document in wanting {
            self.fill(document);
        }
        None
    }

    fn fill(&mut self, document: DocumentId) {
        let Some(sheet) = self.sheets.get(&document) else { return };
        let range = match (sheet.gap, &sheet.summary) {
            (Some(gap), _) => gap,
            (None, Some(Summary { record, seq, .. })) => {
                let covers = record.covers().unwrap_or_default();
                if covers + 1 >= *seq {
                    return self.check_summary(document);
                }
                (covers, seq - 1)
            }
            (None, None) => return,
        };
        let step = self.replica.fill(document, range);
        self.follow(step.into_iter().collect());
    }

    /// Holds a snapshot against the whole document that is known here.
    fn check_summary(&mut self, document: DocumentId) {
        let is_at_rest = self.keeper.is_safe() && !self.has_unread(document);
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let can_tell = is_at_rest && sheet.can_be_cached() && sheet.writing.updates.is_empty();
        if !can_tell || !self.replica.is_level(document) {
            // What is on its way would be told as missing; it is asked for again.
            return;
        }
        let Some(Summary { record, between, .. }) = sheet.summary.take() else { return };
        let Ok(mut missing) = Loan::of(&sheet.paper.state()) else { return };
        let said = record.payload().get(8..).and_then(|state| Loan::of(state).ok());
        let mut invented = said.clone().unwrap_or_default();
        invented.repay(&missing);
        missing.repay(&between);
        missing.repay(&said.clone().unwrap_or_default());
        let is_true = said.is_some() && invented.is_repaid() && missing.is_repaid();
        if !is_true {
            // Whoever reads the document for the first time is to have a true one.
            sheet.must_summarise = true;
            sheet.stale_since = Some(self.now.steady_ms);
            self.put_aside_untaken(&record, NotTaken::Untrue(Untrue::Summary));
            self.changed(Topic::Saving);
        }
    }

    /// A document was merged anew from its records: whoever made a snapshot that said something else is named.
    pub(crate) fn check_summaries(&mut self, document: DocumentId, records: &[Record]) {
        let Some(sheet) = self.sheets.get(&document) else { return };
        let Ok(known) = Loan::of(&sheet.paper.state()) else { return };
        let own = self.own_device();
        let is_others = |record: &&Record| {
            record.header().kind == RecordKind::Snapshot && Some(record.header().device) != own
        };
        let invents = |record: &&Record| {
            let said = record.payload().get(8..).and_then(|state| Loan::of(state).ok());
            said.is_none_or(|mut said| {
                said.repay(&known);
                !said.is_repaid()
            })
        };
        let untrue: Vec<Record> =
            records.iter().filter(is_others).filter(invents).cloned().collect();
        for record in untrue {
            self.put_aside_untaken(&record, NotTaken::Untrue(Untrue::Summary));
        }
    }
}
