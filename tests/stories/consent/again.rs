//! Whoever was let in and is out can be let in again.
use super::*;

#[test]
fn a_phone_that_is_shown_nothing_any_longer_can_be_let_in_by_another_citizen() {
    let mut town = Town::new(Seed(11));
    let (citizen, coordinator) = town.course();
    let on_map = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, on_map, &["housing"]);
    let guest = guest(&mut town, citizen, document);
    let (name, programme) = ("Ole".to_owned(), domain::Programme::Elders);
    town.run(coordinator, ToolCommand::MakeCourse { name, programme });
    town.settle();
    let all = town.look(coordinator, &client::view::Citizens);
    let ole = all.iter().find(|row| row.name == "Ole").unwrap().person;
    let ole = town.let_in(coordinator, ole, "another phone");
    let theirs = jonas(&mut town, ole);
    let other = give(&mut town, ole, theirs, &["money"]);
    let person = consents(&town, ole, other).invited;
    town.run(ole, ToolCommand::Invite { person, document: other });
    town.settle();
    let code = town.look(ole, &client::view::InvitationOf(person)).unwrap().code;
    let redeem = FirstCommand::Redeem { typed: code, tentative: false };
    town.run(guest, redeem.clone());
    town.settle();
    // While somebody shows it something, it is the one they let in.
    let taken = MeStage::NotRedeemed(client::NotRedeemed::DeviceTaken);
    assert_eq!((stage(&town, guest), shared(&town, guest).len()), (taken, 1));
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: None });
    town.settle();
    town.run(guest, redeem);
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::In);
    assert_eq!(shared(&town, guest)[0].citizen.name, "Ole");
}

#[test]
fn who_has_left_can_be_let_in_again_and_sees_all_of_it() {
    let mut town = Town::new(Seed(12));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    let guest = guest(&mut town, citizen, document);
    let course = town.course_of(citizen);
    town.run(guest, ToolCommand::LeaveConsents(document));
    town.settle();
    give(&mut town, citizen, jonas, &["housing"]);
    town.settle();
    assert_eq!(shared(&town, guest).len(), 1);
    assert_eq!(goals(&town, guest, course, "housing"), Some(vec!["Et sted at bo".to_owned()]));
}

#[test]
fn whoever_was_let_in_and_out_again_without_a_network_hears_nothing_of_it() {
    let mut town = Town::new(Seed(13));
    let (citizen, _) = town.course();
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["work"]);
    let guest = guest(&mut town, citizen, document);
    goal(&mut town, citizen, "housing", "Et sted at bo");
    town.settle();
    town.cut_off(citizen);
    give(&mut town, citizen, jonas, &["housing"]);
    town.pass(1_000);
    goal(&mut town, citizen, "housing", "Det var en fejl");
    town.pass(1_000);
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: Some(area("housing")) });
    town.reconnect(citizen);
    town.settle();
    for words in ["Et sted at bo", "Det var en fejl"] {
        assert!(!town.has_on_disk(guest, words.as_bytes()));
    }
    assert_eq!(town.witness().breaches, Vec::<String>::new());
}
