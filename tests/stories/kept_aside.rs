//! What was written by somebody who had been put out meanwhile can be read and erased by those it concerns, and by
//! nobody else; and what is in it harms nobody.

use client::view::{
    AsideStage, FileIn, FileInView, FileOut, KeptAside, KeptAsideView, OwnKeptAside, SetAside,
    WrittenIn,
};
use client::{Command, FileCommand, KeptAsideCommand, Made, PlanCommand, ToolCommand};
use domain::{ItemId, LifeArea, Splice};
use sync::message::RecordName;
use tests::hostile::{Aim, Dice, hostile_update};
use tests::pen::{Pen, push};
use tests::{Seed, Town, Walker};
use trust::{Change, DocumentId, Member, PersonId, Record, RecordKind, Role};

use crate::consent::{give, guest, jonas};

/// Karin's course with two coordinators, Mette and Ali, and a goal in one part of it.
struct Karin {
    town: Town,
    citizen: Walker,
    mette: Walker,
    ali: Walker,
    mettes: PersonId,
    /// A device of Karin's that no app runs on.
    pen: Pen,
    area: DocumentId,
    goal: ItemId,
}

fn coordinator(town: &mut Town, lead: Walker, name: &str) -> (PersonId, Walker) {
    let made = town.run(lead, ToolCommand::MakeCoordinator { name: name.to_owned() });
    let Some(Made::Person(person)) = made else { panic!("no coordinator was made: {made:?}") };
    town.settle();
    (person, town.let_in(lead, person, "laptop"))
}

fn begin(seed: u64) -> Karin {
    let mut town = Town::new(Seed(seed));
    let lead = town.lead();
    let (mettes, mette) = coordinator(&mut town, lead, "Mette");
    let (alis, ali) = coordinator(&mut town, lead, "Ali");
    let programme = domain::Programme::Elders;
    town.run(mette, ToolCommand::MakeCourse { name: "Karin".to_owned(), programme });
    town.settle();
    let karin = town.look(mette, &client::view::Citizens)[0].person;
    let citizen = town.let_in(mette, karin, "phone");
    let course = town.course_of(citizen);
    let (housing, title) = (LifeArea::from_key("housing").unwrap(), "Et sted at bo".to_owned());
    let made = town.run(citizen, Command::AddGoal { course, area: housing, title });
    let Some(Made::Item(area, goal)) = made else { panic!("no goal was made: {made:?}") };
    town.settle();
    let pen = Pen::new(5);
    town.bind(&pen, karin);
    let mut karin = Karin { town, citizen, mette, ali, mettes, pen, area, goal };
    for document in [course, area] {
        karin.link(
            document,
            &Change::Add { person: alis, member: Member::always(Role::Coordinator) },
        );
    }
    karin.town.settle();
    [citizen, mette, ali].into_iter().for_each(|walker| karin.town.watch(walker));
    karin
}

impl Karin {
    /// Karin changes who is in a document.
    fn link(&mut self, document: DocumentId, change: &Change) {
        let head = self.town.shelf().membership(document).unwrap().head;
        let link = self.pen.link(document, head, change);
        self.town.say(&self.pen, push([&link]));
    }

    fn put_mette_out(&mut self) {
        let out = Change::Remove { person: self.mettes };
        self.link(self.area, &out);
        self.town.settle();
    }

    /// Mette is put out while she has no network, and writes all the same.
    fn writes_too_late(&mut self) {
        self.town.cut_off(self.mette);
        let add = PlanCommand::AddStep(self.goal, "Ring til".to_owned());
        let made = self.town.run(self.mette, Command::Plan(self.area, add));
        let Some(Made::Item(_, step)) = made else { panic!("no step was made: {made:?}") };
        self.town.pass(3_000);
        let (document, field) = (self.area, client::TextField::Step(step));
        let splice = Splice { at: 8, delete: 0, insert: " boligkontoret".to_owned() };
        self.town.run(self.mette, Command::Write { document, field, splice });
        self.town.pass(3_000);
        self.put_mette_out();
        self.town.reconnect(self.mette);
        self.town.settle();
    }

    fn course(&self) -> DocumentId {
        self.town.course_of(self.citizen)
    }

    fn read(&mut self, walker: Walker) -> KeptAsideView {
        let course = self.course();
        self.town.run(walker, KeptAsideCommand::Read(course));
        self.town.settle();
        self.town.look(walker, &KeptAside(course))
    }

