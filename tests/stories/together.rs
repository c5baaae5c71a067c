//! Two people write one agenda and one plan, with and without a network.

use client::view::{Agenda, Here, Meetings, Plan, Saved, Today};
use client::{AgendaCommand, Command, FirstCommand, Made, TextField, Thing, ToolCommand};
use domain::{LifeArea, Splice};
use tests::{Seed, Town, Walker};
use trust::{DocumentId, Record};

use crate::meeting_of;

fn add_topic(meeting: DocumentId, title: &str) -> ToolCommand {
    ToolCommand::Agenda(meeting, AgendaCommand::AddTopic(title.to_owned()))
}

fn topics(town: &Town, walker: Walker, meeting: DocumentId) -> Vec<String> {
    let agenda = town.look(walker, &Agenda(meeting)).expect("the meeting can be seen");
    agenda.topics.into_iter().map(|topic| topic.title.text).collect()
}

#[test]
fn what_two_people_write_offline_both_survives() {
    let mut town = Town::new(Seed(7));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    town.cut_off(citizen);
    town.run(citizen, add_topic(meeting, "Min bolig"));
    town.run(coordinator, add_topic(meeting, "Næste skridt"));
    town.settle();
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig"]);
    assert_eq!(town.saving(citizen).saved, Saved::OnDevice);
    town.reconnect(citizen);
    town.settle();
    let seen = topics(&town, citizen, meeting);
    assert_eq!(seen, topics(&town, coordinator, meeting));
    assert_eq!(seen.len(), 2);
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
}

#[test]
fn both_write_in_the_same_text_at_once_and_see_each_other() {
    let mut town = Town::new(Seed(8));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let made = town.run(citizen, add_topic(meeting, "Boligkontoret"));
    let Some(Made::Item(_, topic)) = made else { panic!() };
    town.settle();
    town.run(citizen, FirstCommand::Open(meeting));
    town.run(coordinator, FirstCommand::Open(meeting));
    town.pass(500);
    assert_eq!(town.look(citizen, &Here(meeting))[0].named.name, "Mette");
    let field = TextField::TopicWhy(topic);
    for (at, sign) in "hund".chars().enumerate() {
        let splice = Splice { at: at as u32, delete: 0, insert: sign.to_string() };
        town.run(citizen, Command::Write { document: meeting, field, splice });
        let splice = Splice { at: 0, delete: 0, insert: "?".to_owned() };
        town.run(coordinator, Command::Write { document: meeting, field, splice });
        town.pass(30);
    }
    assert!(town.look(coordinator, &Here(meeting))[0].is_writing);
    town.settle();
    let mine = town.look(citizen, &Agenda(meeting)).unwrap().topics[0].clone();
    let hers = town.look(coordinator, &Agenda(meeting)).unwrap().topics[0].clone();
    assert_eq!(mine.why.text, hers.why.text);
    assert_eq!(mine.why.text.chars().filter(|sign| *sign == '?').count(), 4);
    let names: Vec<_> = mine.why.by.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names, ["Kirsten", "Mette"]);
}

#[test]
fn a_topic_thrown_out_can_be_taken_back_by_either() {
    let mut town = Town::new(Seed(9));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    let Some(Made::Item(_, topic)) = town.run(coordinator, add_topic(meeting, "Penge")) else {
        panic!()
    };
    town.settle();
    let thing = Thing::Meeting(documents::meeting::List::Topics, topic);
    town.run(citizen, Command::ThrowOut(meeting, thing));
    town.settle();
    assert!(topics(&town, coordinator, meeting).is_empty());
    let course = town.course_of(coordinator);
    let bin = town.look(coordinator, &client::view::Bin { course });
    assert_eq!((bin.len(), bin[0].text.as_str()), (1, "Penge"));
    town.run(coordinator, Command::TakeBack(meeting, bin[0].thing));
    town.settle();
    assert_eq!(topics(&town, citizen, meeting), ["Penge"]);
}

#[test]
fn undo_undoes_mine_and_only_mine() {
    let mut town = Town::new(Seed(10));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    town.run(citizen, add_topic(meeting, "Min bolig"));
    town.settle();
    town.run(coordinator, add_topic(meeting, "Penge"));
    town.settle();
    town.run(citizen, Command::Undo(meeting));
    town.settle();
    assert_eq!(topics(&town, coordinator, meeting), ["Penge"]);
    town.run(citizen, Command::Redo(meeting));
    town.settle();
    assert_eq!(topics(&town, coordinator, meeting).len(), 2);
}

#[test]
fn a_goal_written_offline_in_a_new_area_reaches_the_coordinator() {
    let mut town = Town::new(Seed(11));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    town.cut_off(citizen);
    let area = LifeArea::from_key("housing").unwrap();
    let title = "Et sted at bo, hvor jeg må have hund".to_owned();
    town.run(citizen, Command::AddGoal { course, area: area.clone(), title: title.clone() });
    town.settle();
    town.reconnect(citizen);
    town.settle();
    let plan = town.look(coordinator, &Plan { course }).unwrap();
    let housing = plan.areas.iter().find(|row| row.area == area).unwrap();
    assert_eq!(housing.goals[0].title, title);
    let news = town.look(coordinator, &Today { course }).news;
    assert_eq!(news.len(), 1, "{news:?}");
    assert_eq!(news[0].by.as_ref().map(|by| by.name.as_str()), Some("Kirsten"));
}

