//! The threads that keep rows. One thread writes ([`writing`]): it takes everybody who is waiting, answers each
//! in one transaction, puts it on disk once, and only then speaks. That thread is also where the
//! order of things is made: who enters, what is stored and what other nodes say pass through it one
//! after another, so that nobody falls between a page and a notice. A few other threads read ([`reading`]).
//!
//! Nobody has the writing thread to themself for long: a transaction ends after [`writing::TURN`], what
//! is long is cut in pieces that take turns, and what only reads is done by those who read.

mod health;
mod reading;
mod writing;

use std::sync::mpsc::{SendError, Sender, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};

use sync::devices::Owner;
use sync::message::{Ask, Tell, WaitFor};
use sync::{Request, Stamp};
use tokio::sync::oneshot;
use trust::{DeviceId, DocumentId, Membership};

use crate::audience::Audience;
use crate::log;
use crate::presence::Line;
use crate::store::Store;
use crate::trouble::Trouble;
use crate::wake::Wake;
use health::Health;
use reading::{Reading, ReadingThread};
use writing::{Job, What, WritingThread};

/// How long a device waits when there is no room, or nobody to keep anything.
const NO_ROOM_SECONDS: u64 = 5;
/// Who waits beyond this many is asked to come again.
const JOBS_MAX: usize = 4096;
const READERS: usize = 2;
const STACK_BYTES: usize = 512 * 1024;

/// What the asker hears, said by the keeping thread itself so that it stands in order.
pub(crate) type Reply = Box<dyn FnOnce(Vec<Tell>) + Send>;

/// The clock. Tests bring their own.
pub type Clock = Arc<dyn Fn() -> Stamp + Send + Sync>;

/// The counter to hand a job in at.
#[derive(Clone)]
pub(crate) struct Keeper {
    writes: SyncSender<Job>,
    reads: Sender<Reading>,
    health: Arc<Health>,
}

impl Keeper {
    /// Starts the threads over a store and further connections to the same database.
    pub(crate) fn start<S: Store>(
        store: S,
        audience: Arc<Audience>,
        clock: Clock,
    ) -> Result<(Self, Vec<JoinHandle<()>>), Trouble> {
        let (writes, to_write) = sync_channel(JOBS_MAX);
        let (reads, to_read) = channel();
        let to_read = Arc::new(Mutex::new(to_read));
        let health = Arc::new(Health::default());
        let mut threads = Vec::new();
        for number in 0..READERS {
            let (store, clock, health) = (store.another()?, clock.clone(), health.clone());
            let mut reader = ReadingThread { store, clock, health };
            let to_read = to_read.clone();
            let thread = Builder::new().name(format!("reader {number}")).stack_size(STACK_BYTES);
            threads.push(thread.spawn(move || reader.run(&to_read))?);
        }
        let writer = WritingThread::new(store, audience, (clock, health.clone()));
        let thread = Builder::new().name("writer".to_owned()).stack_size(STACK_BYTES);
        threads.push(thread.spawn(move || writer.run(&to_write))?);
        Ok((Self { writes, reads, health }, threads))
    }

    /// Lets a connection whose pass holds hear what is said from now on to whoever its device is. The line keeps it
    /// to itself, so that a welcome that is read after this and said first is at least as new. Says no when that could
    /// not be.
    pub(crate) async fn enter(&self, line: &Arc<Line>) -> bool {
        let (tell, told) = oneshot::channel();
        let reply = Box::new(|tells| drop(tell.send(tells)));
        self.write(Job::new(line.device(), What::Enter(line.clone()), reply));
        told.await.is_ok_and(|refused: Vec<Tell>| refused.is_empty())
    }

    /// What a device is welcomed with.
    pub(crate) async fn welcome(&self, device: DeviceId) -> Vec<Tell> {
        let (tell, told) = oneshot::channel();
        let reply = Box::new(|tells| drop(tell.send(tells)));
        self.read(Reading::Welcome(device, reply));
        told.await.unwrap_or_else(|_| wait_for_room())
    }