    fn erase_all(&mut self, walker: Walker) {
        for row in self.town.look(walker, &KeptAside(self.course())).rows {
            self.town.run(walker, KeptAsideCommand::Erase(row.document, row.names));
        }
        self.town.settle();
    }

    fn kept(&self) -> usize {
        self.town.shelf().aside().count()
    }

    /// Mette says this after she was put out, on a device that no app runs on.
    fn sent_late(&mut self, number: u64, payloads: &[(RecordKind, Vec<u8>)]) -> Vec<Record> {
        let mut pen = Pen::new(number);
        self.town.bind(&pen, self.mettes);
        let record =
            |(kind, payload): &(RecordKind, Vec<u8>)| pen.record(self.area, *kind, payload);
        let records: Vec<Record> = payloads.iter().map(record).collect();
        self.town.say(&pen, push(&records));
        records
    }
}

/// Of each row who wrote it, and the words.
fn words(view: &KeptAsideView) -> Vec<(&str, &str)> {
    assert_eq!(view.stage, AsideStage::Here);
    let mut all = Vec::new();
    for row in &view.rows {
        let person = row.person.as_ref().expect("a name");
        all.push((person.name.as_str(), row.words.as_str()));
    }
    all
}

/// The same numbers each time.
struct Numbers(u64);

impl Dice for Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

const WORDS: (&str, &str) = ("Mette", "Ring til boligkontoret");

#[test]
fn the_citizen_and_the_coordinator_read_what_somebody_wrote_who_was_put_out_meanwhile() {
    let mut karin = begin(120);
    let (citizen, ali) = (karin.citizen, karin.ali);
    let jonas = jonas(&mut karin.town, citizen);
    let declared = give(&mut karin.town, citizen, jonas, &["housing"]);
    let jonas = guest(&mut karin.town, citizen, declared);
    karin.writes_too_late();
    assert_eq!(karin.kept(), 2, "two records, one of them kept for each pause");
    let seen = karin.read(citizen);
    assert_eq!(words(&seen), [WORDS]);
    let row = &seen.rows[0];
    assert_eq!(row.part, WrittenIn::Area(LifeArea::from_key("housing").unwrap()));
    assert_eq!(
        (row.came.to_string(), row.until.to_string()),
        ("2026-11-21".into(), "2027-02-19".into())
    );
    assert!(!row.needs_newer && !row.is_erasing);
    assert_eq!(words(&karin.read(ali)), [WORDS]);
    let of_jonas = karin.read(jonas);
    assert_eq!((of_jonas.stage, of_jonas.rows.len()), (AsideStage::Here, 0));
    let plan =
        karin.town.look(citizen, &client::view::GoalOf { document: karin.area, goal: karin.goal });
    assert!(plan.unwrap().steps.is_empty(), "it is in no plan");
    for walker in [citizen, ali, jonas] {
        assert!(!karin.town.has_on_disk(walker, b"boligkontoret"), "and on nobody's disk");
    }
}

#[test]
fn what_came_too_late_is_erased_by_the_citizen_for_all() {
    let mut karin = begin(121);
    karin.writes_too_late();
    let (citizen, ali, mette) = (karin.citizen, karin.ali, karin.mette);
    karin.read(ali);
    karin.read(citizen);
    karin.erase_all(citizen);
    assert_eq!(karin.kept(), 0);
    assert!(karin.town.look(citizen, &KeptAside(karin.course())).rows.is_empty());
    // Ali's page still shows it: it is gone there when he wants it gone, too.
    assert_eq!(karin.town.look(ali, &KeptAside(karin.course())).rows.len(), 1);
    karin.erase_all(ali);
    let of_ali = karin.town.look(ali, &KeptAside(karin.course()));
    assert_eq!((of_ali.stage, of_ali.rows.len()), (AsideStage::Here, 0));
    karin.town.run(mette, KeptAsideCommand::ReadOwn);
    karin.town.settle();
    let own = karin.town.look(mette, &OwnKeptAside);
    assert_eq!((own.stage, own.rows.len()), (AsideStage::Here, 0));
    assert_eq!(karin.town.look(mette, &SetAside).len(), 2, "she keeps her words herself");
}

