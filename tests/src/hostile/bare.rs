//! A real client on a disk in memory that a whole course lies on, with nothing around it: whatever comes over the
//! wire is put to it at once. For what reads more than a town can.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;

use client::view::{Agenda, Me, Saved, Saving};
use client::{
    AgendaCommand, Client, Command, Done, Effect, FileCommand, Input, Now, Range, Row, Store,
    ToolCommand, Tools, Write,
};
use sync::Shelf;
use sync::message::{Ask, Frame, Held, Page, Placed, Tell};
use trust::{Challenge, DocumentId, PersonId, Record};

use super::Aim;
use crate::chance::Seed;
use crate::pen::Pen;
use crate::town::{START_MS, Town};
use crate::watch;

type Disk = BTreeMap<(Store, Vec<u8>), Vec<u8>>;

/// What every such app begins with.
#[derive(Clone, Debug)]
pub struct Base {
    disk: Disk,
    generation: u64,
    person: PersonId,
    held: Vec<Held>,
    /// A device of the coordinator's, who means harm.
    pub pen: Pen,
    coordinator: PersonId,
    /// Documents that both read, and what updates of them can be aimed at.
    pub documents: Vec<(DocumentId, Aim)>,
}

/// An app that is connected to whoever feeds it.
pub struct Bare {
    base: Base,
    client: Client,
    disk: Disk,
    now_ms: u64,
    heads: BTreeMap<DocumentId, u64>,
    /// What it has pushed, in its order.
    pub pushed: Vec<Record>,
}

impl Base {
    /// A citizen's phone after a first meeting.
    ///
    /// # Panics
    /// When the town itself does not work.
    pub fn new() -> Self {
        let mut town = Town::new(Seed(1));
        let (citizen, coordinator) = town.course();
        let course = town.course_of(citizen);
        let meeting = client::ToolCommand::MakeMeeting {
            course,
            meeting: domain::Meeting::at("2026-11-26T10:00".parse().unwrap(), 60, "Her").unwrap(),
        };
        let Some(client::Made::Document(meeting)) = town.run(citizen, meeting) else {
            panic!("no meeting")
        };
        town.settle();
        for (who, title) in [(citizen, "Min bolig 🐕"), (coordinator, "Næste skridt")] {
            town.run(who, ToolCommand::Agenda(meeting, AgendaCommand::AddTopic(title.to_owned())));
        }
        let area = domain::LifeArea::from_key("housing").unwrap();
        let title = "Et sted at bo".to_owned();
        town.run(citizen, Command::AddGoal { course, area, title });
        town.run(citizen, Command::AddDream { course, text: "En hund".to_owned() });
        let (name, half) = ("Jonas".to_owned(), domain::Half::Private);
        town.run(citizen, ToolCommand::AddPerson { course, name, half, is_missing: false });
        town.settle();
        town.pass(20_000);
        let person = town.look(coordinator, &client::view::Citizens)[0].person;
        let mette = town.look(citizen, &client::view::WhomToCall { course })[0].who;
        let disk = town.disk(citizen);
        let mut shelf = town.back_up_hub();
        let Ok(held) = shelf.documents_of(person);
        let kinds = [
            trust::Kind::Course,
            trust::Kind::LifeArea,
            trust::Kind::Meeting,
            trust::Kind::Network,
        ];
        let documents = held.iter().filter(|held| kinds.contains(&held.kind));
        let documents =
            documents.map(|held| (held.document, aim_at(shelf.log(held.document)))).collect();
        let (generation, pen) = (shelf.generation, Pen::new(5));
        Self { disk, generation, person, held, pen, coordinator: PersonId(mette.0), documents }
    }

    /// Somebody has let her read in a document that is not known here yet.
    pub fn let_in_to(&mut self, document: DocumentId, kind: trust::Kind) {
        let member = trust::Member::always(trust::Role::TrustedAdult);
        self.held.push(Held { document, kind, head: 0, member });
    }
}

impl Default for Base {
    fn default() -> Self {
        Self::new()
    }
}

/// What an update of this log can be aimed at.
pub(crate) fn aim_at(log: &[Record]) -> Aim {
    let mut aim = Aim::default();
    for record in log {
        let contents = documents::contents(record.payload());
        for (session, end) in contents.map(|it| it.sessions).unwrap_or_default() {
            match aim.sessions.iter_mut().find(|(known, _)| *known == session) {
                Some((_, known)) => *known = end.max(*known),
                None => aim.sessions.push((session, end)),
            }
        }
    }
    aim
}

impl Bare {
    /// The app, opened on what lies on the disk, and let in.
    pub fn open(base: &Base) -> Self {
        let heads = base.held.iter().map(|held| (held.document, held.head)).collect();
        let client = Client::new([7; 32], [1; 8]);
        let (disk, now_ms) = (base.disk.clone(), 1_000_000);
        let pushed = Vec::new();
        let mut bare = Self { base: base.clone(), client, disk, now_ms, heads, pushed };
        bare.start();
        bare
    }

    fn start(&mut self) {
        let rows = Store::AT_START.into_iter().flat_map(|store| self.read(&Range::all_of(store)));
        let rows = rows.collect();
        self.input(Input::Began { version: "1".to_owned(), has_ended: false });
        self.input(Input::Loaded(0, rows));
        self.input(Input::Tools(Tools::all()));
        self.input(Input::Leading);
        self.input(Input::Connected);
        self.frame(&Tell::Challenge(Challenge([9; 32])).to_frame());
        let held = |held: &Held| Held { head: self.heads[&held.document], ..*held };
        let welcome = Tell::Welcome {
            generation: self.base.generation,
            person: Some(self.base.person),
            documents: self.base.held.iter().map(held).collect(),
            counter: None,
            later: 0,
            seconds: None,
            devices: None,
        };
        self.frame(&welcome.to_frame());
    }

