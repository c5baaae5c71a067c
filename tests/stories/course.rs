//! Mit forløb: the guide comes once and stays, the coordinator moves the course, and both see where it is.

use client::view::{
    Assessments, Citizens, MyCourse, MyCourseView, OpenPlaces, QuestionFor, Saved, ThisDay, Today,
    What,
};
use client::{Command, Made, Refusal, Saying, ToolCommand};
use domain::guide::{Openness, PhaseKey, Words};
use domain::{LifeArea, LocalTime, Meeting, Programme, Score, Voice};
use sync::guide::{
    AreaRow, GuideRow, OpeningRow, PhaseRow, PlaceRow, ProgrammeRow, Published, RhythmRow, WordsRow,
};
use tests::{Seed, Town, Walker};

use crate::saw_news;

fn words(danish: &str) -> WordsRow {
    WordsRow { danish: danish.to_owned(), ..WordsRow::default() }
}

fn phase(key: &str) -> PhaseRow {
    let (name, more) = (words(&key.to_uppercase()), || words("ord"));
    PhaseRow { key: key.to_owned(), name, happens: more(), decides: more(), is_optional: false }
}

/// A guide with these phases in the programme of elders, and one place open from 9 to 15 every day.
fn guide(phases: &[&str]) -> GuideRow {
    let rhythm = RhythmRow {
        months_between_meetings: Some(3),
        meetings_a_year: None,
        meeting_half_years: Vec::new(),
        months_between_assessments: Some(4),
        ends_before_age: None,
    };
    let programme = ProgrammeRow {
        key: "elders".to_owned(),
        phases: phases.iter().map(|key| phase(key)).collect(),
        rhythm,
        areas: vec![AreaRow { key: "housing".to_owned(), question: words("Hvordan bor du?") }],
    };
    let place = PlaceRow {
        id: "broen".to_owned(),
        name: "Værestedet Broen".to_owned(),
        what_for: words("Kaffe og snak"),
        address: "Havnegade 1".to_owned(),
        phone: "12 34 56 78".to_owned(),
        hours: Some(vec![vec![OpeningRow { from: 540, until: 900 }]; 7]),
    };
    GuideRow { programmes: vec![programme], places: vec![place] }
}

fn published(phases: &[&str]) -> Published {
    Published::new(&guide(phases))
}

const PHASES: [&str; 3] = ["start", "meetings", "ending"];

fn key(name: &str) -> PhaseKey {
    PhaseKey::new(name).unwrap()
}

fn seen(town: &Town, walker: Walker) -> MyCourseView {
    let course = town.course_of(walker);
    town.look(walker, &MyCourse { course }).expect("the course can be seen")
}

/// The name of the phase that somebody sees the course in.
fn now(town: &Town, walker: Walker) -> String {
    let view = seen(town, walker);
    view.phases[view.now].key.key().to_owned()
}

fn move_on(town: &mut Town, walker: Walker, phase: &str) -> Result<Option<Made>, Refusal> {
    let course = town.course_of(walker);
    town.try_run(walker, ToolCommand::MoveOn(course, key(phase)))
}

#[test]
fn the_coordinator_moves_the_course_and_the_citizen_sees_who_did_also_after_a_restart_without_a_network()
 {
    let mut town = Town::new(Seed(701));
    town.publish(published(&PHASES));
    let (citizen, coordinator) = town.course();
    town.settle();
    town.watch(citizen);
    town.watch(coordinator);
    assert_eq!((now(&town, citizen), now(&town, coordinator)), ("start".into(), "start".into()));
    assert_eq!(seen(&town, citizen).moved, None);
    // The coordinator has no network when she does it, and goes home.
    town.cut_off(coordinator);
    move_on(&mut town, coordinator, "meetings").unwrap();
    town.pass(5_000);
    assert_eq!(town.saving(coordinator).saved, Saved::OnDevice);
    assert_eq!((now(&town, citizen), now(&town, coordinator)), ("start".into(), "meetings".into()));
    town.reconnect(coordinator);
    town.settle();
    for walker in [citizen, coordinator] {
        let view = seen(&town, walker);
        assert_eq!(view.phases[view.now].name.danish, "MEETINGS");
        let moved = view.moved.expect("somebody moved it");
        assert_eq!(
            moved.by.map(|by| (by.name, by.is_me)),
            Some(("Mette".into(), walker == coordinator))
        );
        assert_eq!(moved.day, town.look(walker, &ThisDay));
        assert_eq!(view.can_move, walker == coordinator);
    }
    // The phone is switched off and on, and the server is away.
    town.stop_hub();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(5_000);
    assert_eq!(now(&town, citizen), "meetings");
    assert_eq!(town.look(citizen, &OpenPlaces)[0].place.name, "Værestedet Broen");
}

