//! "Kun mig": what a citizen writes for nobody else reaches nobody else, and is never lost.

use client::view::{
    Agenda, Bin, BinKind, Citizens, InvitationOf, Me, MeStage, NewDevices, NoteOf, NoteView,
    Notebook, Plan, Saved, ShareOf, Today,
};
use client::{
    Command, DeviceCommand, FirstCommand, HeldId, Made, Refusal, ShareTo, TextField, Thing,
    ToolCommand,
};
use domain::{ItemId, LifeArea, Splice};
use sync::message::{Ask, Tell};
use sync::{Request, Stamp};
use tests::pen::{Pen, pull};
use tests::{Faults, Seed, Town, Walker};
use trust::{DocumentId, Kind};

use crate::restored::{let_in_again, with_a_phone_after_the_backup};

mod new_phone;

pub(crate) type Note = (DocumentId, ItemId);

pub(crate) fn write(town: &mut Town, citizen: Walker, text: &str) -> Note {
    let course = town.course_of(citizen);
    let made = town.run(citizen, ToolCommand::AddNote { course, text: text.to_owned() });
    let Some(Made::Item(document, note)) = made else { panic!("no note was made: {made:?}") };
    (document, note)
}

/// How the notes begin, the newest first.
pub(crate) fn notes(town: &Town, citizen: Walker) -> Vec<String> {
    let course = town.course_of(citizen);
    let notebook = town.look(citizen, &Notebook { course }).expect("the notebook is the citizen's");
    notebook.notes.into_iter().map(|note| note.opening).collect()
}

pub(crate) fn note(town: &Town, citizen: Walker, (document, note): Note) -> NoteView {
    town.look(citizen, &NoteOf { document, note }).expect("the note can be seen")
}

/// Begins to share a note: others see it in a moment.
pub(crate) fn begin_to_share(
    town: &mut Town,
    citizen: Walker,
    (notebook, note): Note,
    to: ShareTo,
) -> HeldId {
    match town.run(citizen, ToolCommand::ShareNote { notebook, note, to }) {
        Some(Made::Held(id)) => id,
        made => panic!("nothing is held back: {made:?}"),
    }
}

/// Shares a note, and waits until it can no longer be taken back.
pub(crate) fn share(town: &mut Town, citizen: Walker, note: Note, to: ShareTo) -> Note {
    let before = things_at(town, citizen, &to);
    begin_to_share(town, citizen, note, to.clone());
    assert_eq!(things_at(town, citizen, &to), before, "not yet");
    town.pass(11_000);
    let mut after = things_at(town, citizen, &to).into_iter();
    after.find(|thing| !before.contains(thing)).expect("a copy")
}

/// What stands where copies go.
fn things_at(town: &Town, citizen: Walker, to: &ShareTo) -> Vec<Note> {
    let course = town.course_of(citizen);
    let plan = town.look(citizen, &Plan { course }).expect("a plan");
    match to {
        ShareTo::Dreams => plan.dreams.into_iter().map(|dream| (course, dream.id)).collect(),
        ShareTo::Agenda(meeting) => {
            let agenda = town.look(citizen, &Agenda(*meeting)).expect("an agenda");
            agenda.topics.into_iter().map(|topic| (*meeting, topic.id)).collect()
        }
        ShareTo::Goals(_) => {
            let goals = plan.areas.into_iter().flat_map(|area| area.goals);
            goals.map(|goal| (goal.document, goal.id)).collect()
        }
    }
}

pub(crate) fn dreams(town: &Town, walker: Walker) -> Vec<String> {
    let plan = town.look(walker, &Plan { course: town.course_of(walker) }).expect("a plan");
    plan.dreams.into_iter().map(|dream| dream.text.text).collect()
}

pub(crate) fn housing() -> LifeArea {
    LifeArea::from_key("housing").unwrap()
}

/// What the hub answers to whoever holds this device.
fn hub_says(town: &Town, pen: &Pen, ask: Ask) -> Vec<Tell> {
    let now = Stamp { seconds: 1_800_000_000 };
    let mut shelf = town.back_up_hub();
    let answer = sync::answer(&mut shelf, pen.device(), Request::from(ask), now).unwrap();
    answer.tells
}

