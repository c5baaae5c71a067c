//! What the client wants done, and what comes back: the whole seam to the browser.
//!
//! `browser` performs an [`Effect`] and answers with an [`Input`]; it decides nothing.

use crate::by_itself::Tools;

/// Now, as the device tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Now {
    /// Milliseconds that only ever rise while the app runs: for pauses and waits.
    pub steady_ms: u64,
    /// Milliseconds since 1970-01-01 UTC by the device's clock. It may be wrong: it is shown to
    /// people and never orders, merges or deletes anything.
    pub wall_ms: i64,
    /// Minutes to add to UTC for what the clock on the wall shows here.
    pub zone_minutes: i32,
}

/// Where rows lie on the device's disk. Keys and values are bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Store {
    /// Who this device is: one row. Without it the device is new.
    Device,
    /// How far each document is known: a small row a document.
    Positions,
    /// Each document as it was last merged: a cache that can be thrown away.
    Merged,
    /// Every record ever made or received: the truth.
    Records,
    /// My records that the server has not acknowledged.
    Outbox,
    /// Keystrokes not yet in a record, by tab.
    Drafts,
    /// What was refused or could not be read: kept and shown, never dropped.
    Aside,
    /// What only this device needs to know: news, codes waiting, choices.
    Notes,
}

impl Store {
    /// Every store, in the order they are loaded.
    pub const ALL: [Self; 8] = [
        Self::Device,
        Self::Positions,
        Self::Merged,
        Self::Records,
        Self::Outbox,
        Self::Drafts,
        Self::Aside,
        Self::Notes,
    ];

    /// The stores that are read whole when the app opens: all but the long log.
    pub const AT_START: [Self; 7] = [
        Self::Device,
        Self::Positions,
        Self::Merged,
        Self::Outbox,
        Self::Drafts,
        Self::Aside,
        Self::Notes,
    ];

    /// The name of the object store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Positions => "positions",
            Self::Merged => "merged",
            Self::Records => "records",
            Self::Outbox => "outbox",
            Self::Drafts => "drafts",
            Self::Aside => "aside",
            Self::Notes => "notes",
        }
    }
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Where it lies.
    pub store: Store,
    /// Sorted as bytes.
    pub key: Vec<u8>,
    /// What it holds.
    pub value: Vec<u8>,
}

/// One change to a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Write {
    /// Make or replace a row.
    Put(Row),
    /// Remove a row, if it is there.
    Delete(Store, Vec<u8>),
    /// Make a row that must not be there: where it is, nothing of its batch happens, and the answer is
    /// [`Input::Overtaken`].
    Add(Row),
}

/// Changes that happen together or not at all: one strict transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// The name the answer carries.
    pub number: u64,
    /// In order.
    pub writes: Vec<Write>,
    /// Whether it must be on the disk itself before it is answered (`durability: strict`). A cache
    /// need not be.
    pub strict: bool,
}

/// Rows with a key from `first` to `last`, both included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Range {
    /// Where.
    pub store: Store,
    /// The lowest key.
    pub first: Vec<u8>,
    /// The highest key.
    pub last: Vec<u8>,
}

impl Range {
    /// A whole store. No key is higher than this.
    pub fn all_of(store: Store) -> Self {
        Self { store, first: Vec::new(), last: vec![0xff; 64] }
    }
}

/// What the client wants done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Write these rows; answer [`Input::Saved`] or [`Input::NotSaved`]. Batches are performed in
    /// the order they are asked for.
    Save(Batch),
    /// Read these ranges; answer [`Input::Loaded`] once, with the same number.
    Load(u64, Vec<Range>),
    /// Have a live connection from now on: open it, and open it again with patience whenever it is
    /// lost. Each time it opens, say [`Input::Connected`].
    Connect,
    /// Have none.
    Disconnect,
    /// Send a frame on the connection, if there is one.
    Send(Vec<u8>),
    /// Call back with [`Input::Woke`] when `steady_ms` has come to this. Only the earliest counts.
    WakeAt(u64),
    /// Say this to the other tabs. It may be lost.
    Hint(Vec<u8>),
    /// Ask the browser not to throw our data away when space is short.
    Persist,
    /// Lead in place of the tab that does, which does not answer: say [`Input::Deposed`] to it, and
    /// [`Input::Leading`] here.
    TakeLead,
    /// Do not lead after all, and wait for the turn as a page does that has just begun.
    LetGoLead,
    /// Load the page again.
    Reload,
}

/// Why rows could not be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSaved {
    /// The phone has no room.
    Full,
    /// The database is closed, broken or away.
    Away,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// This page has begun: said by the browser unasked and first of all.
    Began {
        /// Which version of the app this is, in whatever words; another one may read what this one cannot.
        version: String,
        /// Whether the page before this one ended by a fault of the app.
        has_ended: bool,
    },
    /// The rows that were asked for. Number 0 is the start: all rows of [`Store::AT_START`], said
    /// by the browser unasked, behind [`Input::Began`].
    Loaded(u64, Vec<Row>),
    /// A batch is on the disk.
    Saved(u64),
    /// A batch is not on the disk; none of its rows are.
    NotSaved(u64, NotSaved),
    /// The connection is open and new: nothing sent before has an answer coming.
    Connected,
    /// A frame has come.
    Received(Vec<u8>),
    /// The connection is lost.
    Disconnected,
    /// The time asked for has come.
    Woke,
    /// The page is no longer seen, and may be killed without another word.
    Hidden,
    /// The page is seen again.
    Shown,
    /// This tab is the one that makes records and speaks with the server.
    Leading,
    /// Another tab said this.
    Hinted(Vec<u8>),
    /// A batch is not on the disk, because a row that it was to add is there.
    Overtaken(u64),
    /// Another tab has taken the lead from this one, which did not answer it.
    Deposed,
    /// The part of the program with the tools is here.
    Tools(Tools),
}
