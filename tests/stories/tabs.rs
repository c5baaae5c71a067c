//! Several tabs of one person: whatever is done in any of them reaches everybody.

use client::view::{Agenda, Citizens, Here, InvitationOf, Me, MeStage, Saved, Team};
use client::{AgendaCommand, Command, DocumentId, FirstCommand, Input, Made, ToolCommand};
use domain::Programme;
use tests::{Seed, Town, Walker};
use trust::PersonId;

use crate::consent::{consents, give, goal, goals, guest, jonas};
use crate::meeting_of;

fn stage(town: &Town, walker: Walker) -> MeStage {
    town.look(walker, &Me).stage
}

fn make_course(town: &mut Town, coordinator: Walker, name: &str) -> PersonId {
    let programme = Programme::Elders;
    town.run(coordinator, ToolCommand::MakeCourse { name: name.to_owned(), programme });
    let rows = town.look(coordinator, &Citizens);
    rows.into_iter().find(|row| row.name == name).expect("the course is listed").person
}

#[test]
fn a_course_begun_in_a_second_tab_lets_its_citizen_in() {
    let mut town = Town::new(Seed(31));
    let (_, coordinator) = town.course();
    let second = town.second_tab(coordinator);
    town.settle();
    let jens = make_course(&mut town, second, "Jens");
    town.settle();
    let phone = town.let_in(second, jens, "phone of Jens");
    assert_eq!(stage(&town, phone), MeStage::In);
    assert_eq!(town.look(phone, &Me).name, "Jens");
    let seen = town.look(coordinator, &Citizens);
    assert!(seen.iter().any(|row| row.name == "Jens"), "{seen:?}");
}

#[test]
fn an_invitation_cancelled_in_a_second_tab_lets_nobody_in() {
    let mut town = Town::new(Seed(32));
    let (_, coordinator) = town.course();
    let second = town.second_tab(coordinator);
    town.settle();
    let jens = make_course(&mut town, coordinator, "Jens");
    town.settle();
    let invitation = town.look(second, &InvitationOf(jens)).expect("both tabs see it");
    town.run(second, ToolCommand::CancelInvitation(invitation.invitation));
    town.settle();
    let phone = town.let_in(second, jens, "phone of Jens");
    assert!(matches!(stage(&town, phone), MeStage::NotRedeemed(_)));
}

#[test]
fn a_code_opened_in_a_second_tab_lets_the_phone_in() {
    let mut town = Town::new(Seed(33));
    let (_, coordinator) = town.course();
    let jens = make_course(&mut town, coordinator, "Jens");
    town.settle();
    let code = town.look(coordinator, &InvitationOf(jens)).expect("an invitation").code;
    let first = town.device("phone of Jens");
    town.settle();
    let second = town.second_tab(first);
    town.settle();
    town.run(second, FirstCommand::Redeem { typed: "K7MP 4XQA".to_owned(), tentative: false });
    town.settle();
    assert!(matches!(stage(&town, second), MeStage::NotRedeemed(_)), "a wrong code says so here");
    town.run(second, FirstCommand::Redeem { typed: code, tentative: false });
    town.settle();
    assert_eq!((stage(&town, second), stage(&town, first)), (MeStage::In, MeStage::In));
}

#[test]
fn what_is_half_written_in_one_tab_is_known_in_the_other_until_it_is_sent() {
    let mut town = Town::new(Seed(39));
    let (citizen, _) = town.course();
    let second = town.second_tab(citizen);
    town.settle();
    let keep = |words: &str| Command::KeepUnsent {
        place: "/plan dream".to_owned(),
        words: words.to_owned(),
    };
    town.run(second, keep("Et sted med en have"));
    town.pass(300);
    assert_eq!(town.saving(citizen).unsent[0].words, "Et sted med en have");
    town.run(second, keep(""));
    town.pass(300);
    assert_eq!(town.saving(citizen).unsent, []);
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(town.saving(citizen).unsent, [], "the disk has forgotten it too");
}

#[test]
fn a_coordinator_made_in_a_second_tab_is_one() {
    let mut town = Town::new(Seed(34));
    let lead = town.lead();
    let second = town.second_tab(lead);
    town.settle();
    let made = town.run(second, ToolCommand::MakeCoordinator { name: "Mette".to_owned() });
    let Some(Made::Person(mette)) = made else { panic!("no coordinator was made") };
    town.settle();
    let laptop = town.let_in(second, mette, "laptop");
    assert_eq!(stage(&town, laptop), MeStage::In);
    assert!(town.look(lead, &Team).people.iter().any(|named| named.name == "Mette"));
}