fn welcome(town: &Town, pen: &Pen) -> Tell {
    let now = Stamp { seconds: 1_800_000_000 };
    sync::welcome(&mut town.back_up_hub(), pen.device(), now).unwrap()
}

#[test]
fn a_note_written_without_a_network_is_safe_with_the_hub_and_reaches_nobody_else() {
    let mut town = Town::new(Seed(91));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let row = town.look(coordinator, &Citizens)[0].clone();
    town.cut_off(citizen);
    let first = write(&mut town, citizen, "Jeg er bange for Mette");
    town.pass(60_000);
    write(&mut town, citizen, "Hvad skal jeg sige om min søn?");
    town.settle();
    assert_eq!(town.saving(citizen).saved, Saved::OnDevice);
    assert_eq!(town.saving(citizen).waiting, 3, "the notebook itself and two notes");
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(notes(&town, citizen), ["Hvad skal jeg sige om min søn?", "Jeg er bange for Mette"]);
    let before = town.look(coordinator, &Today { course });
    town.reconnect(citizen);
    town.settle();
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
    assert!(note(&town, citizen, first).readers.iter().all(|reader| reader.is_me));

    let Ok(Some(shelved)) = sync::Shelf::look(&mut town.back_up_hub(), first.0) else { panic!() };
    assert_eq!(shelved.membership.kind, Kind::Notebook);
    // Only the devices that it was begun on are in it: whoever comes in by another code in her name is not.
    assert_eq!(shelved.membership.members.keys().count(), 1);
    assert!(!shelved.membership.members.contains_key(&row.person));
    assert_eq!(town.look(coordinator, &Today { course }), before);
    assert_eq!(town.look(coordinator, &Notebook { course }), None);
    let (document, note) = first;
    assert_eq!(town.look(coordinator, &NoteOf { document, note }), None);
    assert_eq!(town.look(coordinator, &ShareOf { document, note }), None);
    assert!(!town.has_on_disk(coordinator, "bange for".as_bytes()));
    assert!(!town.has_on_disk(coordinator, &document.0), "not even its name");
    assert!(town.has_on_disk(citizen, "bange for".as_bytes()), "so it would have been found");
}

#[test]
fn the_hub_hands_a_notebook_to_nobody_but_the_citizen() {
    let mut town = Town::new(Seed(92));
    let (citizen, coordinator) = town.course();
    let (document, _) = write(&mut town, citizen, "Kun mig");
    town.settle();
    let row = town.look(coordinator, &Citizens)[0].clone();
    let team = town.look(coordinator, &client::view::Team).people;
    let mette = team.iter().find(|named| named.name == "Mette").unwrap().who;
    let (hers, mut karins) = (Pen::new(1), Pen::new(2));
    town.bind(&hers, trust::PersonId(mette.0));
    town.bind(&karins, row.person);
    let lists = |tell: Tell| match tell {
        Tell::Welcome { documents, .. } => documents.iter().any(|held| held.document == document),
        other => panic!("no welcome: {other:?}"),
    };
    assert!(lists(welcome(&town, &karins)), "a new phone of the citizen's gets it");
    assert!(!lists(welcome(&town, &hers)));
    let pages = |tells: &[Tell]| tells.iter().any(|tell| matches!(tell, Tell::Records(_)));
    assert!(pages(&hub_says(&town, &karins, pull(document, 0))));
    assert!(!pages(&hub_says(&town, &hers, pull(document, 0))));
    let mut pen = hers.clone();
    let forged = pen.write(document, "words of somebody else");
    let tells = hub_says(&town, &hers, tests::pen::push([&forged]));
    assert!(tells.iter().all(|tell| matches!(tell, Tell::Refused { .. })), "{tells:?}");
    // Not even the citizen can let somebody in.
    let Ok(Some(shelved)) = sync::Shelf::look(&mut town.back_up_hub(), document) else { panic!() };
    let member = trust::Member::always(trust::Role::Coordinator);
    let change = trust::Change::Add { person: trust::PersonId(mette.0), member };
    let link = karins.link(document, shelved.membership.head, &change);
    let tells = hub_says(&town, &karins, tests::pen::push([&link]));
    assert!(tells.iter().all(|tell| matches!(tell, Tell::Refused { .. })), "{tells:?}");
}

