//! The whole app without a screen.