#[test]
fn a_second_tab_says_gemt_sikkert_when_the_server_has_it_and_not_before() {
    let mut town = Town::new(Seed(35));
    let (citizen, _) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let second = town.second_tab(citizen);
    town.settle();
    assert_eq!(town.saving(second).saved, Saved::Safely);
    assert!(town.saving(second).connected, "the device is");
    town.cut_off(citizen);
    town.run(second, ToolCommand::Agenda(meeting, AgendaCommand::AddTopic("Min bolig".to_owned())));
    for _ in 0..100 {
        town.pass(100);
        assert_ne!(town.saving(second).saved, Saved::Safely);
    }
    assert_eq!(town.saving(second).saved, Saved::OnDevice);
    assert!(!town.saving(second).connected);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(town.saving(second).saved, Saved::Safely);
}

#[test]
fn an_invitation_cancelled_without_a_network_is_cancelled_when_there_is_one() {
    let mut town = Town::new(Seed(36));
    let (_, coordinator) = town.course();
    let jens = make_course(&mut town, coordinator, "Jens");
    town.settle();
    town.cut_off(coordinator);
    let invitation = town.look(coordinator, &InvitationOf(jens)).expect("an invitation");
    town.run(coordinator, ToolCommand::CancelInvitation(invitation.invitation));
    town.pass(1_000);
    assert!(town.look(coordinator, &InvitationOf(jens)).expect("still there").is_stopping);
    town.kill(coordinator);
    let coordinator = town.open_again(coordinator);
    town.settle();
    town.reconnect(coordinator);
    town.settle();
    let phone = town.let_in(coordinator, jens, "phone of Jens");
    assert!(matches!(stage(&town, phone), MeStage::NotRedeemed(_)));
}

#[test]
fn two_who_change_a_chain_at_once_both_get_their_way() {
    let mut town = Town::new(Seed(37));
    let lead = town.lead();
    let bo = town.look(lead, &Team).people.iter().find(|named| named.is_me).expect("Bo").who;
    let laptop = town.another_device(lead, PersonId(bo.0));
    town.say_yes(lead);
    for device in [lead, laptop] {
        town.cut_off(device);
    }
    let mut made = Vec::new();
    for (device, name) in [(lead, "Mette"), (lead, "Ali"), (laptop, "Sara"), (laptop, "Ib")] {
        let person = town.run(device, ToolCommand::MakeCoordinator { name: name.to_owned() });
        let Some(Made::Person(person)) = person else { panic!("no coordinator was made") };
        made.push((device, person));
    }
    town.pass(1_000);
    town.reconnect(lead);
    town.settle();
    town.reconnect(laptop);
    town.pass(200);
    town.kill(laptop);
    let laptop_again = town.open_again(laptop);
    town.settle();
    for (device, person) in made {
        let inviter = if device == laptop { laptop_again } else { device };
        let theirs = town.let_in(inviter, person, "a coordinator's laptop");
        assert_eq!(stage(&town, theirs), MeStage::In);
    }
    for device in [lead, laptop_again] {
        assert_eq!(town.look(device, &Team).people.len(), 5);
        assert_eq!(town.saving(device).saved, Saved::Safely);
    }
}

#[test]
fn who_is_here_is_seen_in_a_second_tab_and_is_seen_to_be_in_it() {
    let mut town = Town::new(Seed(38));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let second = town.second_tab(citizen);
    town.settle();
    let here = |town: &Town, walker| -> Vec<String> {
        let rows = town.look(walker, &Here(meeting));
        rows.into_iter().map(|row| row.named.name).collect()
    };
    town.run(second, FirstCommand::Open(meeting));
    town.run(coordinator, FirstCommand::Open(meeting));
    town.pass(500);
    assert_eq!(
        (here(&town, second), here(&town, coordinator)),
        (vec!["Mette".to_owned()], vec!["Kirsten".to_owned()])
    );
    town.cut_off(citizen);
    town.pass(500);
    assert_eq!(here(&town, second), [""; 0]);
    town.reconnect(citizen);
    town.pass(500);
    assert_eq!(here(&town, second), ["Mette"]);
    town.pass(60_000);
    assert_eq!(here(&town, coordinator), ["Kirsten"], "the second tab goes on saying so");
    town.run(second, FirstCommand::Leave);
    town.pass(500);
    assert_eq!(here(&town, coordinator), [""; 0]);
}

/// A citizen who has a second tab before her, and the one that leads is stopped.
fn beside_a_stopped_tab(seed: u64) -> (Town, [Walker; 3], DocumentId) {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let second = town.second_tab(citizen);
    town.settle();
    town.lay_to_sleep(citizen);
    (town, [citizen, second, coordinator], meeting)
}

fn topics(town: &Town, walker: Walker, meeting: DocumentId) -> Vec<String> {
    let agenda = town.look(walker, &Agenda(meeting)).expect("the meeting");
    agenda.topics.into_iter().map(|topic| topic.title.text).collect()
}

fn add(town: &mut Town, walker: Walker, meeting: DocumentId, topic: &str) {
    let command = AgendaCommand::AddTopic(topic.to_owned());
    town.run(walker, ToolCommand::Agenda(meeting, command));
}

