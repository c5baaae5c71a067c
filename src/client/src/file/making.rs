//! Making a file of all that a citizen has.

use std::any::Any;

use trust::DocumentId;

use super::{HandedOut, write};
use crate::client::{Client, Topic};
use crate::effect::Row;
use crate::errand::{Errand, Happened};
use crate::refusal::Refusal;
use crate::run::Outcome;

/// The log is being read, or has been.
pub(crate) struct MakingFile {
    load: u64,
    /// What was not known to be on the disk when the disk was asked.
    unwritten: Vec<Row>,
    rows: Option<Vec<Row>>,
    pub(crate) file: Option<HandedOut>,
}

impl MakingFile {
    pub(super) fn new(load: u64, unwritten: Vec<Row>) -> Self {
        Self { load, unwritten, rows: None, file: None }
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.rows.is_some()
    }
}

impl Errand for MakingFile {
    fn go_on(&mut self, client: &mut Client, happened: Happened<'_>) -> bool {
        match happened {
            Happened::Loaded(number, rows) if number == self.load => {
                let unwritten = std::mem::take(&mut self.unwritten);
                self.rows = Some(rows.iter().cloned().chain(unwritten).collect());
                client.changed(Topic::Errand);
                true
            }
            _ => false,
        }
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn look(&self) -> &dyn Any {
        self
    }
}

impl Client {
    /// Makes the file, of a log that has been read. The notes of "Kun mig" come only where the citizen said so.
    pub(crate) fn make_file(&mut self, course: DocumentId, with_notes: bool) -> Outcome {
        let mut errand = self.errand.take();
        let out = errand.as_mut().and_then(|errand| errand.as_any().downcast_mut::<MakingFile>());
        let made = match out {
            Some(MakingFile { rows: Some(rows), file, .. }) => {
                write::file(self, rows, (course, with_notes)).map(|made| *file = Some(made))
            }
            _ => Err(Refusal::Opening),
        };
        self.errand = errand;
        self.changed(Topic::Errand);
        made.map(|()| None)
    }
}
