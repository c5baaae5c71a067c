//! What somebody sends who means harm: bytes that are nearly what they should be, and an app that reads them.

mod bare;
mod update;

pub(crate) use bare::aim_at;
pub use bare::{Bare, Base};
pub use update::{Aim, hostile_update};

/// Where numbers come from: chance, or the bytes of a fuzzer.
pub trait Dice {
    /// A number below `end`, which is at least 1.
    fn below(&mut self, end: u64) -> u64;

    /// One of these.
    fn one_of<T: Clone>(&mut self, all: &[T]) -> T
    where
        Self: Sized,
    {
        all[self.below(all.len() as u64) as usize].clone()
    }

    /// True once in so many times.
    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

impl Dice for crate::chance::Chance {
    fn below(&mut self, end: u64) -> u64 {
        Self::below(self, end)
    }
}
