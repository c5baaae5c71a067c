//! On one page, what has been achieved.

use client::view::{Achieved, GoalOf, ResultsBoard, ResultsBoardView};
use client::{AreaList, Command, Made, PlanCommand, Saying, Thing, ToolCommand};
use domain::{AgreementState, Doer, ItemId, LifeArea, Score, Voice};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

fn seen(town: &Town, who: Walker) -> ResultsBoardView {
    let course = town.course_of(who);
    town.look(who, &ResultsBoard { course }).expect("the course can be seen")
}

fn texts(list: &[Achieved]) -> Vec<&str> {
    list.iter().map(|achieved| achieved.text.as_str()).collect()
}

fn made(town: &mut Town, who: Walker, command: Command) -> (DocumentId, ItemId) {
    let Some(Made::Item(document, id)) = town.run(who, command) else { panic!("nothing was made") };
    (document, id)
}

fn goal(town: &mut Town, who: Walker, key: &str, title: &str) -> (DocumentId, ItemId) {
    let (course, area) = (town.course_of(who), LifeArea::from_key(key).unwrap());
    made(town, who, Command::AddGoal { course, area, title: title.to_owned() })
}

fn kept(town: &mut Town, who: Walker, goal: (DocumentId, ItemId), (what, doer): (&str, Doer)) {
    let (what, goal, document) = (what.to_owned(), Some(goal.1), goal.0);
    let promise = PlanCommand::AddAgreement { goal, what, doer, by_day: None, is_trial: false };
    let (_, id) = made(town, who, Command::Plan(document, promise));
    town.run(who, Command::Plan(document, PlanCommand::SetState(id, AgreementState::Kept)));
}

#[test]
fn what_is_done_offline_stands_on_the_board_and_then_on_the_coordinators_too() {
    let mut town = Town::new(Seed(181));
    let (citizen, coordinator) = town.course();
    assert!(seen(&town, citizen).is_empty());
    town.stop_hub();
    let home = goal(&mut town, citizen, "housing", "Et sted at bo");
    let doers = town.look(citizen, &GoalOf { document: home.0, goal: home.1 }).unwrap().doers;
    let (me, mette) = (doers[0].who, doers[1].who);
    let money = goal(&mut town, citizen, "money", "Ingen gæld");
    town.run(citizen, Command::Plan(home.0, PlanCommand::SetReached(home.1, true)));
    for (step, done) in [("Ringe", true), ("Skrive", false)] {
        let add = PlanCommand::AddStep(money.1, step.to_owned());
        let (document, id) = made(&mut town, citizen, Command::Plan(money.0, add));
        town.run(citizen, Command::Plan(document, PlanCommand::SetDone(id, done)));
    }
    kept(&mut town, citizen, money, ("Finde papirer", Doer::Member(me)));
    kept(&mut town, citizen, home, ("Søge bolig", Doer::Member(mette)));
    kept(&mut town, citizen, home, ("Flytte møbler", Doer::Named("Ali".to_owned())));
    let course = town.course_of(citizen);
    for number in [2, 4] {
        let area = LifeArea::from_key("law").unwrap();
        let (score, words) = (Score::new(number), String::new());
        let saying = Saying { area, voice: Voice::Citizen, score, words };
        town.run(citizen, ToolCommand::Assess(course, saying));
    }
    let look = |town: &Town, who| {
        let board = seen(town, who);
        assert_eq!(texts(&board.goals), ["Et sted at bo"]);
        assert_eq!(texts(&board.steps), ["Ringe"]);
        assert_eq!(texts(&board.by_citizen), ["Finde papirer"]);
        let mut others = texts(&board.by_others);
        others.sort_unstable();
        assert_eq!(others, ["Flytte møbler", "Søge bolig"]);
        let mut doers: Vec<_> = board.by_others.iter().filter_map(|it| it.doer.clone()).collect();
        doers.sort_unstable();
        assert_eq!(doers, ["Ali", "Mette"]);
        assert_eq!(board.grown.len(), 1);
        assert_eq!(board.readers.len(), 2);
    };
    look(&town, citizen);
    assert!(seen(&town, coordinator).is_empty());
    town.start_hub();
    town.settle();
    look(&town, coordinator);
}

#[test]
fn what_is_taken_back_thrown_out_or_no_longer_so_leaves_the_board() {
    let mut town = Town::new(Seed(182));
    let (citizen, _) = town.course();
    let goal = goal(&mut town, citizen, "housing", "Et sted at bo");
    town.run(citizen, Command::Plan(goal.0, PlanCommand::SetReached(goal.1, true)));
    kept(&mut town, citizen, goal, ("Søge bolig", Doer::Named("Ali".to_owned())));
    assert_eq!(texts(&seen(&town, citizen).by_others), ["Søge bolig"]);
    let thing = Thing::Area(AreaList::Goals, goal.1);
    town.run(citizen, Command::ThrowOut(goal.0, thing));
    assert!(seen(&town, citizen).is_empty(), "what was promised for it goes out with it");
    town.run(citizen, Command::TakeBack(goal.0, thing));
    assert_eq!(texts(&seen(&town, citizen).goals), ["Et sted at bo"]);
    town.run(citizen, Command::Plan(goal.0, PlanCommand::SetReached(goal.1, false)));
    assert!(seen(&town, citizen).goals.is_empty());
}
