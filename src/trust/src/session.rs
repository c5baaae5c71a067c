//! The number under which one page of the app writes in a document. The CRDT knows only such numbers; whose they are
//! must not be for anybody to say who comes first, or whoever hears a number could write under it.

use sha2::{Digest, Sha256};

use crate::{DeviceId, DeviceKey, DocumentId, Signature};

/// Chance that makes a session's number its device's own: told with every record that is written under it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct SessionNonce(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 8]);

impl SessionNonce {
    /// The session's number, of 53 bits: the front of a SHA-256 over device, document and nonce. To find a nonce of
    /// one's own device for somebody else's number takes 2^53 tries.
    pub fn number(&self, device: DeviceId, document: DocumentId) -> u64 {
        let digest = Sha256::new()
            .chain_update(b"medspil session 1")
            .chain_update(device.0)
            .chain_update(document.0)
            .chain_update(self.0)
            .finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)) >> 11
    }
}

/// Signs what is said live in a document, so that whoever heard it can show others who said it.
pub fn sign_live(document: DocumentId, words: &[u8], key: &DeviceKey) -> Signature {
    key.sign(&live_bytes(document, words))
}

/// Whether this device said that live in this document.
pub fn said_live(
    device: DeviceId,
    document: DocumentId,
    words: &[u8],
    signature: &Signature,
) -> bool {
    device.signed(&live_bytes(document, words), signature)
}

/// A record begins with its version, which is never the letter m: nothing said live can pass for one.
fn live_bytes(document: DocumentId, words: &[u8]) -> Vec<u8> {
    [b"medspil live 1".as_slice(), &document.0, words].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_devices_own_in_one_document() {
        let (mine, yours) = (DeviceId([1; 32]), DeviceId([2; 32]));
        let (document, other) = (DocumentId([7; 16]), DocumentId([8; 16]));
        let nonce = SessionNonce([3; 8]);
        // A promise to every phone already out there.
        assert_eq!(nonce.number(mine, document), NUMBER);
        assert_ne!(nonce.number(yours, document), NUMBER);
        assert_ne!(nonce.number(mine, other), NUMBER);
        assert!(nonce.number(yours, other) < 1 << 53);
    }

    const NUMBER: u64 = 6_066_836_243_586_695;

    #[test]
    fn what_is_said_live_is_said_in_one_document_by_one_device() {
        let key = DeviceKey::from_seed(&[5; 32]);
        let document = DocumentId([7; 16]);
        let signature = sign_live(document, b"min bolig", &key);
        assert!(said_live(key.device(), document, b"min bolig", &signature));
        assert!(!said_live(key.device(), document, b"min bil", &signature));
        assert!(!said_live(key.device(), DocumentId([8; 16]), b"min bolig", &signature));
    }
}
