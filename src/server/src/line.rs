//! One connection, and what is on its way to it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use sync::Block;
use sync::devices::Owner;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use trust::{DeviceId, PersonId};

use crate::places::Place;

/// What may wait for one slow reader. Then it is let go, and fetches what it missed when it is back.
pub(crate) const WAITING_BYTES_MAX: usize = 2 * 1024 * 1024;
/// What is live is not put behind this much: the record that follows holds the same, and who has a slow line is not
/// to lose it to somebody who says much.
const LIVE_WAITING_BYTES_MAX: usize = 256 * 1024;
/// Counted for a frame beside its own bytes.
const FRAME_OVERHEAD_BYTES: usize = 64;

/// Why a connection ends from this side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    /// Nothing was heard for too long.
    Silent,
    /// It does not read what it is sent.
    TooSlow,
    /// The same person has come from too many places since.
    Replaced,
    /// No more connections fit.
    Full,
    /// It kept sending after being asked to wait.
    TooMuch,
    /// A frame was larger than any may be.
    TooLarge,
    /// It did not say who it is, or not truly.
    NoPass,
    /// What it sends is not Medspil's.
    Unreadable,
    /// Its device is nobody's any longer.
    PutOut,
    /// The server stops, or has been away from its database.
    Restart,
}

impl Ending {
    /// The close code and the words that go with it.
    pub(crate) fn code(self) -> (u16, &'static str) {
        match self {
            Self::Silent => (1001, "silent"),
            Self::Restart => (1012, "restart"),
            Self::NoPass => (4401, "no pass"),
            Self::TooLarge => (1009, "too large"),
            Self::TooMuch => (1008, "too much"),
            Self::Unreadable => (1007, "unreadable"),
            Self::TooSlow => (1013, "too slow"),
            Self::Replaced => (4409, "too many places"),
            Self::Full => (1013, "full"),
            Self::PutOut => (4410, "put out"),
        }
    }
}

/// The sending end of one connection.
#[derive(Debug)]
pub(crate) struct Line {
    device: DeviceId,
    place: Arc<Place>,
    owner: Mutex<Option<Owner>>,
    queue: UnboundedSender<Bytes>,
    /// What is heard before the line may speak; `None` while it may.
    held: Mutex<Option<Vec<Bytes>>>,
    waiting: AtomicUsize,
    ending: OnceLock<Ending>,
    ended: Notify,
}

impl Line {
    /// A line that keeps what it hears to itself until [`Line::speak`].
    pub(crate) fn new(
        device: DeviceId,
        place: Arc<Place>,
    ) -> (Arc<Self>, UnboundedReceiver<Bytes>) {
        let (queue, receiver) = unbounded_channel();
        let line = Self {
            device,
            place,
            owner: Mutex::new(None),
            queue,
            held: Mutex::new(Some(Vec::new())),
            waiting: AtomicUsize::new(0),
            ending: OnceLock::new(),
            ended: Notify::new(),
        };
        (Arc::new(line), receiver)
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.device
    }

    /// Whose device it is just now.
    pub(crate) fn owner(&self) -> Option<Owner> {
        *self.owner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The person whose device it is just now.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.owner().map(|owner| owner.person)
    }

    /// Where its connection comes from.
    pub(crate) fn block(&self) -> Block {
        self.place.block()
    }

    pub(crate) fn set_owner(&self, owner: Option<Owner>) {
        *self.owner.lock().unwrap_or_else(PoisonError::into_inner) = owner;
        match owner {
            Some(_) if !self.place.take() => self.end(Ending::Full),
            Some(_) => {}
            None => self.place.give_back(),
        }
    }

    /// Whether its connection is gone.
    pub(crate) fn is_over(&self) -> bool {
        self.queue.is_closed()
    }

    /// Puts a frame in the queue, or ends a connection that does not empty it.
    pub(crate) fn send(&self, frame: Bytes) {
        if let Some(frame) = self.admit(frame) {
            match self.held().as_mut() {
                Some(held) => held.push(frame),
                // The other end is gone only when the connection is.
                None => drop(self.queue.send(frame)),
            }
        }
    }

    /// Keeps what is heard from now on until [`Line::speak`]: what it means is still being read.
    pub(crate) fn hold(&self) {
        self.held().get_or_insert_default();
    }

    /// Puts these in the queue, and behind them what was heard meanwhile.
    pub(crate) fn speak(&self, frames: impl IntoIterator<Item = Bytes>) {
        let mut held = self.held();
        let frames = frames.into_iter().filter_map(|frame| self.admit(frame));
        let frames: Vec<Bytes> = frames.chain(held.take().into_iter().flatten()).collect();
        frames.into_iter().for_each(|frame| drop(self.queue.send(frame)));
    }

    pub(crate) fn hears_live(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) <= LIVE_WAITING_BYTES_MAX
    }

    fn admit(&self, frame: Bytes) -> Option<Bytes> {
        let size = frame.len() + FRAME_OVERHEAD_BYTES;
        if self.waiting.fetch_add(size, Ordering::Relaxed) > WAITING_BYTES_MAX {
            self.end(Ending::TooSlow);
            return None;
        }
        Some(frame)
    }

    fn held(&self) -> MutexGuard<'_, Option<Vec<Bytes>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a frame has left.
    pub(crate) fn sent(&self, frame_bytes: usize) {
        self.waiting.fetch_sub(frame_bytes + FRAME_OVERHEAD_BYTES, Ordering::Relaxed);
    }

    /// Asks the connection to end; the first reason stands.
    pub(crate) fn end(&self, ending: Ending) {
        if self.ending.set(ending).is_ok() {
            self.ended.notify_waiters();
        }
    }

    /// The reason, if there is one.
    #[cfg(test)]
    pub(crate) fn ending(&self) -> Option<Ending> {
        self.ending.get().copied()
    }

    /// The reason, as soon as there is one.
    pub(crate) async fn ended(&self) -> Ending {
        let mut ended = std::pin::pin!(self.ended.notified());
        loop {
            // Listening before looking: what is said in between is heard.
            ended.as_mut().enable();
            if let Some(ending) = self.ending.get() {
                return *ending;
            }
            ended.as_mut().await;
            ended.set(self.ended.notified());
        }
    }
}
