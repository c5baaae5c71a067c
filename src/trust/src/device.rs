//! A device and its signing key. The name of a device *is* its public key, so a signature can be
//! checked by anybody who holds the record, with nothing looked up.

use core::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};

/// An Ed25519 public key, 32 bytes: the name of one app on one device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct DeviceId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// An Ed25519 signature, 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct Signature(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 64]);

/// The secret half. It never leaves the device it was made on.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key that these 32 random bytes make. The same bytes make the same key.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The 32 bytes to keep on the device's own disk.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn device(&self) -> DeviceId {
        DeviceId(self.0.verifying_key().to_bytes())
    }

    /// Signs these bytes, whatever they are; callers put what they mean in front.
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(bytes).to_bytes())
    }
}

impl DeviceId {
    /// Whether this device signed these bytes. Small-order keys and other malleable forms are
    /// refused (`verify_strict`), so two different devices can never own one signature.
    pub fn signed(&self, bytes: &[u8], signature: &Signature) -> bool {
        VerifyingKey::from_bytes(&self.0)
            .and_then(|key| key.verify_strict(bytes, &signature.0.into()))
            .is_ok()
    }

    /// Reads the 64 hexadecimal digits that `Display` writes.
    pub fn from_hex(text: &str) -> Option<Self> {
        crate::id::from_hex(text).map(Self)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::id::write_hex(&self.0, out)
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::id::write_hex(&self.0[..4], out)
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DeviceKey of {:?}", self.device())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_one_device_and_these_bytes() {
        let mine = DeviceKey::from_seed(&[1; 32]);
        let other = DeviceKey::from_seed(&[2; 32]);
        let signature = mine.sign(b"min bolig");
        assert!(mine.device().signed(b"min bolig", &signature));
        assert!(!mine.device().signed(b"min bil", &signature));
        assert!(!other.device().signed(b"min bolig", &signature));
    }

    #[test]
    fn a_key_of_small_order_signs_nothing() {
        let mut weak = [0; 32];
        weak[0] = 1;
        assert!(!DeviceId(weak).signed(b"", &Signature([0; 64])));
    }
}
