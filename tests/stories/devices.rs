//! A phone in her name: whoever makes a code for somebody has it in the hand, and may open it. What such a device gets,
//! what its owner is asked, and what is left of it when it is put out.

use client::view::{
    Citizens, ConsentFor, Decision, DeviceRow, Devices, InvitationOf, Me, MeStage, NewDevices,
    Notebook, Saved, SetAside, Team, ThisDevice, WhoSees, WhyAside,
};
use client::{Command, DeviceCommand, Made, Refusal, Store, TextField, ToolCommand};
use domain::{Programme, Splice};
use tests::{Seed, Town, Walker};
use trust::PersonId;

use crate::consent::{consent, give, goal, goals, guest, jonas, stage};
use crate::notebook::{dreams, notes, write};
use crate::restored::{another_phone, let_in_again, type_new_code, with_a_phone_after_the_backup};

mod left;

/// The devices of somebody, as `walker` sees them.
fn devices(town: &Town, walker: Walker, whose: Devices) -> Vec<DeviceRow> {
    town.look(walker, &whose).and_then(|found| found.rows).expect("the list has come")
}

fn asked(town: &Town, walker: Walker) -> usize {
    town.look(walker, &NewDevices).len()
}

fn needs_yes(town: &Town, walker: Walker) -> bool {
    town.look(walker, &ThisDevice).needs_yes
}

/// `walker` asks for somebody's devices and puts out all that are not their newest.
fn put_out_older(town: &mut Town, walker: Walker, whose: Devices) {
    let person = town.look(walker, &whose).expect("they are known").person.who;
    let person = PersonId(person.0);
    town.run(walker, DeviceCommand::AskFor(person));
    town.settle();
    let all = devices(town, walker, whose);
    let (_, older) = all.split_last().expect("a device");
    for row in older {
        town.run(walker, DeviceCommand::PutOut(person, row.device));
    }
    town.settle();
}

#[test]
fn whoever_opens_a_code_made_in_her_name_gets_no_notebook_and_lets_nobody_in() {
    let mut town = Town::new(Seed(601));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    town.watch(citizen);
    let on_map = jonas(&mut town, citizen);
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let (notebook, _) = write(&mut town, citizen, "Jeg er bange for Mette");
    town.settle();
    assert_eq!((asked(&town, citizen), needs_yes(&town, citizen)), (0, false));

    let false_phone = another_phone(&mut town, coordinator);
    town.watch(false_phone);
    assert_eq!(stage(&town, false_phone), MeStage::In);
    assert_eq!(notes(&town, false_phone), Vec::<String>::new());
    assert!(!town.has_on_disk(false_phone, "bange for".as_bytes()));
    assert!(!town.has_on_disk(false_phone, &notebook.0), "not even its name");
    assert!(needs_yes(&town, false_phone));
    let (network, person) = on_map;
    let give = ToolCommand::GiveConsent { network, person, consent: consent(&["housing"]) };
    assert_eq!(town.try_run(false_phone, give), Err(Refusal::Unconfirmed));
    assert_eq!(asked(&town, false_phone), 0, "it is not asked about itself or the others");
    let mine = devices(&town, false_phone, Devices::Mine);
    let say_yes = DeviceCommand::SayYes(mine[1].device);
    assert_eq!(town.try_run(false_phone, say_yes), Err(Refusal::Unconfirmed), "nor to itself");

    let new = town.look(citizen, &NewDevices);
    assert_eq!(new.len(), 1, "she is asked at once");
    assert_eq!(new[0].by.as_ref().map(|by| by.name.as_str()), Some("Mette"));
    assert!(new[0].came.is_some() && new[0].is_new && !new[0].is_this);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.cut_off(citizen);
    town.settle();
    assert_eq!(asked(&town, citizen), 1, "also after a reload with no network");
    town.reconnect(citizen);
    town.settle();

    town.say_no(citizen);
    assert_eq!((asked(&town, citizen), devices(&town, citizen, Devices::Mine).len()), (0, 1));
    assert_eq!(stage(&town, false_phone), MeStage::PutOut);
    let told = town.look(false_phone, &ThisDevice).put_out.expect("it is told");
    assert!(told.is_own);
    for words in ["Et sted at bo", "Kirsten", "Mette", "Jonas"] {
        assert!(!town.has_on_disk(false_phone, words.as_bytes()), "{words} is still there");
        assert!(town.has_on_disk(citizen, words.as_bytes()), "{words} would have been found");
    }
    assert_eq!(goals(&town, false_phone, course, "housing").unwrap_or_default(), [""; 0]);
    let again = town.kill_and_open(false_phone);
    town.settle();
    assert_eq!(stage(&town, again), MeStage::PutOut, "and stays so");
}