#[test]
fn that_the_course_was_moved_is_news_to_the_citizen_until_they_have_seen_it() {
    let mut town = Town::new(Seed(707));
    town.publish(published(&PHASES));
    let (citizen, coordinator) = town.course();
    town.settle();
    let course = town.course_of(citizen);
    saw_news(&mut town, citizen);
    saw_news(&mut town, coordinator);
    let news = |town: &Town, walker| town.look(walker, &Today { course }).news;
    move_on(&mut town, coordinator, "meetings").unwrap();
    town.settle();
    let told = news(&town, citizen);
    assert_eq!(told.iter().map(|row| &row.what).collect::<Vec<_>>(), [&What::Phase]);
    assert_eq!(told[0].by.as_ref().map(|by| by.name.as_str()), Some("Mette"));
    assert_eq!(news(&town, coordinator), [], "she moved it herself");
    saw_news(&mut town, citizen);
    assert_eq!(news(&town, citizen), []);
    move_on(&mut town, coordinator, "ending").unwrap();
    town.settle();
    assert_eq!(news(&town, citizen).len(), 1, "it was moved again");
}

#[test]
fn the_parts_of_life_stand_in_the_order_of_the_guide() {
    let mut town = Town::new(Seed(708));
    let (citizen, _) = town.course();
    town.settle();
    town.watch(citizen);
    let course = town.course_of(citizen);
    let first = |town: &Town| {
        let view = town.look(citizen, &Assessments { course }).expect("a course");
        view.areas[0].area.clone()
    };
    let built_in = Programme::Elders.life_areas().next().expect("a part of life");
    assert_eq!(first(&town), built_in, "there is no guide yet");
    let mut guide = guide(&PHASES);
    let asked = |area: LifeArea| AreaRow { key: area.key().to_owned(), question: words("?") };
    let all: Vec<LifeArea> = Programme::Elders.life_areas().collect();
    let last = all.last().expect("parts of life").clone();
    guide.programmes[0].areas = all.into_iter().rev().map(asked).collect();
    town.publish(Published::new(&guide));
    town.cut_off(citizen);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(first(&town), last);
}

#[test]
fn the_guide_comes_once_and_again_when_it_is_another() {
    let mut town = Town::new(Seed(702));
    let (citizen, _) = town.course();
    assert!(seen(&town, citizen).phases.is_empty(), "there is none yet");
    assert!(town.look(citizen, &OpenPlaces).is_empty());
    town.watch(citizen);
    town.publish(published(&PHASES));
    town.cut_off(citizen);
    town.pass(1_000);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(seen(&town, citizen).phases.len(), 3);
    let sent = town.guides_sent();
    for _ in 0..3 {
        town.cut_off(citizen);
        town.reconnect(citizen);
        town.settle();
    }
    assert_eq!(town.guides_sent(), sent, "nothing is sent that is there already");
    town.publish(published(&["start", "rest", "meetings", "ending"]));
    town.cut_off(citizen);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(seen(&town, citizen).phases.len(), 4);
    assert_eq!(town.guides_sent(), sent + 1);
}

