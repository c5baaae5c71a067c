//! A name has no signs in it that nobody sees, wherever it was written and whoever wrote it.

use client::view::{Citizens, Me, Network, Team};
use client::{Made, Refusal, ToolCommand};
use documents::{Author, Paper, course};
use domain::{Half, Person, Programme, Role, Who};
use tests::{Seed, Town};

/// "Mette", turned round on the screen, with a sign of no width in it.
const TURNED: &str = "\u{202e}Met\u{200b}te\u{202c}";

#[test]
fn signs_that_nobody_sees_are_taken_out_of_every_name_that_is_typed() {
    let mut town = Town::new(Seed(97));
    let (citizen, coordinator) = town.course();
    let here = town.course_of(citizen);
    let call = |name: &str| ToolCommand::CallMe { name: Some(name.to_owned()), phone: None };
    town.run(coordinator, call(TURNED));
    let add = |name: &str| {
        let (name, half) = (name.to_owned(), Half::Private);
        ToolCommand::AddPerson { course: here, name, half, is_missing: false }
    };
    town.run(citizen, add("Ol\u{feff}e\u{2066}"));
    let make = |name: &str| ToolCommand::MakeCourse {
        name: name.to_owned(),
        programme: Programme::LeavingCare,
    };
    town.run(coordinator, make("\u{200b}Sofie\u{a0} Holm\n"));
    town.settle();
    assert_eq!(town.look(coordinator, &Me).name, "Mette");
    let map = town.look(citizen, &Network { course: here, day: None }).unwrap();
    let mut names: Vec<&str> = map.people.iter().map(|row| row.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Mette", "Ole"]);
    let citizens: Vec<_> =
        town.look(coordinator, &Citizens).into_iter().map(|row| row.name).collect();
    assert_eq!(citizens, ["Kirsten", "Sofie Holm"]);
    let unseen = "\u{200b}\u{202e} \u{3164}";
    assert_eq!(town.try_run(coordinator, call(unseen)).map(drop), Err(Refusal::Empty));
    assert_eq!(town.try_run(citizen, add(unseen)).map(drop), Err(Refusal::Empty));
    let made: Result<Option<Made>, _> = town.try_run(coordinator, make(unseen));
    assert_eq!(made, Err(Refusal::Empty));
    assert_eq!(town.look(coordinator, &Team).people.len(), 2);
}

#[test]
fn what_another_app_wrote_as_a_name_is_read_without_them() {
    let mut paper = Paper::new(1);
    let (who, name) = (Who([7; 16]), TURNED.to_owned());
    let person = Person { who, name, role: Role::Coordinator, phone: String::new() };
    course::set_person(&mut paper, &person, Author { who, at_ms: 0 });
    assert_eq!(course::read(&paper).0.people[0].name, "Mette");
}
