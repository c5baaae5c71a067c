//! A thread that only reads, each question at a snapshot of its own.

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

use sync::devices::Owner;
use sync::message::{Ask, Tell};
use sync::{Request, Shelf, Stamp};
use tokio::sync::oneshot;
use trust::{DeviceId, DocumentId, Membership};

use super::health::Health;
use super::{Clock, Reply, mend, survive, wait_for_room};
use crate::store::Store;
use crate::trouble::Trouble;

/// What is to be read, and for whom.
pub(super) enum Reading {
    Ask(DeviceId, Ask, Reply),
    Welcome(DeviceId, Reply),
    Owner(DeviceId, oneshot::Sender<Option<Owner>>),
    Chain(DocumentId, oneshot::Sender<Result<Option<Membership>, Trouble>>),
    Stop,
}

impl Reading {
    /// Says this instead of what was asked for.
    pub(super) fn answer(self, tells: Vec<Tell>) {
        if let Self::Ask(_, _, reply) | Self::Welcome(_, reply) = self {
            reply(tells);
        }
    }
}

pub(super) struct ReadingThread<S> {
    pub(super) store: S,
    pub(super) clock: Clock,
    pub(super) health: Arc<Health>,
}

impl<S: Store> ReadingThread<S> {
    pub(super) fn run(&mut self, readings: &Mutex<Receiver<Reading>>) {
        loop {
            let next = readings.lock().unwrap_or_else(PoisonError::into_inner).recv();
            match next {
                Ok(Reading::Ask(device, ask, reply)) => {
                    let told = self.read(|rows, now| {
                        let request = Request::Other(ask.clone());
                        sync::answer(rows, device, request, now).map(|answer| answer.tells)
                    });
                    reply(told.unwrap_or_else(|_| wait_for_room()));
                }
                Ok(Reading::Welcome(device, reply)) => {
                    let told = self.read(|rows, now| sync::welcome(rows, device, now));
                    reply(told.map_or_else(|_| wait_for_room(), |welcome| vec![welcome]));
                }
                Ok(Reading::Owner(device, tell)) => {
                    let found = self.read(|rows, _| rows.device(device));
                    // Who asked may have gone.
                    let _ = tell.send(found.ok().flatten().map(|device| device.owner));
                }
                Ok(Reading::Chain(document, tell)) => {
                    let found = self.read(|rows, _| rows.look(document));
                    // Who asked may have gone.
                    let _ = tell.send(found.map(|found| found.map(|shelved| shelved.membership)));
                }
                Ok(Reading::Stop) | Err(_) => return,
            }
        }
    }

    fn read<T>(
        &mut self,
        question: impl Fn(&mut S::Transaction<'_>, Stamp) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let now = (self.clock)();
        match self.try_to_read(&question, now) {
            // It may have been away and be back, and this connection be from before.
            Err(trouble) if mend(&mut self.store, &self.health, &trouble) && trouble.is_lost() => {
                let again = self.try_to_read(&question, now);
                again.inspect_err(|trouble| {
                    mend(&mut self.store, &self.health, trouble);
                })
            }
            found => found,
        }
    }

    fn try_to_read<T>(
        &mut self,
        question: impl Fn(&mut S::Transaction<'_>, Stamp) -> Result<T, Trouble>,
        now: Stamp,
    ) -> Result<T, Trouble> {
        survive(|| self.store.begin_reading().and_then(|mut rows| question(&mut rows, now)))
    }
}
