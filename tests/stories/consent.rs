//! A citizen lets somebody see a part of life, and takes it back: who reads what, on every device.

use client::view::{
    AboutToShow, ConsentFor, ConsentsOf, ConsentsView, Declared, LetIn, Me, MeStage, Network,
    SharedRow, SharedWithMe, Shown, WhoSees, WhoSeesView,
};
use client::{Command, FirstCommand, Made, NewConsent, Refusal, ToolCommand};
use domain::{Half, ItemId, LifeArea, Purpose};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

mod again;

pub(crate) fn area(key: &str) -> LifeArea {
    LifeArea::from_key(key).unwrap()
}

/// Jonas, on the citizen's map.
pub(crate) fn jonas(town: &mut Town, citizen: Walker) -> (DocumentId, ItemId) {
    let course = town.course_of(citizen);
    let (name, half) = ("Jonas".to_owned(), Half::Professional);
    let made = town.run(citizen, ToolCommand::AddPerson { course, name, half, is_missing: false });
    let Some(Made::Item(network, person)) = made else { panic!("nobody was made: {made:?}") };
    (network, person)
}

pub(crate) fn goal(town: &mut Town, citizen: Walker, key: &str, title: &str) -> DocumentId {
    let (course, area, title) = (town.course_of(citizen), area(key), title.to_owned());
    let made = town.run(citizen, Command::AddGoal { course, area, title });
    let Some(Made::Item(document, _)) = made else { panic!("no goal was made: {made:?}") };
    document
}

pub(crate) fn consent(keys: &[&str]) -> NewConsent {
    let areas = keys.iter().map(|key| area(key)).collect();
    NewConsent { areas, purpose: Purpose::Help, months: 6, parent: None }
}

pub(crate) fn give(
    town: &mut Town,
    citizen: Walker,
    (network, person): (DocumentId, ItemId),
    keys: &[&str],
) -> DocumentId {
    let consent = consent(keys);
    town.run(citizen, ToolCommand::GiveConsent { network, person, consent });
    town.pass(11_000);
    let found = town.look(citizen, &ConsentFor { network, person });
    found.and_then(|found| found.consents).expect("something was declared")
}

/// A device of the one whom the consents are about, let in by a code that `maker` hands them.
pub(crate) fn guest(town: &mut Town, maker: Walker, document: DocumentId) -> Walker {
    let person = consents(town, maker, document).invited;
    town.run(maker, ToolCommand::Invite { person, document });
    town.settle();
    town.let_in(maker, person, "guest")
}

pub(crate) fn consents(town: &Town, walker: Walker, document: DocumentId) -> ConsentsView {
    town.look(walker, &ConsentsOf { document }).expect("the consents can be seen")
}

fn who_sees(town: &Town, walker: Walker) -> WhoSeesView {
    let course = town.course_of(walker);
    town.look(walker, &WhoSees { course }).expect("the course can be seen")
}

/// What the rows of people say: a name, and the areas they see.
fn let_in(rows: &[LetIn]) -> Vec<(String, Vec<String>)> {
    let keys = |row: &LetIn| {
        let keys = row.areas.iter().filter_map(|seen| seen.area.as_ref());
        keys.map(|area| area.key().to_owned()).collect()
    };
    rows.iter().map(|row| (row.person.name.clone(), keys(row))).collect()
}

fn shared(town: &Town, guest: Walker) -> Vec<SharedRow> {
    town.look(guest, &SharedWithMe)
}

pub(crate) fn goals(
    town: &Town,
    walker: Walker,
    course: DocumentId,
    key: &str,
) -> Option<Vec<String>> {
    let shown = town.look(walker, &Shown { course, area: area(key) })?;
    Some(shown.goals.into_iter().map(|goal| goal.row.title).collect())
}

pub(crate) fn stage(town: &Town, walker: Walker) -> MeStage {
    town.look(walker, &Me).stage
}

