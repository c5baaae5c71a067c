//! What ends the app is left out at the next start and named; the rest goes on.

use client::view::{Agenda, SetAside, WhyAside};
use client::{AgendaCommand, Command, FirstCommand, Store, TextField, ToolCommand};
use domain::Splice;
use tests::{Seed, Town, Walker};
use trust::DocumentId;

use crate::meeting_of;

/// What has ended the app once is tried again when it has been open for so long.
const TRIED_AGAIN_MS: u64 = 66_000;

fn add(meeting: DocumentId, title: &str) -> ToolCommand {
    ToolCommand::Agenda(meeting, AgendaCommand::AddTopic(title.to_owned()))
}

fn topics(town: &Town, walker: Walker, meeting: DocumentId) -> Vec<String> {
    let agenda = town.look(walker, &Agenda(meeting)).unwrap();
    agenda.topics.into_iter().map(|topic| topic.title.text).collect()
}

/// An agenda with a topic, and a record of the coordinator's that the citizen's app has begun to read.
fn reading(seed: u64) -> (Town, Walker, Walker, DocumentId) {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.run(citizen, add(meeting, "Min bolig"));
    town.settle();
    town.pass(20_000);
    town.cut_off(citizen);
    town.run(coordinator, add(meeting, "Næste skridt"));
    town.pass(2_000);
    town.reconnect(citizen);
    while topics(&town, citizen, meeting).len() == 1 {
        town.pass(1);
    }
    (town, citizen, coordinator, meeting)
}

/// The app ends, and is opened again.
fn end(town: &mut Town, citizen: Walker) -> Walker {
    let citizen = town.end(citizen);
    town.pass(2_000);
    citizen
}

fn is_unreadable_from(town: &Town, walker: Walker, name: &str) -> bool {
    let rows = town.look(walker, &SetAside);
    matches!(&rows[..], [row] if matches!(&row.why, WhyAside::Unreadable(Some(from)) if from.name == name))
}

#[test]
fn what_was_being_read_when_the_app_ended_is_left_out_and_named_and_the_rest_goes_on() {
    let (mut town, citizen, coordinator, meeting) = reading(91);
    let citizen = end(&mut town, citizen);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig"]);
    assert!(is_unreadable_from(&town, citizen, "Mette"));
    assert!(town.saving(citizen).has_aside, "she is told");
    town.run(citizen, add(meeting, "Min hund"));
    // What builds on it waits with it: to the app this is another page of hers.
    town.kill(coordinator);
    let coordinator = town.open_again(coordinator);
    town.settle();
    town.run(coordinator, add(meeting, "En læge"));
    town.settle();
    assert_eq!(topics(&town, coordinator, meeting).len(), 4);
    let seen = topics(&town, citizen, meeting);
    assert!(seen.contains(&"En læge".to_owned()) && seen.len() == 3, "{seen:?}");

    // It was not what ended the app: read once more, alone, it is taken in.
    town.pass(TRIED_AGAIN_MS);
    assert_eq!(topics(&town, citizen, meeting).len(), 4);
    assert!(town.look(citizen, &SetAside).is_empty());
    town.pass(20_000);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(topics(&town, citizen, meeting).len(), 4, "also in what is cached");
}

#[test]
fn what_ends_the_app_again_waits_for_a_newer_one() {
    let (mut town, citizen, _, meeting) = reading(92);
    let citizen = end(&mut town, citizen);
    // The try is noted on the disk, and the app ends in the middle of it.
    town.end_on(citizen, Store::Aside);
    town.pass(TRIED_AGAIN_MS);
    let citizen = town.open_again(citizen);
    town.pass(10 * TRIED_AGAIN_MS);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig"], "this app does not try it again");
    assert!(is_unreadable_from(&town, citizen, "Mette"));
    town.kill(citizen);
    town.update_app(citizen);
    let citizen = town.open_again(citizen);
    town.pass(TRIED_AGAIN_MS);
    assert_eq!(topics(&town, citizen, meeting).len(), 2, "a newer one does");
}