#[test]
fn who_wrote_it_sees_that_it_lies_at_the_server_and_erases_it_there() {
    let mut karin = begin(122);
    karin.writes_too_late();
    let (citizen, mette) = (karin.citizen, karin.mette);
    karin.town.run(mette, KeptAsideCommand::ReadOwn);
    karin.town.settle();
    let own = karin.town.look(mette, &OwnKeptAside);
    assert_eq!(own.stage, AsideStage::Here);
    let set_aside = karin.town.look(mette, &SetAside);
    for row in &set_aside {
        let there = own.rows.iter().find(|there| there.key == row.key).expect("it lies there");
        assert_eq!((there.until.to_string().as_str(), there.is_erasing), ("2027-02-19", false));
    }
    let mut kept = set_aside.iter().map(|row| row.words.as_str()).collect::<Vec<_>>();
    kept.sort_unstable();
    assert_eq!(kept, [" boligkontoret", "Ring til"]);
    let first = own.rows.iter().find(|row| row.key == set_aside[1].key).unwrap();
    karin.town.run(mette, KeptAsideCommand::Erase(first.document, vec![first.name]));
    karin.town.settle();
    assert_eq!(karin.kept(), 1);
    assert_eq!(karin.town.look(mette, &OwnKeptAside).rows.len(), 1);
    assert_eq!(words(&karin.read(citizen)), [("Mette", set_aside[0].words.as_str())]);
    assert_eq!(karin.town.look(mette, &SetAside).len(), 2, "here nothing goes");
    // What is hers to read elsewhere stays, although nothing more of hers lies there.
    let second = karin.town.look(mette, &OwnKeptAside).rows.remove(0);
    karin.town.run(mette, KeptAsideCommand::Erase(second.document, vec![second.name]));
    karin.town.settle();
    assert_eq!(karin.kept(), 0);
    assert!(karin.read(citizen).rows.is_empty());
    assert_eq!(karin.town.look(mette, &client::view::Citizens).len(), 1);
}

#[test]
fn without_a_network_nothing_is_asked_and_nothing_is_erased() {
    let mut karin = begin(123);
    karin.writes_too_late();
    let citizen = karin.citizen;
    assert_eq!(karin.read(citizen).rows.len(), 1);
    karin.town.cut_off(citizen);
    karin.town.pass(1_000);
    let seen = karin.town.look(citizen, &KeptAside(karin.course()));
    assert_eq!((seen.stage, seen.rows.len()), (AsideStage::NoNetwork, 1), "what was read is there");
    karin.erase_all(citizen);
    assert_eq!(karin.kept(), 2);
    karin.town.reconnect(citizen);
    karin.town.settle();
    assert_eq!(karin.kept(), 2, "what could not be done is not done later without a word");
    karin.town.cut_off(citizen);
    karin.town.pass(1_000);
    let seen = karin.read(citizen);
    assert_eq!((seen.stage, seen.rows.len()), (AsideStage::NoNetwork, 0));
    karin.town.reconnect(citizen);
    karin.town.settle();
    assert_eq!(words(&karin.town.look(citizen, &KeptAside(karin.course()))), [WORDS], "by itself");
    // Cut off before the answer: it was said, and is not taken for done.
    let row = karin.town.look(citizen, &KeptAside(karin.course())).rows.remove(0);
    karin.town.run(citizen, KeptAsideCommand::Erase(row.document, row.names));
    assert!(karin.town.look(citizen, &KeptAside(karin.course())).rows[0].is_erasing);
    karin.town.cut_off(citizen);
    karin.town.pass(1_000);
    let seen = karin.town.look(citizen, &KeptAside(karin.course()));
    assert_eq!((seen.rows.len(), seen.rows[0].is_erasing), (1, false));
}

#[test]
fn a_second_tab_says_where_it_can_be_read() {
    let mut karin = begin(124);
    karin.writes_too_late();
    let second = karin.town.second_tab(karin.citizen);
    karin.town.settle();
    assert_eq!(karin.read(second).stage, AsideStage::OtherTab);
    let course = karin.course();
    karin.town.kill(karin.citizen);
    karin.town.settle();
    assert_eq!(words(&karin.town.look(second, &KeptAside(course))), [WORDS]);
}