#[test]
fn a_phase_that_comes_in_between_moves_nobody() {
    let mut town = Town::new(Seed(703));
    town.publish(published(&PHASES));
    let (citizen, coordinator) = town.course();
    town.settle();
    move_on(&mut town, coordinator, "meetings").unwrap();
    town.settle();
    town.publish(published(&["start", "rest", "meetings", "ending"]));
    town.stop_hub();
    town.start_hub();
    town.settle();
    assert_eq!((now(&town, citizen), seen(&town, citizen).now), ("meetings".into(), 2));
    // One that is gone: the number is all there is to go by.
    town.publish(published(&["start", "ending"]));
    town.stop_hub();
    town.start_hub();
    town.settle();
    assert_eq!(now(&town, citizen), "ending");
}

#[test]
fn only_the_coordinator_moves_it_to_a_phase_there_is_and_can_take_that_back() {
    let mut town = Town::new(Seed(704));
    let (citizen, coordinator) = town.course();
    assert_eq!(move_on(&mut town, coordinator, "meetings"), Err(Refusal::NotThere), "no guide yet");
    town.publish(published(&PHASES));
    town.stop_hub();
    town.start_hub();
    town.settle();
    assert_eq!(move_on(&mut town, citizen, "meetings"), Err(Refusal::NotAllowed));
    assert_eq!(move_on(&mut town, coordinator, "nowhere"), Err(Refusal::NotThere));
    assert_eq!(seen(&town, coordinator).moved, None);
    move_on(&mut town, coordinator, "ending").unwrap();
    let course = town.course_of(coordinator);
    town.run(coordinator, Command::Undo(course));
    town.settle();
    for walker in [citizen, coordinator] {
        assert_eq!((now(&town, walker), seen(&town, walker).moved), ("start".into(), None));
    }
}

#[test]
fn two_who_move_it_apart_end_in_one_place() {
    let mut town = Town::new(Seed(705));
    town.publish(published(&PHASES));
    let lead = town.lead();
    let made = town.run(lead, ToolCommand::MakeCoordinator { name: "Mette".to_owned() });
    let Some(Made::Person(mette)) = made else { panic!("no coordinator was made") };
    town.settle();
    let coordinator = town.let_in(lead, mette, "laptop");
    let (name, programme) = ("Kirsten".to_owned(), Programme::Elders);
    town.run(coordinator, ToolCommand::MakeCourse { name, programme });
    town.settle();
    let kirsten = town.look(coordinator, &Citizens)[0].person;
    let citizen = town.let_in(coordinator, kirsten, "phone");
    let other = town.another_device(lead, mette);
    town.settle();
    town.cut_off(coordinator);
    move_on(&mut town, coordinator, "meetings").unwrap();
    move_on(&mut town, other, "ending").unwrap();
    town.pass(5_000);
    town.reconnect(coordinator);
    town.settle();
    let ends = [citizen, coordinator, other].map(|walker| now(&town, walker));
    assert_eq!((&ends[0], &ends[1]), (&ends[1], &ends[2]));
    assert_ne!(ends[0], "start");
}

#[test]
fn what_comes_next_follows_from_what_has_been() {
    let mut town = Town::new(Seed(706));
    town.publish(published(&PHASES));
    let (citizen, coordinator) = town.course();
    town.settle();
    town.watch(citizen);
    let course = town.course_of(citizen);
    let view = seen(&town, citizen);
    assert_eq!((view.next_meeting, view.meeting_by, view.talk_by), (None, None, None));
    assert_eq!(view.rhythm.and_then(|rhythm| rhythm.months_between_meetings), Some(3));
    let at = |text: &str| text.parse::<LocalTime>().unwrap();
    let meet = |town: &mut Town, when: &str| {
        let meeting = Meeting::at(at(when), 60, "Biblioteket").unwrap();
        town.run(coordinator, ToolCommand::MakeMeeting { course, meeting });
        town.settle();
    };
    meet(&mut town, "2026-11-01T10:00");
    assert_eq!(seen(&town, citizen).meeting_by, "2027-02-01".parse().ok());
    meet(&mut town, "2026-12-01T10:00");
    let view = seen(&town, citizen);
    assert_eq!(view.meeting_by, None, "one is planned");
    let next = view.next_meeting.and_then(|row| row.meeting.starts);
    assert_eq!(next, Some(at("2026-12-01T10:00")));
    let area = LifeArea::from_key("housing").unwrap();
    let (voice, score) = (Voice::Citizen, Score::new(3));
    let saying = Saying { area: area.clone(), voice, score, words: String::new() };
    town.run(citizen, ToolCommand::Assess(course, saying));
    town.settle();
    assert_eq!(seen(&town, coordinator).talk_by, "2027-03-21".parse().ok());
    let question = town.look(citizen, &QuestionFor { course, area });
    assert_eq!(question.map(|Words { danish, .. }| danish).as_deref(), Some("Hvordan bor du?"));
    let other = LifeArea::from_key("law").unwrap();
    assert_eq!(town.look(citizen, &QuestionFor { course, area: other }), None);
}

