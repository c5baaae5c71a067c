//! Everything in one file: out of one phone, and in on another, also when nobody else has it any longer.

use std::path::PathBuf;
use std::sync::Arc;

use client::view::{
    ConsentsOf, Everything, EverythingView, FileIn, FileInView, FileOut, Network, SharedWithMe,
    WhoSees,
};
use client::{
    Command, FileCommand, FileFault, Made, NewConsent, PlanCommand, Saying, Store, ToolCommand,
};
use domain::{AgreementState, Doer, Half, Purpose, Score, Voice};
use tests::{Faults, Seed, Town, Walker};

use crate::meeting_of;
use crate::notebook::{dreams, housing, notes, write};
use crate::restored::{
    add_topic, another_phone, invite_jens, let_in_again, with_a_phone_after_the_backup,
    words_in_log, write_enough_for_a_snapshot,
};

type File = Arc<[u8]>;

fn file_of(town: &mut Town, walker: Walker, with_notes: bool) -> File {
    let course = town.course_of(walker);
    town.run(walker, FileCommand::Begin);
    town.pass(1_000);
    town.run(walker, FileCommand::Make { course, with_notes });
    let made = town.look(walker, &FileOut).file.expect("a file");
    town.run(walker, FileCommand::Leave);
    assert!(made.name.starts_with("medspil-2026-") && made.name.ends_with(".json"));
    made.bytes
}

fn take_in(town: &mut Town, walker: Walker, file: &[u8]) -> FileInView {
    town.run(walker, FileCommand::TakeIn(file.into()));
    town.settle();
    town.look(walker, &FileIn)
}

/// All that somebody sees, but for what only the tab knows that it was written in: what it can undo.
fn everything(town: &Town, walker: Walker) -> EverythingView {
    let course = town.course_of(walker);
    let all = town.look(walker, &Everything { course, with_notes: true });
    let mut all = all.expect("the citizen's own");
    all.goals.iter_mut().for_each(|goal| goal.can_undo = false);
    all.meetings.iter_mut().for_each(|(_, agenda)| agenda.can_undo = false);
    all
}

/// How many records the hub has, of every document.
fn kept(town: &Town) -> usize {
    let shelf = town.shelf();
    shelf.documents().map(|document| shelf.log(document).len()).sum()
}

/// Something with every tool.
fn live(town: &mut Town, citizen: Walker) {
    let course = town.course_of(citizen);
    let area = housing();
    town.run(citizen, Command::AddDream { course, text: "En hund <og> \"ro\" & fred".to_owned() });
    let title = "Et sted at bo".to_owned();
    let goal = town.run(citizen, Command::AddGoal { course, area: area.clone(), title });
    let Some(Made::Item(document, goal)) = goal else { panic!("no goal") };
    town.run(
        citizen,
        Command::Plan(document, PlanCommand::AddStep(goal, "Ring til Bo".to_owned())),
    );
    let agreement = PlanCommand::AddAgreement {
        goal: Some(goal),
        what: "Skriv boligen op".to_owned(),
        doer: Doer::Named("Bo".to_owned()),
        by_day: "2026-12-01".parse().ok(),
        is_trial: false,
    };
    let Some(Made::Item(_, agreement)) = town.run(citizen, Command::Plan(document, agreement))
    else {
        panic!("no agreement")
    };
    for state in [AgreementState::OnItsWay, AgreementState::Kept] {
        town.pass(60_000);
        town.run(citizen, Command::Plan(document, PlanCommand::SetState(agreement, state)));
    }
    let (name, half) = ("Ali".to_owned(), Half::Private);
    town.run(citizen, ToolCommand::AddPerson { course, name, half, is_missing: false });
    let (voice, score) = (Voice::Citizen, Score::new(3));
    let saying = Saying { area, voice, score, words: "Det går bedre".to_owned() };
    town.run(citizen, ToolCommand::Assess(course, saying));
    let meeting = meeting_of(town, citizen);
    town.run(citizen, add_topic(meeting, "Min bolig"));
    write(town, citizen, "Jeg er bange for Mette");
    town.settle();
}