#[test]
fn her_own_new_phone_has_everything_once_she_has_said_yes() {
    let mut town = Town::new(Seed(602));
    let (citizen, coordinator) = town.course();
    let on_map = jonas(&mut town, citizen);
    goal(&mut town, citizen, "housing", "Et sted at bo");
    write(&mut town, citizen, "Fra før");
    town.settle();
    let phone = another_phone(&mut town, coordinator);
    town.watch(phone);
    town.watch(citizen);
    write(&mut town, phone, "Begyndt på den nye");
    town.settle();
    assert_eq!(notes(&town, phone), ["Begyndt på den nye"]);
    assert_eq!(notes(&town, citizen), ["Fra før"], "what it begins is its own until then");
    town.say_yes(citizen);
    assert!(!needs_yes(&town, phone));
    for walker in [citizen, phone] {
        assert_eq!(notes(&town, walker), ["Begyndt på den nye", "Fra før"]);
        assert!(devices(&town, walker, Devices::Mine).iter().all(|row| !row.is_new));
    }
    give(&mut town, phone, on_map, &["housing"]);
    town.settle();
    let found = town.look(citizen, &ConsentFor { network: on_map.0, person: on_map.1 });
    assert!(found.unwrap().areas.iter().any(|(_, sees)| *sees));
    assert_eq!(town.look(phone, &SetAside), []);
}

#[test]
fn an_answer_without_a_network_is_kept_and_given_when_there_is_one() {
    for says_yes in [true, false] {
        let mut town = Town::new(Seed(603));
        let (citizen, coordinator) = town.course();
        write(&mut town, citizen, "Fra før");
        town.settle();
        let phone = another_phone(&mut town, coordinator);
        town.cut_off(citizen);
        let decision = if says_yes {
            town.say_yes(citizen);
            Decision::Yes
        } else {
            town.say_no(citizen);
            Decision::Out
        };
        assert_eq!(asked(&town, citizen), 0);
        assert_eq!(devices(&town, citizen, Devices::Mine)[1].decision, Some(decision));
        assert!(needs_yes(&town, phone), "nobody has heard of it");
        let citizen = town.kill_and_open(citizen);
        town.settle();
        assert_eq!(asked(&town, citizen), 0, "it was answered");
        town.reconnect(citizen);
        town.settle();
        let now = if says_yes { MeStage::In } else { MeStage::PutOut };
        assert_eq!(stage(&town, phone), now);
        if says_yes {
            assert_eq!(notes(&town, phone), ["Fra før"]);
        }
        let rows = devices(&town, citizen, Devices::Mine);
        assert!(rows.iter().all(|row| row.decision.is_none() && !row.is_new));
    }
}

#[test]
fn the_question_can_be_answered_in_a_second_tab() {
    let mut town = Town::new(Seed(604));
    let (citizen, coordinator) = town.course();
    write(&mut town, citizen, "Fra før");
    let second = town.second_tab(citizen);
    town.watch(second);
    town.settle();
    let phone = another_phone(&mut town, coordinator);
    assert_eq!((asked(&town, citizen), asked(&town, second)), (1, 1));
    town.say_yes(second);
    assert_eq!((asked(&town, citizen), asked(&town, second)), (0, 0));
    assert_eq!(notes(&town, phone), ["Fra før"]);
}

#[test]
fn a_lost_phone_is_put_out_by_the_coordinator_and_the_new_one_is_hers() {
    let mut town = Town::new(Seed(605));
    let (lost, coordinator) = town.course();
    let course = town.course_of(coordinator);
    let on_map = jonas(&mut town, lost);
    goal(&mut town, lost, "housing", "Et sted at bo");
    write(&mut town, lost, "Kun mig");
    town.settle();
    town.cut_off(lost);
    let phone = another_phone(&mut town, coordinator);
    assert!(needs_yes(&town, phone));
    town.watch(coordinator);
    let kirsten = town.look(coordinator, &Citizens)[0].person;
    town.run(coordinator, DeviceCommand::AskFor(kirsten));
    town.settle();
    let rows = devices(&town, coordinator, Devices::Citizen(course));
    let alone: Vec<bool> = rows.iter().map(|row| row.alone_has_notes).collect();
    assert_eq!(alone, [true, false], "the coordinator is told what goes with it");
    put_out_older(&mut town, coordinator, Devices::Citizen(course));
    assert_eq!(devices(&town, coordinator, Devices::Citizen(course)).len(), 1);
    assert!(!needs_yes(&town, phone), "there is no older one left to say it");
    give(&mut town, phone, on_map, &["housing"]);
    town.settle();
    assert_eq!(town.look(phone, &SetAside), []);
    assert_eq!(notes(&town, phone), Vec::<String>::new(), "nobody else can bring them back");
    write(&mut town, phone, "Forfra");
    town.settle();
    assert_eq!(town.saving(phone).saved, Saved::Safely);

    assert_eq!(notes(&town, lost), ["Kun mig"], "it cannot have heard");
    town.reconnect(lost);
    town.settle();
    assert_eq!(stage(&town, lost), MeStage::PutOut);
    let told = town.look(lost, &ThisDevice).put_out.expect("it is told");
    assert_eq!((told.by.as_str(), told.is_own), ("Mette", false));
    for words in ["Et sted at bo", "Kun mig", "Mette "] {
        assert!(!town.has_on_disk(lost, words.as_bytes()), "{words}");
    }
}

