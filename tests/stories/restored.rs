//! A server restored from a backup gets back what it lacks, from whoever has it.

use client::view::{Agenda, Citizens, Here, InvitationOf, Me, MeStage, Meetings, Saved};
use client::{AgendaCommand, Command, FirstCommand, Made, Store, ToolCommand};
use domain::{ItemId, Programme, Splice};
use sync::message::{Ask, Refusal::StaleSnapshot, Tell};
use sync::{Replica, Step};
use tests::pen::Pen;
use tests::{Seed, Town, Walker};
use trust::{DocumentId, PersonId};

use crate::meeting_of;

pub(crate) fn add_topic(meeting: DocumentId, title: &str) -> ToolCommand {
    ToolCommand::Agenda(meeting, AgendaCommand::AddTopic(title.to_owned()))
}

pub(crate) fn topics(town: &Town, walker: Walker, meeting: DocumentId) -> Vec<String> {
    let agenda = town.look(walker, &Agenda(meeting)).expect("the meeting can be seen");
    agenda.topics.into_iter().map(|topic| topic.title.text).collect()
}

/// Every log the hub has of these, record by record.
fn logs(town: &Town, documents: &[DocumentId]) -> Vec<Vec<trust::Record>> {
    documents.iter().map(|document| town.shelf().log(*document).to_vec()).collect()
}

#[test]
fn a_course_comes_back_before_its_parts_whatever_they_are_called() {
    let mut town = Town::new(Seed(61));
    let (_, coordinator) = town.course();
    let backup = town.back_up_hub();
    let programme = Programme::Elders;
    town.run(coordinator, ToolCommand::MakeCourse { name: "Jens".to_owned(), programme });
    let rows = town.look(coordinator, &Citizens);
    let course = rows.into_iter().find(|row| row.name == "Jens").unwrap().course;
    let mut documents = vec![course];
    for title in ["Bolig", "Penge", "Hund", "Helbred", "Familie", "Arbejde"] {
        let starts = "2026-11-26T10:00".parse().unwrap();
        let meeting = domain::Meeting::at(starts, 60, "").unwrap();
        let made = town.run(coordinator, ToolCommand::MakeMeeting { course, meeting });
        let Some(Made::Document(meeting)) = made else { panic!("no meeting") };
        town.run(coordinator, add_topic(meeting, title));
        documents.push(meeting);
    }
    assert!(documents.iter().any(|part| *part < course), "one of them sorts before its course");
    town.settle();
    let before = logs(&town, &documents);
    town.restore_hub(backup);
    town.settle();
    assert_eq!(logs(&town, &documents), before);
}

/// A coordinator with a course, a backup of that time, and the citizen's phone, let in after it.
pub(crate) fn with_a_phone_after_the_backup(
    town: &mut Town,
) -> (Walker, Walker, sync::MemoryShelf) {
    let lead = town.lead();
    let made = town.run(lead, ToolCommand::MakeCoordinator { name: "Mette".to_owned() });
    let Some(Made::Person(mette)) = made else { panic!("no coordinator") };
    town.settle();
    let coordinator = town.let_in(lead, mette, "laptop");
    town.close(lead);
    let programme = Programme::Elders;
    town.run(coordinator, ToolCommand::MakeCourse { name: "Kirsten".to_owned(), programme });
    town.settle();
    let backup = town.back_up_hub();
    let kirsten = town.look(coordinator, &Citizens)[0].person;
    let citizen = town.let_in(coordinator, kirsten, "phone");
    (citizen, coordinator, backup)
}

/// The coordinator makes a new code, and it is typed on the phone.
pub(crate) fn let_in_again(town: &mut Town, citizen: Walker, coordinator: Walker) {
    type_new_code(town, citizen, coordinator);
    town.settle();
}