/// A citizen who has lived, what she saw, the file of it, and a server that has heard nothing of it. The phone
/// it was written on is gone, and nobody else has read it.
fn all_lost_but_a_file(town: &mut Town) -> (Walker, Walker, EverythingView, File) {
    let (citizen, coordinator, backup) = with_a_phone_after_the_backup(town);
    town.cut_off(coordinator);
    live(town, citizen);
    let before = everything(town, citizen);
    let file = file_of(town, citizen, true);
    town.kill(citizen);
    town.restore_hub(backup);
    town.reconnect(coordinator);
    town.settle();
    let phone = town.device("a new phone");
    let_in_again(town, phone, coordinator);
    assert!(dreams(town, phone).is_empty(), "it is lost");
    (phone, coordinator, before, file)
}

#[test]
fn what_only_a_file_has_comes_back_as_it_was() {
    let mut town = Town::new(Seed(301));
    let (phone, coordinator, before, file) = all_lost_but_a_file(&mut town);
    let FileInView::In { came_in, refused: 0, asks_consent: false } =
        take_in(&mut town, phone, &file)
    else {
        panic!("{:?}", town.look(phone, &FileIn))
    };
    assert!(came_in >= 9, "{came_in}");
    assert_eq!(everything(&town, phone), before);
    assert_eq!(dreams(&town, coordinator), ["En hund <og> \"ro\" & fred"]);
    let phone = {
        town.kill(phone);
        town.open_again(phone)
    };
    town.settle();
    assert_eq!(everything(&town, phone), before);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut town = Town::new(Seed(302));
    let (phone, _, before, file) = all_lost_but_a_file(&mut town);
    take_in(&mut town, phone, &file);
    let (records, disk) = (kept(&town), town.rows_on_disk(phone, Store::Records));
    for _ in 0..2 {
        assert_eq!(take_in(&mut town, phone, &file), FileInView::Known);
        town.run(phone, FileCommand::Leave);
    }
    assert_eq!(everything(&town, phone), before);
    assert_eq!(kept(&town), records);
    assert_eq!(town.rows_on_disk(phone, Store::Records), disk);
    let again = file_of(&mut town, phone, true);
    assert_eq!(take_in(&mut town, phone, &again), FileInView::Known, "its own file");
}

#[test]
fn a_file_broken_anywhere_changes_nothing() {
    let mut town = Town::new(Seed(303));
    let (phone, _, _, file) = all_lost_but_a_file(&mut town);
    let before = everything(&town, phone);
    let (records, disk) = (kept(&town), town.rows_on_disk(phone, Store::Records));
    for turn in 0..120_u64 {
        let place = usize::try_from(town.below(file.len() as u64)).unwrap();
        let mut broken = file.to_vec();
        match turn % 4 {
            0 => broken.truncate(place),
            1 => broken[place] ^= 1 << town.below(8),
            2 => drop(broken.remove(place)),
            _ => broken.extend_from_within(place..),
        }
        town.run(phone, FileCommand::TakeIn(broken.into()));
        town.pass(50);
        let view = town.look(phone, &FileIn);
        assert!(matches!(view, FileInView::Stopped(_)), "turn {turn} at {place}: {view:?}");
    }
    town.settle();
    assert_eq!(everything(&town, phone), before);
    assert_eq!(kept(&town), records);
    assert_eq!(town.rows_on_disk(phone, Store::Records), disk);
}

#[test]
fn somebody_elses_file_and_a_phone_that_nobody_let_in_are_told_so() {
    let mut town = Town::new(Seed(304));
    let (citizen, coordinator) = town.course();
    live(&mut town, citizen);
    let file = file_of(&mut town, citizen, false);
    let stranger = town.device("a new phone");
    town.settle();
    assert_eq!(take_in(&mut town, stranger, &file), FileInView::Stopped(FileFault::NotLetIn));
    let (jens, _) = invite_jens(&mut town, coordinator);
    let jens = town.let_in(coordinator, jens, "phone of Jens");
    for other in [jens, coordinator] {
        let view = take_in(&mut town, other, &file);
        assert_eq!(view, FileInView::Stopped(FileFault::SomebodyElse));
    }
    assert!(dreams(&town, jens).is_empty());
    let second = town.second_tab(citizen);
    town.settle();
    assert_eq!(take_in(&mut town, second, &file), FileInView::Stopped(FileFault::OtherTab));
    assert_eq!(file_of(&mut town, second, false), file, "a file is made in any tab");
}

