//! What a device is to do next, by its half of the log.

use trust::{DeviceId, DocumentId, PersonId};

use crate::message::{Ask, Held, Placed, Refusal, Tell, WaitFor};

/// What to do next.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// Send this.
    Ask(Ask),
    /// These records are new here; having them, everything through `through` is known.
    Took {
        /// The document.
        document: DocumentId,
        /// The records, in order.
        records: Vec<Placed>,
        /// The position.
        through: u64,
    },
    /// A summary stands here for the records after one position and through another: what it says is not known to
    /// be what they say. See [`Replica::fill`](crate::Replica::fill).
    Skipped {
        /// The document.
        document: DocumentId,
        /// After this position.
        after: u64,
        /// Through this one.
        through: u64,
    },
    /// These are records that a summary stood in for.
    Filled {
        /// The document.
        document: DocumentId,
        /// The records, in order.
        records: Vec<Placed>,
        /// How far they reach.
        through: u64,
        /// Whether they are the last that were asked for.
        is_all: bool,
    },
    /// Whose devices these are, as the server says.
    Writers(Vec<(DeviceId, PersonId)>),
    /// My record is on the server's disk.
    Stored {
        /// Its counter.
        counter: u64,
        /// Its document.
        document: DocumentId,
        /// How far the document is known now.
        through: u64,
    },
    /// My record was not kept.
    Refused {
        /// Its counter.
        counter: u64,
        /// All of it.
        record: Vec<u8>,
        /// Why.
        why: Refusal,
    },
    /// This document is one I may read.
    Member(Held),
    /// This one is not, or not any longer.
    Gone(DocumentId),
    /// The server was restored: push everything that was ever made or received again.
    Restored,
    /// It would not take this record back yet: keep it until [`Step::Returned`], and say
    /// [`Replica::owe_still`](crate::Replica::owe_still) when the app is opened again.
    Owed(Vec<u8>),
    /// It has another record by the name of this one, which was to be given back: a device that had
    /// forgotten its counter has used it again. What it says must be said by another name.
    NameTaken(Vec<u8>),
    /// It has taken back a record that was owed.
    Returned {
        /// Who made it.
        device: DeviceId,
        /// Its counter.
        counter: u64,
    },
    /// It has been given back all that it will take: from now on this is the log's number.
    GivenBack(u64),
    /// The server asks for patience: call [`Replica::waited`](crate::Replica::waited) after this many seconds.
    Wait(u64, WaitFor),
    /// Everything else the hub said is not about logs.
    Heard(Tell),
}