#[test]
fn a_coordinator_can_neither_make_a_notebook_nor_reach_one() {
    let mut town = Town::new(Seed(93));
    let (citizen, coordinator) = town.course();
    let (notebook, note) = write(&mut town, citizen, "Kun mig");
    town.settle();
    let course = town.course_of(coordinator);
    let refused = |town: &mut Town, command| town.try_run(coordinator, command).unwrap_err();
    let add = ToolCommand::AddNote { course, text: "Om Kirsten".to_owned() };
    assert_eq!(refused(&mut town, add), Refusal::NotAllowed);
    let share = ToolCommand::ShareNote { notebook, note, to: ShareTo::Dreams };
    assert_eq!(refused(&mut town, share), Refusal::NotThere);
    let out = Command::ThrowOut(notebook, Thing::Note(note));
    assert_eq!(town.try_run(coordinator, out), Err(Refusal::NotThere));
    town.settle();
    assert_eq!(notes(&town, citizen), ["Kun mig"]);
}

#[test]
fn two_devices_that_begin_a_notebook_apart_have_one_list_and_lose_nothing() {
    let mut town = Town::new(Seed(94));
    let (phone, coordinator) = town.course();
    let tablet = town.device("tablet");
    town.settle();
    let_in_again(&mut town, tablet, coordinator);
    town.say_yes(phone);
    town.cut_off(phone);
    town.cut_off(tablet);
    let on_phone = write(&mut town, phone, "Fra telefonen");
    town.pass(60_000);
    let on_tablet = write(&mut town, tablet, "Fra tavlen");
    town.pass(60_000);
    write(&mut town, phone, "Igen fra telefonen");
    assert_ne!(on_phone.0, on_tablet.0, "two were founded");
    town.reconnect(phone);
    town.reconnect(tablet);
    town.settle();
    let all = ["Igen fra telefonen", "Fra tavlen", "Fra telefonen"];
    assert_eq!(notes(&town, phone), all);
    assert_eq!(notes(&town, tablet), all);
    // From now on both write in the same one, and either can do everything with every note.
    let next = write(&mut town, phone, "a").0;
    town.settle();
    assert_eq!(write(&mut town, tablet, "b").0, next);
    for (walker, (document, note)) in [(phone, on_tablet), (tablet, on_phone)] {
        let field = TextField::Note(note);
        let splice = Splice { at: 0, delete: 0, insert: "! ".to_owned() };
        town.run(walker, Command::Write { document, field, splice });
        share(&mut town, walker, (document, note), ShareTo::Dreams);
    }
    town.settle();
    let all = ["b", "a", "Igen fra telefonen", "! Fra tavlen", "! Fra telefonen"];
    assert_eq!(notes(&town, phone), all);
    assert_eq!(notes(&town, tablet), all);
    let mut shared = dreams(&town, coordinator);
    shared.sort();
    assert_eq!(shared, ["! Fra tavlen", "! Fra telefonen"]);
    assert_eq!(town.look(coordinator, &Bin { course: town.course_of(coordinator) }), []);
}

#[test]
fn what_two_devices_write_in_one_note_apart_both_survives() {
    let mut town = Town::new(Seed(95));
    let (phone, coordinator) = town.course();
    let (document, id) = write(&mut town, phone, "Midten");
    town.settle();
    let tablet = town.device("tablet");
    town.settle();
    let_in_again(&mut town, tablet, coordinator);
    town.say_yes(phone);
    town.cut_off(tablet);
    let field = TextField::Note(id);
    for (walker, at, insert) in [(phone, 0, "Først "), (tablet, 6, " og sidst")] {
        let splice = Splice { at, delete: 0, insert: insert.to_owned() };
        town.run(walker, Command::Write { document, field, splice });
    }
    town.settle();
    town.reconnect(tablet);
    town.settle();
    for walker in [phone, tablet] {
        assert_eq!(note(&town, walker, (document, id)).text.text, "Først Midten og sidst");
    }
}

