//! Copies of notes, put where others can read them.

use client::view::{AboutToShow, Agenda, CopyPlace, Plan, ShareOf, Target};
use client::{Command, Refusal, ShareTo, TextField, Thing, ToolCommand};
use domain::{ItemId, Splice, TEXT_UNITS_MAX};
use tests::{Seed, Town, Walker};

use crate::meeting_of;
use crate::notebook::{Note, begin_to_share, dreams, housing, note, notes, share, write};

fn targets(town: &Town, citizen: Walker, (document, note): Note) -> Vec<Target> {
    town.look(citizen, &ShareOf { document, note }).expect("the note can be shared").targets
}

#[test]
fn who_will_read_a_copy_is_said_before_it_is_made_and_is_so_afterwards() {
    let mut town = Town::new(Seed(97));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    town.cut_off(citizen);
    let secret = write(&mut town, citizen, "Jeg vil have hund");
    let all = targets(&town, citizen, secret);
    assert_eq!(all.len(), 1 + 1 + 11);
    for target in &all {
        let names: Vec<_> = target.others.iter().map(|named| named.name.as_str()).collect();
        assert_eq!((names, target.is_too_long), (vec!["Mette"], false), "{target:?}");
    }
    let to = [ShareTo::Dreams, ShareTo::Agenda(meeting), ShareTo::Goals(housing())];
    assert!(to.iter().all(|to| all.iter().any(|target| target.to == *to)));
    let copies: Vec<Note> =
        to.into_iter().map(|to| share(&mut town, citizen, secret, to)).collect();
    town.settle();
    town.reconnect(citizen);
    town.settle();
    let seen = note(&town, citizen, secret);
    assert_eq!(seen.text.text, "Jeg vil have hund", "it stays as it was");
    let starts = "2026-11-26T10:00".parse().ok();
    let when = client::view::When { starts, is_cancelled: false };
    let places: Vec<CopyPlace> = seen.copies.iter().map(|copy| copy.place.clone()).collect();
    let goals = CopyPlace::Goals(Some(housing()), Some(copies[2]));
    let expected = [CopyPlace::Dreams, CopyPlace::Agenda(meeting, when), goals];
    assert!(expected.iter().all(|place| places.contains(place)), "{places:?}");
    assert!(seen.copies.iter().all(|copy| copy.others[0].name == "Mette" && !copy.is_out));
    assert_eq!(dreams(&town, coordinator), ["Jeg vil have hund"]);
    let agenda = town.look(coordinator, &Agenda(meeting)).unwrap();
    assert_eq!(agenda.topics[0].title.text, "Jeg vil have hund");
    assert_eq!(agenda.topics[0].why.text, "");
    let plan = town.look(coordinator, &Plan { course: town.course_of(coordinator) }).unwrap();
    let goals = plan.areas.into_iter().flat_map(|area| area.goals);
    assert_eq!(goals.map(|goal| goal.title).collect::<Vec<_>>(), ["Jeg vil have hund"]);

    // What happens to the copy afterwards is none of the note's.
    let (document, topic) = copies[1];
    let thing = ShareTo::Agenda(meeting).thing(topic);
    town.run(coordinator, Command::ThrowOut(document, thing));
    let field = TextField::Dream(copies[0].1);
    let splice = Splice { at: 0, delete: 3, insert: "Kirsten".to_owned() };
    town.run(coordinator, Command::Write { document: copies[0].0, field, splice });
    town.settle();
    let seen = note(&town, citizen, secret);
    assert_eq!(seen.text.text, "Jeg vil have hund");
    let is_topic = |place: &CopyPlace| matches!(place, CopyPlace::Agenda(..));
    assert!(seen.copies.iter().all(|copy| copy.is_out == is_topic(&copy.place)));
}

