//! What has been promised stands in one list, whichever life area it belongs to.

use client::view::{AgreementRow, GoalOf, Promises, PromisesView, Today};
use client::{AreaList, Command, Made, PlanCommand, Thing};
use domain::{AgreementState, Day, Doer, ItemId, LifeArea};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

/// A goal in a life area, in the maker's course.
fn goal(town: &mut Town, maker: Walker, area: &str) -> (DocumentId, ItemId) {
    let course = town.course_of(maker);
    let area = LifeArea::from_key(area).unwrap();
    let made = town.run(maker, Command::AddGoal { course, area, title: "Mit mål".to_owned() });
    let Some(Made::Item(document, goal)) = made else { panic!("no goal was made: {made:?}") };
    (document, goal)
}

fn promise(
    town: &mut Town,
    maker: Walker,
    (document, goal): (DocumentId, ItemId),
    (what, doer, by_day): (&str, Doer, Option<Day>),
) -> ItemId {
    let what = what.to_owned();
    let promise =
        PlanCommand::AddAgreement { goal: Some(goal), what, doer, by_day, is_trial: false };
    let made = town.run(maker, Command::Plan(document, promise));
    let Some(Made::Item(_, agreement)) = made else { panic!("no agreement: {made:?}") };
    agreement
}

fn seen(town: &Town, walker: Walker) -> PromisesView {
    let course = town.course_of(walker);
    town.look(walker, &Promises { course }).expect("the course can be seen")
}

fn whats(rows: &[AgreementRow]) -> Vec<&str> {
    rows.iter().map(|row| row.what.text.as_str()).collect()
}

#[test]
fn others_promises_come_first_the_broken_ones_in_front_and_what_is_over_last() {
    let mut town = Town::new(Seed(71));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let today = town.look(citizen, &Today { course }).today;
    let housing = goal(&mut town, citizen, "housing");
    let doers = GoalOf { document: housing.0, goal: housing.1 };
    let doers = town.look(citizen, &doers).expect("the goal can be seen").doers;
    let (me, mette) = (doers[0].who, doers[1].who);
    assert!(doers[0].is_me);
    let money = goal(&mut town, citizen, "money");
    let (later, soon) = (Some(today.plus(20)), Some(today.plus(5)));
    promise(&mut town, citizen, housing, ("later", Doer::Member(mette), later));
    promise(&mut town, citizen, money, ("soon", Doer::Named("Ali".to_owned()), soon));
    promise(&mut town, citizen, money, ("overdue", Doer::Member(mette), Some(today.plus(-1))));
    promise(&mut town, citizen, housing, ("some day", Doer::Member(mette), None));
    let broken = promise(&mut town, citizen, housing, ("broken", Doer::Member(mette), later));
    promise(&mut town, citizen, money, ("mine", Doer::Member(me), soon));
    let kept = promise(&mut town, citizen, money, ("kept", Doer::Member(me), soon));
    let dropped = promise(&mut town, citizen, housing, ("dropped", Doer::Member(mette), soon));
    town.settle();
    // The coordinator has no network while the two are judged.
    town.cut_off(coordinator);
    let judge = |agreement, state| PlanCommand::SetState(agreement, state);
    town.run(citizen, Command::Plan(housing.0, judge(broken, AgreementState::NotKept)));
    town.run(citizen, Command::Plan(housing.0, judge(dropped, AgreementState::Dropped)));
    town.settle();
    town.set_clock_wrong(citizen, 86_400_000);
    town.run(citizen, Command::Plan(money.0, judge(kept, AgreementState::Kept)));
    town.set_clock_wrong(citizen, 0);
    town.settle();
    assert!(seen(&town, coordinator).over.is_empty());
    town.reconnect(coordinator);
    town.settle();
    for walker in [citizen, coordinator] {
        let all = seen(&town, walker);
        assert_eq!(whats(&all.of_others), ["broken", "overdue", "soon", "later", "some day"]);
        assert_eq!(whats(&all.of_citizen), ["mine"]);
        assert_eq!(whats(&all.over), ["kept", "dropped"]);
        assert_eq!(all.citizen.map(|named| named.who), Some(me));
        assert!(all.of_others.iter().all(|row| row.readers.len() == 2));
    }
    assert!(seen(&town, citizen).of_citizen[0].is_mine);
    assert!(!seen(&town, coordinator).of_citizen[0].is_mine);
}

