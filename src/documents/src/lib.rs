//! The nouns as documents that merge: the only room that names yrs.