#[test]
fn what_is_taken_back_in_time_has_been_nowhere() {
    let mut town = Town::new(Seed(98));
    let (citizen, coordinator) = town.course();
    let words = "Det var ikke meningen";
    let secret = write(&mut town, citizen, words);
    town.settle();
    for to in [ShareTo::Dreams, ShareTo::Goals(housing())] {
        let held = begin_to_share(&mut town, citizen, secret, to);
        assert_eq!(town.look(citizen, &AboutToShow).held.len(), 1);
        town.pass(9_000);
        town.run(citizen, Command::TakeBackHeld(held));
        town.settle();
        assert!(town.look(citizen, &AboutToShow).held.is_empty());
    }
    assert_eq!(note(&town, citizen, secret).copies, []);
    assert!(!town.has_on_disk(coordinator, words.as_bytes()), "nor on anybody else's disk");
    let shared = town.shelf().documents().filter(|document| *document != secret.0);
    for document in shared {
        let mut log = town.shelf().log(document).iter();
        assert!(!log.any(|record| holds(record.bytes(), words)), "nor at the hub");
    }
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn what_is_shared_is_what_stood_there_and_can_be_thrown_out_but_not_taken_back() {
    let mut town = Town::new(Seed(100));
    let (citizen, coordinator) = town.course();
    let secret = write(&mut town, citizen, "Jeg vil have hund");
    let held = begin_to_share(&mut town, citizen, secret, ShareTo::Dreams);
    // Whoever closes the app within that time has not said yes any sooner.
    town.pass(6_000);
    town.close(citizen);
    let citizen = town.open_again(citizen);
    town.pass(6_000);
    assert_eq!(dreams(&town, citizen), Vec::<String>::new(), "the time begins anew");
    assert_eq!(town.look(citizen, &AboutToShow).held.len(), 1);
    let field = TextField::Note(secret.1);
    let splice = Splice { at: 0, delete: 0, insert: "Hemmeligt. ".to_owned() };
    town.run(citizen, Command::Write { document: secret.0, field, splice });
    town.settle();
    assert_eq!(dreams(&town, coordinator), ["Jeg vil have hund"]);
    let back = town.try_run(citizen, Command::TakeBackHeld(held));
    assert_eq!(back, Err(Refusal::Shown), "they may have read it");
    let dream = town.look(citizen, &Plan { course: town.course_of(citizen) }).unwrap().dreams;
    let out = Command::ThrowOut(town.course_of(citizen), Thing::Dream(dream[0].id));
    town.run(citizen, out);
    town.settle();
    assert!(note(&town, citizen, secret).copies.iter().all(|copy| copy.is_out));
    assert_eq!(dreams(&town, coordinator), Vec::<String>::new());
}

#[test]
fn what_cannot_be_shared_after_all_is_told_until_it_is_seen() {
    let mut town = Town::new(Seed(101));
    let (citizen, _) = town.course();
    let secret = write(&mut town, citizen, "Jeg vil have hund");
    let held = begin_to_share(&mut town, citizen, secret, ShareTo::Dreams);
    town.run(citizen, Command::ThrowOut(secret.0, Thing::Note(secret.1)));
    town.settle();
    let told = town.look(citizen, &AboutToShow).held;
    assert!(told.len() == 1 && told[0].has_failed, "{told:?}");
    town.run(citizen, Command::TakeBackHeld(held));
    assert!(town.look(citizen, &AboutToShow).held.is_empty());
    assert_eq!(dreams(&town, citizen), Vec::<String>::new());
}

#[test]
fn a_long_note_is_kept_whole_and_shared_whole_where_there_is_room() {
    let mut town = Town::new(Seed(99));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let text = format!("Om natten\n{}", "æ🐕 ".repeat(9_997));
    let course = town.course_of(citizen);
    assert_eq!(text.trim().encode_utf16().count(), TEXT_UNITS_MAX as usize - 3);
    let long = write(&mut town, citizen, &text);
    let longer = ToolCommand::AddNote { course, text: format!("{text}12345") };
    assert_eq!(town.try_run(citizen, longer), Err(Refusal::TooLong));
    assert_eq!(notes(&town, citizen), ["Om natten…"]);
    for target in targets(&town, citizen, long) {
        assert_eq!(target.is_too_long, matches!(target.to, ShareTo::Goals(_)), "{target:?}");
    }
    let (notebook, id) = long;
    let goal = ToolCommand::ShareNote { notebook, note: id, to: ShareTo::Goals(housing()) };
    assert_eq!(town.try_run(citizen, goal), Err(Refusal::TooLong));
    assert_eq!(note(&town, citizen, long).copies, [], "what was refused was not shared");
    share(&mut town, citizen, long, ShareTo::Agenda(meeting));
    share(&mut town, citizen, long, ShareTo::Dreams);
    town.settle();
    let topic = town.look(coordinator, &Agenda(meeting)).unwrap().topics[0].clone();
    assert_eq!((topic.title.text.as_str(), topic.why.text.as_str()), ("Om natten…", text.trim()));
    assert_eq!(dreams(&town, coordinator), [text.trim()]);
    assert_eq!(note(&town, citizen, long).text.text, text.trim());
}

#[test]
fn nothing_empty_is_kept_or_shared_and_nothing_goes_to_a_place_that_is_not_there() {
    let mut town = Town::new(Seed(90));
    let (citizen, _) = town.course();
    let course = town.course_of(citizen);
    let empty = ToolCommand::AddNote { course, text: " \n ".to_owned() };
    assert_eq!(town.try_run(citizen, empty), Err(Refusal::Empty));
    let (notebook, id) = write(&mut town, citizen, "x");
    let splice = Splice { at: 0, delete: 1, insert: String::new() };
    let field = TextField::Note(id);
    town.run(citizen, Command::Write { document: notebook, field, splice });
    assert!(note(&town, citizen, (notebook, id)).is_blank);
    let meeting = meeting_of(&mut town, citizen);
    for to in [ShareTo::Dreams, ShareTo::Agenda(meeting), ShareTo::Goals(housing())] {
        let share = ToolCommand::ShareNote { notebook, note: id, to };
        assert_eq!(town.try_run(citizen, share), Err(Refusal::Empty));
    }
    let full = write(&mut town, citizen, "y").1;
    for to in [ShareTo::Agenda(course), ShareTo::Agenda(notebook)] {
        let share = ToolCommand::ShareNote { notebook, note: full, to };
        assert_eq!(town.try_run(citizen, share), Err(Refusal::NotThere));
    }
    let share = ToolCommand::ShareNote { notebook, note: ItemId(7), to: ShareTo::Dreams };
    assert_eq!(town.try_run(citizen, share), Err(Refusal::NotThere));
    assert_eq!(town.look(citizen, &Agenda(meeting)).unwrap().topics, []);
    assert_eq!(dreams(&town, citizen), Vec::<String>::new());
}

#[test]
fn every_screen_of_the_notebook_is_told_what_happens() {
    let mut town = Town::new(Seed(86));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    let secret = write(&mut town, citizen, "Jeg vil have hund");
    town.watch(citizen);
    let (document, topic) = share(&mut town, citizen, secret, ShareTo::Agenda(meeting));
    town.watch(citizen);
    town.settle();
    let thing = ShareTo::Agenda(meeting).thing(topic);
    town.run(coordinator, Command::ThrowOut(document, thing));
    town.run(coordinator, ToolCommand::CancelMeeting { document, cancelled: true });
    town.run(
        citizen,
        Command::AddGoal {
            course: town.course_of(citizen),
            area: housing(),
            title: "Bo".to_owned(),
        },
    );
    town.settle();
    write(&mut town, citizen, "En til");
    town.watch(citizen);
    town.run(
        coordinator,
        ToolCommand::CallMe { name: Some("Mette M".to_owned()), phone: Some(String::new()) },
    );
    town.settle();
    town.set_clock_wrong(citizen, 30 * 86_400_000);
    town.pass(120_000);
    town.run(citizen, Command::ThrowOut(secret.0, Thing::Note(secret.1)));
    town.settle();
    assert_eq!(notes(&town, citizen), ["En til"]);
}