/// The same, where not all of it comes to rest.
pub(crate) fn type_new_code(town: &mut Town, citizen: Walker, coordinator: Walker) {
    let row = town.look(coordinator, &Citizens)[0].clone();
    let (person, document) = (row.person, row.course);
    town.run(coordinator, ToolCommand::Invite { person, document });
    town.pass(20_000);
    let code = town.look(coordinator, &InvitationOf(person)).expect("a new code").code;
    town.run(citizen, FirstCommand::Redeem { typed: code, tentative: false });
}

#[test]
fn a_phone_the_server_has_forgotten_keeps_everything_and_gives_it_back_with_a_new_code() {
    let mut town = Town::new(Seed(62));
    let (citizen, coordinator, backup) = with_a_phone_after_the_backup(&mut town);
    let meeting = meeting_of(&mut town, citizen);
    town.run(citizen, add_topic(meeting, "Min bolig"));
    town.settle();
    town.restore_hub(backup);
    town.pass(20_000);
    town.run(citizen, add_topic(meeting, "Min hund"));
    town.pass(20_000);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig", "Min hund"]);
    assert_eq!(town.saving(citizen).saved, Saved::OnDevice);
    assert!(town.look(citizen, &Me).is_forgotten);
    let second = town.second_tab(citizen);
    town.pass(20_000);
    assert!(town.look(second, &Me).is_forgotten, "every tab says so");
    town.close(second);

    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(20_000);
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig", "Min hund"]);
    let_in_again(&mut town, citizen, coordinator);
    assert!(!town.look(citizen, &Me).is_forgotten);
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
    assert_eq!(topics(&town, coordinator, meeting), ["Min bolig", "Min hund"]);
    let log = town.shelf().log(meeting).len();
    assert!(log >= 3, "the founding and both topics are with the server again: {log}");
}

#[test]
fn a_code_that_waits_for_its_citizen_still_lets_her_in() {
    let mut town = Town::new(Seed(66));
    let (_, coordinator) = town.course();
    let backup = town.back_up_hub();
    let programme = Programme::Elders;
    town.run(coordinator, ToolCommand::MakeCourse { name: "Jens".to_owned(), programme });
    town.settle();
    town.restore_hub(backup);
    town.settle();
    let rows = town.look(coordinator, &Citizens);
    let jens = rows.into_iter().find(|row| row.name == "Jens").unwrap();
    let phone = town.let_in(coordinator, jens.person, "phone of Jens");
    assert_eq!(town.look(phone, &Me).name, "Jens");
}

#[test]
fn a_snapshot_of_the_log_that_was_is_not_given_back() {
    let (mut pen, document) = (Pen::new(1), DocumentId([7; 16]));
    let (words, snapshot) = (pen.write(document, "words"), pen.snapshot(document, 1));
    let unsent = pen.snapshot(document, 2);
    let me = Some(PersonId([1; 16]));
    let welcome = |generation| Tell::Welcome {
        generation,
        person: me,
        documents: Vec::new(),
        counter: None,
        later: 0,
        seconds: None,
        devices: None,
    };
    let mut replica = Replica::default();
    replica.hear(welcome(1));
    replica.lost();
    replica.add(&unsent);
    let steps = replica.hear(welcome(2));
    let dropped = |step: &Step| matches!(step, Step::Refused { why, .. } if *why == StaleSnapshot);
    assert!(steps.contains(&Step::Restored) && steps.iter().any(dropped), "{steps:?}");
    let steps = replica.add_again([&words, &snapshot]);
    let [Step::Ask(Ask::Push { records })] = &steps[..] else { panic!("{steps:?}") };
    let sent: Vec<&[u8]> = records.iter().map(|record| record.as_slice()).collect();
    assert_eq!(sent, [words.bytes()]);
}

#[test]
fn what_somebody_may_not_read_any_longer_is_hidden_by_a_restored_server_too() {
    let mut town = Town::new(Seed(67));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let kirsten = town.look(coordinator, &Citizens)[0].person;
    town.cut_off(citizen);
    town.show_out(meeting, kirsten);
    let backup = town.back_up_hub();
    town.restore_hub(backup);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &Agenda(meeting)), None);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &Agenda(meeting)), None);
}