#[test]
fn a_place_opens_and_closes_by_the_clock_and_the_screen_is_told() {
    let mut town = Town::new(Seed(707));
    let mut two = guide(&PHASES);
    let always = vec![vec![OpeningRow { from: 0, until: 1440 }]; 7];
    let night = PlaceRow { id: "line".into(), hours: Some(always), ..two.places[0].clone() };
    two.places.push(night);
    town.publish(Published::new(&two));
    let (citizen, _) = town.course();
    town.settle();
    town.watch(citizen);
    let of = |town: &Town| -> Vec<(String, Option<Openness>)> {
        let rows = town.look(citizen, &OpenPlaces).into_iter();
        rows.map(|row| (row.place.id, row.openness)).collect()
    };
    let at = |text: &str| text.parse::<LocalTime>().unwrap();
    let open = Openness::Open(at("2026-11-21T15:00"));
    assert_eq!(of(&town), [("broen".into(), Some(open)), ("line".into(), Some(Openness::Always))]);
    town.sleep_hours(7);
    town.input(citizen, client::Input::Shown);
    town.pass(1_000);
    // Those that are open come first.
    let closed = Openness::Closed(Some(at("2026-11-22T09:00")));
    assert_eq!(
        of(&town),
        [("line".into(), Some(Openness::Always)), ("broen".into(), Some(closed))]
    );
}

#[test]
fn what_a_newer_server_adds_is_passed_over_and_what_is_broken_is_as_if_it_had_not_come() {
    let mut town = Town::new(Seed(708));
    let mut newer = guide(&PHASES);
    let unknown = ProgrammeRow { key: "families".to_owned(), ..newer.programmes[0].clone() };
    newer.programmes.insert(0, unknown);
    newer.programmes[1].areas.insert(0, AreaRow { key: "Nyt!".into(), question: words("?") });
    newer.places[0].hours = Some(vec![vec![OpeningRow { from: 9_000, until: 1 }]]);
    town.publish(Published::new(&newer));
    let (citizen, _) = town.course();
    town.settle();
    assert_eq!(now(&town, citizen), "start");
    let place = &town.look(citizen, &OpenPlaces)[0];
    assert_eq!(place.openness, Some(Openness::Closed(None)));
    town.publish(Published::of_bytes(b"\x83garbage".to_vec()));
    town.stop_hub();
    town.start_hub();
    town.settle();
    assert!(seen(&town, citizen).phases.is_empty());
    assert!(town.look(citizen, &OpenPlaces).is_empty());
    town.publish(published(&PHASES));
    town.stop_hub();
    town.start_hub();
    town.settle();
    assert_eq!(now(&town, citizen), "start");
}

#[test]
fn a_second_tab_and_somebody_who_was_not_let_in() {
    let mut town = Town::new(Seed(709));
    let (citizen, _) = town.course();
    let beside = town.second_tab(citizen);
    town.settle();
    town.publish(published(&PHASES));
    town.stop_hub();
    town.start_hub();
    town.settle();
    assert_eq!(now(&town, beside), "start", "the tab without a connection hears of it");
    let stranger = town.device("stranger");
    town.settle();
    assert!(town.look(stranger, &OpenPlaces).is_empty());
}