#[test]
fn the_tab_that_is_seen_leads_when_the_one_that_leads_says_nothing() {
    let (mut town, [_, second, coordinator], meeting) = beside_a_stopped_tab(60);
    town.pass(9_000);
    assert!(!town.saving(second).connected, "nobody here speaks with the server");
    add(&mut town, second, meeting, "Min bolig");
    town.pass(6_000);
    assert!(town.saving(second).connected);
    assert_eq!(town.saving(second).saved, Saved::Safely);
    assert_eq!(topics(&town, coordinator, meeting), ["Min bolig"]);
}

#[test]
fn a_tab_that_nobody_sees_takes_no_lead() {
    let (mut town, [citizen, second, coordinator], meeting) = beside_a_stopped_tab(61);
    town.input(second, Input::Hidden);
    add(&mut town, second, meeting, "Min bolig");
    town.pass(60_000);
    assert_eq!(topics(&town, coordinator, meeting), [""; 0]);
    town.wake_up(citizen);
    town.settle();
    assert_eq!(topics(&town, coordinator, meeting), ["Min bolig"]);
}

#[test]
fn a_tab_that_was_stopped_leads_no_longer_and_loses_no_word() {
    let (mut town, [citizen, second, coordinator], meeting) = beside_a_stopped_tab(62);
    town.wake_up(citizen);
    add(&mut town, citizen, meeting, "Før");
    town.lay_to_sleep(citizen);
    town.pass(14_000);
    add(&mut town, second, meeting, "Imens");
    town.settle();
    town.wake_up(citizen);
    // It does not know yet that it leads no longer.
    add(&mut town, citizen, meeting, "Efter");
    town.pass(2_000);
    town.settle();
    let all = ["Før", "Imens", "Efter"];
    for walker in [citizen, second, coordinator] {
        let mut seen = topics(&town, walker, meeting);
        seen.sort_by_key(|topic| all.iter().position(|other| other == topic));
        assert_eq!(seen, all);
        assert_eq!(town.saving(walker).saved, Saved::Safely);
    }
    assert_eq!(town.lines_of(citizen), 1, "one tab alone speaks with the server");
    town.pass(15_000);
    assert_eq!(town.rows_on_disk(citizen, client::Store::Drafts), 0);
    // Nothing was numbered twice, so nothing was refused.
    assert!(!town.saving(citizen).has_aside && !town.saving(second).has_aside);
}

#[test]
fn whichever_tabs_are_stopped_and_go_on_no_word_is_lost() {
    for seed in 70..90 {
        let mut town = Town::new(Seed(seed));
        let (citizen, coordinator) = town.course();
        let meeting = meeting_of(&mut town, citizen);
        let tabs = [citizen, town.second_tab(citizen), town.second_tab(citizen)];
        town.settle();
        town.faults.hint_lost = 4;
        let mut written = Vec::new();
        for round in 0..30 {
            let tab = tabs[town.below(3) as usize];
            match town.below(3) {
                0 => town.lay_to_sleep(tab),
                1 => town.wake_up(tab),
                _ if town.is_asleep(tab) => {}
                _ => {
                    let topic = AgendaCommand::AddTopic(format!("{round}"));
                    // A tab that has just begun anew has not read everything.
                    if town.try_run(tab, ToolCommand::Agenda(meeting, topic)).is_ok() {
                        written.push(format!("{round}"));
                    }
                }
            }
            let ms = town.below(20_000);
            town.pass(ms);
        }
        town.faults = tests::Faults::default();
        tabs.into_iter().for_each(|tab| town.wake_up(tab));
        town.pass(40_000);
        town.settle();
        for walker in tabs.into_iter().chain([coordinator]) {
            let mut seen = topics(&town, walker, meeting);
            seen.sort_by_key(|topic| written.iter().position(|other| other == topic));
            assert_eq!(seen, written, "seed {seed}, {walker:?}");
            assert!(!town.saving(walker).has_aside, "seed {seed}, {walker:?}");
        }
        assert_eq!(town.lines_of(citizen), 1, "seed {seed}");
    }
}

#[test]
fn what_is_closed_while_no_tab_leads_is_closed_soon_and_not_said_to_be_before() {
    let mut town = Town::new(Seed(129));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "En lejlighed");
    let jonas = jonas(&mut town, citizen);
    let course = town.course_of(citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    town.settle();
    let guest = guest(&mut town, citizen, document);
    let second = town.second_tab(citizen);
    town.settle();
    town.lay_to_sleep(citizen);
    town.run(second, ToolCommand::WithdrawConsent { document, area: None });
    for _ in 0..10 {
        town.pass(1_000);
        let is_read = goals(&town, guest, course, "housing").is_some();
        assert!(!is_read || !consents(&town, second, document).sees_nothing());
    }
    town.pass(5_000);
    assert_eq!(goals(&town, guest, course, "housing"), None, "a tab that is seen leads");
    town.settle();
    assert!(consents(&town, second, document).sees_nothing());
}
