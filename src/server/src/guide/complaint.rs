//! What is wrong with a guide: which file, which line, what, and what may stand there.

use std::fmt;

/// What is wrong, for whoever starts the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    file: String,
    line: Option<usize>,
    what: String,
    allowed: String,
}

impl Complaint {
    /// About a line.
    pub(super) fn at(
        (file, line): (&str, usize),
        what: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Self {
        let (what, allowed) = (what.into(), allowed.into());
        Self { file: file.to_owned(), line: Some(line), what, allowed }
    }

    /// About a file as a whole.
    pub(super) fn whole(file: &str, what: impl Into<String>, allowed: impl Into<String>) -> Self {
        let (what, allowed) = (what.into(), allowed.into());
        Self { file: file.to_owned(), line: None, what, allowed }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(out, ", line {line}")?;
        }
        write!(out, ": {}. Allowed: {}.", self.what, self.allowed)
    }
}

impl std::error::Error for Complaint {}
