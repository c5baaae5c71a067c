//! The threads that keep rows. One thread writes: it takes everybody who is waiting, answers each
//! in one transaction, puts it on disk once, and only then speaks. That thread is also where the
//! order of things is made: who enters, what is stored and what other nodes say pass through it one
//! after another, so that nobody falls between a page and a notice. A few other threads read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{
    Receiver, SendError, Sender, SyncSender, TrySendError, channel, sync_channel,
};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use sync::message::{Ask, Tell, WaitFor};
use sync::{Answer, Request, Shelf, Stamp};
use tokio::sync::oneshot;
use trust::{DeviceId, DocumentId, Membership};

use crate::audience::Audience;
use crate::log;
use crate::store::{Changes, Store, Transaction};
use crate::trouble::Trouble;
use crate::wake::{Wake, wakes_for};

/// How long a device waits when there is no room, or nobody to keep anything.
const NO_ROOM_SECONDS: u64 = 5;
/// Who waits beyond this many is asked to come again.
const JOBS_MAX: usize = 4096;
/// What one transaction takes on at most.
const BATCH_JOBS_MAX: usize = 128;
/// Tries at a transaction that another node's was in the way of.
const TRIES_MAX: u32 = 8;
const READERS: usize = 2;
const STACK_BYTES: usize = 512 * 1024;
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// What the asker hears, said by the keeping thread itself so that it stands in order.
pub(crate) type Reply = Box<dyn FnOnce(Vec<Tell>) + Send>;

/// The clock. Tests bring their own.
pub type Clock = Arc<dyn Fn() -> Stamp + Send + Sync>;

struct Job {
    device: DeviceId,
    what: What,
    reply: Reply,
}

#[derive(Clone)]
enum What {
    Enter,
    Ask(Request),
    Wakes(Vec<Wake>),
    Stop,
}

enum Reading {
    Job(Job),
    Chain(DocumentId, oneshot::Sender<Result<Option<Membership>, Trouble>>),
    Stop,
}

/// The counter to hand a job in at.
#[derive(Clone)]
pub(crate) struct Keeper {
    writes: SyncSender<Job>,
    reads: Sender<Reading>,
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
        let mut threads = Vec::new();
        for number in 0..READERS {
            let mut reader = ReadingThread { store: store.another()?, clock: clock.clone() };
            let to_read = to_read.clone();
            let thread = Builder::new().name(format!("reader {number}")).stack_size(STACK_BYTES);
            threads.push(thread.spawn(move || reader.run(&to_read))?);
        }
        let mut writer = WritingThread { store, audience, clock, noted: Instant::now() };
        let thread = Builder::new().name("writer".to_owned()).stack_size(STACK_BYTES);
        threads.push(thread.spawn(move || writer.run(&to_write))?);
        Ok((Self { writes, reads }, threads))
    }

    /// Welcomes a device whose pass holds. `reply` runs between two transactions: whoever enters
    /// the [`crate::presence::Presence`] in it misses nothing that comes after the welcome.
    pub(crate) fn enter(&self, device: DeviceId, reply: Reply) {
        self.write(Job { device, what: What::Enter, reply });
    }

    /// Answers anything but a live frame.
    pub(crate) fn ask(&self, device: DeviceId, request: Request, reply: Reply) {
        let reads_only = matches!(request, Request::Other(Ask::Pull { .. }));
        let job = Job { device, what: What::Ask(request), reply };
        if !reads_only {
            self.write(job);
        } else if let Err(SendError(Reading::Job(job))) = self.reads.send(Reading::Job(job)) {
            (job.reply)(wait_for_room());
        }
    }

    /// Passes on what other nodes said.
    pub(crate) fn wake(&self, wakes: Vec<Wake>) {
        // A node that is so far behind that its queue is full waits here with its listening.
        let job =
            Job { device: DeviceId([0; 32]), what: What::Wakes(wakes), reply: Box::new(drop) };
        let _ = self.writes.send(job);
    }

    /// Lets the threads end when they have done what was handed in before.
    pub(crate) fn stop(&self) {
        let (device, what) = (DeviceId([0; 32]), What::Stop);
        let _ = self.writes.try_send(Job { device, what, reply: Box::new(drop) });
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
        let (device, what) = (DeviceId([0; 32]), What::Wakes(Vec::new()));
        self.write(Job { device, what, reply: Box::new(|tells| drop(tell.send(tells))) });
        let writes = told.await.is_ok_and(|tells| tells.is_empty());
        writes && self.chain(DocumentId([0; 16])).await.is_ok()
    }

    fn write(&self, job: Job) {
        match self.writes.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(job)) => {
                (job.reply)(vec![Tell::Wait { seconds: NO_ROOM_SECONDS, why: WaitFor::TooMuch }]);
            }
            Err(TrySendError::Disconnected(job)) => (job.reply)(wait_for_room()),
        }
    }
}

pub(crate) fn wait_for_room() -> Vec<Tell> {
    vec![Tell::Wait { seconds: NO_ROOM_SECONDS, why: WaitFor::NoRoom }]
}

struct ReadingThread<S> {
    store: S,
    clock: Clock,
}

impl<S: Store> ReadingThread<S> {
    fn run(&mut self, readings: &Mutex<Receiver<Reading>>) {
        loop {
            let next = readings.lock().unwrap_or_else(PoisonError::into_inner).recv();
            match next {
                Ok(Reading::Job(job)) => {
                    let answer = self.job(&job);
                    (job.reply)(answer.map_or_else(|_| wait_for_room(), |answer| answer.tells));
                }
                Ok(Reading::Chain(document, tell)) => {
                    let chain = self.chain(document);
                    // Who asked may have gone.
                    let _ = tell.send(chain);
                }
                Ok(Reading::Stop) | Err(_) => return,
            }
        }
    }