#[test]
fn hostile_bytes_that_are_kept_aside_are_a_row_without_words() {
    let mut karin = begin(125);
    karin.put_mette_out();
    let mut dice = Numbers(7);
    let aim = Aim { roots: vec!["goals".to_owned()], ..Aim::default() };
    let update = |bytes: Vec<u8>| (RecordKind::Update, bytes);
    let mut payloads = vec![
        update(Vec::new()),
        update(vec![0xff; 4_000]),
        update(vec![1, 1, 7, 0, 200, 200, 200]),
        update([&[1, 1, 7, 0, 8, 1, 1, b't'][..], &[119; 6_000]].concat()),
        (RecordKind::Snapshot, vec![0; 40]),
        (RecordKind::Membership, vec![0x82; 40]),
        (RecordKind::Later(9), vec![1, 2, 3]),
    ];
    payloads.extend((0..300).map(|_| update(hostile_update(&mut dice, &aim))));
    let late = karin.sent_late(77, &payloads);
    assert_eq!(karin.kept(), late.len());
    let citizen = karin.citizen;
    let seen = karin.read(citizen);
    assert_eq!((seen.stage, seen.rows.len()), (AsideStage::Here, 1));
    let row = &seen.rows[0];
    assert_eq!(row.names.len(), late.len());
    assert!(row.needs_newer);
    assert_eq!(row.person.as_ref().unwrap().name, "Mette");
    let unread: Vec<RecordName> = late.iter().map(RecordName::of).collect();
    assert!(unread.iter().all(|name| row.names.contains(name)), "all of it can be erased");
    // More than goes with one question.
    karin.erase_all(citizen);
    assert_eq!(karin.kept(), 0);
    assert!(karin.town.look(citizen, &KeptAside(karin.course())).rows.is_empty());
    assert!(karin.town.look(citizen, &SetAside).is_empty(), "nothing of it was taken in");
    // Nothing but what cannot be read.
    karin.sent_late(78, &[update(vec![0xff; 40])]);
    let seen = karin.read(citizen);
    assert_eq!((seen.rows[0].words.as_str(), seen.rows[0].needs_newer), ("", false));
}

#[test]
fn all_pages_of_it_are_read() {
    let mut karin = begin(126);
    karin.put_mette_out();
    let mut paper = documents::Paper::new(9);
    let letters = "Jeg skriver meget. ".repeat(100);
    for number in 0..80 {
        let field = client::TextField::Note(ItemId(number));
        assert!(field.write(&mut paper, &Splice::whole(&letters), domain::Who([1; 16])));
    }
    let update = paper.take_fresh().unwrap();
    karin.sent_late(79, &vec![(RecordKind::Update, update); 5]);
    assert_eq!(karin.kept(), 5);
    let citizen = karin.citizen;
    let course = karin.course();
    karin.town.run(citizen, KeptAsideCommand::Glance(course));
    karin.town.settle();
    let glance = karin.town.look(citizen, &KeptAside(course)).rows.remove(0).names.len();
    assert!((1..5).contains(&glance), "one page: {glance}");
    let seen = karin.read(citizen);
    assert_eq!(seen.rows[0].names.len(), 5);
    assert_eq!(seen.rows[0].words, vec![letters; 400].join(" … "));
}

#[test]
fn after_ninety_days_it_is_gone_by_itself() {
    let mut karin = begin(127);
    karin.writes_too_late();
    let citizen = karin.citizen;
    karin.town.sleep_days(89);
    assert_eq!(words(&karin.read(citizen)), [WORDS]);
    karin.town.sleep_days(1);
    assert!(karin.read(citizen).rows.is_empty());
}

#[test]
fn a_file_that_comes_in_is_not_left_for_it_nor_it_for_a_file_that_is_not() {
    let mut karin = begin(128);
    karin.writes_too_late();
    let (citizen, course) = (karin.citizen, karin.course());
    karin.town.run(citizen, FileCommand::Begin);
    karin.town.pass(1_000);
    karin.town.run(citizen, FileCommand::Make { course, with_notes: false });
    let file = karin.town.look(citizen, &FileOut).file.expect("a file").bytes;
    karin.town.run(citizen, FileCommand::TakeIn(file));
    karin.town.run(citizen, KeptAsideCommand::Glance(course));
    assert_eq!(karin.town.look(citizen, &KeptAside(course)).stage, AsideStage::FileComesIn);
    karin.town.settle();
    assert_eq!(karin.town.look(citizen, &FileIn), FileInView::Known, "it came in to its end");
    assert_eq!(words(&karin.read(citizen)), [WORDS]);
    karin.town.run(citizen, FileCommand::Leave);
    assert_eq!(words(&karin.town.look(citizen, &KeptAside(course))), [WORDS]);
}
