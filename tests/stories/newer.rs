//! What only a newer version knows is passed over, kept, and told; the rest goes on.

use client::view::{Agenda, Plan, SetAside, WhoSees, WhyAside};
use client::{Command, Input, TextField};
use documents::Paper;
use domain::{Splice, Who};
use tests::pen::Pen;
use tests::{Seed, Town};
use trust::{PersonId, RecordKind};

use crate::with_meeting;

#[test]
fn a_link_of_a_newer_version_stops_neither_the_chain_nor_the_writing() {
    let mut town = Town::new(Seed(61));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let sees = |town: &Town, who: Who| {
        let seen = town.look(citizen, &WhoSees { course }).unwrap().always;
        seen.iter().any(|named| named.who == who)
    };
    let kirsten = town.look(citizen, &WhoSees { course }).unwrap().always[0].who;
    let mut pen = Pen::new(5);
    town.bind(&pen, PersonId(kirsten.0));
    town.cut_off(citizen);
    town.put_later_link(course, &mut pen);
    town.take_in(course, PersonId([9; 16]), (&mut pen, PersonId(kirsten.0)));
    town.reconnect(citizen);
    town.settle();
    assert!(town.saving(citizen).needs_newer_app);
    assert!(sees(&town, Who([9; 16])), "the link after it is followed");
    town.run(citizen, Command::AddDream { course, text: "En hund".to_owned() });
    town.settle();
    assert_eq!(town.look(coordinator, &Plan { course }).unwrap().dreams.len(), 1);

    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert!(town.saving(citizen).needs_newer_app, "it is known after a restart");
}

#[test]
fn a_record_of_a_newer_version_is_kept_for_the_app_that_can_read_it() {
    let (mut town, citizen, _, meeting) = with_meeting(62);
    let mut paper = Paper::new(9);
    let splice = Splice { at: 0, delete: 0, insert: "Hvor skal jeg bo?".to_owned() };
    assert!(TextField::Purpose.write(&mut paper, &splice, Who([1; 16])));
    let update = paper.take_fresh().unwrap();
    let later = Pen::new(5).record(meeting, RecordKind::Later(9), &update);
    let as_read_later = Pen::new(5).record(meeting, RecordKind::Update, &update);
    town.cut_off(citizen);
    town.put_in_log(meeting, &later);
    town.reconnect(citizen);
    town.settle();
    let rows = town.look(citizen, &SetAside);
    assert!(matches!(rows[0].why, WhyAside::Later(Some(_))), "{rows:?}");
    let saving = town.saving(citizen);
    assert!(saving.needs_newer_app && !saving.has_aside, "nothing of hers failed");

    // Long enough for the document to be cached as it is without it.
    town.pass(20_000);
    town.kill(citizen);
    town.replace_on_disk(citizen, later.bytes(), as_read_later.bytes());
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &Agenda(meeting)).unwrap().purpose.text, "Hvor skal jeg bo?");
    assert!(!town.saving(citizen).needs_newer_app);
}

#[test]
fn a_message_of_a_newer_server_is_told_and_stops_nothing() {
    let (mut town, citizen, _, _) = with_meeting(63);
    assert!(!town.saving(citizen).needs_newer_app);
    town.input(citizen, Input::Received(vec![1, 0x82, 24, 99, 0x80]));
    assert!(town.saving(citizen).needs_newer_app);
    let add =
        client::Command::AddDream { course: town.course_of(citizen), text: "En hund".to_owned() };
    town.run(citizen, add);
    town.settle();
    assert_eq!(town.saving(citizen).waiting, 0);
}
