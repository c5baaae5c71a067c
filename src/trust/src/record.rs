//! A record: what one device wrote in one document at one time, signed.
//!
//! The bytes are a promise to every phone already out there:
//!
//! ```text
//! version 1 | kind 1 | document 16 | device 32 | counter 8 | epoch 4 | payload .. | signature 64
//! ```
//!
//! Numbers are big-endian. In every version to come the header stands where it stands here and the
//! last 64 bytes are the device's signature over all before them, so that a server or a client that
//! is older than a record can still keep it, pass it on, and know who wrote it. Epoch 0 means that
//! the payload is in the clear; from epoch 1 on it is sealed with the document's key of that epoch.

use crate::{DeviceId, DeviceKey, DocumentId, Signature};

/// The version this build writes.
pub const VERSION: u8 = 1;
/// The header in front of the payload.
pub const HEADER_BYTES: usize = 62;
/// The signature behind it.
pub const SIGNATURE_BYTES: usize = 64;
/// No record is larger, header and signature included: 256 KB, from `sync-and-trust`.
pub const RECORD_BYTES_MAX: usize = 256 * 1024;

/// What the payload is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecordKind {
    /// Changes to a document, in the words of `documents`.
    Update,
    /// The whole document up to a position: 8 bytes of position, then the state.
    Snapshot,
    /// A link in the document's membership chain, always readable by the server.
    Membership,
    /// From a version of Medspil that this one does not know. Kept and passed on.
    Later(u8),
}

/// The readable, signed front of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Which form the payload has; [`VERSION`] when this build wrote it.
    pub version: u8,
    /// What the payload is.
    pub kind: RecordKind,
    /// The document it belongs to.
    pub document: DocumentId,
    /// Who wrote it.
    pub device: DeviceId,
    /// Rises by one for each record the device makes, over all documents; starts at 1.
    pub counter: u64,
    /// Which key seals the payload; 0 for none.
    pub epoch: u32,
}

/// Why bytes are no record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Malformed {
    /// Shorter than a header and a signature.
    #[error("Optegnelsen er for kort.")]
    TooShort,
    /// Larger than [`RECORD_BYTES_MAX`].
    #[error("Optegnelsen er for stor.")]
    TooLarge,
    /// Version 0 or counter 0, which nobody writes.
    #[error("Optegnelsen har et hoved, der ikke kan læses.")]
    Header,
    /// The signature is not the device's.
    #[error("Underskriften passer ikke.")]
    Signature,
}

/// A record whose form and signature have been checked: holding one is the proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    header: Header,
    bytes: Vec<u8>,
}

impl Record {
    /// Signs a payload. The header's device must be the key's own.
    ///
    /// # Errors
    /// [`Malformed::TooLarge`] when the record would pass [`RECORD_BYTES_MAX`].
    pub fn sign(header: Header, payload: &[u8], key: &DeviceKey) -> Result<Self, Malformed> {
        debug_assert_eq!(header.device, key.device());
        let mut bytes = Vec::with_capacity(HEADER_BYTES + payload.len() + SIGNATURE_BYTES);
        header.write(&mut bytes);
        bytes.extend_from_slice(payload);
        let signature = key.sign(&bytes);
        bytes.extend_from_slice(&signature.0);
        if bytes.len() > RECORD_BYTES_MAX {
            return Err(Malformed::TooLarge);
        }
        Ok(Self { header, bytes })
    }

    /// Reads and checks bytes from anywhere.
    ///
    /// # Errors
    /// [`Malformed`], by what is wrong first.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Malformed> {
        if bytes.len() > RECORD_BYTES_MAX {
            return Err(Malformed::TooLarge);
        }
        let header = Header::read(&bytes)?;
        let (signed, tail) = bytes.split_at(bytes.len() - SIGNATURE_BYTES);
        let signature = tail.try_into().map_err(|_| Malformed::TooShort)?;
        if !header.device.signed(signed, &Signature(signature)) {
            return Err(Malformed::Signature);
        }
        Ok(Self { header, bytes })
    }

    /// Takes bytes that were checked when they were first stored on this very disk.
    ///
    /// # Errors
    /// [`Malformed`] for a form that cannot be read; the signature is not checked again.
    pub fn trust_own_disk(bytes: Vec<u8>) -> Result<Self, Malformed> {
        Ok(Self { header: Header::read(&bytes)?, bytes })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The payload, opaque here.
    pub fn payload(&self) -> &[u8] {
        &self.bytes[HEADER_BYTES..self.bytes.len() - SIGNATURE_BYTES]
    }

    /// All of it, as it is stored and sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All of it, given away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The position a snapshot covers, for [`RecordKind::Snapshot`] alone.
    pub fn covers(&self) -> Option<u64> {
        let position = self.payload().first_chunk::<8>()?;
        (self.header.kind == RecordKind::Snapshot).then(|| u64::from_be_bytes(*position))
    }
}

