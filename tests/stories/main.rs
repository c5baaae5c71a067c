//! What people live through, one sentence a test.

mod together;