    /// Whose a device is; `None` when it is nobody's, or that cannot be read just now.
    pub(crate) async fn owner(&self, device: DeviceId) -> Option<Owner> {
        let (tell, told) = oneshot::channel();
        self.read(Reading::Owner(device, tell));
        told.await.ok().flatten()
    }

    /// Answers anything but a live frame.
    pub(crate) fn ask(&self, device: DeviceId, request: Request, reply: Reply) {
        match request {
            Request::Other(ask @ (Ask::Pull { .. } | Ask::Aside { .. } | Ask::Devices(_))) => {
                self.read(Reading::Ask(device, ask, reply))
            }
            request => self.write(Job::new(device, What::Ask(request), reply)),
        }
    }

    /// Passes on what other nodes said.
    pub(crate) fn wake(&self, wakes: Vec<Wake>) {
        // A node that is so far behind that its queue is full waits here with its listening.
        let _ = self.writes.send(Job::new(NOBODY, What::Wakes(wakes), Box::new(drop)));
    }

    /// Lets the threads end when they have done what was handed in before.
    pub(crate) fn stop(&self) {
        let _ = self.writes.try_send(Job::new(NOBODY, What::Stop, Box::new(drop)));
        (0..READERS).for_each(|_| drop(self.reads.send(Reading::Stop)));
    }

    /// The chain of a document as it stands on disk.
    pub(crate) async fn chain(&self, document: DocumentId) -> Result<Option<Membership>, Trouble> {
        let (tell, told) = oneshot::channel();
        let handed = self.reads.send(Reading::Chain(document, tell));
        handed.map_err(|_| Trouble::Stopping)?;
        told.await.map_err(|_| Trouble::Stopping)?
    }

    /// Whether both the one who writes and those who read still answer.
    pub(crate) async fn is_ready(&self) -> bool {
        let (tell, told) = oneshot::channel();
        let reply = Box::new(|tells| drop(tell.send(tells)));
        self.write(Job::new(NOBODY, What::Wakes(Vec::new()), reply));
        let writes = told.await.is_ok_and(|tells| tells.is_empty());
        writes && self.chain(DocumentId([0; 16])).await.is_ok()
    }

    /// What is wrong with the database, in a sentence for the operator.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.health.trouble()
    }

    fn read(&self, reading: Reading) {
        if let Err(SendError(reading)) = self.reads.send(reading) {
            reading.answer(wait_for_room());
        }
    }

    fn write(&self, job: Job) {
        match self.writes.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(job)) => {
                job.answer(vec![Tell::Wait { seconds: NO_ROOM_SECONDS, why: WaitFor::TooMuch }]);
            }
            Err(TrySendError::Disconnected(job)) => job.answer(wait_for_room()),
        }
    }
}

/// For jobs that no device has handed in.
const NOBODY: DeviceId = DeviceId([0; 32]);

pub(crate) fn wait_for_room() -> Vec<Tell> {
    vec![Tell::Wait { seconds: NO_ROOM_SECONDS, why: WaitFor::NoRoom }]
}

/// A thread that many depend on does not end by what one of them asked.
fn survive<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    // What is left half done is a transaction, and that is rolled back.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Trouble::Fault))
}

/// After anything but what has to do with the files the connection itself may be what is broken. Says whether there
/// is another one now.
fn mend<S: Store>(store: &mut S, health: &Health, trouble: &Trouble) -> bool {
    health.met(trouble);
    if matches!(trouble, Trouble::NoRoom | Trouble::Again | Trouble::Gone | Trouble::Damaged(_)) {
        return false;
    }
    match survive(|| store.another()) {
        Ok(fresh) => {
            *store = fresh;
            true
        }
        Err(trouble) => {
            log::trouble(&trouble);
            false
        }
    }
}
