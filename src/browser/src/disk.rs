//! The device's disk: IndexedDB, opened, kept open, and opened again when the browser closed it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use client::{Batch, Input, NotSaved, Range, Store};
use indexed_db_futures::OpenDbResult;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbVersionChangeEvent;

use crate::Say;
use crate::life;
use crate::stores::{self, Version};
use crate::timer::pause;
use crate::transaction::{self, Failure};

/// A database that will not open is tried this often before anybody is told.
const OPENINGS_MAX: u32 = 4;
const PAUSE_MS: i32 = 250;
/// And then at this pace: somebody may delete something meanwhile.
const LONG_PAUSE_MS: i32 = 2_000;
/// What cannot be read this often is read row by row. An answer without rows that are there would be
/// believed: the app would be a new one, or its documents empty.
const READS_MAX: u32 = 2;
/// The number the answer to the first reading carries.
const START: u64 = 0;

/// The disk. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub(crate) struct Disk(Rc<Inner>);

struct Inner {
    say: Say,
    database: RefCell<State>,
    /// In the order they were asked for; begun as soon as the database is open.
    waiting: RefCell<VecDeque<Job>>,
    asked: Cell<u64>,
    /// Why the database was lost the last time.
    lost: Cell<NotSaved>,
}

enum State {
    Opening,
    Open(Database),
    /// It was open, and will not open again for now: on a disk that is full it cannot.
    Away,
    /// This page has none, and will not find one: a device must not become another half way.
    None,
}

#[derive(Clone)]
struct Job {
    order: u64,
    what: What,
    tries: u32,
}

#[derive(Clone)]
enum What {
    Load(u64, Vec<Range>),
    Save(Batch),
}

impl Disk {
    /// Opens the disk and reads what the app starts with: [`Input::Loaded`] with the number 0.
    pub(crate) fn open(say: Say) -> Self {
        let disk = Self(Rc::new(Inner {
            say,
            database: RefCell::new(State::Opening),
            waiting: RefCell::default(),
            asked: Cell::new(0),
            lost: Cell::new(NotSaved::Away),
        }));
        disk.load(START, Store::AT_START.map(Range::all_of).to_vec());
        disk.clone().reopen(false);
        disk
    }

    /// Writes a batch; batches are performed in the order they are asked for.
    pub(crate) fn save(&self, batch: Batch) {
        self.ask(What::Save(batch));
    }

    /// Reads rows as they are when everything asked for before is done.
    pub(crate) fn load(&self, number: u64, ranges: Vec<Range>) {
        self.ask(What::Load(number, ranges));
    }

    fn ask(&self, what: What) {
        let order = self.0.asked.get();
        self.0.asked.set(order + 1);
        self.0.waiting.borrow_mut().push_back(Job { order, what, tries: 0 });
        self.begin_waiting();
    }

    /// Begins all that waits, if the database is open, so that nothing is left undone in here when
    /// the page is put away.
    fn begin_waiting(&self) {
        let database = match &*self.0.database.borrow() {
            State::Opening => return,
            State::Away => return self.answer_saves(),
            State::Open(database) => Some(database.clone()),
            State::None => None,
        };
        let jobs: Vec<Job> = self.0.waiting.borrow_mut().drain(..).collect();
        for job in jobs {
            match database.clone() {
                Some(database) => spawn_local(self.clone().perform(job, database)),
                None => self.give_up(&job.what),
            }
        }
    }

    /// What was to be written is given back: its writer can send it elsewhere, and will try again. What
    /// was to be read waits.
    fn answer_saves(&self) {
        let is_save = |job: &Job| matches!(job.what, What::Save(_));
        let waiting = self.0.waiting.take();
        let (saves, others): (VecDeque<Job>, VecDeque<Job>) =
            waiting.into_iter().partition(is_save);
        self.0.waiting.replace(others);
        saves.iter().for_each(|job| self.give_up(&job.what));
    }

    async fn perform(self, job: Job, database: Database) {
        let done = match &job.what {
            What::Load(number, ranges) => {
                let read = if job.tries < READS_MAX {
                    transaction::read(&database, ranges).await
                } else {
                    transaction::read_what_can_be(&database, ranges).await
                };
                read.map(|rows| Input::Loaded(*number, rows))
            }
            What::Save(batch) => {
                transaction::write(&database, batch).await.map(|()| Input::Saved(batch.number))
            }
        };
        match (done, job.what) {
            (Ok(input), _) => (self.0.say)(input),
            (Err(Failure::Full), what @ What::Save(_)) => {
                self.0.lost.set(NotSaved::Full);
                self.give_up(&what);
            }
            (Err(Failure::Overtaken), What::Save(batch)) => {
                (self.0.say)(Input::Overtaken(batch.number));
            }
            (Err(_), what @ What::Save(_)) if job.tries > 0 => self.give_up(&what),
            (Err(_), what) => {
                if job.tries >= READS_MAX {
                    pause(LONG_PAUSE_MS).await;
                }
                self.try_again(Job { tries: job.tries + 1, what, ..job }, &database);
            }
        }
    }

