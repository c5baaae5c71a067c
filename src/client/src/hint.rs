//! What tabs of one device tell each other. Every hint may be lost: the disk is the truth.

use minicbor::bytes::ByteVec;
use minicbor::decode::{Decoder, Error};
use minicbor::{Decode, Encode};
use sync::message::Fields;
use trust::{Change, DeviceId, DocumentId, Membership};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Row, Store};
use crate::invite::Redeeming;
use crate::stored::{PositionRow, read};
use crate::tabs::Word;

/// What one tab tells the others.
#[derive(Clone, PartialEq, Debug, Encode)]
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
    /// Who is in this document was changed here, or it was founded: make the record.
    #[n(1)]
    Link {
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
    /// A note was written, and this is what it says now.
    #[n(5)]
    Note {
        #[n(0)]
        key: ByteVec,
        #[n(1)]
        value: ByteVec,
    },
    /// A code was typed here: let this device in by it.
    #[n(6)]
    Redeem(#[n(0)] Redeeming),
    /// This tab has just opened: how do things stand?
    #[n(7)]
    Hello,
    /// How things stand, from the tab that leads.
    #[n(8)]
    Word(#[n(0)] Word),
    /// Somebody else is in this document; from the tab that hears the server.
    #[n(9)]
    Live {
        #[n(0)]
        document: DocumentId,
        #[n(1)]
        device: DeviceId,
        #[n(2)]
        payload: ByteVec,
    },
    /// This document was merged anew from its records, because something in it had to go.
    #[n(10)]
    Rebuilt(#[n(0)] DocumentId),
}

impl<'b> Decode<'b, ()> for Hint {
    fn decode(bytes: &mut Decoder<'b>, _: &mut ()) -> Result<Self, Error> {
        let (case, mut fields) = Fields::of_case(bytes)?;
        let hint = match case {
            0 => Self::Update {
                document: fields.take()?,
                update: fields.take()?,
                drafts: fields.take()?,
            },
            1 => Self::Link {
                document: fields.take()?,
                change: fields.take()?,
                draft: fields.take()?,
            },
            2 => Self::Document { document: fields.take()?, position: fields.take()? },
            3 => Self::Rows,
            4 => Self::Send(fields.take()?),
            5 => Self::Note { key: fields.take()?, value: fields.take()? },
            6 => Self::Redeem(fields.take()?),
            7 => Self::Hello,
            8 => Self::Word(fields.take()?),
            9 => Self::Live {
                document: fields.take()?,
                device: fields.take()?,
                payload: fields.take()?,
            },
            10 => Self::Rebuilt(fields.take()?),
            _ => return Err(Error::message("a hint of a newer app")),
        };
        fields.end()?;
        Ok(hint)
    }
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
            Hint::Link { document, change, draft } => {
                self.begin(document, &change);
                self.adopt_link(document, &change, draft.into());
            }
            Hint::Document { document, position } if !self.lead.leads() => {
                self.stands_so(document, position);
            }
            Hint::Document { .. } => {}
            Hint::Rows => self.rows_changed(),
            Hint::Send(frame) if self.lead.leads() => self.effect(Effect::Send(frame.into())),
            Hint::Send(_) => {}
            Hint::Note { key, value } => {
                self.take_note(&Row { store: Store::Notes, key: key.into(), value: value.into() });
            }
            Hint::Redeem(redeeming) if self.lead.leads() => self.redeem_this(redeeming),
            Hint::Redeem(_) => {}
            Hint::Hello if self.lead.leads() => self.tabs.say_again(),
            Hint::Hello => {}
            Hint::Word(word) => self.heard_word(word),
            Hint::Live { document, device, payload } => {
                self.heard_live(document, device, &payload);
            }
            Hint::Rebuilt(document) => {
                if let Some(sheet) = self.sheets.get_mut(&document) {
                    sheet.must_rebuild |= !self.lead.leads();
                }
            }
        }
    }

    fn hinted_update(&mut self, document: DocumentId, update: ByteVec, drafts: Vec<ByteVec>) {
        self.borrow(document, &update);
        if self.lead.leads() && !drafts.is_empty() {
            let drafts = drafts.into_iter().map(Vec::from).collect();
            self.record_draft(document, update, drafts);
        }
    }

    /// Makes the record of a link that another tab, or this one before it was killed, wanted.
    pub(crate) fn adopt_link(&mut self, document: DocumentId, change: &Change, draft: Vec<u8>) {
        if self.lead.leads() {
            self.link_when_known(document, change.clone(), (Store::Drafts, draft.clone()));
            self.tabs.took([draft]);
        }
    }

    /// Has a document in memory that is being founded.
    pub(crate) fn begin(&mut self, document: DocumentId, change: &Change) {
        if let Change::Found { kind, parent: Some(parent), members } = change {
            self.sheet(document, Membership::beginning(*kind, *parent, members));
            self.changed(Topic::Documents);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let (document, device) = (DocumentId([1; 16]), DeviceId([2; 32]));
        let bytes = || ByteVec::from(vec![1, 2, 3]);
        let change = Change::Remove { person: trust::PersonId([3; 16]) };
        let membership = Membership::unread(trust::Kind::Meeting, Some(document));
        let session = crate::sheet::Session { number: 1, nonce: None, owners: Default::default() };
        let sheet = crate::sheet::Sheet::new(membership, session);
        let position = PositionRow::new(&sheet, 7);
        let hints = [
            Hint::Update { document, update: bytes(), drafts: vec![bytes(), bytes()] },
            Hint::Link { document, change, draft: bytes() },
            Hint::Document { document, position },
            Hint::Rows,
            Hint::Send(bytes()),
            Hint::Note { key: bytes(), value: bytes() },
            Hint::Hello,
            Hint::Live { document, device, payload: bytes() },
            Hint::Rebuilt(document),
        ];
        for hint in hints {
            assert_eq!(read::<Hint>(&hint.bytes()), Some(hint));
        }
    }
}
