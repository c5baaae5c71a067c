//! Who is in a course and its parts: what the list says is what the chains say.

use client::view::{WhoSees, WhoSeesView};
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