#[test]
fn the_daily_lead_sees_a_coordinators_devices_and_puts_one_out() {
    let mut town = Town::new(Seed(606));
    let lead = town.lead();
    let made = town.run(lead, ToolCommand::MakeCoordinator { name: "Mette".to_owned() });
    let Some(Made::Person(mette)) = made else { panic!("no coordinator") };
    town.settle();
    let laptop = town.let_in(lead, mette, "laptop");
    let programme = domain::Programme::Elders;
    town.run(laptop, ToolCommand::MakeCourse { name: "Kirsten".to_owned(), programme });
    town.settle();
    let kirsten = town.look(laptop, &Citizens)[0].person;
    let code = town.look(laptop, &InvitationOf(kirsten)).unwrap().code;
    assert!(town.has_on_disk(laptop, code.as_bytes()));
    // The daily lead opens a code in the coordinator's name: Mette is asked, and it is no use.
    let false_laptop = town.another_device(lead, mette);
    assert_eq!(asked(&town, laptop), 1);
    assert_eq!(town.look(laptop, &NewDevices)[0].by.as_ref().map(|by| &*by.name), Some("Bo"));
    assert!(needs_yes(&town, false_laptop));
    let document = town.look(false_laptop, &Citizens)[0].course;
    let make = ToolCommand::Invite { person: kirsten, document };
    assert_eq!(town.try_run(false_laptop, make).err(), Some(Refusal::Unconfirmed));
    let course = ToolCommand::MakeCourse { name: "Jens".to_owned(), programme: Programme::Elders };
    assert_eq!(town.try_run(false_laptop, course).err(), Some(Refusal::Unconfirmed));

    let whose = Devices::Colleague(mette);
    town.watch(lead);
    put_out_older(&mut town, lead, whose);
    assert_eq!(devices(&town, lead, whose).len(), 1);
    assert_eq!(stage(&town, laptop), MeStage::PutOut);
    assert!(!town.has_on_disk(laptop, b"Kirsten"), "her citizens are not there any longer");
    assert!(!town.has_on_disk(laptop, code.as_bytes()), "nor codes");
    assert_eq!(town.look(laptop, &Team).people, []);
    // Nobody else can.
    town.run(false_laptop, ToolCommand::Invite { person: kirsten, document });
    town.settle();
    let kirstens = town.let_in(false_laptop, kirsten, "phone");
    town.run(kirstens, DeviceCommand::AskFor(mette));
    town.settle();
    assert_eq!(town.look(kirstens, &whose).and_then(|found| found.rows), None);
}

#[test]
fn a_guests_devices_are_seen_by_the_citizen_and_the_coordinator() {
    let mut town = Town::new(Seed(607));
    let (citizen, coordinator) = town.course();
    let on_map = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, on_map, &["housing"]);
    town.settle();
    let jonas = guest(&mut town, citizen, document);
    let whose = Devices::Guest(document);
    for walker in [citizen, coordinator] {
        let person = PersonId(town.look(walker, &whose).unwrap().person.who.0);
        town.run(walker, DeviceCommand::AskFor(person));
        town.settle();
        assert_eq!(devices(&town, walker, whose).len(), 1);
    }
    let (person, row) = {
        let found = town.look(citizen, &whose).unwrap();
        (PersonId(found.person.who.0), found.rows.unwrap()[0].clone())
    };
    town.run(citizen, DeviceCommand::PutOut(person, row.device));
    town.settle();
    assert_eq!(stage(&town, jonas), MeStage::PutOut);
}

