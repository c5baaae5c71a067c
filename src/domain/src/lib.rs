//! Nouns and rules of the Collaboration Model, true on paper too.