#[test]
fn somebody_on_the_map_is_let_see_one_part_of_life_and_nothing_else() {
    let mut town = Town::new(Seed(1));
    let (citizen, coordinator) = town.course();
    town.watch(citizen);
    town.watch(coordinator);
    goal(&mut town, citizen, "housing", "Et sted at bo");
    goal(&mut town, citizen, "money", "Betale gæld");
    let jonas = jonas(&mut town, citizen);
    let course = town.course_of(citizen);
    town.cut_off(citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    let expected = [("Jonas".to_owned(), vec!["housing".to_owned()])];
    assert_eq!(let_in(&who_sees(&town, citizen).people), expected, "at once, with no network");
    town.pass(2_000);
    assert!(consents(&town, citizen, document).is_waiting);
    town.reconnect(citizen);
    town.settle();
    assert!(!consents(&town, citizen, document).is_waiting);
    town.watch(coordinator);
    assert_eq!(let_in(&who_sees(&town, coordinator).people), expected);
    // The coordinator may hand out the code.
    let guest = guest(&mut town, coordinator, document);
    town.watch(guest);
    assert_eq!(stage(&town, guest), MeStage::In);
    let all = shared(&town, guest);
    assert_eq!((all.len(), all[0].citizen.name.as_str()), (1, "Kirsten"));
    assert_eq!(all[0].coordinators[0].name, "Mette");
    assert_eq!((all[0].course, all[0].areas[0].area.clone()), (course, Some(area("housing"))));
    assert_eq!(goals(&town, guest, course, "housing"), Some(vec!["Et sted at bo".to_owned()]));
    assert_eq!(goals(&town, guest, course, "money"), None);
    assert!(!town.has_on_disk(guest, "Betale gæld".as_bytes()), "not a byte of it");
    let housing =
        who_sees(&town, citizen).areas.into_iter().find(|row| row.area.key() == "housing");
    let names: Vec<String> = housing.unwrap().readers.into_iter().map(|named| named.name).collect();
    assert_eq!(names, ["Kirsten", "Mette", "Jonas"]);
    // What is written from now on comes too.
    goal(&mut town, citizen, "housing", "Nye gardiner");
    town.settle();
    assert_eq!(goals(&town, guest, course, "housing").unwrap().len(), 2);
}

#[test]
fn a_new_part_of_life_has_no_readers_but_the_citizen_and_the_coordinator() {
    let mut town = Town::new(Seed(2));
    let (citizen, _) = town.course();
    let jonas = jonas(&mut town, citizen);
    // Nothing stands there yet: what will, they see.
    let document = give(&mut town, citizen, jonas, &["work"]);
    let guest = guest(&mut town, citizen, document);
    let course = town.course_of(citizen);
    assert_eq!(goals(&town, guest, course, "work"), Some(Vec::new()));
    goal(&mut town, citizen, "mind", "Sove om natten");
    goal(&mut town, citizen, "work", "Et fleksjob");
    town.settle();
    assert_eq!(goals(&town, guest, course, "work"), Some(vec!["Et fleksjob".to_owned()]));
    assert_eq!(goals(&town, guest, course, "mind"), None);
    assert!(!town.has_on_disk(guest, "Sove om natten".as_bytes()));
}

#[test]
fn taken_back_without_a_network_it_holds_here_at_once_and_there_when_it_can() {
    let mut town = Town::new(Seed(3));
    let (citizen, coordinator) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    goal(&mut town, citizen, "money", "Betale gæld");
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["housing", "money"]);
    let guest = guest(&mut town, citizen, document);
    let course = town.course_of(citizen);
    town.watch(citizen);
    town.watch(guest);
    town.cut_off(citizen);
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: Some(area("money")) });
    let expected = [("Jonas".to_owned(), vec!["housing".to_owned()])];
    assert_eq!(let_in(&who_sees(&town, citizen).people), expected);
    town.pass(2_000);
    assert!(consents(&town, citizen, document).is_waiting, "it has not reached anybody");
    assert!(goals(&town, guest, course, "money").is_some(), "and says so, for it is so");
    town.reconnect(citizen);
    town.pass(1_000);
    assert_eq!(goals(&town, guest, course, "money"), None);
    town.settle();
    assert!(!town.has_on_disk(guest, "Betale gæld".as_bytes()), "what was shown is let go of");
    assert!(town.has_on_disk(guest, "Et sted at bo".as_bytes()));
    assert_eq!(let_in(&who_sees(&town, coordinator).people), expected);
    let declared = consents(&town, citizen, document).declared;
    let is_so = |one: &Declared| one.withdrawn.is_some() == (one.area == area("money"));
    assert!(declared.iter().all(is_so), "{declared:?}");

    town.run(citizen, ToolCommand::WithdrawConsent { document, area: None });
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::Nothing);
    assert!(!town.has_on_disk(guest, "Et sted at bo".as_bytes()));
    let seen = who_sees(&town, citizen);
    assert_eq!((let_in(&seen.people), seen.before.len()), (Vec::new(), 1));

    // And it can be given again, to the same device.
    assert_eq!(give(&mut town, citizen, jonas, &["housing"]), document);
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::In);
    assert_eq!(goals(&town, guest, course, "housing"), Some(vec!["Et sted at bo".to_owned()]));
}

