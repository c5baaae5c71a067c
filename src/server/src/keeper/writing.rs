//! The thread that writes: everybody who waits, in turns, each turn one transaction.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use sync::devices::Owner;
use sync::message::{Ask, Tell};
use sync::{Answer, Request, Shelf, Stamp};
use trust::DeviceId;

use super::health::Health;
use super::{Clock, JOBS_MAX, NOBODY, Reply, mend, survive, wait_for_room};
use crate::audience::{Audience, look_again};
use crate::presence::Line;
use crate::store::{Changes, Store, Transaction};
use crate::trouble::Trouble;
use crate::wake::{Wake, wakes_for};

/// After so long a transaction takes nobody more on.
pub(super) const TURN: Duration = Duration::from_millis(15);
/// What one transaction takes on at most.
const BATCH_JOBS_MAX: usize = 128;
/// Records of one push in one turn: what a founding costs on PostgreSQL, so often, is a turn.
const PIECE_RECORDS: usize = 32;
/// Words of other nodes in one turn.
const PIECE_WAKES: usize = 64;
/// Tries at a transaction that another node's was in the way of.
const TRIES_MAX: u32 = 8;
/// Between two looks at whether the files are there.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Between two looks at what is to be done without being asked.
const TICK: Duration = Duration::from_millis(250);

/// Something to be done, and how much of it is.
pub(super) struct Job {
    device: DeviceId,
    what: What,
    reply: Reply,
    /// Records or wakes that have had their turn.
    done: usize,
    /// What is to be said of them at the end.
    tells: Vec<Tell>,
}

pub(super) enum What {
    /// Whose device is this? From now on its line hears.
    Enter(Arc<Line>),
    Ask(Request),
    Wakes(Vec<Wake>),
    /// Let go of what is too old.
    Sweep,
    Stop,
}

/// What one turn of a job came to.
enum Turn {
    Owner(Option<Owner>),
    Answer(Answer),
    /// Whether there is more to sweep.
    Swept(bool),
}

/// What a transaction came to: a turn or a failure for each job that had its turn, and what changed.
type Kept = (Vec<Result<Turn, Trouble>>, Changes);

impl Job {
    pub(super) fn new(device: DeviceId, what: What, reply: Reply) -> Self {
        Self { device, what, reply, done: 0, tells: Vec::new() }
    }

    /// Says this instead of what was asked for.
    pub(super) fn answer(self, tells: Vec<Tell>) {
        (self.reply)(self.tells.into_iter().chain(tells).collect());
    }

    fn is_over(&self) -> bool {
        let length = match &self.what {
            What::Ask(Request::Push(records)) => records.len(),
            What::Wakes(wakes) => wakes.len(),
            What::Enter(_) | What::Ask(Request::Other(_)) | What::Sweep | What::Stop => 0,
        };
        // Who is asked to wait keeps the rest, in order.
        self.done >= length || matches!(self.tells.last(), Some(Tell::Wait { .. }))
    }

    /// The wakes whose turn it is.
    fn wakes(&self) -> &[Wake] {
        match &self.what {
            What::Wakes(wakes) => piece(wakes, self.done, PIECE_WAKES),
            _ => &[],
        }
    }

    fn turn<T: Transaction>(&self, rows: &mut T, now: Stamp) -> Result<Turn, Trouble> {
        let answer = match &self.what {
            What::Enter(_) => {
                let device = rows.device(self.device)?;
                return Ok(Turn::Owner(device.map(|device| device.owner)));
            }
            What::Sweep => return sync::aside::sweep(rows, now).map(Turn::Swept),
            What::Ask(Request::Push(records)) => {
                let piece = piece(records, self.done, PIECE_RECORDS).to_vec();
                sync::answer(rows, self.device, Request::Push(piece), now)?
            }
            What::Ask(Request::Other(Ask::Redeem { code, tentative })) => {
                sync::redeem(rows, self.device, (code, *tentative), now)?
            }
            What::Ask(request) => sync::answer(rows, self.device, request.clone(), now)?,
            What::Wakes(_) => look_again(rows, self.wakes(), now)?,
            What::Stop => Answer::default(),
        };
        Ok(Turn::Answer(answer))
    }
}

fn piece<T>(all: &[T], done: usize, most: usize) -> &[T] {
    let rest = all.get(done..).unwrap_or_default();
    rest.get(..most).unwrap_or(rest)
}

