//! Challenges for the way without a socket. Any node on the same database recognises what another
//! has given out, and nothing is stored for one before it has done something.
//!
//! A pass that was seen on its way could be used again while its challenge is fresh. One of a device that is
//! nobody's can do nothing but redeem a code for that very device, and what it needs for that it has anyway, so
//! using it again is harmless and it is not remembered. One of somebody's device is remembered for as long as its
//! challenge is fresh, with that device and up to a number that no app comes near: who uses it up has used up
//! nobody's but their own, and somebody without an account has nothing remembered at all.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sync::Stamp;
use trust::{Challenge, DeviceId, Pass};

use crate::chance;
use crate::trouble::Trouble;

/// How long a challenge can be used.
const SECONDS: u64 = 120;
/// Challenges that one device may use in that time on one node: an app whose person types posts twice a second.
const USED_MAX: usize = 1000;

/// `seconds 8 | chance 8 | the first 16 bytes of an HMAC-SHA-256 over both`.
pub(crate) struct Challenges {
    key: [u8; 32],
    used: Mutex<Used>,
}

#[derive(Default)]
struct Used {
    /// When each was made, by device.
    by_device: HashMap<DeviceId, HashMap<[u8; 32], u64>>,
    /// When all of them were last looked through.
    looked: u64,
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

    /// Whether this was given out a moment ago.
    pub(crate) fn is_fresh(&self, challenge: Challenge, now: Stamp) -> bool {
        let bytes = challenge.0;
        let proof = tag(&self.key, &bytes[..16]);
        now.seconds.abs_diff(made(&bytes)) <= SECONDS && same(&proof[..16], &bytes[16..])
    }

    /// Uses up the pass of somebody's device that is fresh and holds; says no when it has been used here.
    pub(crate) fn use_up(&self, pass: Pass, now: Stamp) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.forget(now);
        let of_device = used.by_device.entry(pass.device).or_default();
        let bytes = pass.challenge.0;
        of_device.len() < USED_MAX && of_device.insert(bytes, made(&bytes)).is_none()
    }
}

impl Used {
    /// Once in a while, all that is too old to be used again.
    fn forget(&mut self, now: Stamp) {
        if now.seconds.abs_diff(self.looked) > SECONDS / 4 {
            self.looked = now.seconds;
            self.by_device.retain(|_, used| {
                used.retain(|_, made| now.seconds.abs_diff(*made) <= SECONDS);
                !used.is_empty()
            });
        }
    }
}

fn made(bytes: &[u8; 32]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *bytes;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
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
    use trust::DeviceKey;

    use super::*;

    const NOW: Stamp = Stamp { seconds: 1_800_000_000 };

    fn pass(challenge: Challenge, number: u8) -> Pass {
        Pass::sign(challenge, &DeviceKey::from_seed(&[number; 32]))
    }

    #[test]
    fn a_pass_of_somebodys_works_once_and_not_for_long() {
        let challenges = Challenges::new(&[1; 32]);
        let challenge = challenges.make(NOW).unwrap();
        assert!(challenges.is_fresh(challenge, NOW));
        let late = Stamp { seconds: NOW.seconds + SECONDS + 1 };
        assert!(!challenges.is_fresh(challenge, late));
        assert!(challenges.use_up(pass(challenge, 1), NOW));
        assert!(!challenges.use_up(pass(challenge, 1), NOW), "used");
    }

    #[test]
    fn one_device_uses_up_nobodys_but_its_own() {
        let challenges = Challenges::new(&[1; 32]);
        let used =
            (0..2000).filter(|_| challenges.use_up(pass(challenges.make(NOW).unwrap(), 1), NOW));
        assert_eq!(used.count(), USED_MAX);
        assert!(challenges.use_up(pass(challenges.make(NOW).unwrap(), 2), NOW));
        let later = Stamp { seconds: NOW.seconds + SECONDS + 1 };
        assert!(challenges.use_up(pass(challenges.make(later).unwrap(), 1), later));
        assert_eq!(challenges.used.lock().unwrap().by_device.len(), 1, "the rest is forgotten");
    }

    #[test]
    fn another_node_with_the_same_secret_recognises_it_and_nobody_else() {
        let challenge = Challenges::new(&[1; 32]).make(NOW).unwrap();
        assert!(Challenges::new(&[1; 32]).is_fresh(challenge, NOW));
        assert!(!Challenges::new(&[2; 32]).is_fresh(challenge, NOW));
        assert!(!Challenges::new(&[1; 32]).is_fresh(Challenge([0; 32]), Stamp { seconds: 0 }));
    }
}
