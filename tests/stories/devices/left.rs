//! What is left on a phone that was put out, and comes back when it is let in again.

use super::*;

use client::view::Bin;

/// The coordinator puts out the citizen's only phone.
fn put_out(town: &mut Town, coordinator: Walker) {
    let whose = Devices::Citizen(town.course_of(coordinator));
    let person = PersonId(town.look(coordinator, &whose).unwrap().person.who.0);
    town.run(coordinator, DeviceCommand::AskFor(person));
    town.settle();
    for row in devices(town, coordinator, whose) {
        town.run(coordinator, DeviceCommand::PutOut(person, row.device));
    }
    town.settle();
}

fn dream(town: &mut Town, walker: Walker, text: &str) {
    let course = town.course_of(walker);
    town.run(walker, Command::AddDream { course, text: text.to_owned() });
}

#[test]
fn words_that_were_not_sent_stay_and_are_sent_with_a_new_code() {
    let mut town = Town::new(Seed(620));
    let (citizen, coordinator) = town.course();
    dream(&mut town, coordinator, "Mettes ord");
    dream(&mut town, citizen, "Sendt");
    write(&mut town, citizen, "En note");
    town.settle();
    town.cut_off(citizen);
    dream(&mut town, citizen, "Ikke sendt");
    write(&mut town, citizen, "En note mere");
    town.pass(10_000);
    put_out(&mut town, coordinator);
    town.reconnect(citizen);
    // Written a moment before it hears.
    town.settle();
    assert_eq!(stage(&town, citizen), MeStage::PutOut);
    for gone in ["Mettes ord", "Sendt", "Kirsten"] {
        assert!(!town.has_on_disk(citizen, gone.as_bytes()), "{gone}");
    }
    assert!(
        !town.has_on_disk(citizen, b"En note\0") && town.rows_on_disk(citizen, Store::Merged) == 0
    );
    for kept in ["Ikke sendt", "En note mere"] {
        assert!(town.has_on_disk(citizen, kept.as_bytes()), "{kept}");
    }
    assert!(town.saving(citizen).waiting > 0);
    let citizen = town.kill_and_open(citizen);
    town.settle();
    assert_eq!(stage(&town, citizen), MeStage::PutOut);
    let_in_again(&mut town, citizen, coordinator);
    assert_eq!(stage(&town, citizen), MeStage::In);
    assert_eq!(town.look(citizen, &ThisDevice).put_out, None);
    for walker in [citizen, coordinator] {
        let mut all = dreams(&town, walker);
        all.sort();
        assert_eq!(all, ["Ikke sendt", "Mettes ord", "Sendt"]);
    }
    let course = town.course_of(citizen);
    assert_eq!(town.look(citizen, &Bin { course }), []);
    // The notebook was the phone's that it was, and nobody's any longer: what it had not sent is kept and named.
    let aside = town.look(citizen, &SetAside);
    assert!(aside.iter().any(|row| row.words.contains("En note mere")), "{aside:?}");
}

#[test]
fn a_second_tab_brings_nothing_back_to_the_disk() {
    let mut town = Town::new(Seed(621));
    let (citizen, coordinator) = town.course();
    dream(&mut town, coordinator, "Mettes ord");
    town.settle();
    let second = town.second_tab(citizen);
    town.settle();
    town.watch(second);
    // What has just come is read in it as soon as it is known that it can be.
    town.pass(20_000);
    assert_eq!(dreams(&town, second), ["Mettes ord"]);
    town.cut_off(citizen);
    dream(&mut town, second, "Ikke sendt");
    town.pass(50);
    put_out(&mut town, coordinator);
    town.reconnect(citizen);
    town.settle();
    assert_eq!((stage(&town, citizen), stage(&town, second)), (MeStage::PutOut, MeStage::PutOut));
    town.kill(citizen);
    town.pass(60_000);
    assert!(!town.has_on_disk(second, b"Mettes ord"));
    assert!(town.has_on_disk(second, b"Ikke sendt"));
    let_in_again(&mut town, second, coordinator);
    let mut all = dreams(&town, coordinator);
    all.sort();
    assert_eq!(all, ["Ikke sendt", "Mettes ord"]);
}

#[test]
fn what_nobody_has_heard_of_stays_as_it_was() {
    let mut town = Town::new(Seed(622));
    let (citizen, coordinator) = town.course();
    town.cut_off(citizen);
    let (notebook, _) = write(&mut town, citizen, "Den første note");
    goal(&mut town, citizen, "housing", "Et sted at bo");
    town.pass(10_000);
    put_out(&mut town, coordinator);
    town.reconnect(citizen);
    town.settle();
    assert!(town.has_on_disk(citizen, b"Den f"));
    let_in_again(&mut town, citizen, coordinator);
    assert_eq!(notes(&town, citizen), ["Den første note"]);
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
    let course = town.course_of(coordinator);
    assert_eq!(
        goals(&town, coordinator, course, "housing"),
        Some(vec!["Et sted at bo".to_owned()])
    );
    assert!(!town.has_on_disk(coordinator, &notebook.0));
}

#[test]
fn whoever_was_let_in_again_is_not_put_out_by_what_was_wanted_before() {
    let mut town = Town::new(Seed(623));
    let (citizen, coordinator) = town.course();
    put_out(&mut town, coordinator);
    assert_eq!(stage(&town, citizen), MeStage::PutOut);
    let_in_again(&mut town, citizen, coordinator);
    let coordinator = town.kill_and_open(coordinator);
    town.settle();
    assert_eq!(stage(&town, citizen), MeStage::In);
    assert_eq!(devices(&town, coordinator, Devices::Citizen(town.course_of(citizen))).len(), 1);
}