#[test]
fn a_phone_killed_while_typing_loses_at_most_the_last_moment() {
    let mut town = Town::new(Seed(12));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let Some(Made::Item(_, topic)) = town.run(citizen, add_topic(meeting, "Min bolig")) else {
        panic!()
    };
    town.settle();
    town.cut_off(citizen);
    let field = TextField::TopicWhy(topic);
    for at in 0..40 {
        let splice = Splice { at, delete: 0, insert: "a".to_owned() };
        town.run(citizen, Command::Write { document: meeting, field, splice });
        town.pass(50);
    }
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(500);
    let written = town.look(citizen, &Agenda(meeting)).unwrap().topics[0].why.text.len();
    assert!(written >= 40 - 300 / 50, "{written} of 40 letters");
    town.reconnect(citizen);
    town.settle();
    let seen = town.look(coordinator, &Agenda(meeting)).unwrap().topics[0].why.text.len();
    assert_eq!(seen, written);
}

#[test]
fn two_tabs_of_one_person_lose_nothing_and_double_nothing() {
    let mut town = Town::new(Seed(13));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let other = town.second_tab(citizen);
    town.settle();
    for n in 0..5 {
        town.run(citizen, add_topic(meeting, &format!("første {n}")));
        town.run(other, add_topic(meeting, &format!("anden {n}")));
        town.pass(120);
    }
    town.kill(citizen);
    town.settle();
    let mut seen = topics(&town, coordinator, meeting);
    assert_eq!(seen, topics(&town, other, meeting));
    seen.sort();
    seen.dedup();
    assert!(seen.iter().filter(|title| title.starts_with("anden")).count() == 5, "{seen:?}");
    assert!(seen.iter().filter(|title| title.starts_with("første")).count() >= 4, "{seen:?}");
    assert_eq!(seen.len(), topics(&town, other, meeting).len());
}

#[test]
fn a_server_restored_from_an_old_copy_gets_back_what_it_lacks() {
    let mut town = Town::new(Seed(14));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    let backup = town.back_up_hub();
    town.run(citizen, add_topic(meeting, "Min bolig"));
    let later = meeting_of(&mut town, coordinator);
    town.run(coordinator, add_topic(later, "Efter nytår"));
    town.settle();
    let log = town.shelf().log(later).to_vec();
    town.restore_hub(backup);
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(topics(&town, citizen, meeting), ["Min bolig"]);
    assert_eq!(topics(&town, citizen, later), ["Efter nytår"]);
    assert_eq!(town.shelf().log(later), log);
    assert_eq!(town.look(coordinator, &Meetings { course: None }).upcoming.len(), 2);
}

#[test]
fn a_device_killed_while_it_gives_a_restored_server_its_log_begins_again() {
    let mut town = Town::new(Seed(17));
    let (citizen, coordinator) = town.course();
    let backup = town.back_up_hub();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let topics_of_it = ["Min bolig", "Penge", "Hunden"];
    for title in topics_of_it {
        town.run(citizen, add_topic(meeting, title));
        town.pass(1_000);
    }
    town.settle();
    let log = town.shelf().log(meeting).to_vec();
    town.kill(coordinator);
    town.cut_off(citizen);
    town.restore_hub(backup);
    town.reconnect(citizen);
    let mut citizen = citizen;
    for ms in [20, 40, 60, 80, 100] {
        town.pass(ms);
        town.kill(citizen);
        citizen = town.open_again(citizen);
    }
    town.settle();
    assert_eq!(topics(&town, citizen, meeting), topics_of_it);
    assert_eq!(town.shelf().log(meeting), log, "the coordinator's laptop was not there to help");
}

#[test]
fn what_was_not_sent_yet_when_the_server_was_restored_stays_in_sight_and_arrives() {
    let mut town = Town::new(Seed(16));
    let (citizen, coordinator) = town.course();
    town.settle();
    let backup = town.back_up_hub();
    let later = meeting_of(&mut town, citizen);
    town.settle();
    town.cut_off(citizen);
    town.run(citizen, add_topic(later, "Min bolig"));
    town.pass(1_000);
    town.restore_hub(backup);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(topics(&town, citizen, later), ["Min bolig"]);
    assert_eq!(topics(&town, coordinator, later), ["Min bolig"]);
}

#[test]
fn after_many_records_one_stands_in_for_them_all() {
    let mut town = Town::new(Seed(15));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let Some(Made::Item(_, topic)) = town.run(citizen, add_topic(meeting, "Min bolig")) else {
        panic!()
    };
    town.settle();
    let field = TextField::TopicWhy(topic);
    for n in 0..230 {
        let splice = Splice { at: 0, delete: 0, insert: format!("{n} ") };
        let writer = if n % 2 == 0 { citizen } else { coordinator };
        town.run(writer, Command::Write { document: meeting, field, splice });
        town.pass(450);
    }
    town.settle();
    town.pass(6_000);
    town.settle();

    let log: &[Record] = town.shelf().log(meeting);
    let snapshots: Vec<u64> = log.iter().filter_map(Record::covers).collect();
    assert!(matches!(snapshots[..], [covers] if covers >= 200), "{snapshots:?}");
    let (at, snapshot) =
        (log.iter().enumerate()).find(|(_, record)| record.covers().is_some()).unwrap();
    let mut paper = documents::Paper::new(1);
    paper.apply(&snapshot.payload()[8..]).unwrap();
    for record in &log[at + 1..] {
        paper.apply(record.payload()).unwrap();
    }
    let (agenda, _) = documents::meeting::read_agenda(&paper);
    let seen = town.look(coordinator, &Agenda(meeting)).unwrap();
    assert_eq!(agenda.topics[0].why.text, seen.topics[0].why.text);
    assert_eq!(seen.topics[0].why.text.split_whitespace().count(), 230);
}