#[test]
fn it_ends_with_its_day_by_the_server_and_by_the_device_alone() {
    let mut town = Town::new(Seed(4));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    let guest = guest(&mut town, citizen, document);
    let course = town.course_of(citizen);
    town.sleep_days(150);
    town.settle();
    assert!(goals(&town, guest, course, "housing").is_some());
    town.cut_off(guest);
    town.sleep_days(40);
    town.pass(6_000);
    assert_eq!(goals(&town, guest, course, "housing"), None, "the device knows the day too");
    assert!(let_in(&who_sees(&town, citizen).people).is_empty());
    town.reconnect(guest);
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::Nothing);
    assert!(!town.has_on_disk(guest, "Et sted at bo".as_bytes()));
    let again = give(&mut town, citizen, jonas, &["housing"]);
    town.settle();
    assert_eq!(again, document);
    assert!(goals(&town, guest, course, "housing").is_some());
}

#[test]
fn two_consents_for_the_same_person_and_area_are_one_to_take_back() {
    let mut town = Town::new(Seed(5));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    let guest = guest(&mut town, citizen, document);
    let (network, person) = jonas;
    let consent = NewConsent { months: 12, ..consent(&["housing"]) };
    town.run(citizen, ToolCommand::GiveConsent { network, person, consent });
    town.settle();
    let found = consents(&town, citizen, document);
    assert_eq!((found.now.len(), found.declared.len()), (1, 2));
    assert_eq!(found.now[0].until, Some(found.declared[0].until), "the newest one holds");
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: Some(area("housing")) });
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::Nothing);
    let declared = consents(&town, citizen, document).declared;
    assert!(declared.iter().all(|one| one.withdrawn.is_some()));
}

#[test]
fn a_yes_that_is_taken_back_in_time_lets_nobody_in() {
    let mut town = Town::new(Seed(9));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let (network, person) = jonas(&mut town, citizen);
    town.settle();
    let records = |town: &Town| {
        town.shelf().documents().map(|document| town.shelf().log(document).len()).sum::<usize>()
    };
    let before = records(&town);
    let consent = consent(&["housing"]);
    let give = ToolCommand::GiveConsent { network, person, consent: consent.clone() };
    let Some(Made::Held(id)) = town.run(citizen, give.clone()) else { panic!("not held back") };
    town.pass(9_000);
    town.run(citizen, Command::TakeBackHeld(id));
    town.settle();
    assert_eq!(records(&town), before, "nothing was said to anybody");

    // Whoever takes back all that somebody sees takes back what they were about to see as well.
    let document = give_and_wait(&mut town, citizen, (network, person));
    town.run(citizen, give);
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: None });
    town.settle();
    assert!(consents(&town, citizen, document).now.is_empty());
}

#[test]
fn nobody_is_let_in_while_the_page_is_put_away() {
    let mut town = Town::new(Seed(19));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let (network, person) = jonas(&mut town, citizen);
    town.settle();
    let consent = consent(&["housing"]);
    let give = ToolCommand::GiveConsent { network, person, consent };
    let Some(Made::Held(id)) = town.run(citizen, give) else { panic!("not held back") };
    town.run(citizen, FirstCommand::PutAway(true));
    town.pass(60_000);
    town.run(citizen, FirstCommand::PutAway(false));
    town.pass(9_000);
    assert_eq!(town.look(citizen, &AboutToShow).held.len(), 1, "ten seconds from now");
    town.run(citizen, Command::TakeBackHeld(id));
    town.settle();
    assert_eq!(town.look(citizen, &AboutToShow).shown, None);
}

