//! The whole app without a screen.
//!
//! Three verbs: [`Client::run`] a command, [`Client::accept`] what happened, and look at a view
//! ([`Query`]). Commands and inputs answer with [`Effect`]s for `browser` to perform and name the
//! [`Topic`]s that changed. There is no clock, chance or network in here: they are arguments.

mod effect;

pub use effect::{Batch, Effect, Input, NotSaved, Now, Range, Row, Store, Write};
