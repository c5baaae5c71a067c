//! Challenges for the way without a socket. Any node on the same database recognises what another
//! has given out, so nothing is stored until one is used.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sync::Stamp;
use trust::Challenge;

use crate::chance;
use crate::trouble::Trouble;

/// How long a challenge can be used.
const SECONDS: u64 = 120;
/// Challenges that were used in that time on one node; beyond it nobody passes for a while.
const USED_MAX: usize = 20_000;

/// `seconds 8 | chance 8 | the first 16 bytes of an HMAC-SHA-256 over both`.
pub(crate) struct Challenges {
    key: [u8; 32],
    used: Mutex<HashMap<[u8; 32], u64>>,
}

impl Challenges {
    /// From a secret that all nodes share.
    pub(crate) fn new(secret: &[u8; 32]) -> Self {
        Self { key: tag(secret, b"medspil challenges 1"), used: Mutex::default() }
    }

    pub(crate) fn make(&self, now: Stamp) -> Result<Challenge, Trouble> {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&now.seconds.to_be_bytes());
        bytes[8..16].copy_from_slice(&chance::bytes::<8>()?);
        let proof = tag(&self.key, &bytes[..16]);
        bytes[16..].copy_from_slice(&proof[..16]);
        Ok(Challenge(bytes))
    }

    /// Whether this was given out a moment ago and has not been used here.
    pub(crate) fn accept(&self, challenge: Challenge, now: Stamp) -> bool {
        let bytes = challenge.0;
        let proof = tag(&self.key, &bytes[..16]);
        let Some(made) = bytes.first_chunk().copied().map(u64::from_be_bytes) else { return false };
        let fresh = now.seconds.abs_diff(made) <= SECONDS;
        if !fresh || !same(&proof[..16], &bytes[16..]) {
            return false;
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= USED_MAX {
            used.retain(|_, made| now.seconds.abs_diff(*made) <= SECONDS);
        }
        used.len() < USED_MAX && used.insert(bytes, made).is_none()
    }
}

fn tag(key: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    // A key that fills one block, so that making it cannot fail.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::<Sha256>::new(&block.into()).chain_update(bytes).finalize().into_bytes().into()
}

/// In the same time whatever differs.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Stamp = Stamp { seconds: 1_800_000_000 };

    #[test]
    fn a_challenge_works_once_and_not_for_long() {
        let challenges = Challenges::new(&[1; 32]);
        let challenge = challenges.make(NOW).unwrap();
        assert!(!challenges.accept(challenge, Stamp { seconds: NOW.seconds + SECONDS + 1 }));
        assert!(challenges.accept(challenge, NOW));
        assert!(!challenges.accept(challenge, NOW), "used");
    }

    #[test]
    fn another_node_with_the_same_secret_recognises_it_and_nobody_else() {
        let challenge = Challenges::new(&[1; 32]).make(NOW).unwrap();
        assert!(Challenges::new(&[1; 32]).accept(challenge, NOW));
        assert!(!Challenges::new(&[2; 32]).accept(challenge, NOW));
        assert!(!Challenges::new(&[1; 32]).accept(Challenge([0; 32]), Stamp { seconds: 0 }));
    }
}
