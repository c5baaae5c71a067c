//! A file of the guide, and where in it things stand.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::complaint::Complaint;

/// A file of the guide.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

impl File<'_> {
    /// Reads it as what it should be. What may stand there in place of an unknown name the reader says itself.
    pub(super) fn parse<T: DeserializeOwned>(self) -> Result<T, Complaint> {
        toml::from_str(self.text).map_err(|error| {
            let line = self.line(&error.span().unwrap_or_default());
            let message = error.message().trim_end_matches('.').replace('\n', ", ");
            match message.split_once(", expected ") {
                Some((what, expected)) => Complaint::at((self.name, line), what, expected),
                None => Complaint::at((self.name, line), message, AS_BUILT_IN),
            }
        })
    }

    /// The line that something begins in, from 1.
    pub(super) fn line(self, place: &Range<usize>) -> usize {
        let before = self.text.as_bytes().iter().take(place.start);
        before.filter(|byte| **byte == b'\n').count() + 1
    }

    /// What is wrong at a place.
    pub(super) fn complain(
        self,
        place: &Range<usize>,
        what: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Complaint {
        Complaint::at((self.name, self.line(place)), what, allowed)
    }
}

const AS_BUILT_IN: &str = "what stands in the file of this name in src/server/guide";
