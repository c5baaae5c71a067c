//! An update with what stands behind it in a record, a draft or a live frame: what makes its sessions its device's
//! own, and who signed it first where somebody else passes it on.
//!
//! ```text
//! update .. | proof | relay, or nothing
//! ```
//!
//! The CRDT library reads the update and stops, and so does an app that knows of no proof. Both parts behind it are
//! CBOR; an update without them is one of an older app.

use documents::contents;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Decoder, Encode};
use trust::{
    DeviceId, DocumentId, HEADER_BYTES, Record, RecordKind, SessionNonce, Signature, said_live,
};

/// What makes the sessions of an update its device's own.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
struct Proof {
    #[n(0)]
    nonces: Vec<SessionNonce>,
    /// It says once more what many have written, as far as the one who signs it knows.
    #[n(1)]
    is_summary: Option<bool>,
}

/// Who signed an update that somebody else has put in a record.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
enum Relay {
    /// It was said live, and its writer has made no record of it.
    #[n(0)]
    Live {
        #[n(0)]
        device: DeviceId,
        #[n(1)]
        signature: Signature,
    },
    /// It was in a record that the server cannot take under its own name.
    #[n(1)]
    Record {
        #[n(0)]
        header: ByteVec,
        #[n(1)]
        signature: Signature,
    },
}

/// An update as it was read from anywhere.
pub(crate) struct Authored<'a> {
    /// The update and its proof: what a signature is over.
    signed: &'a [u8],
    pub(crate) nonces: Vec<SessionNonce>,
    /// It says once more what many have written; none of it is its writer's own.
    pub(crate) is_summary: bool,
    relay: Option<Relay>,
    /// Which sessions have something in it, and the clock after the last of it.
    pub(crate) sessions: Vec<(u64, u32)>,
}

impl<'a> Authored<'a> {
    /// Reads an update and what stands behind it; `None` when the update cannot be read.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let contents = contents(bytes).ok()?;
        let (update, behind) = bytes.split_at(contents.length);
        let sessions = contents.sessions;
        let mut reader = Decoder::new(behind);
        let Ok(Proof { nonces, is_summary }) = reader.decode() else {
            let (nonces, is_summary, relay) = (Vec::new(), false, None);
            return Some(Self { signed: update, nonces, is_summary, relay, sessions });
        };
        let is_summary = is_summary.unwrap_or_default();
        let signed = &bytes[..contents.length + reader.position()];
        // A relay of a newer app proves nothing here.
        Some(Self { signed, nonces, is_summary, relay: reader.decode().ok(), sessions })
    }

    /// Whose words they are, where `recorder` has signed the record they came in; `None` when somebody else's
    /// signature does not hold.
    pub(crate) fn writer(&self, document: DocumentId, recorder: DeviceId) -> Option<DeviceId> {
        match &self.relay {
            None => Some(recorder),
            Some(Relay::Live { device, signature }) => {
                said_live(*device, document, self.signed, signature).then_some(*device)
            }
            Some(Relay::Record { header, signature }) => {
                let bytes = [header.as_slice(), self.signed, &signature.0].concat();
                let record = Record::read(bytes).ok()?;
                let header = record.header();
                let is_it = header.document == document && header.kind == RecordKind::Update;
                is_it.then_some(header.device)
            }
        }
    }
}

/// Which device said it live, where it is passed on in a record of another's.
pub(crate) fn said_by(bytes: &[u8]) -> Option<DeviceId> {
    match Authored::read(bytes)?.relay? {
        Relay::Live { device, .. } => Some(device),
        Relay::Record { .. } => None,
    }
}

/// An update with the proof that this session is its device's own.
pub(crate) fn with_proof(mut update: Vec<u8>, nonce: Option<SessionNonce>) -> Vec<u8> {
    let proof = Proof { nonces: nonce.into_iter().collect(), is_summary: None };
    put_behind(&mut update, &proof);
    update
}

/// What many have written, said once more by one of them.
pub(crate) fn as_summary(mut state: Vec<u8>) -> Vec<u8> {
    put_behind(&mut state, &Proof { nonces: Vec::new(), is_summary: Some(true) });
    state
}

