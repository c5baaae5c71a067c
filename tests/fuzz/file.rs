//! A file that is taken in: one that was made here, changed anywhere, and anything else.
#![no_main]

mod dice;

use std::sync::OnceLock;

use dice::Bytes;
use libfuzzer_sys::fuzz_target;
use tests::hostile::{Bare, Base, Dice};

static BASE: OnceLock<(Base, Vec<u8>)> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let (base, file) = BASE.get_or_init(|| {
        let base = Base::new();
        let file = Bare::open(&base).file();
        (base, file)
    });
    let mut dice = Bytes::new(data);
    let mut app = Bare::open(base);
    let mut changed = file.clone();
    while !dice.is_empty() {
        let at = dice.below(changed.len() as u64 + 1) as usize;
        let (cut, put) = (dice.below(30) as usize, dice.rest_of_some());
        let end = (at + cut).min(changed.len());
        changed.splice(at..end, put);
        if dice.once_in(12) {
            changed = dice.rest_of_some();
        }
    }
    app.take_in(&changed);
    app.look_at_everything();
    assert!(app.is_in());
});
