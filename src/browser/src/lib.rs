//! Does what the client asks of the Web, and tells it what happened. Decides nothing.
//!
//! [`start`] ties a client to this page: the [`Engine`] performs each `Effect` and hands every
//! `Input` back. One file, one thing the Web can do.

mod chance;
mod clock;
mod disk;
mod event;
mod life;
mod line;
mod page;
mod patience;
mod polling;
mod socket;
mod stores;
mod tabs;
mod timer;
mod transaction;

pub use chance::chance;
pub use life::{tell_panics, tell_up};

/// How anything in here tells the client what happened.
type Say = std::rc::Rc<dyn Fn(client::Input)>;