pub(super) struct WritingThread<S> {
    store: S,
    audience: Arc<Audience>,
    clock: Clock,
    health: Arc<Health>,
    /// What is being kept may be on disk, whatever is answered.
    commits: bool,
    noted: Instant,
    /// Something may have been kept since then.
    unnoted: bool,
    swept: Option<u32>,
    waiting: VecDeque<Job>,
}

impl<S: Store> WritingThread<S> {
    pub(super) fn new(
        store: S,
        audience: Arc<Audience>,
        (clock, health): (Clock, Arc<Health>),
    ) -> Self {
        let (noted, waiting) = (Instant::now(), VecDeque::new());
        let (commits, unnoted, swept) = (false, false, None);
        Self { store, audience, clock, health, commits, noted, unnoted, swept, waiting }
    }

    pub(super) fn run(mut self, jobs: &Receiver<Job>) {
        let mut stops = false;
        while !stops || !self.waiting.is_empty() {
            if self.waiting.is_empty() {
                match jobs.recv_timeout(TICK) {
                    Ok(first) => self.waiting.push_back(first),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            self.sweep_daily();
            let room = JOBS_MAX.saturating_sub(self.waiting.len());
            self.waiting.extend(jobs.try_iter().take(room));
            let batch = self.waiting.len().min(BATCH_JOBS_MAX);
            let batch: Vec<Job> = self.waiting.drain(..batch).collect();
            stops |= batch.iter().any(|job| matches!(job.what, What::Stop));
            if !batch.is_empty() {
                self.settle(batch);
                self.unnoted = true;
            }
            self.look_after();
        }
        self.store.end();
    }

    fn settle(&mut self, mut batch: Vec<Job>) {
        match self.keep_stubbornly(&batch) {
            Ok((turns, changes)) => {
                let rest = batch.split_off(turns.len());
                rest.into_iter().rev().for_each(|job| self.waiting.push_front(job));
                self.speak(batch, turns, &changes);
            }
            // One that does not fit must not cost the others their place.
            Err(_) if batch.len() > 1 => batch.into_iter().for_each(|job| self.settle(vec![job])),
            Err(_) => batch.into_iter().for_each(|job| self.enter_or_wait(job)),
        }
    }

    /// Where nothing can be written, what was can still be read: whoever comes is let in.
    fn enter_or_wait(&mut self, job: Job) {
        if let What::Enter(line) = &job.what
            && let Ok(device) =
                self.store.begin_reading().and_then(|mut rows| rows.device(job.device))
        {
            self.audience.presence.enter(line, device.map(|device| device.owner));
            return job.answer(Vec::new());
        }
        job.answer(wait_for_room());
    }

    fn keep_stubbornly(&mut self, batch: &[Job]) -> Result<Kept, Trouble> {
        let mut mended = false;
        for pause in 0..TRIES_MAX {
            match survive(|| self.keep(batch)) {
                Err(Trouble::Again) => std::thread::sleep(Duration::from_millis(1 << pause)),
                Err(trouble) => {
                    let another = mend(&mut self.store, &self.health, &trouble);
                    // The database may have been away and be back, and this connection be from before.
                    if !another || mended || self.commits || !trouble.is_lost() {
                        return Err(trouble);
                    }
                    mended = true;
                }
                kept => return kept,
            }
        }
        Err(Trouble::Again)
    }

    fn keep(&mut self, batch: &[Job]) -> Result<Kept, Trouble> {
        let (now, start) = ((self.clock)(), Instant::now());
        self.commits = false;
        self.health.allows_writing()?;
        self.store.is_there()?;
        let mut rows = self.store.begin()?;
        let mut turns = Vec::with_capacity(batch.len());
        for job in batch {
            if !turns.is_empty() && start.elapsed() >= TURN {
                break;
            }
            rows.mark()?;
            let turn = match job.turn(&mut rows, now) {
                Err(Trouble::Again) => return Err(Trouble::Again),
                turn => turn,
            };
            if let Err(trouble) = &turn {
                if trouble.is_lost() {
                    return turn.map(|_| (Vec::new(), Changes::default()));
                }
                self.health.met(trouble);
                rows.back_to_mark()?;
            }
            turns.push(turn);
        }
        let changes = rows.changes().clone();
        let own = batch.iter().zip(&turns).filter(|(job, _)| !matches!(job.what, What::Wakes(_)));
        let said = own.filter_map(|(job, turn)| match turn {
            Ok(Turn::Answer(answer)) => Some((job.device, answer)),
            Ok(Turn::Owner(_) | Turn::Swept(_)) | Err(_) => None,
        });
        rows.wake_others(&wakes_for(&changes, said))?;
        self.commits = true;
        rows.commit()?;
        // What was written to files that are gone is nowhere.
        self.store.is_there()?;
        Ok((turns, changes))
    }

    /// It is on disk: now it may be said. First whoever is out is out, then the news, then the
    /// answers.
    fn speak(&mut self, batch: Vec<Job>, turns: Vec<Result<Turn, Trouble>>, changes: &Changes) {
        self.audience.apply(changes);
        for (mut job, turn) in batch.into_iter().zip(turns) {
            self.audience.apply_wakes(job.wakes());
            match turn {
                Ok(Turn::Owner(owner)) => {
                    if let What::Enter(line) = &job.what {
                        self.audience.presence.enter(line, owner);
                    }
                }
                Ok(Turn::Answer(answer)) => {
                    self.audience.publish(job.device, &answer.notices);
                    job.tells.extend(answer.tells);
                }
                Ok(Turn::Swept(more)) => {
                    if more {
                        self.waiting.push_back(job);
                        continue;
                    }
                }
                Err(_) => {
                    job.answer(wait_for_room());
                    continue;
                }
            }
            job.done += match &job.what {
                What::Wakes(_) => PIECE_WAKES,
                _ => PIECE_RECORDS,
            };
            if job.is_over() {
                job.answer(Vec::new());
            } else {
                self.waiting.push_back(job);
            }
        }
    }

    /// At the start, and when a day has begun.
    fn sweep_daily(&mut self) {
        let today = Some((self.clock)().day());
        if self.swept != today {
            self.swept = today;
            self.waiting.push_back(Job::new(NOBODY, What::Sweep, Box::new(drop)));
        }
    }

    /// Now and then: whether the files are there, and a note of how far they have come.
    fn look_after(&mut self) {
        if self.noted.elapsed() < LOOK_EVERY {
            return;
        }
        self.noted = Instant::now();
        let there = self.store.is_there();
        if there.is_ok() && std::mem::take(&mut self.unnoted) {
            // The note only helps to notice a restored backup; without room for it we go on.
            let _ = self.store.note_progress();
        }
        self.health.looked(there);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Mutex;
    use std::sync::mpsc::sync_channel;

    use trust::{DeviceKey, DocumentId, Header, Record, RecordKind, VERSION};

    use super::*;
    use crate::presence::Presence;
    use crate::store::sqlite::SqliteStore;

    fn record(counter: u64) -> Record {
        let key = DeviceKey::from_seed(&[7; 32]);
        let header = Header {
            version: VERSION,
            kind: RecordKind::Update,
            document: DocumentId([1; 16]),
            device: key.device(),
            counter,
            epoch: 0,
        };
        Record::sign(header, b"", &key).unwrap()
    }

    fn writer(folder: &PathBuf) -> WritingThread<SqliteStore> {
        let _ = std::fs::remove_dir_all(folder);
        let store = SqliteStore::open(folder, None).unwrap();
        let audience = Arc::new(Audience::new(Presence::new(20)));
        let clock: Clock = Arc::new(|| Stamp { seconds: 1_800_000_000 });
        WritingThread::new(store, audience, (clock, Arc::default()))
    }

    #[test]
    fn a_long_push_and_a_short_one_take_turns() {
        let folder = std::env::temp_dir().join(format!("medspil-turns-{}", std::process::id()));
        let writer = writer(&folder);
        let said = Arc::new(Mutex::new(Vec::new()));
        let (jobs, to_do) = sync_channel(8);
        for (name, length) in [("long", 10 * PIECE_RECORDS), ("short", 1)] {
            let records: Vec<_> = (1..=length as u64).map(record).map(Ok).collect();
            let device = record(1).header().device;
            let said = said.clone();
            let reply = move |tells: Vec<Tell>| {
                let told = tells.iter().map(|tell| match tell {
                    Tell::Refused { counter, .. } => *counter,
                    other => panic!("{other:?}"),
                });
                assert!(told.eq(1..=length as u64), "an answer to each, in order");
                said.lock().unwrap().push(name);
            };
            let what = What::Ask(Request::Push(records));
            jobs.send(Job::new(device, what, Box::new(reply))).unwrap();
        }
        jobs.send(Job::new(NOBODY, What::Stop, Box::new(drop))).unwrap();
        writer.run(&to_do);
        assert_eq!(*said.lock().unwrap(), ["short", "long"]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
