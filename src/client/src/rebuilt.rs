//! Whose words are taken in, and a document that is merged anew from its records because something in it must go.

use documents::Paper;
use domain::Who;
use trust::{DeviceId, DocumentId, Record, RecordKind};

use crate::aside::NotTaken;
use crate::authored::Authored;
use crate::client::{Client, Topic, who};
use crate::effect::{Effect, Row};
use crate::hint::Hint;
use crate::owners::Owners;
use crate::stored::{Untrue, after_arrival};

/// A document whose records have been asked for.
pub(crate) struct Rebuilding {
    document: DocumentId,
    /// The number of the load that brings them.
    load: u64,
    /// The newest record of it, by order of arrival, when they were asked for.
    arrival: u64,
}

impl Client {
    pub(crate) fn own_device(&self) -> Option<DeviceId> {
        self.me.key.as_ref().map(|key| key.device())
    }

    /// Whether what a record says is its writer's own to say. Whose its sessions are is known from then on.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub(crate) fn may_take_in(&mut self, record: &Record) -> Result<(), NotTaken> {
        let document = record.header().document;
        let authored = Authored::read(record.payload()).ok_or(NotTaken::Unreadable)?;
        let writer = authored.writer(document, record.header().device);
        let is_theirs = writer.is_some_and(|writer| self.claim(document, writer, &authored));
        if is_theirs { Ok(()) } else { Err(NotTaken::Untrue(Untrue::Writer)) }
    }

    /// Whether what was said live is its writer's own to say.
    pub(crate) fn may_borrow(
        &mut self,
        document: DocumentId,
        device: DeviceId,
        said: &[u8],
    ) -> bool {
        let authored = Authored::read(said);
        authored.is_some_and(|authored| self.claim(document, device, &authored))
    }

    fn claim(&mut self, document: DocumentId, writer: DeviceId, authored: &Authored<'_>) -> bool {
        let person = self.writer(writer).map(who);
        let Some(sheet) = self.sheets.get_mut(&document) else { return false };
        if authored.is_summary {
            let is_known = |session, clock| sheet.paper.has(session, clock);
            return sheet.owners.may_summarise(&authored.sessions, is_known);
        }
        let proof = (document, authored.nonces.as_slice());
        let claim = sheet.owners.claim(writer, proof, &authored.sessions);
        if claim.displaces {
            sheet.must_rebuild = true;
        }
        if let Some(person) = person.filter(|_| !claim.is_foreign) {
            sheet.name_sessions_of(writer, person);
        }
        !claim.is_foreign
    }

    /// It is known by now whose devices there are: what they wrote bears their name.
    pub(crate) fn name_all_writers(&mut self) {
        let known: Vec<(DeviceId, Who)> =
            self.writers.iter().map(|(device, person)| (*device, who(*person))).collect();
        let own = self.own_device().zip(self.who());
        for (device, person) in known.into_iter().chain(own) {
            self.name_writer(device, person);
        }
    }

    /// It is known by now whose this device is.
    pub(crate) fn name_writer(&mut self, device: DeviceId, person: Who) {
        let mut changed = Vec::new();
        for (document, sheet) in self.sheets.iter_mut() {
            if sheet.name_sessions_of(device, person) {
                changed.push(*document);
            }
        }
        changed.into_iter().for_each(|document| self.changed(Topic::Document(document)));
    }

    /// Asks for the records of a document that is to be merged anew, when nothing of mine is on its way in it.
    pub(crate) fn tick_rebuilding(&mut self) {
        if self.rebuilding.is_some() || !self.lead.is_open() || !self.keeper.is_safe() {
            return;
        }
        let is_ready = |document: &DocumentId| {
            let sheet = self.sheets.get(document);
            let at_rest =
                sheet.is_some_and(|sheet| sheet.must_rebuild && sheet.writing.updates.is_empty());
            at_rest && !self.has_unread(*document)
        };
        let ready = self.sheets.keys().copied().find(is_ready);
        let Some((document, sheet)) = ready.and_then(|id| Some((id, self.sheets.get(&id)?))) else {
            return;
        };
        let arrival = sheet.arrival;
        let load = self.lead.next_load();
        self.rebuilding = Some(Rebuilding { document, load, arrival });
        self.effect(Effect::Load(load, vec![after_arrival(document, 0)]));
    }

    /// Merges a document anew, if these are its records. What of them is not their writer's to say is set aside.
    pub(crate) fn rebuild(&mut self, load: u64, rows: &[Row]) -> bool {
        let Some(Rebuilding { document, arrival, .. }) =
            self.rebuilding.take_if(|rebuilding| rebuilding.load == load)
        else {
            return false;
        };
        let is_as_it_was = |sheet: &crate::sheet::Sheet| {
            sheet.arrival == arrival && sheet.writing.updates.is_empty()
        };
        if self.sheets.get(&document).is_some_and(is_as_it_was) && !self.has_unread(document) {
            let records: Vec<Record> = rows
                .iter()
                .filter_map(|row| Record::trust_own_disk(row.value.clone()).ok())
                .collect();
            self.merge_anew(document, &records);
        }
        true
    }

    fn merge_anew(&mut self, document: DocumentId, records: &[Record]) {
        let session = self.session_in(document);
        let now_ms = self.now.steady_ms;
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let loans: Vec<Vec<u8>> = sheet.loans.iter().map(|loan| loan.update.clone()).collect();
        (sheet.paper, sheet.nonce) = (Paper::new(session.number), session.nonce);
        sheet.owners = owners_by(document, records, session.owners);
        (sheet.must_rebuild, sheet.cached, sheet.stale_since) = (false, 0, Some(now_ms));
        // Where a snapshot still stands in for records that are not here, it is all there is of them.
        let has_gap = sheet.gap.is_some();
        let is_wanted = |record: &&Record| match record.header().kind {
            RecordKind::Update => true,
            RecordKind::Snapshot => has_gap,
            _ => false,
        };
        for record in records.iter().filter(is_wanted) {
            if self.is_ended_on(record) {
                continue;
            }
            if let Err(why) = self.absorb(record)
                && self.lead.leads()
            {
                self.put_aside_untaken(record, why);
            }
        }
        if let Some(sheet) = self.sheets.get_mut(&document) {
            loans.iter().for_each(|update| drop(sheet.paper.apply(update)));
            // What is displaced once more was displaced in what was just left out.
            sheet.must_rebuild = false;
        }
        if self.lead.leads() {
            if !has_gap {
                self.check_summaries(document, records);
            }
            // Two tabs that follow would tell each other without end.
            self.effect(Effect::Hint(Hint::Rebuilt(document).bytes()));
        }
        self.name_all_writers();
        self.changed(Topic::Document(document));
        self.changed(Topic::News);
    }
}

/// Whose the sessions are that can be shown to be somebody's, whoever came first.
fn owners_by(document: DocumentId, records: &[Record], mut owners: Owners) -> Owners {
    for record in records.iter().filter(|record| record.header().kind == RecordKind::Update) {
        let authored = Authored::read(record.payload());
        let writer = |authored: &Authored<'_>| authored.writer(document, record.header().device);
        if let Some((writer, authored)) = authored.and_then(|it| Some((writer(&it)?, it))) {
            owners.prove(writer, document, &authored.nonces);
        }
    }
    owners
}
