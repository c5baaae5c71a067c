//! Who is in a course and its parts: what the list says is what the chains say.

use client::view::{OtherCourses, Team, WhoSees, WhoSeesView};
use client::{Command, Made, ToolCommand};
use domain::{LifeArea, Role, Who};
use tests::pen::Pen;
use tests::{Seed, Town, Walker};
use trust::{Change, DocumentId, Member, PersonId};

const BENT: PersonId = PersonId([9; 16]);

/// A citizen with one goal, and a device of hers that no app runs on.
fn begin(seed: u64) -> (Town, Walker, DocumentId, (Pen, PersonId)) {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let kirsten = town.look(coordinator, &client::view::Citizens)[0].person;
    let course = town.course_of(citizen);
    let (area, title) = (LifeArea::from_key("housing").unwrap(), "Et sted at bo".to_owned());
    let made = town.run(citizen, Command::AddGoal { course, area, title });
    let Some(Made::Item(document, _)) = made else { panic!("no goal: {made:?}") };
    town.settle();
    let pen = Pen::new(5);
    town.bind(&pen, kirsten);
    (town, citizen, document, (pen, kirsten))
}

fn who_sees(town: &Town, walker: Walker) -> WhoSeesView {
    town.look(walker, &WhoSees { course: town.course_of(walker) }).unwrap()
}

/// The phone reads what came while it was away.
fn fetch(town: &mut Town, citizen: Walker) {
    town.cut_off(citizen);
    town.reconnect(citizen);
    town.settle();
}

#[test]
fn a_coordinator_without_a_name_who_is_in_one_part_alone_is_on_the_list() {
    let (mut town, citizen, area, (mut pen, kirsten)) = begin(71);
    assert_eq!(who_sees(&town, citizen).always.len(), 2);
    town.take_in(area, BENT, (&mut pen, kirsten));
    fetch(&mut town, citizen);
    let always = who_sees(&town, citizen).always;
    let bent = always.iter().find(|named| named.who == Who(BENT.0)).unwrap();
    assert_eq!((bent.name.as_str(), bent.role), ("", Some(Role::Coordinator)));
}

#[test]
fn somebody_about_whom_nothing_was_declared_is_on_the_list_and_can_be_shown_out() {
    let (mut town, citizen, area, (mut pen, kirsten)) = begin(72);
    let member = Member { role: trust::Role::Participant, until: Some(20_900) };
    town.change_members(area, &Change::Add { person: BENT, member }, (&mut pen, kirsten));
    fetch(&mut town, citizen);
    let seen = who_sees(&town, citizen).undeclared;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0].person.who, Who(BENT.0));
    assert_eq!(seen[0].areas, [LifeArea::from_key("housing")]);
    assert!(seen[0].can_show_out);
    town.run(citizen, ToolCommand::ShowOut { course: town.course_of(citizen), person: BENT });
    assert!(who_sees(&town, citizen).undeclared.is_empty(), "at once");
    town.settle();
    let members = &town.shelf().membership(area).unwrap().members;
    assert!(!members.contains_key(&BENT), "and at the hub");
}

/// Her own coordinator founds another course in her name, with a name that comes before hers.
fn found_another(town: &mut Town, coordinator: Walker, kirsten: PersonId) -> DocumentId {
    let house = town.look(coordinator, &Team).house.unwrap();
    let other = DocumentId([0; 16]);
    let me = town.look(coordinator, &Team).people.into_iter().find(|named| named.is_me).unwrap();
    let mette = PersonId(me.who.0);
    let members = vec![(kirsten, trust::Role::Citizen), (mette, trust::Role::Coordinator)];
    let mut pen = Pen::new(6);
    town.bind(&pen, mette);
    let change = Change::Found { kind: trust::Kind::Course, parent: Some(house), members };
    let founding = pen.link(other, trust::Hash::default(), &change);
    town.say(&pen, tests::pen::push([&founding]));
    town.settle();
    assert!(town.shelf().membership(other).is_some(), "a hand-over may begin one");
    other
}

#[test]
fn the_app_keeps_to_its_course_and_asks_about_another() {
    let mut town = Town::new(Seed(73));
    let (citizen, coordinator) = town.course();
    let kirsten = town.look(coordinator, &client::view::Citizens)[0].person;
    let own = town.course_of(citizen);
    let other = found_another(&mut town, coordinator, kirsten);
    assert_eq!(town.course_of(citizen), own, "the same course as before");
    let asked = town.look(citizen, &OtherCourses);
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].course, asked[0].people.len()), (other, 1));
    town.close(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(town.course_of(citizen), own, "also after a start");
    town.run(
        citizen,
        ToolCommand::CallMe { name: Some("Kirsten".into()), phone: Some("12345678".into()) },
    );
    town.run(citizen, ToolCommand::DisownCourse(other));
    assert!(town.look(citizen, &OtherCourses).is_empty(), "at once");
    town.settle();
    let members = &town.shelf().membership(other).unwrap().members;
    assert_eq!(members.keys().copied().collect::<Vec<_>>(), [kirsten], "and at the hub");
    let records = town.shelf().log(other).len();
    assert_eq!(records, 2, "its founding and its end, and no number of hers");
}

#[test]
fn whoever_wants_the_other_course_writes_there_from_then_on() {
    let mut town = Town::new(Seed(74));
    let (citizen, coordinator) = town.course();
    let kirsten = town.look(coordinator, &client::view::Citizens)[0].person;
    let own = town.course_of(citizen);
    let other = found_another(&mut town, coordinator, kirsten);
    town.run(citizen, ToolCommand::ChangeCourse(other));
    assert_eq!(town.course_of(citizen), other);
    let asked = town.look(citizen, &OtherCourses);
    assert_eq!(asked[0].course, own, "and the way back is there");
}