#[test]
fn a_yes_to_somebody_that_the_server_will_not_have_is_said_and_changes_nothing() {
    let mut town = Town::new(Seed(608));
    let (citizen, coordinator) = town.course();
    let on_map = jonas(&mut town, citizen);
    goal(&mut town, citizen, "housing", "Et sted at bo");
    town.settle();
    let phone = another_phone(&mut town, coordinator);
    // It has not heard that it is new: its notes were thrown away while it had no network.
    town.cut_off(phone);
    town.kill(phone);
    town.evict(phone, Store::Notes);
    let phone = town.open_again(phone);
    town.settle();
    assert!(!needs_yes(&town, phone));
    let (network, person) = on_map;
    let course = town.course_of(phone);
    let command = ToolCommand::GiveConsent { network, person, consent: consent(&["housing"]) };
    town.run(phone, command);
    town.pass(11_000);
    assert_eq!(town.look(phone, &WhoSees { course }).unwrap().people.len(), 1);
    town.reconnect(phone);
    town.settle();
    let aside = town.look(phone, &SetAside);
    assert!(!aside.is_empty() && aside.iter().all(|row| row.why == WhyAside::Unconfirmed));
    for walker in [phone, citizen, coordinator] {
        let who_sees = town.look(walker, &WhoSees { course }).unwrap();
        assert!(who_sees.people.is_empty() && who_sees.undeclared.is_empty());
    }
    town.say_yes(citizen);
    give(&mut town, phone, on_map, &["housing"]);
    town.settle();
    assert_eq!(town.look(citizen, &WhoSees { course }).unwrap().people.len(), 1);
}

#[test]
fn a_notebook_that_the_server_does_not_give_to_this_phone_is_kept_and_shown_on_it() {
    let mut town = Town::new(Seed(609));
    let (first, coordinator, _) = with_a_phone_after_the_backup(&mut town);
    let course = town.course_of(first);
    let (notebook, note) = write(&mut town, first, "Fra før");
    town.settle();
    let backup = town.back_up_hub();
    let second = another_phone(&mut town, coordinator);
    town.say_yes(first);
    assert_eq!(notes(&town, second), ["Fra før"]);
    // The server has forgotten the second phone and the yes; the first one is not there to say it again.
    town.cut_off(first);
    town.restore_hub(backup);
    town.pass(20_000);
    write(&mut town, second, "Imens");
    town.pass(20_000);
    type_new_code(&mut town, second, coordinator);
    town.pass(20_000);
    assert!(needs_yes(&town, second));
    assert_eq!(notes(&town, second), ["Imens", "Fra før"], "its words may be nowhere else");
    assert_eq!(town.saving(second).saved, Saved::OnDevice, "and this one is not");
    assert_eq!(town.look(second, &SetAside), []);
    let field = TextField::Note(note);
    let splice = Splice { at: 0, delete: 0, insert: "! ".to_owned() };
    town.run(second, Command::Write { document: notebook, field, splice });
    write(&mut town, second, "Efter");
    town.pass(20_000);
    let second = town.kill_and_open(second);
    town.pass(20_000);
    assert_eq!(town.saving(second).saved, Saved::OnDevice);
    assert_eq!(notes(&town, second), ["Efter", "Imens", "! Fra før"]);
    assert_eq!(town.look(coordinator, &Notebook { course }), None);
    assert!(!town.has_on_disk(coordinator, "Fra før".as_bytes()));
    town.reconnect(first);
    town.pass(20_000);
    town.say_yes(first);
    for walker in [first, second] {
        assert_eq!(notes(&town, walker), ["Efter", "Imens", "! Fra før"]);
        assert_eq!(town.saving(walker).saved, Saved::Safely);
    }
    write(&mut town, second, "Igen");
    town.settle();
    assert_eq!(notes(&town, first), ["Igen", "Efter", "Imens", "! Fra før"]);
}

#[test]
fn a_server_that_has_forgotten_that_a_phone_was_put_out_is_told_again() {
    let mut town = Town::new(Seed(610));
    let (citizen, coordinator) = town.course();
    let false_phone = another_phone(&mut town, coordinator);
    let backup = town.back_up_hub();
    town.say_no(citizen);
    assert_eq!(stage(&town, false_phone), MeStage::PutOut);
    town.restore_hub(backup);
    town.settle();
    assert_eq!(asked(&town, citizen), 0);
    assert_eq!(stage(&town, false_phone), MeStage::PutOut);
    assert_eq!(devices(&town, citizen, Devices::Mine).len(), 1);
    assert_eq!(dreams(&town, citizen), Vec::<String>::new());
    assert_eq!(town.look(false_phone, &Me).course, None);
}