#[test]
fn a_file_waits_for_the_network_and_is_not_stopped_by_a_bad_one() {
    let mut town = Town::new(Seed(305));
    let (phone, _, before, file) = all_lost_but_a_file(&mut town);
    town.cut_off(phone);
    assert_eq!(take_in(&mut town, phone, &file), FileInView::Waiting);
    assert!(dreams(&town, phone).is_empty(), "nothing of a file is taken before the server has it");
    town.faults = Faults { frame_lost: 4, frame_twice: 5, frame_late: 5, ..Faults::default() };
    town.reconnect(phone);
    for _ in 0..20 {
        town.pass(3_000);
        town.cut_off(phone);
        town.pass(200);
        town.reconnect(phone);
    }
    town.faults = Faults::default();
    town.settle();
    let view = town.look(phone, &FileIn);
    assert!(matches!(view, FileInView::In { refused: 0, .. }), "{view:?}");
    assert_eq!(everything(&town, phone), before);
}

#[test]
fn notes_are_in_a_file_only_where_the_citizen_said_so() {
    let mut town = Town::new(Seed(306));
    let (citizen, _) = town.course();
    let (notebook, _) = write(&mut town, citizen, "Jeg er bange for Mette");
    town.settle();
    let has_note = |file: &File| {
        let text = String::from_utf8(file.to_vec()).unwrap();
        let name = base64_of(&notebook.0);
        (text.contains("bange"), text.lines().any(|line| line.contains(&name)))
    };
    assert_eq!(has_note(&file_of(&mut town, citizen, false)), (false, false));
    assert_eq!(has_note(&file_of(&mut town, citizen, true)), (true, true));
}

/// A document's name as it stands in the line of each of its records: behind two bytes, and so far as it does
/// not share a letter with what follows.
fn base64_of(document: &[u8; 16]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = document[1..16].chunks(3).flat_map(|three| {
        let number = three.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| number >> shift & 63)
    });
    bits.map(|six| char::from(LETTERS[six])).collect()
}

#[test]
fn whoever_was_let_in_is_not_let_in_again_by_a_file() {
    let mut town = Town::new(Seed(307));
    let (citizen, coordinator, backup) = with_a_phone_after_the_backup(&mut town);
    town.cut_off(coordinator);
    live(&mut town, citizen);
    let course = town.course_of(citizen);
    let map = town.look(citizen, &Network { course, day: None }).unwrap();
    let ali = map.people.iter().find(|person| person.name == "Ali").unwrap();
    let consent =
        NewConsent { areas: vec![housing()], purpose: Purpose::Help, months: 6, parent: None };
    let (network, person) = (ali.document, ali.id);
    town.run(citizen, ToolCommand::GiveConsent { network, person, consent });
    town.settle();
    let file = file_of(&mut town, citizen, true);
    town.kill(citizen);
    town.restore_hub(backup);
    town.reconnect(coordinator);
    town.settle();
    let phone = town.device("a new phone");
    let_in_again(&mut town, phone, coordinator);
    let view = take_in(&mut town, phone, &file);
    assert!(matches!(view, FileInView::In { refused: 0, asks_consent: true, .. }), "{view:?}");
    let sees = town.look(phone, &WhoSees { course }).unwrap();
    assert!(sees.people.iter().all(|row| row.areas.is_empty()), "{sees:?}");
    let document = town
        .shelf()
        .documents()
        .find(|document| town.look(phone, &ConsentsOf { document: *document }).is_some());
    let consents =
        document.and_then(|document| town.look(phone, &ConsentsOf { document })).unwrap();
    assert!(consents.now.is_empty() && consents.declared.len() == 1, "what was said is still told");
    assert!(town.look(phone, &SharedWithMe).is_empty());
}

