//! Whose the sessions of a document are. A session belongs to the device that can show that its number is its own;
//! one of an older app, which cannot, to the device that used it first in a signed record. What somebody else writes
//! under it is not taken in: it would stand in the place of words that are still to come.

use litemap::LiteMap;
use minicbor::Encode;
use sync::read_in_order;
use trust::{DeviceId, DocumentId, SessionNonce};

/// A record holds at most so many sessions: those of one device since it was last heard of.
const SESSIONS_MAX: usize = 1_000;

/// Whose a session is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Owner {
    device: DeviceId,
    is_proven: bool,
}

/// Whose the sessions of one document are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Owners(LiteMap<u64, Owner>);

/// What was made of a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Claim {
    /// Some of it is under a session that is somebody else's: none of it is taken in.
    pub(crate) is_foreign: bool,
    /// Somebody else has written under one of these sessions before: that must go.
    pub(crate) displaces: bool,
}

/// In the cache of a document: the sessions of one device.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct OwnerRow {
    #[n(0)]
    device: DeviceId,
    #[n(1)]
    proven: Vec<u64>,
    #[n(2)]
    first: Vec<u64>,
}

read_in_order!(OwnerRow { device, proven, first });

impl Owners {
    /// Whose a session is, as far as it is known.
    pub(crate) fn owner(&self, session: u64) -> Option<DeviceId> {
        self.0.get(&session).map(|owner| owner.device)
    }

    /// Every session that is known to be this device's.
    pub(crate) fn sessions_of(&self, device: DeviceId) -> impl Iterator<Item = u64> {
        let owned = self.0.iter().filter(move |(_, owner)| owner.device == device);
        owned.map(|(session, _)| *session)
    }

    /// Every session and whose it is.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u64, DeviceId)> {
        self.0.iter().map(|(session, owner)| (*session, owner.device))
    }

    /// A device has shown that these sessions are its own. Whether one of them was taken for somebody else's.
    pub(crate) fn prove(
        &mut self,
        device: DeviceId,
        document: DocumentId,
        nonces: &[SessionNonce],
    ) -> bool {
        let mut displaces = false;
        for nonce in nonces.iter().take(SESSIONS_MAX) {
            let session = nonce.number(device, document);
            let before = self.0.insert(session, Owner { device, is_proven: true });
            displaces |= before.is_some_and(|owner| owner.device != device);
        }
        displaces
    }

    /// A device writes under these sessions.
    pub(crate) fn claim(
        &mut self,
        device: DeviceId,
        (document, nonces): (DocumentId, &[SessionNonce]),
        sessions: &[(u64, u32)],
    ) -> Claim {
        let displaces = self.prove(device, document, nonces);
        let is_others = |session| self.owner(session).is_some_and(|owner| owner != device);
        let is_foreign = sessions.len() > SESSIONS_MAX
            || sessions.iter().any(|(session, _)| is_others(*session));
        if !is_foreign {
            for (session, _) in sessions {
                self.0.entry(*session).or_insert(Owner { device, is_proven: false });
            }
        }
        Claim { is_foreign, displaces }
    }

    /// Whether a summary invents nothing that its writer could not know: of sessions that are somebody's it says no
    /// more than `is_known` here. Nobody is made their owner by it.
    pub(crate) fn may_summarise(
        &self,
        sessions: &[(u64, u32)],
        is_known: impl Fn(u64, u32) -> bool,
    ) -> bool {
        let is_theirs = |session| self.owner(session).is_some();
        let mut new = sessions.iter().filter(|(session, clock)| !is_known(*session, *clock));
        !new.any(|(session, _)| is_theirs(*session))
    }

    /// As it lies in the cache.
    pub(crate) fn rows(&self) -> Vec<OwnerRow> {
        let mut rows: LiteMap<DeviceId, OwnerRow> = LiteMap::new();
        for (&session, owner) in self.0.iter() {
            let (device, proven, first) = (owner.device, Vec::new(), Vec::new());
            let row = rows.entry(device).or_insert(OwnerRow { device, proven, first });
            if owner.is_proven { row.proven.push(session) } else { row.first.push(session) }
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// From the cache. What was shown since stands.
    pub(crate) fn take(&mut self, rows: Vec<OwnerRow>) {
        for OwnerRow { device, proven, first } in rows {
            let proven = proven.into_iter().map(|session| (session, true));
            for (session, is_proven) in proven.chain(first.into_iter().map(|s| (s, false))) {
                self.0.entry(session).or_insert(Owner { device, is_proven });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERS: DeviceId = DeviceId([1; 32]);
    const METTES: DeviceId = DeviceId([2; 32]);
    const DOCUMENT: DocumentId = DocumentId([7; 16]);
    const NONCE: SessionNonce = SessionNonce([3; 8]);
    const HOLDS: Claim = Claim { is_foreign: false, displaces: false };
    const FOREIGN: Claim = Claim { is_foreign: true, displaces: false };
    const DISPLACES: Claim = Claim { is_foreign: false, displaces: true };

    fn claim(
        owners: &mut Owners,
        device: DeviceId,
        nonces: &[SessionNonce],
        session: u64,
    ) -> Claim {
        owners.claim(device, (DOCUMENT, nonces), &[(session, 5)])
    }

    #[test]
    fn a_session_that_was_shown_to_be_hers_is_nobody_elses() {
        let session = NONCE.number(HERS, DOCUMENT);
        let mut owners = Owners::default();
        assert_eq!(claim(&mut owners, HERS, &[NONCE], session), HOLDS);
        assert_eq!(claim(&mut owners, METTES, &[NONCE], session), FOREIGN);
        assert_eq!(claim(&mut owners, METTES, &[], session), FOREIGN);
        assert_eq!(claim(&mut owners, HERS, &[], session), HOLDS);
    }

    #[test]
    fn whoever_comes_first_under_her_number_has_to_give_it_back() {
        let session = NONCE.number(HERS, DOCUMENT);
        let mut owners = Owners::default();
        assert_eq!(claim(&mut owners, METTES, &[NONCE], session), HOLDS);
        assert_eq!(owners.owner(session), Some(METTES));
        assert_eq!(claim(&mut owners, HERS, &[NONCE], session), DISPLACES);
        assert_eq!(claim(&mut owners, METTES, &[], session), FOREIGN);
    }

    #[test]
    fn one_of_an_older_app_belongs_to_whoever_used_it_first_and_what_is_known_may_be_summed_up() {
        let mut owners = Owners::default();
        assert_eq!(claim(&mut owners, HERS, &[], 9), HOLDS);
        assert_eq!(claim(&mut owners, METTES, &[], 9), FOREIGN);
        let may = |clock| owners.may_summarise(&[(9, clock), (10, 3)], |_, clock| clock <= 5);
        assert!(may(5) && !may(6));
        assert_eq!(owners.owner(10), None);
    }

    #[test]
    fn what_lies_in_the_cache_reads_back() {
        let mut owners = Owners::default();
        claim(&mut owners, HERS, &[NONCE], NONCE.number(HERS, DOCUMENT));
        claim(&mut owners, METTES, &[], 9);
        let mut read = Owners::default();
        read.take(owners.rows());
        assert_eq!(read, owners);
    }
}