/// A course for Jens, and the code that lets him in.
pub(crate) fn invite_jens(town: &mut Town, coordinator: Walker) -> (PersonId, String) {
    let programme = Programme::Elders;
    town.run(coordinator, ToolCommand::MakeCourse { name: "Jens".to_owned(), programme });
    town.settle();
    let rows = town.look(coordinator, &Citizens);
    let jens = rows.into_iter().find(|row| row.name == "Jens").unwrap().person;
    (jens, town.look(coordinator, &InvitationOf(jens)).unwrap().code)
}

#[test]
fn a_phone_that_is_put_out_on_purpose_shows_nothing() {
    let mut town = Town::new(Seed(68));
    let (_, coordinator) = town.course();
    let (_, code) = invite_jens(&mut town, coordinator);
    let (tab, app) = (town.device("a tab on an iPhone"), town.device("its home screen"));
    town.settle();
    town.run(tab, FirstCommand::Redeem { typed: code.clone(), tentative: true });
    town.settle();
    let meeting = meeting_of(&mut town, tab);
    town.settle();
    town.run(app, FirstCommand::Redeem { typed: code, tentative: false });
    town.settle();
    assert_eq!(town.look(app, &Me).name, "Jens");
    town.cut_off(tab);
    town.reconnect(tab);
    town.pass(20_000);
    assert_eq!(town.look(tab, &Agenda(meeting)), None);
    let me = town.look(tab, &Me);
    assert_eq!((me.stage, me.is_forgotten), (MeStage::PutOut, false));
}

#[test]
fn a_code_that_was_used_before_the_restore_lets_nobody_else_in() {
    let mut town = Town::new(Seed(69));
    let (_, coordinator) = town.course();
    let (jens, code) = invite_jens(&mut town, coordinator);
    let backup = town.back_up_hub();
    town.let_in(coordinator, jens, "phone of Jens");
    town.restore_hub(backup);
    town.pass(20_000);
    let finder = town.device("whoever finds the note");
    town.pass(1_000);
    town.run(finder, FirstCommand::Redeem { typed: code, tentative: false });
    town.pass(20_000);
    assert!(matches!(town.look(finder, &Me).stage, MeStage::NotRedeemed(_)));
}

/// The only citizen's second phone.
pub(crate) fn another_phone(town: &mut Town, coordinator: Walker) -> Walker {
    let kirsten = town.look(coordinator, &Citizens)[0].clone();
    let (person, document) = (kirsten.person, kirsten.course);
    town.run(coordinator, ToolCommand::Invite { person, document });
    town.settle();
    town.let_in(coordinator, person, "another phone")
}

/// How many words the first topic of a meeting holds by the records of writing on the hub alone.
pub(crate) fn words_in_log(town: &Town, meeting: DocumentId) -> usize {
    let mut paper = documents::Paper::new(1);
    for record in town.shelf().log(meeting) {
        if record.header().kind == trust::RecordKind::Update {
            paper.apply(record.payload()).unwrap();
        }
    }
    documents::meeting::read_agenda(&paper).0.topics[0].why.text.split_whitespace().count()
}

/// So many words, one record each, that a phone which comes later is given a snapshot of them.
pub(crate) fn write_enough_for_a_snapshot(
    town: &mut Town,
    who: Walker,
    (meeting, topic): (DocumentId, ItemId),
) {
    for n in 0..230 {
        let splice = Splice { at: 0, delete: 0, insert: format!("{n} ") };
        let field = client::TextField::TopicWhy(topic);
        town.run(who, Command::Write { document: meeting, field, splice });
        town.pass(450);
    }
}

