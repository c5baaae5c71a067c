//! The walls, held by tests: who may import whom, how large a thing may grow, and where text, colours
//! and effects may stand. Each complaint names the file, the line, and what to do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says why")]
mod exceptions;
mod house;
mod outside;
mod ratchets;
mod rooms;
mod screens;
mod source;
mod styles;
mod walls;
