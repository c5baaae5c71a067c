//! Who wrote what is told by what was signed: nobody writes in another's name, under another's session, or for all.

use client::view::{Agenda, Plan, SetAside, WhyAside};
use client::{AgendaCommand, Command, Made, Store, TextField, ToolCommand};
use documents::{Author, Paper, contents, meeting};
use domain::{ItemId, Splice, Who};
use tests::pen::Pen;
use tests::{Seed, Town, Walker};
use trust::{DocumentId, PersonId, Record, RecordKind};

use crate::meeting_of;

/// A meeting of a citizen and a coordinator, and a device of the coordinator's that no app runs on.
struct Scene {
    town: Town,
    citizen: Walker,
    coordinator: Walker,
    meeting: DocumentId,
    pen: Pen,
    kirsten: Who,
}

fn begin(seed: u64) -> Scene {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let course = town.course_of(citizen);
    let readers = town.look(citizen, &Plan { course }).unwrap().readers;
    let pen = Pen::new(5);
    town.bind(&pen, PersonId(readers[1].who.0));
    Scene { town, citizen, coordinator, meeting, pen, kirsten: readers[0].who }
}

impl Scene {
    /// The device that no app runs on pushes a record.
    fn push(&mut self, kind: RecordKind, payload: &[u8]) {
        let record = self.pen.record(self.meeting, kind, payload);
        let pen = self.pen.clone();
        self.town.say(&pen, tests::pen::push([&record]));
        self.town.settle();
    }

    fn add(&mut self, who: Walker, title: &str) -> ItemId {
        let add = AgendaCommand::AddTopic(title.to_owned());
        match self.town.run(who, ToolCommand::Agenda(self.meeting, add)) {
            Some(Made::Item(_, topic)) => topic,
            made => panic!("no topic: {made:?}"),
        }
    }

    fn write(&mut self, who: Walker, topic: ItemId, text: &str) {
        let (document, field) = (self.meeting, TextField::TopicWhy(topic));
        let splice = Splice { at: 0, delete: 0, insert: text.to_owned() };
        self.town.run(who, Command::Write { document, field, splice });
    }

    fn titles(&self, who: Walker) -> Vec<String> {
        let agenda = self.town.look(who, &Agenda(self.meeting)).unwrap();
        agenda.topics.into_iter().map(|topic| topic.title.text).collect()
    }

    fn whys(&self, who: Walker) -> Vec<String> {
        let agenda = self.town.look(who, &Agenda(self.meeting)).unwrap();
        agenda.topics.into_iter().map(|topic| topic.why.text).collect()
    }

    fn is_named(&self, who: Walker) -> bool {
        let rows = self.town.look(who, &SetAside);
        let is_mette =
            |why: &WhyAside| matches!(why, WhyAside::Untrue(Some(from)) if from.name == "Mette");
        rows.iter().any(|row| is_mette(&row.why))
    }

    /// The session under which the newest words of this tab are written, by what lies on its disk.
    fn session_of(&self, who: Walker) -> u64 {
        let rows = self.town.rows(who, Store::Outbox);
        let record = Record::read(rows.last().expect("unsent words").clone()).unwrap();
        contents(record.payload()).unwrap().sessions[0].0
    }
}

/// What somebody writes under a session that is not theirs: a topic.
fn forged(session: u64, known: &[Vec<u8>], title: &str, by: Who) -> Vec<u8> {
    let mut paper = Paper::new(session);
    known.iter().for_each(|update| drop(paper.apply(update).unwrap()));
    let author = Author { who: by, at_ms: 0 };
    meeting::add_topic(&mut paper, ItemId(99), author);
    let field = TextField::TopicTitle(ItemId(99));
    assert!(field.write(&mut paper, &Splice::whole(title), by));
    paper.take_fresh().unwrap()
}

#[test]
fn a_row_in_anothers_name_bears_the_name_of_the_one_who_wrote_it() {
    let mut scene = begin(101);
    let update = forged(4_711, &[], "Jeg vil ikke have hjælp", scene.kirsten);
    scene.push(RecordKind::Update, &update);
    for walker in [scene.citizen, scene.coordinator] {
        let agenda = scene.town.look(walker, &Agenda(scene.meeting)).unwrap();
        let by: Vec<&str> = agenda.topics[0].title.by.iter().map(|who| who.name.as_str()).collect();
        assert_eq!(by, ["Mette"], "{:?}", agenda.topics[0].title);
    }
    scene.town.kill(scene.citizen);
    let citizen = scene.town.open_again(scene.citizen);
    scene.town.settle();
    let agenda = scene.town.look(citizen, &Agenda(scene.meeting)).unwrap();
    assert_eq!(agenda.topics[0].title.by[0].name, "Mette", "also after a restart");
}