#[test]
fn what_a_phone_knows_only_by_a_snapshot_is_given_back_as_words() {
    let mut town = Town::new(Seed(70));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let Some(Made::Item(_, topic)) = town.run(citizen, add_topic(meeting, "Min bolig")) else {
        panic!("no topic")
    };
    town.settle();
    let other = another_phone(&mut town, coordinator);
    town.cut_off(other);
    let backup = town.back_up_hub();
    write_enough_for_a_snapshot(&mut town, citizen, (meeting, topic));
    town.settle();
    town.pass(6_000);
    town.settle();
    assert!(town.shelf().log(meeting).iter().any(|record| record.covers().is_some()));
    town.reconnect(other);
    town.settle();
    town.kill(citizen);
    town.kill(coordinator);
    town.restore_hub(backup);
    town.settle();
    assert_eq!(words_in_log(&town, meeting), 230);
}

#[test]
fn a_document_open_in_a_second_tab_stays_there_through_a_restore() {
    let mut town = Town::new(Seed(64));
    let (citizen, coordinator) = town.course();
    let backup = town.back_up_hub();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let second = town.second_tab(citizen);
    town.settle();
    town.run(second, FirstCommand::Open(meeting));
    town.run(coordinator, FirstCommand::Open(meeting));
    town.settle();
    town.cut_off(citizen);
    town.kill(coordinator);
    town.restore_hub(backup);
    town.reconnect(citizen);
    for _ in 0..200 {
        town.pass(100);
        let seen = town.look(second, &Meetings { course: None }).upcoming.len();
        assert_eq!(seen, 1, "it is there all the time");
    }
    let coordinator = town.open_again(coordinator);
    town.pass(1_000);
    town.run(coordinator, FirstCommand::Open(meeting));
    town.settle();
    assert_eq!(town.look(second, &Here(meeting)).len(), 1);
    assert_eq!(
        town.look(coordinator, &Here(meeting)).len(),
        1,
        "it knows that the document is back"
    );
}

#[test]
fn a_disk_emptied_by_halves_is_filled_again_and_never_stands_in_for_the_whole() {
    let mut town = Town::new(Seed(65));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.run(citizen, add_topic(meeting, "Min bolig"));
    town.settle();
    town.pass(10_000);
    town.cut_off(citizen);
    town.run(citizen, add_topic(meeting, "Uden net"));
    town.pass(10_000);
    town.kill(citizen);
    town.reconnect(citizen);
    town.evict(citizen, Store::Records);
    town.evict(citizen, Store::Merged);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig", "Uden net"]);
    town.run(citizen, add_topic(meeting, "Min hund"));
    town.settle();
    assert_eq!(topics(&town, coordinator, meeting), ["Min bolig", "Uden net", "Min hund"]);
    assert!(town.shelf().log(meeting).iter().all(|record| record.covers().is_none()));
}

fn opened_with_positions_damaged(town: &mut Town, citizen: Walker) -> Walker {
    town.pass(1_000);
    town.kill(citizen);
    town.reconnect(citizen);
    town.evict(citizen, Store::Positions);
    let citizen = town.open_again(citizen);
    town.settle();
    citizen
}

#[test]
fn words_are_not_written_over_where_the_row_that_counts_them_is_damaged() {
    let mut town = Town::new(Seed(72));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.run(citizen, add_topic(meeting, "Min bolig"));
    town.settle();
    town.cut_off(citizen);
    town.run(citizen, add_topic(meeting, "Uden net"));
    let citizen = opened_with_positions_damaged(&mut town, citizen);
    for walker in [citizen, coordinator] {
        assert_eq!(topics(&town, walker, meeting), ["Min bolig", "Uden net"]);
    }
}

#[test]
fn a_meeting_made_offline_stays_in_sight_where_the_row_that_counts_it_is_damaged() {
    let mut town = Town::new(Seed(73));
    let (citizen, coordinator) = town.course();
    town.cut_off(citizen);
    let meeting = meeting_of(&mut town, citizen);
    town.run(citizen, add_topic(meeting, "Uden net"));
    let citizen = opened_with_positions_damaged(&mut town, citizen);
    for walker in [citizen, coordinator] {
        assert_eq!(topics(&town, walker, meeting), ["Uden net"]);
    }
}
