//! How often somebody may try a code who has none. A device's key costs nothing and a code comes from a device that
//! is nobody's yet, so what is counted is where they come from: a block of addresses, and its neighbourhood.
//!
//! Nothing is counted for all: whatever anybody guesses elsewhere, a right code works. A wrong one costs the block
//! that it comes from a wait, none at first and then slowly longer ones; while it lasts no code is looked at, and what
//! is not looked at costs nothing. Decided with its arithmetic in `src/README.md`.

use std::collections::BTreeMap;

use trust::CodeHash;

/// A block of addresses as one subscriber has it, by whatever names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Block(pub [u8; 8]);

/// Where a code comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ComesFrom {
    /// One subscriber.
    pub block: Block,
    /// Some hundreds of them.
    pub neighbourhood: Block,
}

/// How it goes on after so many wrong codes.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// Wrong codes without a wait.
    free: u32,
    /// The longest wait, in seconds, which is also the time after which one of them is forgotten.
    longest: u64,
}

/// A shelter's phones share a block, and people mistype: thirty at once, then 1,350 a day.
const OF_BLOCK: Patience = Patience { free: 30, longest: 64 };
/// Somebody may have a whole neighbourhood: 65,536 blocks of IPv6.
const OF_NEIGHBOURHOOD: Patience = Patience { free: 120, longest: 16 };
/// The last codes of a block that were wrong: an app tries the same again when its connection was lost.
const REMEMBERED: usize = 4;
/// So many blocks before those are forgotten that have nothing left to be held against them.
const LOOK_AT: usize = 4096;

/// What was tried, from everywhere that is still remembered.
#[derive(Clone, Default, Debug)]
pub struct Guesses {
    blocks: BTreeMap<Block, Tries>,
    neighbourhoods: BTreeMap<Block, Tries>,
}

#[derive(Clone, Default, Debug)]
struct Tries {
    wrong: u32,
    /// When the next code is looked at.
    next: u64,
    /// When one of the wrong ones is forgotten.
    forget: u64,
    last: Vec<CodeHash>,
}

impl Guesses {
    /// Whether a code may be looked at now; else how many seconds are left. It counts as wrong until
    /// [`Guesses::was_right`] is said: many may be looked at at once.
    ///
    /// `now` is in seconds of a clock that only goes forward.
    ///
    /// # Errors
    /// The seconds to wait; nothing has been counted then.
    pub fn try_code(&mut self, from: ComesFrom, code: CodeHash, now: u64) -> Result<(), u64> {
        self.forget_some(now);
        let known = |tries: &Tries| tries.last.contains(&code);
        if self.blocks.get(&from.block).is_some_and(known) {
            return Ok(());
        }
        let block = self.blocks.get(&from.block);
        let neighbourhood = self.neighbourhoods.get(&from.neighbourhood);
        let wait = |tries: Option<&Tries>| tries.map_or(0, |tries| tries.next.saturating_sub(now));
        let wait = wait(block).max(wait(neighbourhood));
        if wait > 0 {
            return Err(wait);
        }
        self.neighbourhoods.entry(from.neighbourhood).or_default().add(OF_NEIGHBOURHOOD, now);
        let block = self.blocks.entry(from.block).or_default();
        block.add(OF_BLOCK, now);
        block.last.truncate(REMEMBERED - 1);
        block.last.insert(0, code);
        Ok(())
    }

    /// It was not wrong: nothing of it is held against anybody. Only what was counted is taken back, however often
    /// the same is said: a code that is used up is known to many.
    pub fn was_right(&mut self, from: ComesFrom, code: CodeHash) {
        let Some(block) = self.blocks.get_mut(&from.block) else { return };
        let counted = block.last.len();
        block.last.retain(|last| *last != code);
        if block.last.len() == counted {
            return;
        }
        block.take_back();
        if let Some(neighbourhood) = self.neighbourhoods.get_mut(&from.neighbourhood) {
            neighbourhood.take_back();
        }
    }

    fn forget_some(&mut self, now: u64) {
        for (tries, patience) in
            [(&mut self.blocks, OF_BLOCK), (&mut self.neighbourhoods, OF_NEIGHBOURHOOD)]
        {
            if tries.len() >= LOOK_AT {
                tries.retain(|_, tries| tries.forget(patience, now) > 0);
            }
        }
    }
}

