//! Whose words a statement is made of, and who wrote it down: both are kept, and are not the same.

use client::view::{AreaAssessments, Citizens, GoalOf, Plan, Said, SaidOf, SaidView, Shown};
use client::{Command, Made, PlanCommand, Refusal, Saying, Statement, TextField, ToolCommand};
use domain::{Doer, ItemId, LifeArea, Programme, Source, SourceName, Splice, Voice};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

type Place = (DocumentId, Statement);

fn name(name: &str) -> SourceName {
    SourceName::new(name).expect("it is a name")
}

fn housing() -> LifeArea {
    LifeArea::from_key("housing").unwrap()
}

fn item(made: Option<Made>) -> (DocumentId, ItemId) {
    let Some(Made::Item(document, item)) = made else { panic!("nothing was made: {made:?}") };
    (document, item)
}

fn dream(town: &mut Town, maker: Walker) -> Place {
    let course = town.course_of(maker);
    let made = town.run(maker, Command::AddDream { course, text: "Ro".to_owned() });
    (course, Statement::Dream(item(made).1))
}

fn goal(town: &mut Town, maker: Walker) -> Place {
    let (course, area) = (town.course_of(maker), housing());
    let made = town.run(maker, Command::AddGoal { course, area, title: "En bolig".to_owned() });
    let (document, goal) = item(made);
    (document, Statement::Goal(goal))
}

fn seen(town: &Town, walker: Walker, (document, statement): Place) -> SaidView {
    town.look(walker, &SaidOf { document, statement }).expect("the statement can be seen")
}

fn said(town: &Town, walker: Walker, place: Place) -> Said {
    seen(town, walker, place).said.expect("it is known whose words they are")
}

fn set(town: &mut Town, walker: Walker, (document, statement): Place, source: Option<Source>) {
    town.run(walker, ToolCommand::SetSource { document, statement, source });
}

#[test]
fn words_are_those_of_who_wrote_them_until_somebody_says_otherwise() {
    let mut town = Town::new(Seed(311));
    let (citizen, coordinator) = town.course();
    let hers = dream(&mut town, citizen);
    let written_for_her = goal(&mut town, coordinator);
    town.settle();
    let own = said(&town, coordinator, hers);
    assert_eq!((own.source.clone(), own.is_writers), (Source::Citizen, true));
    let mettes = said(&town, citizen, written_for_her);
    let coordinators_name = mettes.writer.clone().unwrap().name;
    assert_eq!(mettes.source, Source::Professional(name(&coordinators_name)));
    set(&mut town, coordinator, written_for_her, Some(Source::Citizen));
    town.settle();
    for walker in [citizen, coordinator] {
        let said = said(&town, walker, written_for_her);
        assert_eq!((&said.source, said.is_writers), (&Source::Citizen, false));
        let writer = said.other_writer().expect("who wrote it down is kept beside");
        assert_eq!(
            (writer.name.as_str(), writer.is_me),
            (&*coordinators_name, walker == coordinator)
        );
    }
    set(&mut town, coordinator, written_for_her, None);
    assert_eq!(said(&town, coordinator, written_for_her).source, mettes.source);
}

