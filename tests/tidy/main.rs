//! The walls, held by a test.
