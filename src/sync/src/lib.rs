//! Who lacks what: bytes and positions, not plans.