/// What a device has said live, as others may put it in a record.
pub(crate) fn passed_on(said: &[u8], device: DeviceId, signature: Signature) -> Vec<u8> {
    let mut bytes = said.to_vec();
    put_behind(&mut bytes, &Relay::Live { device, signature });
    bytes
}

/// What a record says, as others may put it in one of theirs. What an older app wrote proves nothing.
pub(crate) fn said_again(record: &Record) -> Vec<u8> {
    let mut bytes = record.payload().to_vec();
    let can_prove = |authored: Authored<'_>| {
        !authored.nonces.is_empty() && authored.signed.len() == record.payload().len()
    };
    let (header, rest) = record.bytes().split_at(HEADER_BYTES);
    if let Some(signature) = rest.last_chunk()
        && Authored::read(record.payload()).is_some_and(can_prove)
    {
        let (header, signature) = (header.to_vec().into(), Signature(*signature));
        put_behind(&mut bytes, &Relay::Record { header, signature });
    }
    bytes
}

fn put_behind(bytes: &mut Vec<u8>, what: &impl Encode<()>) {
    // Writing to a Vec cannot fail.
    let _ = minicbor::encode(what, bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{Author, Paper, area};
    use domain::{ItemId, Who};
    use trust::{DeviceKey, Header, VERSION, sign_live};

    const DOCUMENT: DocumentId = DocumentId([7; 16]);
    const NONCE: SessionNonce = SessionNonce([3; 8]);

    fn key(number: u8) -> DeviceKey {
        DeviceKey::from_seed(&[number; 32])
    }

    /// What a device writes, with its proof.
    fn words(key: &DeviceKey) -> Vec<u8> {
        let mut paper = Paper::new(NONCE.number(key.device(), DOCUMENT));
        area::add_goal(&mut paper, ItemId(1), Author { who: Who([1; 16]), at_ms: 0 });
        with_proof(paper.take_fresh().unwrap(), Some(NONCE))
    }

    #[test]
    fn what_stands_behind_an_update_reads_back_and_the_update_stays_one() {
        let key = key(1);
        let bytes = words(&key);
        let read = Authored::read(&bytes).unwrap();
        assert_eq!((read.nonces.as_slice(), &read.relay), (&[NONCE][..], &None));
        assert_eq!(read.sessions[0].0, NONCE.number(key.device(), DOCUMENT));
        assert_eq!(read.writer(DOCUMENT, DeviceId([9; 32])), Some(DeviceId([9; 32])));
        assert!(Paper::new(1).apply(&bytes).is_ok());
        // A promise to every phone already out there.
        assert_eq!(bytes[bytes.len() - 11..], [0x81, 0x81, 0x48, 3, 3, 3, 3, 3, 3, 3, 3]);
        let older = &bytes[..bytes.len() - 11];
        let read = Authored::read(older).unwrap();
        assert!(read.nonces.is_empty() && read.relay.is_none());
    }

    #[test]
    fn what_is_passed_on_keeps_its_own_writer_and_nobody_else_can_be_named() {
        let (hers, recorder) = (key(1), DeviceId([9; 32]));
        let said = words(&hers);
        let signature = sign_live(DOCUMENT, &said, &hers);
        let relayed = passed_on(&said, hers.device(), signature);
        let writer =
            |bytes: &[u8], document| Authored::read(bytes).unwrap().writer(document, recorder);
        assert_eq!(writer(&relayed, DOCUMENT), Some(hers.device()));
        assert_eq!(writer(&relayed, DocumentId([8; 16])), None, "in another document");
        let forged = passed_on(&said, key(2).device(), signature);
        assert_eq!(writer(&forged, DOCUMENT), None, "in another name");
    }

    #[test]
    fn what_a_record_said_is_said_again_with_its_own_signature() {
        let hers = key(1);
        let header = Header {
            version: VERSION,
            kind: RecordKind::Update,
            document: DOCUMENT,
            device: hers.device(),
            counter: 5,
            epoch: 0,
        };
        let record = Record::sign(header, &words(&hers), &hers).unwrap();
        let again = said_again(&record);
        let writer = Authored::read(&again).unwrap().writer(DOCUMENT, DeviceId([9; 32]));
        assert_eq!(writer, Some(hers.device()));
    }
}
