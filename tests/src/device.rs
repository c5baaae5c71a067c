//! A phone or a laptop: a disk that outlives the app, and one or more tabs of the app.

use std::collections::BTreeMap;

use client::{Batch, Client, Input, Range, Row, Store, Write};

/// How badly things go. Each number is "once in so many times"; 0 is never.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    /// A frame is lost, and a little later its connection.
    pub frame_lost: u64,
    /// A frame comes twice.
    pub frame_twice: u64,
    /// A frame comes after the one behind it.
    pub frame_late: u64,
    /// A batch finds the disk full.
    pub disk_full: u64,
    /// A hint between tabs is lost.
    pub hint_lost: u64,
}

/// One device.
pub(crate) struct Device {
    pub(crate) name: &'static str,
    pub(crate) disk: BTreeMap<(Store, Vec<u8>), Vec<u8>>,
    pub(crate) tabs: Vec<Option<Tab>>,
    pub(crate) cut_off: bool,
    /// By how much its clock is wrong.
    pub(crate) clock_error_ms: i64,
    /// The version of the app on it.
    pub(crate) version: String,
    /// The app ended by a fault of its own the last time.
    pub(crate) has_ended: bool,
    /// The app ends by a fault of its own as soon as the next row of this store is on the disk.
    pub(crate) ends_on: Option<Store>,
    /// The later half of the app comes to its tabs; else the server cannot be reached for it.
    pub(crate) has_later_half: bool,
    /// The tab that has taken the lead from the others.
    pub(crate) taken_by: Option<usize>,
}

/// One open tab.
pub(crate) struct Tab {
    pub(crate) client: Client,
    pub(crate) wants_line: bool,
    pub(crate) line: Option<u64>,
    pub(crate) wake_at: Option<u64>,
    /// When the batch before is on the disk: batches keep their order.
    pub(crate) disk_free_at: u64,
    /// What it will hear when it goes on; `None` while it is awake.
    pub(crate) asleep: Option<Vec<Input>>,
}

impl Device {
    pub(crate) fn new(name: &'static str) -> Self {
        let (disk, tabs) = (BTreeMap::new(), Vec::new());
        let (cut_off, clock_error_ms, has_ended) = (false, 0, false);
        Self {
            name,
            disk,
            tabs,
            cut_off,
            clock_error_ms,
            version: "1".to_owned(),
            has_ended,
            ends_on: None,
            has_later_half: true,
            taken_by: None,
        }
    }

    /// Writes all of a batch, or nothing where a row is there that was to be added.
    pub(crate) fn write(&mut self, batch: &Batch) -> bool {
        let is_there = |write: &Write| matches!(write, Write::Add(row) if self.disk.contains_key(&(row.store, row.key.clone())));
        if batch.writes.iter().any(is_there) {
            return false;
        }
        for write in &batch.writes {
            match write {
                Write::Add(Row { store, key, value }) | Write::Put(Row { store, key, value }) => {
                    self.disk.insert((*store, key.clone()), value.clone());
                }
                Write::Delete(store, key) => {
                    self.disk.remove(&(*store, key.clone()));
                }
            }
        }
        true
    }

    pub(crate) fn read(&self, range: &Range) -> Vec<Row> {
        let first = (range.store, range.first.clone());
        let last = (range.store, range.last.clone());
        let row = |((store, key), value): (&(Store, Vec<u8>), &Vec<u8>)| Row {
            store: *store,
            key: key.clone(),
            value: value.clone(),
        };
        self.disk.range(first..=last).map(row).collect()
    }

    pub(crate) fn read_at_start(&self) -> Vec<Row> {
        let whole = |store| self.read(&Range::all_of(store));
        Store::AT_START.into_iter().flat_map(whole).collect()
    }

    /// The tab that leads: the oldest one that is open, as a Web Lock gives it, or one that has taken it.
    pub(crate) fn leader(&self) -> Option<usize> {
        let taken_by = self.taken_by.filter(|tab| self.tabs[*tab].is_some());
        taken_by.or_else(|| self.tabs.iter().position(Option::is_some))
    }
}
