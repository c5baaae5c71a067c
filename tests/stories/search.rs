//! Words are found wherever they stand, and by nobody who may not read them.

use client::view::{FOUND_MAX, FoundIn, FoundRow, Search, SearchView};
use client::{
    AgendaCommand, Command, Made, NewSupport, PlanCommand, Saying, TextField, Thing, ToolCommand,
};
use domain::{Doer, Half, LifeArea, Splice, Voice, WishKind};
use tests::{Seed, Town, Walker};

use crate::meeting_of;
use crate::notebook::write;

fn search(town: &Town, walker: Walker, typed: &str) -> SearchView {
    let course = town.course_of(walker);
    town.look(walker, &Search { course, typed: typed.to_owned() })
}

fn places(found: &[FoundRow]) -> Vec<&'static str> {
    let place = |row: &FoundRow| match row.place {
        FoundIn::Dream(_) => "dream",
        FoundIn::Goal(..) => "goal",
        FoundIn::Milestone(..) => "milestone",
        FoundIn::Step(..) => "step",
        FoundIn::Agreement(..) => "agreement",
        FoundIn::Purpose(..) => "purpose",
        FoundIn::Topic(..) => "topic",
        FoundIn::Avoid(..) => "avoid",
        FoundIn::Wish(..) => "wish",
        FoundIn::Said(..) => "said",
        FoundIn::Support(..) => "support",
        FoundIn::Person(..) => "person",
        FoundIn::Note(..) => "note",
    };
    found.iter().map(place).collect()
}

/// How it goes, a help, and somebody on the map.
fn say_more(town: &mut Town, citizen: Walker) {
    let course = town.course_of(citizen);
    let area = LifeArea::from_key("housing").unwrap();
    let words = "Roligt som en ørn".to_owned();
    let saying = Saying { area: area.clone(), voice: Voice::Citizen, score: None, words };
    town.run(citizen, ToolCommand::Assess(course, saying));
    let support = NewSupport { what: "Mad til ørnen".to_owned(), ..NewSupport::default() };
    town.run(citizen, ToolCommand::AddSupport { course, area, support });
    let (name, half) = ("Ørnulf".to_owned(), Half::Private);
    town.run(citizen, ToolCommand::AddPerson { course, name, half, is_missing: false });
}

#[test]
fn a_word_is_found_everywhere_without_a_network_and_a_note_only_by_its_writer() {
    let mut town = Town::new(Seed(101));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let meeting = meeting_of(&mut town, citizen);
    town.cut_off(citizen);
    town.run(citizen, Command::AddDream { course, text: "Ro til ØRNEN".to_owned() });
    let area = LifeArea::from_key("housing").unwrap();
    let goal = Command::AddGoal { course, area, title: "Se ørnen flyve".to_owned() };
    let Some(Made::Item(plan, goal)) = town.run(citizen, goal) else { panic!("no goal") };
    let step = PlanCommand::AddStep(goal, "Find ørnens rede".to_owned());
    town.run(citizen, Command::Plan(plan, step));
    let (what, doer) = ("Køre ud til ørnen".to_owned(), Doer::Named("Ali".to_owned()));
    let promise =
        PlanCommand::AddAgreement { goal: Some(goal), what, doer, by_day: None, is_trial: false };
    town.run(citizen, Command::Plan(plan, promise));
    let splice = Splice::whole("For ørnens skyld");
    let purpose = TextField::Purpose;
    town.run(citizen, Command::Write { document: meeting, field: purpose, splice });
    for command in [
        AgendaCommand::AddTopic("Hvor bor den?\u{20}".to_owned()),
        AgendaCommand::AddAvoid("Ikke ørnens unge".to_owned()),
        AgendaCommand::AddWish(WishKind::Other, "Et billede af ørnen".to_owned()),
    ] {
        let made = town.run(citizen, ToolCommand::Agenda(meeting, command.clone()));
        let Some(Made::Item(_, topic)) = made else { panic!("nothing was made") };
        if matches!(command, AgendaCommand::AddTopic(_)) {
            let (field, splice) = (TextField::TopicHope(topic), Splice::whole("At ørnen bliver"));
            town.run(citizen, Command::Write { document: meeting, field, splice });
        }
    }
    say_more(&mut town, citizen);
    write(&mut town, citizen, "Jeg drømte\nom en Ørn i nat");
    let plan_has = ["dream", "goal", "step", "agreement", "said", "support", "person"];
    let meeting_has = ["purpose", "topic", "avoid", "wish"];
    let all = [&plan_has[..], &meeting_has, &["note"]].concat();
    let mine = search(&town, citizen, "ørn");
    assert_eq!(places(&mine.found), all);
    assert_eq!(mine.found[0].line, "Ro til ØRNEN");
    assert_eq!(mine.found[8].line, "At ørnen bliver", "the line it stands on");
    assert_eq!(mine.found[11].line, "om en Ørn i nat");
    let readers = |row: &FoundRow| row.readers.len();
    assert_eq!((readers(&mine.found[0]), readers(&mine.found[11])), (2, 1));
    assert_eq!(search(&town, coordinator, "ørn").found, []);
    town.settle();
    town.reconnect(citizen);
    town.settle();
    assert_eq!(places(&search(&town, coordinator, "ØRN").found), all[..11]);
    assert_eq!(search(&town, citizen, "ørn rede").found.len(), 1);
    let nothing = search(&town, citizen, "elefant");
    assert!(nothing.is_asked && nothing.found.is_empty());
    assert!(!search(&town, citizen, "  ").is_asked);

    // With a goal that is thrown out goes what belongs to it.
    town.run(citizen, Command::ThrowOut(plan, Thing::Area(client::AreaList::Goals, goal)));
    let left = ["dream", "said", "support", "person", "purpose", "topic", "avoid", "wish", "note"];
    assert_eq!(places(&search(&town, citizen, "ørn").found), left);
}

#[test]
fn another_course_is_never_looked_through() {
    let mut town = Town::new(Seed(102));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    town.run(citizen, Command::AddDream { course, text: "Et sted med en have".to_owned() });
    let programme = domain::Programme::Elders;
    let made =
        town.run(coordinator, ToolCommand::MakeCourse { name: "Jens".to_owned(), programme });
    assert!(made.is_some());
    town.settle();
    let rows = town.look(coordinator, &client::view::Citizens);
    let found =
        |course| town.look(coordinator, &Search { course, typed: "have".to_owned() }).found.len();
    let jens = rows.iter().find(|row| row.name == "Jens").unwrap().course;
    assert_eq!((found(course), found(jens)), (1, 0));
}

#[test]
fn of_a_word_that_stands_everywhere_only_so_many_places_are_shown() {
    let mut town = Town::new(Seed(103));
    let (citizen, _) = town.course();
    for number in 0..=FOUND_MAX {
        write(&mut town, citizen, &format!("note {number}"));
    }
    let all = search(&town, citizen, "note");
    assert_eq!((all.found.len(), all.has_more), (FOUND_MAX, true));
    let one = search(&town, citizen, "note 17");
    assert_eq!((one.found.len(), one.has_more), (1, false));
}
