//! What tabs of one device tell each other. Every hint may be lost: the disk is the truth.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use trust::{Change, DocumentId, Membership};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Store, Write};
use crate::stored::{PositionRow, read};

/// What one tab tells the others.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub(crate) enum Hint {
    /// This was written here, or came from the server. With drafts: make a record of it.
    #[n(0)]
    Update {
        #[n(0)]
        document: DocumentId,
        #[n(1)]
        update: ByteVec,
        #[n(2)]
        drafts: Vec<ByteVec>,
    },
    /// This document was founded here: make the record.
    #[n(1)]
    Found {
        #[n(0)]
        document: DocumentId,
        #[n(1)]
        change: Change,
        #[n(2)]
        draft: ByteVec,
    },
    /// This is how a document stands.
    #[n(2)]
    Document {
        #[n(0)]
        document: DocumentId,
        #[n(1)]
        position: PositionRow,
    },
    /// Rows changed that are not about one document: read them again.
    #[n(3)]
    Rows,
    /// A frame for the server, from a tab that has no connection.
    #[n(4)]
    Send(#[n(0)] ByteVec),
}

impl Hint {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }
}

impl Client {
    pub(crate) fn hinted(&mut self, bytes: &[u8]) {
        let Some(hint) = read::<Hint>(bytes) else { return };
        match hint {
            Hint::Update { document, update, drafts } => {
                self.hinted_update(document, update, drafts)
            }
            Hint::Found { document, change, draft } => {
                self.begin(document, &change);
                self.adopt_founding(document, &change, draft.into());
            }
            Hint::Document { document, position } => {
                let gone = position.gone;
                self.sheet(document, position.membership()).gone = gone;
                self.changed(Topic::Documents);
            }
            Hint::Rows => self.read_small_stores(),
            Hint::Send(frame) if self.lead.leads() => self.effect(Effect::Send(frame.into())),
            Hint::Send(_) => {}
        }
    }

    fn hinted_update(&mut self, document: DocumentId, update: ByteVec, drafts: Vec<ByteVec>) {
        self.borrow(document, &update);
        if self.lead.leads() && !drafts.is_empty() {
            let drafts = drafts.into_iter().map(Vec::from).collect();
            self.record_draft(document, update, drafts);
        }
    }

    /// Makes the record of a founding that another tab, or this one before it was killed, did.
    pub(crate) fn adopt_founding(&mut self, document: DocumentId, change: &Change, draft: Vec<u8>) {
        if !self.lead.leads() {
            return;
        }
        let new = self
            .sheets
            .get(&document)
            .is_some_and(|sheet| sheet.membership.head == trust::Hash::default());
        if new {
            self.record_link(document, change);
        }
        self.keeper.keep(Write::Delete(Store::Drafts, draft));
    }

    /// Has a document in memory that is being founded.
    pub(crate) fn begin(&mut self, document: DocumentId, change: &Change) {
        if let Change::Found { kind, parent: Some(parent), members } = change {
            self.sheet(document, Membership::beginning(*kind, *parent, members));
            self.changed(Topic::Documents);
        }
    }
}
