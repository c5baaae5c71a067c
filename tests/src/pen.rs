//! A device that makes records and asks, with no app around it: for what is tested of a hub alone.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use sync::message::Ask;
use trust::{
    Change, Code, DeviceId, DeviceKey, DocumentId, Hash, Header, InvitationId, PersonId, Record,
    RecordKind, VERSION,
};

/// A device's key and counter.
#[derive(Clone, Debug)]
pub struct Pen {
    /// Its secret half.
    pub key: DeviceKey,
    /// The counter of the record it made last.
    pub counter: u64,
}

impl Pen {
    /// The pen that this number makes.
    pub fn new(number: u64) -> Self {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        seed[8] = 1;
        Self { key: DeviceKey::from_seed(&seed), counter: 0 }
    }

    /// Its name.
    pub fn device(&self) -> DeviceId {
        self.key.device()
    }

    /// The next record.
    pub fn record(&mut self, document: DocumentId, kind: RecordKind, payload: &[u8]) -> Record {
        self.counter += 1;
        let header = Header {
            version: if matches!(kind, RecordKind::Later(_)) { VERSION + 6 } else { VERSION },
            kind,
            document,
            device: self.device(),
            counter: self.counter,
            epoch: 0,
        };
        Record::sign(header, payload, &self.key).expect("a record within its limit")
    }

    /// The next record of text.
    pub fn write(&mut self, document: DocumentId, text: &str) -> Record {
        self.record(document, RecordKind::Update, text.as_bytes())
    }

    /// A snapshot of everything up to a position.
    pub fn snapshot(&mut self, document: DocumentId, covers: u64) -> Record {
        let payload = [&covers.to_be_bytes()[..], b"state"].concat();
        self.record(document, RecordKind::Snapshot, &payload)
    }

    /// A link as a newer version may write it: a change that has no word here.
    pub fn later_link(&mut self, document: DocumentId, previous: Hash) -> Record {
        let change = [&[0x82, 0x58, 32][..], &previous.0, &[0x82, 24, 99, 0x81, 0x01]].concat();
        self.record(document, RecordKind::Membership, &change)
    }

    /// The next link of a chain.
    pub fn link(&mut self, document: DocumentId, previous: Hash, change: &Change) -> Record {
        self.record(document, RecordKind::Membership, &change.payload(previous))
    }
}

/// The ask that pushes these.
pub fn push<'r>(records: impl IntoIterator<Item = &'r Record>) -> Ask {
    Ask::Push {
        records: records.into_iter().map(|record| record.bytes().to_vec().into()).collect(),
    }
}

/// The ask that pulls a page.
pub fn pull(document: DocumentId, after: u64) -> Ask {
    Ask::Pull { document, after, whole: false }
}

/// The ask that redeems a code.
pub fn redeem(code: Code) -> Ask {
    Ask::Redeem { code: code.to_string().replace(' ', ""), tentative: false }
}

/// The ask that makes an invitation with this code.
pub fn invite(name: u64, code: Code, person: PersonId, document: DocumentId) -> Ask {
    Ask::Invite { invitation: InvitationId(wide(name)), code: code.hash(), person, document }
}

/// The code that this number makes.
pub fn code(number: u64) -> Code {
    let place = |digit: u32| (number >> (5 * digit)) as u8 & 31;
    Code::from_chance(std::array::from_fn(|digit| place(digit as u32)))
}

/// The person that this number names.
pub fn person(number: u64) -> PersonId {
    PersonId(wide(number))
}

/// The document that this number names.
pub fn document(number: u64) -> DocumentId {
    DocumentId(wide(number))
}

fn wide(number: u64) -> [u8; 16] {
    let mut bytes = [7; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes
}
