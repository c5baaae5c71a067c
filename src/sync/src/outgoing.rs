//! A record on its way to the hub.

use trust::{DeviceId, DocumentId};

/// A record on its way out.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) device: DeviceId,
    pub(crate) counter: u64,
    pub(crate) document: DocumentId,
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_snapshot: bool,
    /// Sent once before, to a server that has since been restored from a backup.
    pub(crate) again: bool,
    /// It would not take it back the last time.
    pub(crate) owed: bool,
    /// It keeps it aside: what it says is safe, and in no document.
    pub(crate) is_aside: bool,
}

impl Outgoing {
    pub(crate) fn new(record: &trust::Record, again: bool) -> Self {
        let trust::Header { device, counter, document, .. } = *record.header();
        let (bytes, is_snapshot) = (record.bytes().to_vec(), record.covers().is_some());
        Self { device, counter, document, bytes, is_snapshot, again, owed: false, is_aside: false }
    }

    pub(crate) fn is_by(&self, own: Option<DeviceId>) -> bool {
        !self.again || Some(self.device) == own
    }

    pub(crate) fn name(&self) -> (DeviceId, u64) {
        (self.device, self.counter)
    }
}