#[test]
fn a_page_that_was_closed_twice_while_it_read_gives_no_reason_for_doubt_and_the_third_time_does() {
    let (mut town, mut citizen, _, meeting) = reading(93);
    for _ in 0..2 {
        town.kill(citizen);
        citizen = town.open_again(citizen);
        town.pass(1_000);
        assert_eq!(topics(&town, citizen, meeting).len(), 2);
        assert!(town.look(citizen, &SetAside).is_empty());
    }
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(1_000);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig"]);
    assert!(is_unreadable_from(&town, citizen, "Mette"));
}

/// Four records come at once, and each time the app ends on the first of them.
#[test]
fn of_many_that_came_together_one_is_left_out_and_the_others_are_read() {
    let mut town = Town::new(Seed(98));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.run(citizen, add(meeting, "Min bolig"));
    town.settle();
    town.pass(20_000);
    town.cut_off(citizen);
    for title in ["A", "B", "C", "D"] {
        town.run(coordinator, add(meeting, title));
        town.pass(2_000);
    }
    town.reconnect(citizen);
    while topics(&town, citizen, meeting).len() < 5 {
        town.pass(1);
    }
    let citizen = end(&mut town, citizen);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig", "A", "B"], "the first half");
    assert!(town.look(citizen, &SetAside).is_empty(), "nobody is named yet");
    let citizen = end(&mut town, citizen);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig", "A"]);
    let citizen = end(&mut town, citizen);
    assert!(is_unreadable_from(&town, citizen, "Mette"), "just one");
    // It was not what ended the app, and the others are built on it.
    town.pass(TRIED_AGAIN_MS);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig", "A", "B", "C", "D"]);
    assert!(town.look(citizen, &SetAside).is_empty());
}

/// Nothing more happens to the app: what waited for the first half is read when its mark is taken away.
#[test]
fn the_second_half_is_read_when_the_first_was_read_and_nothing_happened() {
    let (mut town, citizen, coordinator, meeting) = reading(99);
    town.pass(20_000);
    town.cut_off(citizen);
    for title in ["A", "B"] {
        town.run(coordinator, add(meeting, title));
        town.pass(2_000);
    }
    town.reconnect(citizen);
    while topics(&town, citizen, meeting).len() < 4 {
        town.pass(1);
    }
    let citizen = end(&mut town, citizen);
    assert_eq!(topics(&town, citizen, meeting).len(), 3);
    town.run(coordinator, add(meeting, "C"));
    town.pass(10_000);
    assert_eq!(topics(&town, citizen, meeting).len(), 5);
    assert!(town.look(citizen, &SetAside).is_empty());
}

#[test]
fn whoever_is_heard_live_when_the_app_ends_is_read_by_their_records_from_then_on() {
    let mut town = Town::new(Seed(94));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let made = town.run(citizen, add(meeting, "Min bolig"));
    let Some(client::Made::Item(_, topic)) = made else { panic!("no topic") };
    town.settle();
    let write = |town: &mut Town, at, text: &str| {
        let splice = Splice { at, delete: 0, insert: text.to_owned() };
        let field = TextField::TopicWhy(topic);
        town.run(coordinator, Command::Write { document: meeting, field, splice });
        town.pass(200);
    };
    let why = |town: &Town, walker| {
        let agenda = town.look(walker, &Agenda(meeting)).unwrap();
        agenda.topics[0].why.text.clone()
    };
    for walker in [citizen, coordinator] {
        town.run(walker, FirstCommand::Open(meeting));
    }
    town.pass(1_000);
    write(&mut town, 0, "Her");
    assert_eq!(why(&town, citizen), "Her", "live, before there is a record");
    let citizen = end(&mut town, citizen);
    town.settle();
    town.run(citizen, FirstCommand::Open(meeting));
    town.pass(1_000);
    write(&mut town, 3, " og nu");
    assert_eq!(why(&town, citizen), "Her", "not live any more");
    town.settle();
    assert_eq!(why(&town, citizen), "Her og nu", "but nothing is lost");
}
