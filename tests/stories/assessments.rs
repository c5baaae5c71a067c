//! How it goes: one part of life at a time, in two voices, and nothing anybody said is written over.

use client::view::{
    AreaAssessments, AreaAssessmentsView, Assessments, AssessmentsView, Bin, BinKind, SayingRow,
    Today, What,
};
use client::{AreaList, Command, Made, Refusal, Saying, TextField, Thing, ToolCommand};
use domain::{ItemId, LifeArea, Score, Splice, Voice};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

fn area(key: &str) -> LifeArea {
    LifeArea::from_key(key).unwrap()
}

fn saying(key: &str, voice: Voice, number: i64, words: &str) -> Saying {
    Saying { area: area(key), voice, score: Score::new(number), words: words.to_owned() }
}

fn say(town: &mut Town, who: Walker, saying: Saying) -> (DocumentId, ItemId) {
    let course = town.course_of(who);
    match town.run(who, ToolCommand::Assess(course, saying)) {
        Some(Made::Item(document, id)) => (document, id),
        made => panic!("nothing was said: {made:?}"),
    }
}

fn seen(town: &Town, who: Walker) -> AssessmentsView {
    let course = town.course_of(who);
    town.look(who, &Assessments { course }).expect("the course can be seen")
}

fn seen_in(town: &Town, who: Walker, key: &str) -> AreaAssessmentsView {
    let course = town.course_of(who);
    town.look(who, &AreaAssessments { course, area: area(key) }).expect("the area can be seen")
}

fn said(rows: &[SayingRow]) -> Vec<(Option<u8>, &str)> {
    rows.iter().map(|row| (row.score.map(Score::number), row.words.as_str())).collect()
}

#[test]
fn what_a_citizen_says_with_no_network_is_there_again_and_reaches_the_coordinator() {
    let mut town = Town::new(Seed(171));
    let (citizen, coordinator) = town.course();
    town.stop_hub();
    say(&mut town, citizen, saying("housing", Voice::Citizen, 2, "Jeg sover i en vogn"));
    say(&mut town, citizen, saying("housing", Voice::Citizen, 3, "Jeg har fået nøgle 🔑"));
    say(&mut town, citizen, saying("mind", Voice::Citizen, 0, "Kun ord"));
    let course = town.course_of(citizen);
    town.run(citizen, ToolCommand::HideWeb(course, true));
    town.pass(2_000);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(2_000);
    let look = |town: &Town, who| {
        let all = seen(town, who);
        assert_eq!(all.areas.len(), 11, "every part of life stands there, said of or not");
        let grown: Vec<_> = all.grown.iter().map(|row| row.area.key().to_owned()).collect();
        assert_eq!(grown, ["housing"]);
        let growth = all.grown[0].growth.map(|it| (it.from.number(), it.to.number()));
        assert_eq!(growth, Some((2, 3)));
        assert!(all.hides_web, "the choice is the citizen's, wherever it is looked at");
        let mind = all.areas.iter().find(|row| row.area == area("mind")).unwrap();
        assert_eq!(mind.citizen.as_ref().map(|row| row.words.as_str()), Some("Kun ord"));
        assert_eq!(mind.numbers, None);
        let here = seen_in(town, who, "housing");
        let both = [(Some(3), "Jeg har fået nøgle 🔑"), (Some(2), "Jeg sover i en vogn")];
        assert_eq!(said(&here.by_citizen), both);
        assert_eq!(here.newest.readers.len(), 2);
    };
    look(&town, citizen);
    assert!(seen(&town, coordinator).grown.is_empty());
    town.start_hub();
    town.settle();
    look(&town, coordinator);
    let news = town.look(coordinator, &Today { course }).news;
    let is_it = |what: &What| *what == What::Assessment(Some(area("housing")));
    assert!(news.iter().any(|row| is_it(&row.what)), "{news:?}");
}

#[test]
fn two_voices_on_a_part_of_life_nobody_had_talked_of_are_both_heard() {
    let mut town = Town::new(Seed(172));
    let (citizen, coordinator) = town.course();
    town.cut_off(citizen);
    town.cut_off(coordinator);
    // Each founds a document for the area, knowing nothing of the other's.
    let mine = say(&mut town, citizen, saying("money", Voice::Citizen, 2, "Regninger"));
    let theirs = say(&mut town, coordinator, saying("money", Voice::Coordinator, 4, "Du betalte"));
    assert_ne!(mine.0, theirs.0);
    town.reconnect(citizen);
    town.reconnect(coordinator);
    town.settle();
    for who in [citizen, coordinator] {
        let here = seen_in(&town, who, "money");
        assert_eq!(said(&here.by_citizen), [(Some(2), "Regninger")]);
        assert_eq!(said(&here.by_coordinator), [(Some(4), "Du betalte")]);
        assert_eq!(here.newest.readers.len(), 2, "nobody stands there twice");
        assert_eq!(here.coordinator.map(|named| named.name), Some("Mette".to_owned()));
        let all = seen(&town, who);
        let rows: Vec<_> = all.areas.iter().filter(|row| row.area == area("money")).collect();
        assert_eq!(rows.len(), 1, "two documents are one part of life");
    }
    // From now on both write in the same one.
    let again = say(&mut town, citizen, saying("money", Voice::Citizen, 3, ""));
    let also = say(&mut town, coordinator, saying("money", Voice::Coordinator, 5, ""));
    assert_eq!(again.0, also.0);
}

