//! A trial is an agreement that is made to learn from, however it goes.

use client::view::{AgreementRow, GoalOf, Promises};
use client::{Command, Made, PlanCommand, TextField};
use domain::{AgreementState, Doer, ItemId, LifeArea, Splice};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

type Trial = (DocumentId, ItemId, ItemId);

/// An agreement on a goal of the maker's course.
fn agreement(town: &mut Town, maker: Walker, is_trial: bool) -> Trial {
    let (course, area) = (town.course_of(maker), LifeArea::from_key("mind").unwrap());
    let made = town.run(maker, Command::AddGoal { course, area, title: "Sove".to_owned() });
    let Some(Made::Item(document, goal)) = made else { panic!("no goal was made: {made:?}") };
    let add = PlanCommand::AddAgreement {
        goal: Some(goal),
        what: "Gå en tur om aftenen".to_owned(),
        doer: Doer::Named("Ali".to_owned()),
        by_day: None,
        is_trial,
    };
    let made = town.run(maker, Command::Plan(document, add));
    let Some(Made::Item(_, agreement)) = made else { panic!("no agreement: {made:?}") };
    (document, goal, agreement)
}

fn seen(town: &Town, walker: Walker, (document, goal, _): Trial) -> AgreementRow {
    let goal = town.look(walker, &GoalOf { document, goal }).expect("the goal can be seen");
    goal.agreements.into_iter().next().expect("the agreement can be seen")
}

fn judge(town: &mut Town, walker: Walker, (document, _, id): Trial, state: AgreementState) {
    town.run(walker, Command::Plan(document, PlanCommand::SetState(id, state)));
}

fn learn(town: &mut Town, walker: Walker, (document, _, id): Trial, words: &str) {
    let (field, splice) = (TextField::Learnt(id), Splice::whole(words));
    town.run(walker, Command::Write { document, field, splice });
}

#[test]
fn a_trial_is_made_ended_and_learnt_from_without_a_network_and_then_seen_by_the_coordinator() {
    let mut town = Town::new(Seed(91));
    let (citizen, coordinator) = town.course();
    town.stop_hub();
    let trial = agreement(&mut town, citizen, true);
    let row = seen(&town, citizen, trial);
    assert!(row.is_trial && !row.asks_learnt, "nothing is asked before it has come to an end");
    judge(&mut town, citizen, trial, AgreementState::NotKept);
    assert!(seen(&town, citizen, trial).asks_learnt);
    learn(&mut town, citizen, trial, "Morgen er bedre");
    town.pass(5_000);
    town.start_hub();
    town.settle();
    let row = seen(&town, coordinator, trial);
    assert_eq!((row.is_trial, row.asks_learnt), (true, true));
    assert_eq!(row.learnt.text, "Morgen er bedre");
    let course = town.course_of(coordinator);
    let promises = town.look(coordinator, &Promises { course }).expect("the course can be seen");
    assert_eq!(promises.of_others[0].learnt.text, "Morgen er bedre");
}

#[test]
fn what_two_people_learnt_apart_both_survives_and_so_does_a_change_of_mind() {
    let mut town = Town::new(Seed(92));
    let (citizen, coordinator) = town.course();
    let trial = agreement(&mut town, citizen, true);
    judge(&mut town, citizen, trial, AgreementState::Kept);
    town.settle();
    town.watch(citizen);
    town.watch(coordinator);
    town.cut_off(citizen);
    learn(&mut town, citizen, trial, "Jeg sov bedre");
    learn(&mut town, coordinator, trial, "Det skal være tidligt");
    let no_trial = PlanCommand::SetTrial(trial.2, false);
    town.run(coordinator, Command::Plan(trial.0, no_trial));
    town.pass(5_000);
    town.reconnect(citizen);
    town.settle();
    let (mine, theirs) = (seen(&town, citizen, trial), seen(&town, coordinator, trial));
    assert_eq!(mine.learnt.text, theirs.learnt.text);
    for words in ["Jeg sov bedre", "Det skal være tidligt"] {
        assert!(mine.learnt.text.contains(words), "{words} is kept, though it is no trial now");
    }
    assert!(!mine.is_trial && !mine.asks_learnt);
}

#[test]
fn a_promise_asks_for_nothing_and_one_step_back_undoes_all_of_a_trial() {
    let mut town = Town::new(Seed(93));
    let (citizen, _) = town.course();
    let promise = agreement(&mut town, citizen, false);
    judge(&mut town, citizen, promise, AgreementState::Kept);
    assert!(!seen(&town, citizen, promise).asks_learnt);
    let trial = agreement(&mut town, citizen, true);
    town.run(citizen, Command::Undo(trial.0));
    let goal = GoalOf { document: trial.0, goal: trial.1 };
    assert!(town.look(citizen, &goal).expect("the goal is there").agreements.is_empty());
}