impl RecordKind {
    /// Whether a snapshot can stand in for it. No link is left out of a log, and nothing that only a newer
    /// version knows: whoever made the snapshot could not read it.
    pub fn can_be_covered(self) -> bool {
        matches!(self, Self::Update | Self::Snapshot)
    }

    fn byte(self) -> u8 {
        match self {
            Self::Update => 1,
            Self::Snapshot => 2,
            Self::Membership => 3,
            Self::Later(byte) => byte,
        }
    }

    fn from_byte(version: u8, byte: u8) -> Self {
        match (version, byte) {
            (VERSION, 1) => Self::Update,
            (VERSION, 2) => Self::Snapshot,
            (VERSION, 3) => Self::Membership,
            _ => Self::Later(byte),
        }
    }
}

impl Header {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.version);
        bytes.push(self.kind.byte());
        bytes.extend_from_slice(&self.document.0);
        bytes.extend_from_slice(&self.device.0);
        bytes.extend_from_slice(&self.counter.to_be_bytes());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
    }

    /// The header at the front of a record's bytes, unchecked against the signature.
    ///
    /// # Errors
    /// [`Malformed::TooShort`] or [`Malformed::Header`].
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() < HEADER_BYTES + SIGNATURE_BYTES {
            return Err(Malformed::TooShort);
        }
        let part = |from: usize| &bytes[from..];
        let header = Self {
            version: bytes[0],
            kind: RecordKind::from_byte(bytes[0], bytes[1]),
            document: DocumentId(front(part(2))?),
            device: DeviceId(front(part(18))?),
            counter: u64::from_be_bytes(front(part(50))?),
            epoch: u32::from_be_bytes(front(part(58))?),
        };
        // The counter is kept as a signed 64-bit number by every database we use.
        let counted = header.counter > 0 && header.counter <= i64::MAX as u64;
        if header.version > 0 && counted { Ok(header) } else { Err(Malformed::Header) }
    }
}

fn front<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Malformed> {
    bytes.first_chunk().copied().ok_or(Malformed::TooShort)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(key: &DeviceKey) -> Header {
        Header {
            version: VERSION,
            kind: RecordKind::Update,
            document: DocumentId([7; 16]),
            device: key.device(),
            counter: 258,
            epoch: 0,
        }
    }

    #[test]
    fn the_bytes_of_version_1_stay_as_they_are() {
        let key = DeviceKey::from_seed(&[3; 32]);
        let record = Record::sign(header(&key), b"abc", &key).unwrap();
        let bytes = record.bytes();
        assert_eq!(bytes.len(), 62 + 3 + 64);
        assert_eq!(&bytes[..2], [1, 1]);
        assert_eq!(&bytes[2..18], [7; 16]);
        assert_eq!(&bytes[18..50], key.device().0);
        assert_eq!(&bytes[50..62], [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0]);
        assert_eq!(&bytes[62..65], b"abc");
        // Ed25519 is deterministic, so the signature is a snapshot too.
        assert_eq!(&bytes[65..69], SIGNATURE_FRONT);
    }

    const SIGNATURE_FRONT: [u8; 4] = [64, 207, 35, 113];

    #[test]
    fn any_bit_turned_is_seen() {
        let key = DeviceKey::from_seed(&[3; 32]);
        let record = Record::sign(header(&key), b"abc", &key).unwrap();
        for place in 0..record.bytes().len() {
            let mut bytes = record.bytes().to_vec();
            bytes[place] ^= 1;
            assert!(Record::read(bytes).is_err(), "byte {place}");
        }
    }

    #[test]
    fn a_record_from_a_later_version_can_be_kept_and_its_author_known() {
        let key = DeviceKey::from_seed(&[3; 32]);
        let later = Header { version: 9, kind: RecordKind::Later(44), ..header(&key) };
        let record = Record::sign(later, b"?", &key).unwrap();
        let read = Record::read(record.bytes().to_vec()).unwrap();
        assert_eq!(read.header(), &later);
    }

    #[test]
    fn garbage_is_refused_in_a_sentence() {
        assert_eq!(Record::read(vec![]), Err(Malformed::TooShort));
        assert_eq!(Record::read(vec![0; 126]), Err(Malformed::Header));
        assert_eq!(Record::read(vec![1; RECORD_BYTES_MAX + 1]), Err(Malformed::TooLarge));
    }
}
