//! What a link is called by the next one: the hash of its record.

use core::fmt;

use sha2::{Digest, Sha256};

use crate::Record;

/// The SHA-256 of a link's record, signature included; all zero before the first.
#[derive(Clone, Copy, PartialEq, Eq, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct Hash(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Hash {
    /// The hash of a whole record.
    pub fn of(record: &Record) -> Self {
        Self::of_bytes(record.bytes())
    }

    /// The hash of any bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::id::write_hex(&self.0[..4], out)
    }
}