    /// Puts a job back in its place in the queue, behind a new connection.
    fn try_again(&self, job: Job, lost: &Database) {
        let mut waiting = self.0.waiting.borrow_mut();
        let place = waiting.partition_point(|other| other.order < job.order);
        waiting.insert(place, job);
        drop(waiting);
        if !self.lose(lost) {
            self.begin_waiting();
        }
    }

    /// Lets go of a connection and opens another; `false` when that was done before.
    fn lose(&self, lost: &Database) -> bool {
        lost.as_sys().close();
        let is_mine = self.is_open_as(lost);
        if is_mine {
            self.0.database.replace(State::Opening);
            self.clone().reopen(true);
        }
        is_mine
    }

    /// Nothing comes of it: this page has no disk, or the disk will not take it.
    fn give_up(&self, what: &What) {
        (self.0.say)(match what {
            What::Load(number, _) => Input::Loaded(*number, Vec::new()),
            What::Save(batch) => Input::NotSaved(batch.number, self.0.lost.get()),
        });
    }

    fn reopen(self, was_open: bool) {
        spawn_local(async move {
            let opened = self.open_patiently(was_open).await;
            self.0.database.replace(opened);
            self.begin_waiting();
        });
    }

    /// Tries for as long as there is hope. A phone that is full has its database all the same, so the
    /// page waits for it rather than be a new device; at the start `guard.js` says that it does.
    async fn open_patiently(&self, was_open: bool) -> State {
        for failed in 1.. {
            match open_once().await {
                Ok(database) => {
                    self.close_when_told(&database);
                    self.0.lost.set(NotSaved::Away);
                    return State::Open(database);
                }
                Err(why) if failed >= OPENINGS_MAX && !was_open && !may_open_later(&why) => break,
                Err(_) => {}
            }
            if failed == OPENINGS_MAX && was_open {
                self.0.database.replace(State::Away);
                self.begin_waiting();
            }
            pause(if failed < OPENINGS_MAX { PAUSE_MS } else { LONG_PAUSE_MS }).await;
        }
        State::None
    }

    /// A newer app in another tab waits for us to let go; and the browser itself may close the
    /// database when the page has been in the background. The next job opens it again.
    fn close_when_told(&self, database: &Database) {
        let (disk, raw) = (self.clone(), database.clone());
        let closed = Closure::<dyn FnMut()>::new(move || {
            let _ = disk.lose(&raw);
        });
        let heard = closed.as_ref().unchecked_ref();
        database.as_sys().set_onversionchange(Some(heard));
        database.as_sys().set_onclose(Some(heard));
        closed.forget();
    }

    fn is_open_as(&self, database: &Database) -> bool {
        matches!(&*self.0.database.borrow(), State::Open(open) if open.as_sys() == database.as_sys())
    }
}

/// Whether the database is there and cannot be reached just now, as far as the browser says.
fn may_open_later(why: &OpenDbError) -> bool {
    let OpenDbError::Base(Error::DomException(why)) = why else { return false };
    matches!(why.as_sys().name().as_str(), "UnknownError" | "QuotaExceededError")
}

async fn open_once() -> OpenDbResult<Database> {
    let database = match open_as(Version::NEWEST.number()).await {
        Ok(database) => database,
        // It has been repaired, or belongs to a newer app: see what number it has.
        Err(_) => Database::open(stores::NAME).await?,
    };
    let number = database.version() as u32;
    if !stores::is_ours(number) {
        database.close();
        return Err(OpenDbError::UnsupportedEnvironment);
    }
    if stores::is_whole(database.as_sys()) {
        return Ok(database);
    }
    database.close();
    open_as(number + 1).await
}

/// Listens to the browser's own request: the library's listener writes its errors out in words, and
/// numbers with decimals in them are 5 KB of a first visit.
async fn open_as(number: u32) -> OpenDbResult<Database> {
    let request = Database::open(stores::NAME).with_version(number).build()?;
    let raw = request.as_sys().clone();
    let upgrade = Closure::<dyn FnMut(_)>::new(move |event: IdbVersionChangeEvent| {
        let database = raw.result().map(JsCast::unchecked_into);
        let reached =
            database.and_then(|database| stores::upgrade(&database, event.old_version() as u32));
        if let (Err(_), Some(transaction)) = (reached, raw.transaction()) {
            let _ = transaction.abort();
        }
    });
    request.as_sys().set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    // Another page holds it and does not let go: an older app, or one that is asleep.
    let blocked = Closure::<dyn FnMut()>::new(life::tell_blocked);
    request.as_sys().set_onblocked(Some(blocked.as_ref().unchecked_ref()));
    request.await
}
