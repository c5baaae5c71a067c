//! Who lacks what: bytes and positions, not plans.
//!
//! The wire ([`message`]), the hub's half ([`hub`]) over whatever [`Shelf`] keeps its rows, and the
//! device's half ([`Replica`]). All of it is plain functions of what they are given; clock, disk and
//! network are the caller's.

mod answer;
pub mod aside;
pub mod devices;
mod fields;
mod filling;
mod founding;
mod frame;
mod gone;
mod guesses;
pub mod guide;
pub mod hub;
pub mod invitation;
pub mod limits;
mod memory;
pub mod message;
mod outgoing;
mod position;
mod replica;
mod restored;
mod shelf;
mod step;
mod tell;
mod unanswered;

pub use answer::{Answer, Notice, Request, Unusable, WAIT_SECONDS, answer, live, redeem, welcome};
pub use guesses::{Block, ComesFrom, Guesses};
pub use memory::MemoryShelf;
pub use replica::Replica;
pub use shelf::{Account, Ancestor, Invitation, Shelf, Shelved, SnapshotPlace, Stamp};
pub use step::Step;