#[test]
fn what_two_write_in_the_same_words_apart_both_survives() {
    let mut town = Town::new(Seed(173));
    let (citizen, coordinator) = town.course();
    let (document, id) = say(&mut town, coordinator, saying("body", Voice::Citizen, 3, "Søvn"));
    town.settle();
    town.cut_off(citizen);
    let field = TextField::Assessment(id);
    let at_end = |insert: &str| Splice { at: 4, delete: 0, insert: insert.to_owned() };
    for (who, words) in [(citizen, " og mad"), (coordinator, " om natten")] {
        town.run(who, Command::Write { document, field, splice: at_end(words) });
    }
    town.reconnect(citizen);
    town.settle();
    let words = |who| seen_in(&town, who, "body").by_citizen[0].words.clone();
    assert_eq!(words(citizen), words(coordinator));
    assert!(words(citizen).contains(" og mad") && words(citizen).contains(" om natten"));
}

#[test]
fn what_was_said_is_thrown_out_and_taken_back_and_growth_goes_with_it() {
    let mut town = Town::new(Seed(174));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let (document, low) = say(&mut town, citizen, saying("law", Voice::Citizen, 1, ""));
    say(&mut town, citizen, saying("law", Voice::Citizen, 4, "Dommen er faldet"));
    town.settle();
    assert_eq!(seen(&town, coordinator).grown.len(), 1);
    town.cut_off(citizen);
    let thing = Thing::Area(AreaList::Assessments, low);
    town.run(citizen, Command::ThrowOut(document, thing));
    assert!(seen(&town, citizen).grown.is_empty());
    assert_eq!(seen(&town, coordinator).grown.len(), 1);
    town.reconnect(citizen);
    town.settle();
    assert!(seen(&town, coordinator).grown.is_empty());
    let thrown = town.look(coordinator, &Bin { course });
    assert_eq!(thrown.len(), 1);
    assert_eq!(thrown[0].kind, BinKind::Assessment(Score::new(1)));
    town.run(coordinator, Command::TakeBack(thrown[0].document, thrown[0].thing));
    town.settle();
    assert_eq!(seen(&town, citizen).grown.len(), 1);
}

#[test]
fn a_fall_is_told_with_its_numbers_and_only_of_the_citizens_own_voice() {
    let mut town = Town::new(Seed(175));
    let (citizen, coordinator) = town.course();
    for number in [2, 4, 3] {
        say(&mut town, citizen, saying("work", Voice::Citizen, number, ""));
    }
    town.settle();
    for number in [5, 1] {
        say(&mut town, coordinator, saying("work", Voice::Coordinator, number, ""));
    }
    town.settle();
    for who in [citizen, coordinator] {
        let here = seen_in(&town, who, "work");
        let fall = here.fall.map(|fall| (fall.from.number(), fall.to.number()));
        assert_eq!(fall, Some((4, 3)));
        let growth = here.newest.growth.map(|it| (it.from.number(), it.to.number()));
        assert_eq!(growth, Some((2, 3)), "growth is told beside the fall");
        assert_eq!(here.newest.numbers.map(|(a, b)| (a.number(), b.number())), Some((2, 3)));
    }
}

#[test]
fn nobody_speaks_for_the_coordinator_and_nothing_is_no_answer() {
    let mut town = Town::new(Seed(176));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let mut refused =
        |who, saying| town.try_run(who, ToolCommand::Assess(course, saying)).unwrap_err();
    let as_another = saying("work", Voice::Coordinator, 5, "Alt er godt");
    assert_eq!(refused(citizen, as_another), Refusal::NotAllowed);
    let nothing = saying("work", Voice::Citizen, 0, "  \n");
    assert_eq!(refused(citizen, nothing), Refusal::Empty);
    let much = saying("work", Voice::Citizen, 3, &"a".repeat(50_000));
    assert_eq!(refused(coordinator, much), Refusal::TooLong);
    let here = seen_in(&town, citizen, "work");
    assert_eq!((here.by_citizen.len(), here.by_coordinator.len()), (0, 0));
    // Two who sit together write the citizen's words on the coordinator's computer.
    say(&mut town, coordinator, saying("work", Voice::Citizen, 2, "Uden telefon"));
    town.settle();
    let here = seen_in(&town, citizen, "work");
    assert_eq!(said(&here.by_citizen), [(Some(2), "Uden telefon")]);
    assert_eq!(here.by_citizen[0].by.as_ref().map(|by| by.name.as_str()), Some("Mette"));
    assert!(town.look(citizen, &Today { course }).news.is_empty(), "their own words are no news");
    say(&mut town, coordinator, saying("work", Voice::Coordinator, 4, ""));
    town.settle();
    let news = town.look(citizen, &Today { course }).news;
    let names: Vec<_> = news.iter().filter_map(|row| row.by.as_ref()).map(|by| &*by.name).collect();
    assert_eq!(names, ["Mette"]);
    let other = AreaAssessments { course, area: area("astronomy") };
    assert!(town.look(citizen, &other).is_none(), "a part of life that nobody has");
}
