//! What lies on the disks of a town's devices, to be looked at and damaged.

use std::collections::BTreeMap;

use client::Store;

use crate::town::{Town, Walker};

impl Town {
    /// Throws away rows, as a browser does that is short of space.
    pub fn evict(&mut self, walker: Walker, store: Store) {
        self.devices[walker.device].disk.retain(|(kept, _), _| *kept != store);
    }

    /// Puts other bytes in the place of these, as many, wherever they stand on the disk.
    pub fn replace_on_disk(&mut self, walker: Walker, these: &[u8], others: &[u8]) {
        for value in self.devices[walker.device].disk.values_mut() {
            if let Some(at) = value.windows(these.len()).position(|found| found == these) {
                value[at..at + these.len()].copy_from_slice(others);
            }
        }
    }

    /// Whether these bytes stand anywhere on somebody's disk.
    pub fn has_on_disk(&self, walker: Walker, these: &[u8]) -> bool {
        let stands = |bytes: &[u8]| bytes.windows(these.len()).any(|found| found == these);
        let mut rows = self.devices[walker.device].disk.iter();
        rows.any(|((_, key), value)| stands(key) || stands(value))
    }

    /// All that lies on somebody's disk.
    pub(crate) fn disk(&self, walker: Walker) -> BTreeMap<(Store, Vec<u8>), Vec<u8>> {
        self.devices[walker.device].disk.clone()
    }

    /// What the rows of a store on somebody's disk hold, by their keys.
    pub fn rows(&self, walker: Walker, store: Store) -> Vec<Vec<u8>> {
        let rows = self.devices[walker.device].disk.iter();
        rows.filter(|((kept, _), _)| *kept == store).map(|(_, value)| value.clone()).collect()
    }

    /// How many rows of a store there are on somebody's disk.
    pub fn rows_on_disk(&self, walker: Walker, store: Store) -> usize {
        let rows = self.devices[walker.device].disk.keys();
        rows.filter(|(kept, _)| *kept == store).count()
    }
}