    fn job(&mut self, job: &Job) -> Result<Answer, Trouble> {
        let now = (self.clock)();
        let read = || self.store.begin_reading().and_then(|mut rows| answer(&mut rows, job, now));
        let answer = survive(read);
        self.mend(answer)
    }

    fn chain(&mut self, document: DocumentId) -> Result<Option<Membership>, Trouble> {
        let found = self.store.begin_reading().and_then(|mut rows| rows.look(document));
        self.mend(found).map(|found| found.map(|shelved| shelved.membership))
    }

    fn mend<T>(&mut self, result: Result<T, Trouble>) -> Result<T, Trouble> {
        result.inspect_err(|trouble| mend(&mut self.store, trouble))
    }
}

struct WritingThread<S> {
    store: S,
    audience: Arc<Audience>,
    clock: Clock,
    noted: Instant,
}

/// What a transaction came to: an answer or a failure for each job, and what changed.
type Kept = (Vec<Result<Answer, Trouble>>, Changes);

impl<S: Store> WritingThread<S> {
    fn run(&mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut batch = vec![first];
            batch.extend(jobs.try_iter().take(BATCH_JOBS_MAX - 1));
            let last = batch.iter().any(|job| matches!(job.what, What::Stop));
            self.settle(batch);
            if last {
                break;
            }
            self.note_progress(NOTE_EVERY);
        }
        self.note_progress(Duration::ZERO);
    }

    fn settle(&mut self, batch: Vec<Job>) {
        match self.keep_stubbornly(&batch) {
            Ok((answers, changes)) => self.speak(batch, answers, &changes),
            // One that does not fit must not cost the others their place.
            Err(_) if batch.len() > 1 => batch.into_iter().for_each(|job| self.settle(vec![job])),
            Err(_) => batch.into_iter().for_each(|job| (job.reply)(wait_for_room())),
        }
    }

    fn keep_stubbornly(&mut self, batch: &[Job]) -> Result<Kept, Trouble> {
        for pause in 0..TRIES_MAX {
            match survive(|| self.keep(batch)) {
                Err(Trouble::Again) => std::thread::sleep(Duration::from_millis(1 << pause)),
                Err(trouble) => {
                    mend(&mut self.store, &trouble);
                    return Err(trouble);
                }
                kept => return kept,
            }
        }
        Err(Trouble::Again)
    }

    fn keep(&mut self, batch: &[Job]) -> Result<Kept, Trouble> {
        let now = (self.clock)();
        let mut rows = self.store.begin()?;
        let mut answers = Vec::with_capacity(batch.len());
        for job in batch {
            rows.mark()?;
            let answer = match answer(&mut rows, job, now) {
                Err(Trouble::Again) => return Err(Trouble::Again),
                answer => answer,
            };
            if let Err(trouble) = &answer {
                log::line(trouble);
                rows.back_to_mark()?;
            }
            answers.push(answer);
        }
        let changes = rows.changes().clone();
        let own = batch.iter().zip(&answers).filter(|(job, _)| !matches!(job.what, What::Wakes(_)));
        let said = own.filter_map(|(job, answer)| Some((job.device, answer.as_ref().ok()?)));
        rows.wake_others(&wakes_for(&changes, said))?;
        rows.commit()?;
        Ok((answers, changes))
    }

    /// It is on disk: now it may be said. First whoever is out is out, then the news, then the
    /// answers.
    fn speak(&self, batch: Vec<Job>, answers: Vec<Result<Answer, Trouble>>, changes: &Changes) {
        self.audience.apply(changes);
        for (job, answer) in batch.into_iter().zip(answers) {
            if let What::Wakes(wakes) = &job.what {
                self.audience.apply_wakes(wakes);
            }
            match answer {
                Ok(answer) => {
                    self.audience.publish(job.device, &answer.notices);
                    (job.reply)(answer.tells);
                }
                Err(_) => (job.reply)(wait_for_room()),
            }
        }
    }

    fn note_progress(&mut self, every: Duration) {
        if self.noted.elapsed() >= every {
            self.noted = Instant::now();
            // The note only helps to notice a restored backup; without room for it we go on.
            let _ = self.store.note_progress();
        }
    }
}

fn answer<T: Transaction>(rows: &mut T, job: &Job, now: Stamp) -> Result<Answer, Trouble> {
    match &job.what {
        What::Enter => {
            let tells = vec![sync::welcome(rows, job.device, now)?];
            Ok(Answer { tells, notices: Vec::new() })
        }
        What::Ask(request) => sync::answer(rows, job.device, request.clone(), now),
        What::Wakes(wakes) => crate::audience::look_again(rows, wakes, now),
        What::Stop => Ok(Answer::default()),
    }
}

/// A thread that many depend on does not end by what one of them asked.
fn survive<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    // What is left half done is a transaction, and that is rolled back.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Trouble::Fault))
}

/// After anything but a full disk or a collision the connection itself may be what is broken.
fn mend<S: Store>(store: &mut S, trouble: &Trouble) {
    log::line(trouble);
    if matches!(trouble, Trouble::NoRoom | Trouble::Again) {
        return;
    }
    match store.another() {
        Ok(fresh) => *store = fresh,
        Err(trouble) => log::line(trouble),
    }
}