impl Tries {
    fn add(&mut self, patience: Patience, now: u64) {
        self.forget(patience, now);
        if self.wrong == 0 {
            self.forget = now + patience.longest;
        }
        self.wrong += 1;
        if let Some(beyond) = self.wrong.checked_sub(patience.free) {
            let wait = 1_u64.checked_shl(beyond).unwrap_or(u64::MAX).min(patience.longest);
            self.next = now + wait;
        }
    }

    fn take_back(&mut self) {
        self.wrong = self.wrong.saturating_sub(1);
        self.next = 0;
    }

    /// Forgets one for each time that is over; says how many are left.
    fn forget(&mut self, patience: Patience, now: u64) -> u32 {
        let over = (now + patience.longest).saturating_sub(self.forget) / patience.longest;
        self.wrong = self.wrong.saturating_sub(u32::try_from(over).unwrap_or(u32::MAX));
        self.forget += over * patience.longest;
        self.wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(number: u8) -> ComesFrom {
        let block = Block([0, 0, 0, 0, 0, 0, number, 1]);
        ComesFrom { block, neighbourhood: Block([0, 0, 0, 0, 0, 0, number, 0]) }
    }

    fn code(number: u64) -> CodeHash {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&number.to_be_bytes());
        CodeHash(hash)
    }

    /// How many of so many guesses a second are looked at in this time.
    fn looked_at(guesses: &mut Guesses, from: ComesFrom, seconds: std::ops::Range<u64>) -> usize {
        let tries = seconds.flat_map(|second| (0..10).map(move |n| (second, n)));
        let looked = tries
            .filter(|(second, n)| guesses.try_code(from, code(second * 10 + n), *second).is_ok());
        looked.count()
    }

    #[test]
    fn a_day_of_guessing_looks_at_few_and_costs_nobody_else_anything() {
        let mut guesses = Guesses::default();
        assert_eq!(looked_at(&mut guesses, from(1), 0..4), 31, "thirty at once");
        let day = looked_at(&mut guesses, from(1), 4..86_400);
        assert!((1_300..1_500).contains(&day), "{day}");
        assert_eq!(guesses.try_code(from(2), code(0), 86_400), Ok(()));
        // And after a while it is as before.
        assert_eq!(looked_at(&mut guesses, from(1), 100_000..100_001), 10);
    }

    #[test]
    fn waits_grow_slowly() {
        let mut guesses = Guesses::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for number in 0..40 {
            while let Err(wait) = guesses.try_code(from(1), code(number), now) {
                waits.push(wait);
                now += wait;
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 64, 64, 64]);
    }

    #[test]
    fn what_is_right_or_the_same_again_costs_nothing() {
        let mut guesses = Guesses::default();
        for number in 0..100 {
            assert_eq!(guesses.try_code(from(1), code(number), 0), Ok(()));
            guesses.was_right(from(1), code(number));
        }
        for _ in 0..100 {
            assert_eq!(guesses.try_code(from(1), code(1_000), 0), Ok(()));
        }
        assert_eq!(looked_at(&mut guesses, from(1), 0..3), 29, "one of thirty was wrong");
    }

    #[test]
    fn a_code_that_is_used_up_takes_back_no_guess_of_another() {
        let mut guesses = Guesses::default();
        looked_at(&mut guesses, from(1), 0..3);
        let now = 3 + 64;
        // The same one from many connections at once: it is looked at once, and the answers come later.
        for _ in 0..40 {
            assert_eq!(guesses.try_code(from(1), code(1_000), now), Ok(()));
        }
        for _ in 0..40 {
            guesses.was_right(from(1), code(1_000));
        }
        assert_eq!(looked_at(&mut guesses, from(1), now..now + 1), 1, "as if it had not been");
    }

    #[test]
    fn who_has_a_whole_neighbourhood_has_little_more() {
        let mut guesses = Guesses::default();
        let (mut looked, mut tried) = (0, 0);
        for second in 0..3600 {
            for block in 0..50_u8 {
                let block = Block([1, 0, 0, 0, 0, (second % 256) as u8, block, 1]);
                let from = ComesFrom { block, neighbourhood: Block([1, 0, 0, 0, 0, 0, 0, 0]) };
                looked += usize::from(guesses.try_code(from, code(tried), second).is_ok());
                tried += 1;
            }
        }
        assert!((120..400).contains(&looked), "{looked}");
        assert!(guesses.blocks.len() < 400, "and little is remembered of them");
    }
}
