//! A new phone beside the notebook, before the notebook has come to it and after the old phone is lost.
use super::*;

/// A phone of the citizen's that has the course and has lost the network; some of what it asked for came
/// late.
fn half_fetched(
    town: &mut Town,
    (citizen, notebook): (Walker, DocumentId),
    coordinator: Walker,
) -> Walker {
    let row = town.look(coordinator, &Citizens)[0].clone();
    let (person, document) = (row.person, row.course);
    town.run(coordinator, ToolCommand::Invite { person, document });
    town.settle();
    let code = town.look(coordinator, &InvitationOf(person)).unwrap().code;
    let phone = town.device("a new phone");
    town.settle();
    town.faults = Faults { frame_late: 2, ..Faults::default() };
    town.run(phone, FirstCommand::Redeem { typed: code, tentative: false });
    while town.look(phone, &Me).stage != MeStage::In {
        town.pass(1);
    }
    while town.look(citizen, &NewDevices).is_empty() {
        town.pass(1);
    }
    let new = town.look(citizen, &NewDevices)[0].device;
    town.run(citizen, DeviceCommand::SayYes(new));
    // It hears that there is a notebook, and of that no more for now.
    while !town.has_on_disk(phone, &notebook.0) {
        town.pass(1);
    }
    town.cut_off(phone);
    town.faults = Faults::default();
    // What has come is read when the disk has it.
    town.pass(100);
    phone
}

#[test]
fn a_new_phone_can_write_before_the_notebook_has_come() {
    let mut half = 0;
    for seed in 200..212 {
        let mut town = Town::new(Seed(seed));
        let (citizen, coordinator) = town.course();
        let (document, id) = write(&mut town, citizen, "Fra før");
        town.settle();
        let phone = half_fetched(&mut town, (citizen, document), coordinator);
        if !notes(&town, phone).is_empty() {
            continue;
        }
        half += 1;
        let out = Command::ThrowOut(document, Thing::Note(id));
        assert_eq!(town.try_run(phone, out), Err(Refusal::Opening));
        write(&mut town, phone, "Fra den nye");
        town.settle();
        town.reconnect(phone);
        town.settle();
        for walker in [citizen, phone] {
            assert_eq!(notes(&town, walker), ["Fra den nye", "Fra før"]);
        }
        assert_eq!(town.saving(phone).saved, Saved::Safely);
    }
    assert!(half > 0, "the notebook always came before the course");
}

#[test]
fn a_notebook_founded_by_a_phone_that_is_lost_comes_back_from_the_other_one() {
    let mut town = Town::new(Seed(84));
    let (citizen, coordinator) = town.course();
    let backup = town.back_up_hub();
    let lost = town.device("a phone that will be lost");
    town.settle();
    let_in_again(&mut town, lost, coordinator);
    town.say_yes(citizen);
    let (document, _) = write(&mut town, lost, "Kun mig");
    town.settle();
    assert_eq!(notes(&town, citizen), ["Kun mig"]);
    town.kill(lost);
    town.restore_hub(backup);
    town.settle();
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
    let new_phone = town.device("a new phone");
    town.settle();
    let_in_again(&mut town, new_phone, coordinator);
    town.say_yes(citizen);
    assert_eq!(notes(&town, new_phone), ["Kun mig"]);
    assert!(!town.has_on_disk(coordinator, &document.0));
}
