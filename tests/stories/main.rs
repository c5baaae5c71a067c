//! What people live through, one sentence a test.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod aside;
mod large;
mod screens;
mod tabs;
mod together;