#[test]
fn words_under_a_session_of_hers_are_refused_named_and_hide_none_of_hers() {
    let mut scene = begin(102);
    let (citizen, coordinator) = (scene.citizen, scene.coordinator);
    scene.add(citizen, "Min bolig");
    scene.town.settle();
    // What comes next of hers, written before she does.
    let records: Vec<Record> = scene.town.shelf().log(scene.meeting).to_vec();
    let updates: Vec<Vec<u8>> = records
        .iter()
        .filter(|record| record.header().kind == RecordKind::Update)
        .map(|record| record.payload().to_vec())
        .collect();
    let session = contents(updates.last().unwrap()).unwrap().sessions[0].0;
    let update = forged(session, &updates, "Det passer mig fint", scene.kirsten);
    scene.push(RecordKind::Update, &update);
    scene.add(citizen, "Min hund");
    scene.town.settle();
    for walker in [citizen, coordinator] {
        assert_eq!(scene.titles(walker), ["Min bolig", "Min hund"]);
        assert!(scene.is_named(walker));
    }
}

#[test]
fn whoever_comes_first_under_her_session_has_to_give_way_to_her() {
    let mut scene = begin(103);
    let (citizen, coordinator) = (scene.citizen, scene.coordinator);
    scene.town.cut_off(citizen);
    // Another page of hers, of which nobody has heard.
    scene.town.kill(citizen);
    let citizen = scene.town.open_again(citizen);
    scene.town.pass(1_000);
    let topic = scene.add(citizen, "Min bolig");
    scene.write(citizen, topic, "Jeg fryser.");
    scene.town.pass(3_000);
    let update = forged(scene.session_of(citizen), &[], "Alt er godt", scene.kirsten);
    let pen = scene.pen.clone();
    let record = scene.pen.record(scene.meeting, RecordKind::Update, &update);
    scene.town.say(&pen, tests::pen::push([&record]));
    scene.town.pass(3_000);
    assert_eq!(scene.titles(coordinator), ["Alt er godt"]);
    scene.town.reconnect(citizen);
    scene.town.settle();
    scene.town.pass(10_000);
    for walker in [citizen, coordinator] {
        assert_eq!(scene.titles(walker), ["Min bolig"]);
        assert_eq!(scene.whys(walker), ["Jeg fryser."]);
        let rows = scene.town.look(walker, &SetAside);
        assert!(scene.is_named(walker), "{walker:?} {rows:?}");
    }
    // What was merged anew is what lies in the cache.
    scene.town.pass(20_000);
    scene.town.kill(coordinator);
    let coordinator = scene.town.open_again(coordinator);
    scene.town.settle();
    assert_eq!(scene.titles(coordinator), ["Min bolig"]);
}

/// A snapshot of the whole log that says this.
fn snapshot(scene: &Scene, state: &[u8]) -> Vec<u8> {
    let head = scene.town.shelf().log(scene.meeting).len() as u64;
    [&head.to_be_bytes()[..], state].concat()
}

#[test]
fn a_snapshot_that_holds_nothing_hides_nothing_and_is_named() {
    let mut scene = begin(104);
    let (citizen, coordinator) = (scene.citizen, scene.coordinator);
    scene.add(citizen, "Min bolig");
    scene.town.settle();
    let hollow = snapshot(&scene, &Paper::new(1).state());
    scene.push(RecordKind::Snapshot, &hollow);
    scene.town.pass(20_000);
    for walker in [citizen, coordinator] {
        assert_eq!(scene.titles(walker), ["Min bolig"]);
        assert!(scene.is_named(walker), "whoever has the records can tell");
    }
    let course = scene.town.course_of(citizen);
    let kirsten = PersonId(scene.kirsten.0);
    let invite = ToolCommand::Invite { person: kirsten, document: course };
    scene.town.run(coordinator, invite);
    scene.town.settle();
    let phone = scene.town.let_in(coordinator, kirsten, "a new phone");
    assert_eq!(scene.titles(phone), ["Min bolig"], "they have made a true one since");
}

#[test]
fn a_new_phone_that_has_only_somebodys_snapshot_goes_by_the_records() {
    let mut scene = begin(105);
    let (citizen, coordinator) = (scene.citizen, scene.coordinator);
    scene.add(citizen, "Min bolig");
    scene.town.settle();
    for walker in [citizen, coordinator] {
        scene.town.cut_off(walker);
    }
    let mut invented = Paper::new(4_711);
    meeting::add_topic(&mut invented, ItemId(7), Author { who: scene.kirsten, at_ms: 0 });
    let title = TextField::TopicTitle(ItemId(7));
    assert!(title.write(&mut invented, &Splice::whole("Alt er godt"), scene.kirsten));
    let untrue = snapshot(&scene, &invented.state());
    scene.push(RecordKind::Snapshot, &untrue);
    scene.town.reconnect(coordinator);
    scene.town.cut_off(citizen);
    let kirsten = PersonId(scene.kirsten.0);
    let course = scene.town.course_of(citizen);
    scene.town.run(coordinator, ToolCommand::Invite { person: kirsten, document: course });
    scene.town.pass(1_000);
    let phone = scene.town.let_in(coordinator, kirsten, "a new phone");
    scene.town.pass(20_000);
    assert_eq!(scene.titles(phone), ["Min bolig"]);
    assert!(scene.is_named(phone));
}
