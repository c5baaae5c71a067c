//! Live frames have a mark for each device they come from: whoever was heard when the app ended is not heard live any
//! more, and is read by their records.

use minicbor::bytes::ByteVec;
use trust::{DeviceId, DocumentId};

use crate::client::Client;
use crate::effect::{Row, Store, Write};
use crate::keeper::Then;
use crate::stored::{put, read};

/// `notes`, under this and the device: its live frames are being read.
pub(super) const LIVE_MARK: &[u8] = b"suspect-live/";

#[derive(Default)]
pub(super) struct LiveMark {
    is_on_disk: bool,
    /// Frames whose words wait for the mark.
    waiting: Vec<(DocumentId, ByteVec)>,
    /// An app of this version has ended on what this device said live.
    ended: Option<String>,
}

impl Client {
    /// Words that somebody has shown live. They are read when it is on the disk that they are.
    pub(crate) fn read_live_when_marked(
        &mut self,
        device: DeviceId,
        document: DocumentId,
        update: ByteVec,
    ) {
        if self.lead.leads() && !self.may_borrow(document, device, &update) {
            return;
        }
        let known = self.suspects.live.get(&device);
        if known.is_some_and(|mark| mark.ended.is_some()) {
            return;
        }
        // The tab that leads has read it before it tells the others.
        if known.is_some_and(|mark| mark.is_on_disk) || !self.lead.leads() {
            return self.borrow(document, &update);
        }
        let is_new = known.is_none();
        let mark = self.suspects.live.entry(device).or_default();
        mark.waiting.push((document, update));
        if is_new {
            let ended: Option<String> = None;
            self.keeper.keep(put(Store::Notes, &live_key(device), &ended));
            self.keeper.then(Then::ReadLive(device));
        }
    }

    /// Whether the other tabs may read what a device says live. What is not read here yet they hear of by the
    /// record.
    pub(crate) fn is_read_live(&self, device: DeviceId) -> bool {
        let mark = self.suspects.live.get(&device);
        mark.is_none_or(|mark| mark.waiting.is_empty() && mark.ended.is_none())
    }

    pub(crate) fn read_live(&mut self, device: DeviceId) {
        let Some(mark) = self.suspects.live.get_mut(&device) else { return };
        mark.is_on_disk = true;
        for (document, update) in std::mem::take(&mut mark.waiting) {
            self.borrow(document, &update);
        }
    }

    /// A device has nothing open any longer that is open here.
    pub(crate) fn hears_no_more_of(&mut self, device: DeviceId) {
        let stays = |mark: &LiveMark| mark.ended.is_some() || !mark.waiting.is_empty();
        if self.suspects.live.get(&device).is_some_and(|mark| !stays(mark)) {
            self.suspects.live.remove(&device);
            self.keeper.cache(Write::Delete(Store::Notes, live_key(device)));
        }
    }

    /// Whoever was heard live when the app ended is not heard live by this version any more; what they write is
    /// read from their records.
    pub(super) fn settle_live_marks(&mut self) {
        let (has_ended, version) = (self.suspects.has_ended, self.suspects.version.clone());
        for (device, mark) in std::mem::take(&mut self.suspects.live) {
            let ended = match mark.ended {
                Some(before) => (before == version).then_some(before),
                None => has_ended.then(|| version.clone()),
            };
            if ended.is_some() {
                self.keeper.keep(put(Store::Notes, &live_key(device), &ended));
                self.suspects.live.insert(device, LiveMark { ended, ..LiveMark::default() });
            } else {
                self.keeper.cache(Write::Delete(Store::Notes, live_key(device)));
            }
        }
    }

    /// Takes in a row from the disk, if it is a mark on a device.
    pub(super) fn take_live_mark(&mut self, row: &Row) {
        if let Some(name) = row.key.strip_prefix(LIVE_MARK).and_then(|name| name.first_chunk()) {
            let ended = read::<Option<String>>(&row.value).flatten();
            let mark = LiveMark { ended, ..LiveMark::default() };
            self.suspects.live.insert(DeviceId(*name), mark);
        }
    }
}

fn live_key(device: DeviceId) -> Vec<u8> {
    [LIVE_MARK, &device.0].concat()
}