#[test]
fn what_was_promised_for_a_goal_goes_out_and_comes_back_with_it() {
    let mut town = Town::new(Seed(72));
    let (citizen, coordinator) = town.course();
    let (document, goal) = goal(&mut town, citizen, "housing");
    let ali = Doer::Named("Ali".to_owned());
    promise(&mut town, citizen, (document, goal), ("Ring", ali, None));
    let thing = Thing::Area(AreaList::Goals, goal);
    town.run(citizen, Command::ThrowOut(document, thing));
    town.settle();
    assert!(seen(&town, citizen).of_others.is_empty());
    assert!(seen(&town, coordinator).of_others.is_empty());
    town.run(coordinator, Command::TakeBack(document, thing));
    town.settle();
    assert_eq!(whats(&seen(&town, citizen).of_others), ["Ring"]);
}

#[test]
fn a_promise_to_the_citizen_that_was_broken_stands_first_on_their_day() {
    let mut town = Town::new(Seed(73));
    let (citizen, _) = town.course();
    let course = town.course_of(citizen);
    let day = |town: &Town| town.look(citizen, &Today { course });
    let today = day(&town).today;
    let (document, goal) = goal(&mut town, citizen, "housing");
    let readers = town.look(citizen, &GoalOf { document, goal }).unwrap().doers;
    let (me, mette) = (Doer::Member(readers[0].who), Doer::Member(readers[1].who));
    let late = |ago: i32| Some(today.plus(-ago));
    promise(&mut town, citizen, (document, goal), ("mine", me, late(9)));
    assert_eq!(day(&town).broken, None, "nobody's own promise is held up before them");
    for (what, ago) in [("late", 3), ("later", 2), ("latest", 1)] {
        promise(&mut town, citizen, (document, goal), (what, mette.clone(), late(ago)));
    }
    let broken = ("broken", mette, Some(today.plus(4)));
    let broken = promise(&mut town, citizen, (document, goal), broken);
    assert_eq!(day(&town).broken.unwrap().what.text, "late");
    let not_kept = PlanCommand::SetState(broken, AgreementState::NotKept);
    town.run(citizen, Command::Plan(document, not_kept));
    assert_eq!(day(&town).broken.unwrap().what.text, "broken");
    let agreements = town.look(citizen, &GoalOf { document, goal }).unwrap().agreements;
    assert_eq!(whats(&agreements)[0], "broken", "and first of its goal");
    assert_eq!(whats(&agreements).len(), 5);
}

#[test]
fn a_broken_promise_that_stands_first_is_not_told_once_more_as_news() {
    let mut town = Town::new(Seed(74));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let housing = goal(&mut town, citizen, "housing");
    let ali = Doer::Named("Ali".to_owned());
    let ring = promise(&mut town, citizen, housing, ("Ring", ali, None));
    town.settle();
    let not_kept = PlanCommand::SetState(ring, AgreementState::NotKept);
    town.run(coordinator, Command::Plan(housing.0, not_kept));
    town.settle();
    let day = town.look(citizen, &Today { course });
    assert_eq!(day.broken.map(|row| row.id), Some(ring));
    assert_eq!(day.news, []);
    let kept = PlanCommand::SetState(ring, AgreementState::Kept);
    town.run(coordinator, Command::Plan(housing.0, kept));
    town.settle();
    let day = town.look(citizen, &Today { course });
    assert_eq!((day.broken, day.news.len()), (None, 1), "that it was kept after all is news");
}
