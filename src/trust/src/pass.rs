//! How a device shows the server who it is: it signs a fresh challenge. A pass proves which device
//! is speaking and nothing else; what that device may do is looked up each time it asks.

use crate::{DeviceId, DeviceKey, Signature};

/// 32 bytes the server made for one connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct Challenge(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// A signed challenge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
pub struct Pass {
    /// Who speaks.
    #[n(0)]
    pub device: DeviceId,
    /// What the server asked it to sign.
    #[n(1)]
    pub challenge: Challenge,
    /// Over the words "medspil pass 1" and the challenge.
    #[n(2)]
    pub signature: Signature,
}

impl Pass {
    /// Signs a challenge.
    pub fn sign(challenge: Challenge, key: &DeviceKey) -> Self {
        let signature = key.sign(&signed_bytes(&challenge));
        Self { device: key.device(), challenge, signature }
    }

    /// Whether the device that is named signed the challenge.
    pub fn holds(&self) -> bool {
        self.device.signed(&signed_bytes(&self.challenge), &self.signature)
    }
}

/// A record begins with its version, which is never the letter m: no pass can be replayed as one.
fn signed_bytes(challenge: &Challenge) -> Vec<u8> {
    [b"medspil pass 1".as_slice(), &challenge.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_is_for_one_challenge() {
        let key = DeviceKey::from_seed(&[5; 32]);
        let pass = Pass::sign(Challenge([1; 32]), &key);
        assert!(pass.holds());
        assert!(!Pass { challenge: Challenge([2; 32]), ..pass }.holds());
    }
}