#[test]
fn a_note_thrown_out_is_taken_back_and_only_its_writer_finds_it_in_the_bin() {
    let mut town = Town::new(Seed(96));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let (document, id) = write(&mut town, citizen, "Min bror");
    town.run(citizen, Command::ThrowOut(document, Thing::Note(id)));
    town.settle();
    assert_eq!(notes(&town, citizen), Vec::<String>::new());
    assert_eq!(town.look(coordinator, &Bin { course }), []);
    let bin = town.look(citizen, &Bin { course });
    assert_eq!((bin.len(), bin[0].kind, bin[0].text.as_str()), (1, BinKind::Note, "Min bror"));
    town.run(citizen, Command::TakeBack(document, bin[0].thing));
    town.settle();
    assert_eq!(notes(&town, citizen), ["Min bror"]);
    town.run(citizen, Command::Undo(document));
    town.run(citizen, Command::Undo(document));
    town.run(citizen, Command::Undo(document));
    assert_eq!(notes(&town, citizen), Vec::<String>::new());
    assert_eq!(town.look(citizen, &Bin { course }), [], "what was never written is in no bin");
    town.run(citizen, Command::Redo(document));
    town.settle();
    assert_eq!(notes(&town, citizen), ["Min bror"]);
}

#[test]
fn a_restored_server_gets_the_notebook_back_and_a_new_phone_gets_it_from_there() {
    let mut town = Town::new(Seed(89));
    let (citizen, coordinator, backup) = with_a_phone_after_the_backup(&mut town);
    let (document, _) = write(&mut town, citizen, "Før");
    town.settle();
    let log = town.shelf().log(document).to_vec();
    town.restore_hub(backup);
    town.pass(20_000);
    write(&mut town, citizen, "Efter");
    town.pass(20_000);
    assert_eq!(town.shelf().log(document).len(), 0, "the server has forgotten the phone");
    let_in_again(&mut town, citizen, coordinator);
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
    assert_eq!(town.shelf().log(document)[..log.len()], log);
    assert_eq!(notes(&town, citizen), ["Efter", "Før"]);
    assert!(!town.has_on_disk(coordinator, &document.0));
    let new_phone = town.device("a new phone");
    town.settle();
    let_in_again(&mut town, new_phone, coordinator);
    assert_eq!(notes(&town, new_phone), Vec::<String>::new());
    town.say_yes(citizen);
    assert_eq!(notes(&town, new_phone), ["Efter", "Før"]);
}

#[test]
fn a_server_that_never_knew_the_notebook_gets_it_with_the_rest() {
    let mut town = Town::new(Seed(88));
    let (citizen, coordinator) = town.course();
    let backup = town.back_up_hub();
    let (document, _) = write(&mut town, citizen, "Kun mig");
    town.settle();
    let log = town.shelf().log(document).to_vec();
    town.restore_hub(backup);
    town.settle();
    assert_eq!(town.shelf().log(document), log);
    assert_eq!(town.saving(citizen).saved, Saved::Safely);
    assert!(!town.has_on_disk(coordinator, &document.0));
}

#[test]
fn in_a_second_tab_a_note_is_written_and_seen_all_the_same() {
    let mut town = Town::new(Seed(87));
    let (citizen, _) = town.course();
    let second = town.second_tab(citizen);
    town.settle();
    town.cut_off(citizen);
    write(&mut town, second, "Fra den anden fane");
    town.settle();
    assert_eq!(notes(&town, citizen), ["Fra den anden fane"]);
    write(&mut town, citizen, "Fra den første");
    town.settle();
    assert_eq!(notes(&town, second), ["Fra den første", "Fra den anden fane"]);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(town.saving(second).saved, Saved::Safely);
    assert_eq!(notes(&town, second), ["Fra den første", "Fra den anden fane"]);
}