fn give_and_wait(town: &mut Town, citizen: Walker, on_map: (DocumentId, ItemId)) -> DocumentId {
    let document = give(town, citizen, on_map, &["housing"]);
    town.settle();
    document
}

#[test]
fn only_the_citizen_lets_in_and_bad_consents_change_nothing() {
    let mut town = Town::new(Seed(6));
    let (citizen, coordinator) = town.course();
    let (network, person) = jonas(&mut town, citizen);
    town.settle();
    let give = |consent| ToolCommand::GiveConsent { network, person, consent };
    let refused = town.try_run(coordinator, give(consent(&["housing"])));
    assert_eq!(refused, Err(Refusal::NotAllowed));
    let other = |words: &str| Purpose::Other(words.to_owned());
    let words = |words: &str| NewConsent { purpose: other(words), ..consent(&["housing"]) };
    for (bad, why) in [
        (consent(&[]), Refusal::Empty),
        (NewConsent { months: 24, ..consent(&["housing"]) }, Refusal::Empty),
        (words("  "), Refusal::Empty),
        (words(&"æ".repeat(201)), Refusal::TooLong),
        (NewConsent { parent: Some(" ".to_owned()), ..consent(&["housing"]) }, Refusal::Empty),
    ] {
        assert_eq!(town.try_run(citizen, give(bad)), Err(why));
    }
    assert!(
        who_sees(&town, citizen).people.is_empty() && who_sees(&town, citizen).before.is_empty()
    );
    // The coordinator stands on the map too, and sees it all in any case.
    let course = town.course_of(citizen);
    let map = town.look(citizen, &Network { course, day: None }).unwrap();
    let mette = map.people.iter().find(|row| row.name == "Mette").unwrap().id;
    assert!(town.look(citizen, &ConsentFor { network, person: mette }).unwrap().sees_all);
    let consent = consent(&["housing"]);
    let refused =
        town.try_run(citizen, ToolCommand::GiveConsent { network, person: mette, consent });
    assert_eq!(refused, Err(Refusal::NotAllowed));
}

#[test]
fn who_was_let_in_writes_nothing_and_may_leave() {
    let mut town = Town::new(Seed(7));
    let (citizen, _) = town.course();
    let housing = goal(&mut town, citizen, "housing", "Et sted at bo");
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    let guest = guest(&mut town, citizen, document);
    let course = town.course_of(citizen);
    let bad = Command::AddGoal { course, area: area("housing"), title: "Ikke mit".to_owned() };
    assert_eq!(town.try_run(guest, bad), Err(Refusal::NotAllowed));
    assert_eq!(town.try_run(guest, Command::Undo(housing)), Err(Refusal::NotAllowed));
    town.run(guest, FirstCommand::Open(housing));
    town.run(guest, ToolCommand::LeaveConsents(document));
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::Nothing);
    assert!(who_sees(&town, citizen).people.is_empty());
}

#[test]
fn undoing_a_move_on_the_map_takes_no_consent_away() {
    let mut town = Town::new(Seed(8));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let (network, person) = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, (network, person), &["housing"]);
    let guest = guest(&mut town, citizen, document);
    while town.try_run(citizen, Command::Undo(network)).is_ok() {}
    town.settle();
    assert_eq!(let_in(&who_sees(&town, citizen).people).len(), 1);
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: None });
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::Nothing);
}

#[test]
fn a_restored_server_is_told_again_who_is_out() {
    let mut town = Town::new(Seed(9));
    let (citizen, _) = town.course();
    goal(&mut town, citizen, "housing", "Et sted at bo");
    let jonas = jonas(&mut town, citizen);
    let document = give(&mut town, citizen, jonas, &["housing"]);
    let guest = guest(&mut town, citizen, document);
    town.settle();
    let backup = town.back_up_hub();
    town.run(citizen, ToolCommand::WithdrawConsent { document, area: None });
    town.settle();
    town.restore_hub(backup);
    town.settle();
    assert_eq!(stage(&town, guest), MeStage::Nothing);
    assert!(!town.has_on_disk(guest, "Et sted at bo".as_bytes()));
}