#[test]
fn what_a_phone_knows_only_by_a_snapshot_comes_out_of_its_file_as_words() {
    let mut town = Town::new(Seed(308));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let Some(Made::Item(_, topic)) = town.run(citizen, add_topic(meeting, "Min bolig")) else {
        panic!("no topic")
    };
    town.settle();
    let other = another_phone(&mut town, coordinator);
    town.cut_off(other);
    town.cut_off(coordinator);
    let backup = town.back_up_hub();
    write_enough_for_a_snapshot(&mut town, citizen, (meeting, topic));
    town.pass(10_000);
    town.settle();
    town.reconnect(other);
    town.settle();
    let file = file_of(&mut town, other, false);
    town.kill(citizen);
    town.kill(other);
    town.restore_hub(backup);
    town.reconnect(coordinator);
    town.settle();
    let third = another_phone(&mut town, coordinator);
    assert_eq!(words_in_log(&town, meeting), 0);
    let view = take_in(&mut town, third, &file);
    assert!(matches!(view, FileInView::In { refused: 0, .. }), "{view:?}");
    assert_eq!(words_in_log(&town, meeting), 230);
    assert_eq!(take_in(&mut town, third, &file), FileInView::Known);
}

#[test]
fn a_file_of_version_1_is_what_this_app_would_make_but_for_its_names() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../src/client/golden/file-1.json");
    let mut town = Town::new(Seed(309));
    let (citizen, _) = town.course();
    live(&mut town, citizen);
    let file = file_of(&mut town, citizen, true);
    if std::env::var_os("MEDSPIL_GOLDEN").is_some() && !path.exists() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &file).unwrap();
    }
    // What stands in it for people to read holds no names of the machine's own.
    let readable = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let lines = text.lines().skip_while(|line| !line.contains("\"readable\""));
        lines.take_while(|line| !line.contains("\"records\"")).map(str::to_owned).collect()
    };
    let golden = std::fs::read(&path).unwrap();
    assert!(readable(&golden).len() > 100, "{}", readable(&golden).len());
    assert_eq!(readable(&file), readable(&golden));
}

#[test]
fn the_notes_of_a_lost_phone_come_in_from_a_file_and_stand_there_once() {
    let mut town = Town::new(Seed(318));
    let (lost, coordinator) = town.course();
    let (notebook, _) = write(&mut town, lost, "Kun mig");
    write(&mut town, lost, "Og lidt til");
    town.settle();
    let file = file_of(&mut town, lost, true);
    let without = file_of(&mut town, lost, false);
    let phone = another_phone(&mut town, coordinator);
    assert_eq!(notes(&town, phone), Vec::<String>::new());
    assert_eq!(take_in(&mut town, phone, &without), FileInView::Known);
    assert_eq!(notes(&town, phone), Vec::<String>::new());
    let FileInView::In { came_in, refused: 0, .. } = take_in(&mut town, phone, &file) else {
        panic!("{:?}", town.look(phone, &FileIn))
    };
    assert!(came_in > 0);
    assert_eq!(notes(&town, phone), ["Og lidt til", "Kun mig"]);
    assert!(!town.has_on_disk(phone, &notebook.0), "the notebook itself is the other phone's");
    assert!(!town.has_on_disk(coordinator, "Og lidt til".as_bytes()));
    town.run(phone, FileCommand::Leave);
    assert_eq!(take_in(&mut town, phone, &file), FileInView::Known);
    let phone = town.kill_and_open(phone);
    town.settle();
    assert_eq!(notes(&town, phone), ["Og lidt til", "Kun mig"]);
    assert_eq!(town.saving(phone).saved, client::view::Saved::Safely);
    // Should the other one be found again, what both say is there once, and what one of them says as well.
    write(&mut town, lost, "Ny");
    town.say_yes(lost);
    for walker in [lost, phone] {
        assert_eq!(notes(&town, walker), ["Ny", "Og lidt til", "Kun mig"]);
    }
}