#[test]
fn every_sort_of_statement_carries_its_source_without_a_network_and_then_at_the_coordinators() {
    let mut town = Town::new(Seed(312));
    let (citizen, coordinator) = town.course();
    town.stop_hub();
    let dream = dream(&mut town, citizen);
    let (area, Statement::Goal(goal)) = goal(&mut town, citizen) else { panic!("it is a goal") };
    let add = client::MilestoneCommand::Add(goal, "Nøgle".to_owned());
    let (_, milestone) = item(town.run(citizen, ToolCommand::Milestone(area, add)));
    let (doer, by_day) = (Doer::Named("Ali".to_owned()), None);
    let what = "Ringe".to_owned();
    let promise =
        PlanCommand::AddAgreement { goal: Some(goal), what, doer, by_day, is_trial: false };
    let (_, agreement) = item(town.run(citizen, Command::Plan(area, promise)));
    let (voice, words) = (Voice::Citizen, "Svært".to_owned());
    let saying = Saying { area: housing(), voice, score: None, words };
    let course = town.course_of(citizen);
    let (_, saying) = item(town.run(citizen, ToolCommand::Assess(course, saying)));
    let all = [
        (dream, Source::Supported(name("Ole"))),
        ((area, Statement::Goal(goal)), Source::Relative(name("Jonas Holm"))),
        ((area, Statement::Milestone(milestone)), Source::Professional(name("Ali"))),
        ((area, Statement::Agreement(agreement)), Source::Citizen),
        ((area, Statement::Saying(saying)), Source::Supported(name("Ole"))),
    ];
    for (place, source) in all.clone() {
        set(&mut town, citizen, place, Some(source));
    }
    town.pass(5_000);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(5_000);
    town.start_hub();
    town.settle();
    for walker in [citizen, coordinator] {
        for (place, source) in &all {
            assert_eq!(said(&town, walker, *place).source, *source);
        }
        // The screens where they stand say the same.
        let plan = town.look(walker, &Plan { course }).unwrap();
        assert_eq!(plan.dreams[0].said, Some(said(&town, walker, dream)));
        let found = town.look(walker, &GoalOf { document: area, goal }).unwrap();
        let shown = [&found.said, &found.milestones[0].said, &found.agreements[0].said];
        for (shown, (place, _)) in shown.into_iter().zip(&all[1..]) {
            assert_eq!(*shown, Some(said(&town, walker, *place)));
        }
        let how = town.look(walker, &AreaAssessments { course, area: housing() }).unwrap();
        assert_eq!(how.by_citizen[0].said, Some(said(&town, walker, all[4].0)));
        let shown = town.look(walker, &Shown { course, area: housing() }).unwrap();
        assert_eq!(shown.goals[0].milestones[0].1, "Nøgle");
        assert_eq!(shown.goals[0].said, found.said);
    }
}

#[test]
fn how_it_goes_in_the_citizens_voice_is_the_citizens_whoever_wrote_it_down() {
    let mut town = Town::new(Seed(313));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(coordinator);
    let mut say = |voice| {
        let saying = Saying { area: housing(), voice, score: None, words: "Det går".to_owned() };
        let (document, id) = item(town.run(coordinator, ToolCommand::Assess(course, saying)));
        (document, Statement::Saying(id))
    };
    let (hers, mettes) = (say(Voice::Citizen), say(Voice::Coordinator));
    town.settle();
    let hers = said(&town, citizen, hers);
    assert_eq!(hers.source, Source::Citizen);
    assert!(hers.other_writer().is_some_and(|writer| !writer.is_me));
    assert!(matches!(said(&town, citizen, mettes).source, Source::Professional(_)));
}

#[test]
fn whose_words_it_is_can_be_undone_and_the_words_stay() {
    let mut town = Town::new(Seed(314));
    let (citizen, coordinator) = town.course();
    let place = goal(&mut town, coordinator);
    town.settle();
    town.watch(citizen);
    town.watch(coordinator);
    let before = said(&town, coordinator, place);
    set(&mut town, coordinator, place, Some(Source::Citizen));
    town.settle();
    town.run(coordinator, Command::Undo(place.0));
    town.settle();
    assert_eq!(said(&town, coordinator, place), before);
    let Statement::Goal(goal) = place.1 else { panic!("it is a goal") };
    let (field, splice) = (TextField::Goal(goal), Splice::whole("Min. "));
    town.run(citizen, Command::Write { document: place.0, field, splice });
    town.settle();
    assert_eq!(seen(&town, coordinator, place).words, "Min. En bolig");
    assert_eq!(said(&town, coordinator, place), before, "who wrote it down first stays the writer");
}

#[test]
fn nobody_says_whose_words_it_is_where_they_may_not_write() {
    let mut town = Town::new(Seed(315));
    let (citizen, coordinator) = town.course();
    let (name, programme) = ("Bo".to_owned(), Programme::Elders);
    town.run(coordinator, ToolCommand::MakeCourse { name, programme });
    town.settle();
    let all = town.look(coordinator, &Citizens);
    let bo = all.iter().find(|row| row.name == "Bo").expect("his course is there").person;
    let lone = town.let_in(coordinator, bo, "another phone");
    let place = goal(&mut town, citizen);
    town.settle();
    let (document, statement) = place;
    let bad = ToolCommand::SetSource { document, statement, source: Some(Source::Citizen) };
    assert_eq!(town.try_run(lone, bad), Err(Refusal::NotThere));
    assert_eq!(town.look(lone, &SaidOf { document, statement }), None);
}
