//! The same questions to the model and to the databases.

use std::convert::Infallible;
use std::path::PathBuf;
use std::thread;

use server::Trouble;
use server::store::postgres::PostgresStore;
use server::store::sqlite::SqliteStore;
use server::store::{Store, Transaction};
use sync::devices::{Device, Owner};
use sync::message::{Ask, Tell};
use sync::{Answer, MemoryShelf, Request, Stamp, answer, aside, hub, welcome};
use tests::hosted::folder;
use tests::pen::{Pen, document, person, push};
use trust::{Change, DeviceId, Hash, Kind, Record, RecordKind, Role};

/// A hub that can be asked, each question in a transaction of its own.
pub(crate) trait Hub {
    fn ask(&mut self, device: DeviceId, ask: Ask, now: Stamp) -> Answer;
    fn welcome(&mut self, device: DeviceId, now: Stamp) -> Tell;
    fn found_house(&mut self, first: &Record);
    fn bind(&mut self, device: DeviceId, number: u64);
    /// Lets go of what is too old, all of it.
    fn sweep(&mut self, now: Stamp);
    /// The same question, in a transaction that is then given up.
    fn ask_in_vain(&mut self, device: DeviceId, ask: Ask, now: Stamp);
}

/// A device of this person's from before it was noted when it came: all of those have said yes to each other.
fn known(number: u64) -> Device {
    let owner = Owner { person: person(number), group: person(number + 1_000_000) };
    Device { owner, since: 0, by: None }
}

/// The model.
#[derive(Default)]
pub(crate) struct OnModel {
    pub(crate) rows: MemoryShelf,
}

impl Hub for OnModel {
    fn ask(&mut self, device: DeviceId, ask: Ask, now: Stamp) -> Answer {
        sure(answer(&mut self.rows, device, Request::from(ask), now))
    }

    fn welcome(&mut self, device: DeviceId, now: Stamp) -> Tell {
        sure(welcome(&mut self.rows, device, now))
    }

    fn found_house(&mut self, first: &Record) {
        sure(hub::found_house(&mut self.rows, first)).expect("a founding");
    }

    fn bind(&mut self, device: DeviceId, number: u64) {
        use sync::Shelf;
        sure(self.rows.bind(device, known(number)));
    }

    fn sweep(&mut self, now: Stamp) {
        while sure(aside::sweep(&mut self.rows, now)) {}
    }

    fn ask_in_vain(&mut self, device: DeviceId, ask: Ask, now: Stamp) {
        let before = self.rows.clone();
        self.ask(device, ask, now);
        self.rows = before;
    }
}

fn sure<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
    }
}

/// A database.
pub(crate) struct OnDisk<S: Store> {
    store: S,
    folder: Option<PathBuf>,
}

impl OnDisk<SqliteStore> {
    pub(crate) fn sqlite() -> Self {
        let folder = folder("conformance");
        let store = SqliteStore::open(&folder, None).expect("a database");
        Self { store, folder: Some(folder) }
    }
}

impl OnDisk<PostgresStore> {
    pub(crate) fn postgres(address: &str) -> Self {
        Self { store: PostgresStore::open(address).expect("a database"), folder: None }
    }
}

impl<S: Store> OnDisk<S> {
    fn commit<T>(&mut self, work: impl Fn(&mut S::Transaction<'_>) -> Result<T, Trouble>) -> T {
        self.try_commit(work).expect("a transaction that commits")
    }

    fn try_commit<T>(
        &mut self,
        work: impl Fn(&mut S::Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        loop {
            let mut rows = self.store.begin()?;
            let done = work(&mut rows).and_then(|done| rows.commit().map(|()| done));
            match done {
                Err(Trouble::Again) => {}
                done => return done,
            }
        }
    }
}

impl<S: Store> Hub for OnDisk<S> {
    fn ask(&mut self, device: DeviceId, ask: Ask, now: Stamp) -> Answer {
        let request = Request::from(ask);
        let mut answer = self.commit(|rows| answer(rows, device, request.clone(), now));
        answer.tells.iter_mut().for_each(forget_generation);
        answer
    }

    fn welcome(&mut self, device: DeviceId, now: Stamp) -> Tell {
        let mut rows = self.store.begin_reading().expect("a snapshot");
        let mut told = welcome(&mut rows, device, now).expect("a welcome");
        forget_generation(&mut told);
        told
    }

    fn found_house(&mut self, first: &Record) {
        self.commit(|rows| hub::found_house(rows, first)).expect("a founding");
    }

    fn bind(&mut self, device: DeviceId, number: u64) {
        use sync::Shelf;
        self.commit(|rows| rows.bind(device, known(number)));
    }

    fn sweep(&mut self, now: Stamp) {
        while self.commit(|rows| aside::sweep(rows, now)) {}
    }

    fn ask_in_vain(&mut self, device: DeviceId, ask: Ask, now: Stamp) {
        let mut rows = self.store.begin().expect("a transaction");
        rows.mark().expect("a mark");
        let first = answer(&mut rows, device, Request::from(ask.clone()), now);
        first.expect("an answer");
        rows.back_to_mark().expect("the mark");
        rows.mark().expect("another mark");
        answer(&mut rows, device, Request::from(ask), now).expect("the same answer again");
        // Dropped: it has never been.
    }
}

/// The one thing that is drawn at random.
fn forget_generation(told: &mut Tell) {
    if let Tell::Welcome { generation, .. } = told {
        assert_ne!(*generation, 0);
        *generation = 0;
    }
}

impl<S: Store> Drop for OnDisk<S> {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

const NOW: Stamp = Stamp { seconds: 1_800_000_000 };

/// Four writers on two nodes: the positions are 1, 2, 3 .. without a gap.
pub(crate) fn two_at_once(address: &str) {
    let mut first = OnDisk::postgres(address);
    let mut founder = Pen::new(1);
    let (house, course) = (document(1), document(2));
    let members = vec![(person(1), Role::DailyLead), (person(2), Role::Coordinator)];
    let found = Change::Found { kind: Kind::House, parent: None, members };
    first.found_house(&founder.link(house, Hash::default(), &found));
    let members = vec![(person(2), Role::Coordinator), (person(3), Role::Citizen)];
    let found = Change::Found { kind: Kind::Course, parent: Some(house), members };
    let mut coordinator = Pen::new(2);
    first.bind(coordinator.device(), 2);
    let link = coordinator.link(course, Hash::default(), &found);
    first.ask(coordinator.device(), push([&link]), NOW);
    let writers: Vec<_> = (10..14)
        .map(|number| {
            let address = address.to_owned();
            thread::spawn(move || {
                let mut node = OnDisk::postgres(&address);
                let mut pen = Pen::new(number);
                node.bind(pen.device(), 2);
                for count in 0..25 {
                    let record = pen.record(course, RecordKind::Update, &[count]);
                    let answer = node.ask(pen.device(), push([&record]), NOW);
                    assert!(matches!(answer.tells[..], [Tell::Stored { .. }]), "{answer:?}");
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().expect("a writer that finishes"));
    let pull = Ask::Pull { document: course, after: 0, whole: true };
    let answer = first.ask(coordinator.device(), pull, NOW);
    let Tell::Records(page) = &answer.tells[0] else { panic!("{answer:?}") };
    let positions: Vec<u64> = page.records.iter().map(|placed| placed.seq).collect();
    assert_eq!(positions, (1..=101).collect::<Vec<_>>());
}
