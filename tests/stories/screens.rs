//! What stands on a screen is what is so.

use client::view::{Me, MeStage};
use tests::{Seed, Town, watch_through};

#[test]
fn no_screen_is_left_with_an_old_answer() {
    for seed in 61..64 {
        watch_through(Seed(seed), 150);
    }
}

#[test]
fn a_screen_that_opens_without_a_network_is_told_what_is_so() {
    let mut town = Town::new(Seed(64));
    let (citizen, _) = town.course();
    town.cut_off(citizen);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.watch(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &Me).stage, MeStage::In);
}
