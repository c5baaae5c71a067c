//! Everything in one file: out of this device, and in again on another.
//!
//! Nothing in a file is trusted. It is read and checked, and what this device lacks is offered to the server,
//! whose own rules decide, as after a restore from a backup; what it keeps comes to this device as anything
//! else does.

mod chain;
mod lacking;
mod making;
mod read;
mod readable;
mod taking_in;
mod write;

use std::sync::Arc;

use trust::DocumentId;

pub(crate) use making::MakingFile;
pub(crate) use taking_in::TakingIn;

use crate::client::{Client, Topic};
use crate::command::Deed;
use crate::effect::{Effect, Range, Store};
use crate::errand::Errand;
use crate::run::Outcome;

/// The version of the file that this app writes. Fields are only added to one; a file of a higher version
/// is left to a newer app.
pub const FILE_VERSION: u32 = 1;
/// No larger file is read: some fifty years of a plan.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// No file of more records is read.
pub const FILE_RECORDS_MAX: usize = 100_000;

/// What a person can do with a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileCommand {
    /// Read all that is on this device, so that a file can be made of it.
    Begin,
    /// Make the file, once it has been read.
    Make {
        /// Of this course, whose citizen I am.
        course: DocumentId,
        /// Whether the notes of "Kun mig" are in it.
        with_notes: bool,
    },
    /// Take in what a file holds and this device lacks.
    TakeIn(Arc<[u8]>),
    /// I am done with the file, unless it is still coming in.
    Leave,
}

/// A file to give to the one who asked for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandedOut {
    /// What to call it.
    pub name: String,
    /// What kind of file it is, as the Web says it.
    pub kind: &'static str,
    /// What stands in it.
    pub bytes: Arc<[u8]>,
}

/// Why a file cannot come in. Nothing has changed then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileFault {
    /// It is not one that Medspil has made.
    Foreign,
    /// A newer app has made it.
    Newer,
    /// There is more in it than any plan holds.
    TooLarge,
    /// It ends before its end.
    Cut {
        /// The line it ends in, from 1.
        line: usize,
    },
    /// Something in it cannot be read, or stands there twice.
    Broken {
        /// The line, from 1.
        line: usize,
    },
    /// It can be read, and is not what it was when it was made.
    Changed,
    /// It is about somebody else.
    SomebodyElse,
    /// Nobody has let this device in.
    NotLetIn,
    /// The app is open in another tab, which has the connection.
    OtherTab,
}

impl Deed for FileCommand {
    fn done_by(self: Box<Self>, client: &mut Client) -> Outcome {
        match *self {
            Self::Begin => client.just(Client::begin_file),
            Self::Make { course, with_notes } => client.make_file(course, with_notes),
            Self::TakeIn(bytes) => client.just(|me| me.take_in_file(&bytes)),
            Self::Leave => client.just(Client::leave_file),
        }
    }
}

impl Client {
    /// Reads the whole log, for a file of it to be made. What is being written comes to rest first.
    fn begin_file(&mut self) {
        self.all_documents().into_iter().for_each(|document| self.rest(document));
        let unwritten = self.keeper.unwritten(Store::Records).cloned().collect();
        let load = self.load_whole_log();
        self.set_out(MakingFile::new(load, unwritten));
    }

    fn load_whole_log(&mut self) -> u64 {
        let number = self.lead.next_load();
        self.effect(Effect::Load(number, vec![Range::all_of(Store::Records)]));
        number
    }

    pub(crate) fn set_out(&mut self, errand: impl Errand + 'static) {
        self.errand = Some(Box::new(errand));
        self.changed(Topic::Errand);
    }

    /// Forgets a file that was made, or has come in or been stopped. One that is coming in goes on.
    fn leave_file(&mut self) {
        let is_of_file = |errand: &dyn Errand| {
            errand.look().is::<TakingIn>() || errand.look().is::<MakingFile>()
        };
        if self.errand.as_deref().is_some_and(is_of_file) && !self.is_taking_in_file() {
            self.errand = None;
            self.changed(Topic::Errand);
        }
    }

    /// Whether a file is coming in just now.
    pub(crate) fn is_taking_in_file(&self) -> bool {
        let taking =
            self.errand.as_ref().and_then(|errand| errand.look().downcast_ref::<TakingIn>());
        taking.is_some_and(TakingIn::is_on_its_way)
    }
}

#[cfg(test)]
mod tests;
