//! What is new is told once, with its day, until whoever it is new to has seen it.

use client::view::{NewsRow, Today, What};
use client::{
    AgendaCommand, AreaList, Command, FirstCommand, Made, PlanCommand, Thing, ToolCommand,
};
use documents::TextField;
use domain::{Doer, ItemId, LifeArea, Splice};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

use crate::{meeting_of, saw_news};

fn news(town: &Town, walker: Walker) -> Vec<NewsRow> {
    let course = town.course_of(walker);
    town.look(walker, &Today { course }).news
}

fn goal(town: &mut Town, maker: Walker, title: &str) -> (DocumentId, ItemId) {
    let (course, area) = (town.course_of(maker), LifeArea::from_key("housing").unwrap());
    let made = town.run(maker, Command::AddGoal { course, area, title: title.to_owned() });
    let Some(Made::Item(document, goal)) = made else { panic!("no goal was made: {made:?}") };
    town.settle();
    (document, goal)
}

fn told(rows: &[NewsRow]) -> Vec<&str> {
    let title = |row: &NewsRow| match &row.what {
        What::Goal(title) => title.clone(),
        What::Agreement(what, _) => what.clone(),
        other => panic!("{other:?} is not what was written"),
    };
    let all: Vec<String> = rows.iter().map(title).collect();
    all.leak().iter().map(String::as_str).collect()
}

#[test]
fn what_comes_while_the_list_is_read_is_still_new_afterwards() {
    let mut town = Town::new(Seed(91));
    let (citizen, coordinator) = town.course();
    saw_news(&mut town, citizen);
    goal(&mut town, coordinator, "first");
    let drawn = news(&town, citizen);
    goal(&mut town, coordinator, "second");
    town.run(citizen, FirstCommand::SawNews(drawn.iter().map(|row| row.mark).collect()));
    assert_eq!(told(&news(&town, citizen)), ["second"]);
    saw_news(&mut town, citizen);
    assert_eq!(news(&town, citizen), []);
}

#[test]
fn what_nobody_has_seen_is_still_new_after_the_phone_was_off() {
    let mut town = Town::new(Seed(92));
    let (citizen, coordinator) = town.course();
    saw_news(&mut town, citizen);
    meeting_of(&mut town, coordinator);
    goal(&mut town, coordinator, "a goal");
    assert_eq!(news(&town, citizen).len(), 2);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(news(&town, citizen).len(), 2);
    saw_news(&mut town, citizen);
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(news(&town, citizen), [], "and what was seen stays seen");
}

#[test]
fn who_reads_one_goal_has_not_seen_what_is_new_in_another() {
    let mut town = Town::new(Seed(93));
    let (citizen, coordinator) = town.course();
    let (document, first) = goal(&mut town, citizen, "first");
    let (_, second) = goal(&mut town, citizen, "second");
    for (goal, what) in [(first, "of the first"), (second, "of the second")] {
        let (what, doer) = (what.to_owned(), Doer::Named("Ali".to_owned()));
        let add = PlanCommand::AddAgreement {
            goal: Some(goal),
            what,
            doer,
            by_day: None,
            is_trial: false,
        };
        town.run(coordinator, Command::Plan(document, add));
    }
    town.settle();
    assert_eq!(news(&town, citizen).len(), 2);
    town.run(citizen, FirstCommand::OpenAt(document, first));
    town.run(citizen, FirstCommand::Leave);
    assert_eq!(told(&news(&town, citizen)), ["of the second"]);
    town.run(citizen, FirstCommand::OpenAt(document, second));
    town.run(citizen, FirstCommand::Leave);
    assert_eq!(news(&town, citizen), []);
}

#[test]
fn what_was_thrown_out_and_taken_back_is_not_told_twice() {
    let mut town = Town::new(Seed(94));
    let (citizen, coordinator) = town.course();
    let (document, id) = goal(&mut town, coordinator, "a goal");
    let other = goal(&mut town, coordinator, "another").1;
    assert_eq!(news(&town, citizen).len(), 2);
    saw_news(&mut town, citizen);
    let thing = Thing::Area(AreaList::Goals, id);
    town.run(coordinator, Command::ThrowOut(document, thing));
    town.settle();
    town.run(citizen, FirstCommand::OpenAt(document, other));
    town.run(citizen, FirstCommand::Leave);
    saw_news(&mut town, citizen);
    town.run(coordinator, Command::TakeBack(document, thing));
    town.settle();
    assert_eq!(news(&town, citizen), []);
}

#[test]
fn news_has_its_day_and_the_newest_stands_first() {
    let mut town = Town::new(Seed(95));
    let (citizen, coordinator) = town.course();
    let (document, id) = goal(&mut town, coordinator, "older");
    let first_day = town.look(citizen, &Today { course: town.course_of(citizen) }).today;
    town.set_clock_wrong(coordinator, 2 * 86_400_000);
    goal(&mut town, coordinator, "newer");
    let rows = news(&town, citizen);
    assert_eq!(told(&rows), ["newer", "older"]);
    let days: Vec<_> = rows.iter().map(|row| row.day).collect();
    assert_eq!(days, [Some(first_day.plus(2)), Some(first_day)]);
    saw_news(&mut town, citizen);
    let meeting = meeting_of(&mut town, coordinator);
    let topic = AgendaCommand::AddTopic("Bolig".to_owned());
    town.run(coordinator, ToolCommand::Agenda(meeting, topic));
    let (field, splice) = (TextField::Goal(id), Splice::whole("Much "));
    town.run(coordinator, Command::Write { document, field, splice });
    town.settle();
    let days: Vec<_> = news(&town, citizen).iter().map(|row| (row.is_changed, row.day)).collect();
    let new = (false, Some(first_day.plus(2)));
    assert_eq!(days, [new, new, (true, None)], "of changed words nobody knows the day");
}