    /// The app is closed and opened again on what it has written.
    pub fn open_again(&mut self) {
        self.client = Client::new([8; 32], [2; 8]);
        self.start();
    }

    /// Something comes over the wire.
    pub fn frame(&mut self, frame: &[u8]) {
        self.input(Input::Received(frame.to_vec()));
    }

    /// A record of the coordinator's comes as the next of its document.
    pub fn record(&mut self, record: &Record) {
        let document = record.header().document;
        let head = self.heads.entry(document).or_default();
        *head += 1;
        let records = vec![Placed { seq: *head, record: record.bytes().to_vec().into() }];
        let writers = Some(vec![(record.header().device, self.base.coordinator)]);
        let (after, through, head) = (*head - 1, *head, *head);
        let page = Page { document, after, through, records, head, writers };
        self.frame(&Tell::Records(page).to_frame());
    }

    /// Lets time pass, and everything be done that is due.
    pub fn pass(&mut self, ms: u64) {
        self.now_ms += ms;
        self.input(Input::Woke);
    }

    /// Draws every screen there is.
    pub fn look_at_everything(&self) {
        watch::look_at_everything(&self.client);
    }

    /// Writes a topic, takes it back and writes it again; answers whether it stands there and is kept.
    ///
    /// # Panics
    /// When that cannot be done.
    pub fn write(&mut self) -> bool {
        let meeting = self.client.look(&client::view::Meetings { course: None });
        let rows = meeting.upcoming.into_iter().chain(meeting.past);
        let can_write = |document: &DocumentId| {
            self.client.look(&Agenda(*document)).is_some_and(|agenda| agenda.can_write)
        };
        let Some(document) = rows.map(|row| row.document).find(can_write) else { return false };
        let title = "Mit eget punkt".to_owned();
        let add = ToolCommand::Agenda(document, AgendaCommand::AddTopic(title.clone()));
        self.run(add);
        self.run(Command::Undo(document));
        self.run(Command::Redo(document));
        self.pass(3_000);
        let agenda = self.client.look(&Agenda(document));
        let stands = agenda
            .is_some_and(|agenda| agenda.topics.iter().any(|topic| topic.title.text == title));
        stands && !matches!(self.client.look(&Saving).saved, Saved::Trouble(_))
    }

    /// The file of all that lies here, for people and other programs.
    ///
    /// # Panics
    /// When none is made.
    pub fn file(&mut self) -> Vec<u8> {
        let course = self.client.look(&Me).course.expect("a course");
        self.run(FileCommand::Begin);
        self.run(FileCommand::Make { course, with_notes: true });
        let made = self.client.look(&client::view::FileOut).file.expect("a file");
        self.run(FileCommand::Leave);
        made.bytes.to_vec()
    }

    /// Takes in what a file holds.
    pub fn take_in(&mut self, file: &[u8]) {
        self.run(FileCommand::TakeIn(file.into()));
        self.pass(5_000);
    }

    /// Does what a person asks for, where it can be done.
    pub fn run(&mut self, deed: impl client::Deed + 'static) {
        if let Ok(done) = self.client.run(Box::new(deed), self.now()) {
            self.perform(done);
        }
    }

    /// What it shows.
    pub fn look<Q: client::Query>(&self, query: &Q) -> Q::View {
        self.client.look(query)
    }

    /// Whether the app is where it was: in, with its course.
    pub fn is_in(&self) -> bool {
        self.client.look(&Me).course.is_some()
    }

    fn now(&self) -> Now {
        Now { steady_ms: self.now_ms, wall_ms: START_MS + self.now_ms as i64, zone_minutes: 60 }
    }

    fn input(&mut self, input: Input) {
        let done = self.client.accept(input, self.now());
        self.perform(done);
    }

    fn perform(&mut self, done: Done) {
        for effect in done.effects {
            match effect {
                Effect::Save(batch) => {
                    batch.writes.into_iter().for_each(|write| self.keep(write));
                    self.input(Input::Saved(batch.number));
                }
                Effect::Load(number, ranges) => {
                    let rows = ranges.iter().flat_map(|range| self.read(range)).collect();
                    self.input(Input::Loaded(number, rows));
                }
                Effect::Send(frame) => self.answer(&frame),
                _ => {}
            }
        }
    }

    /// What is pushed is stored, as a hub would.
    fn answer(&mut self, frame: &[u8]) {
        let Ok(Ask::Push { records }) = Ask::from_frame(frame) else { return };
        for record in records {
            let Ok(record) = Record::read(record.into()) else { continue };
            self.pushed.push(record.clone());
            let trust::Header { device, counter, document, .. } = *record.header();
            let head = self.heads.entry(document).or_default();
            *head += 1;
            let stored = Tell::Stored { device, counter, document, seq: *head };
            self.frame(&stored.to_frame());
        }
    }

    fn keep(&mut self, write: Write) {
        match write {
            Write::Put(Row { store, key, value }) | Write::Add(Row { store, key, value }) => {
                drop(self.disk.insert((store, key), value));
            }
            Write::Delete(store, key) => drop(self.disk.remove(&(store, key))),
        }
    }

    fn read(&self, range: &Range) -> Vec<Row> {
        let first = (range.store, range.first.clone());
        let row = |((store, key), value): (&(Store, Vec<u8>), &Vec<u8>)| Row {
            store: *store,
            key: key.clone(),
            value: value.clone(),
        };
        let last = (range.store, range.last.clone());
        if first > last { Vec::new() } else { self.disk.range(first..=last).map(row).collect() }
    }
}
