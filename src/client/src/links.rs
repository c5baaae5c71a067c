//! Links: changes in who is in a document, each made on top of the newest one.

use trust::{Change, DocumentId, Hash, Membership, Record, RecordKind};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Store, Write};
use crate::hint::Hint;
use crate::stored::{Draft, DraftRow, draft_key, put};

/// A change that has to wait for the chain to be known, and the row that remembers it until then.
pub(crate) struct WaitingLink {
    change: Change,
    row: (Store, Vec<u8>),
}

impl Client {
    /// Founds a document, or changes who is in it. In a tab that does not lead it becomes a draft
    /// for the one that does.
    pub(crate) fn link(&mut self, document: DocumentId, change: Change) {
        if self.lead.leads() {
            self.record_link(document, &change);
            return;
        }
        let key = draft_key(self.tab, &mut self.drafts_made);
        let row = DraftRow { document, draft: Draft::Link(change.clone()) };
        self.keeper.keep(put(Store::Drafts, &key, &row));
        self.tabs.hand_over(std::slice::from_ref(&key));
        let hint = Hint::Link { document, change, draft: key.into() };
        self.effect(Effect::Hint(hint.bytes()));
    }

    /// Makes a link that this row remembers, as soon as its chain is known.
    pub(crate) fn link_when_known(
        &mut self,
        document: DocumentId,
        change: Change,
        row: (Store, Vec<u8>),
    ) {
        if let Some(sheet) = self.sheets.get_mut(&document)
            && sheet.links.iter().all(|known| known.row != row)
        {
            sheet.links.push(WaitingLink { change, row });
            self.changed(Topic::Saving);
        }
    }

    pub(crate) fn tick_links(&mut self) {
        let waits = |document: &DocumentId| {
            self.sheets.get(document).is_some_and(|sheet| !sheet.links.is_empty())
        };
        let documents: Vec<DocumentId> = self.sheets.keys().copied().filter(waits).collect();
        for document in documents {
            self.make_waiting_links(document);
        }
    }

    fn make_waiting_links(&mut self, document: DocumentId) {
        let is_known = self.replica.is_known(document);
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        sheet.is_read_again &= !is_known;
        if sheet.is_read_again {
            return;
        }
        let is_unread = sheet.is_unread();
        for WaitingLink { change, row: (store, key) } in std::mem::take(&mut sheet.links) {
            if is_unread && !matches!(change, Change::Found { .. }) {
                self.link_when_known(document, change, (store, key));
                continue;
            }
            let holds = |sheet: &crate::sheet::Sheet| holds(&sheet.membership, &change);
            if !self.sheets.get(&document).is_some_and(holds) {
                self.record_link(document, &change);
            }
            self.keeper.keep(Write::Delete(store, key));
        }
    }

    fn record_link(&mut self, document: DocumentId, change: &Change) {
        let head =
            self.sheets.get(&document).map_or(Hash::default(), |sheet| sheet.membership.head);
        let payload = change.payload(head);
        if let Some(record) = self.record(document, RecordKind::Membership, &payload)
            && let Some(sheet) = self.sheets.get_mut(&document)
        {
            // A link that was made on the newest one always follows it.
            let _ = sheet.membership.follow(&record);
            self.keep_position(document);
        }
    }

    /// Makes a link again under another counter, if nothing has come on top of it.
    pub(crate) fn link_again(&mut self, record: &Record, change: &Change) {
        let document = record.header().document;
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        if let Ok(previous) = Change::previous(record)
            && sheet.membership.head == Hash::of(record)
        {
            sheet.membership.head = previous;
            self.record_link(document, change);
        }
    }

    /// Somebody else's link came first. The chain is read again from its beginning, and mine made on
    /// top of it; until then it stays in the outbox.
    pub(crate) fn link_moved(&mut self, document: DocumentId, counter: u64, change: Change) {
        let row = (Store::Outbox, counter.to_be_bytes().to_vec());
        self.link_when_known(document, change, row);
        self.read_chain_again(document);
    }

    /// What is believed of a chain here is not what the server has.
    pub(crate) fn read_chain_again(&mut self, document: DocumentId) {
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        if !sheet.is_read_again {
            sheet.is_read_again = true;
            // Who is in it, with mine, is believed until then, so that nothing goes from the screen meanwhile.
            sheet.membership.head = Hash::default();
            self.changed(Topic::Documents);
            let steps = self.replica.forget(document);
            self.follow(steps);
        }
    }
}

/// Whether what the change wants is so already.
fn holds(membership: &Membership, change: &Change) -> bool {
    match change {
        Change::Found { .. } => membership.head != Hash::default(),
        Change::Add { person, member } => membership.members.get(person) == Some(member),
        Change::Remove { person } => !membership.members.contains_key(person),
    }
}
