//! Town: many clients and a hub in one plain test.
