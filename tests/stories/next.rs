//! The first minutes: nothing but a goal is asked for; then a dream, somebody on the map, a meeting, one at a
//! time, and each can be skipped.

use client::view::Next;
use client::{Command, NextStep, ToolCommand};
use domain::{Half, LifeArea};
use tests::{Seed, Town, Walker};

use crate::meeting_of;

fn next(town: &Town, walker: Walker) -> Option<NextStep> {
    town.look(walker, &Next { course: town.course_of(walker) })
}

fn goal(town: &mut Town, walker: Walker) {
    let (course, area) = (town.course_of(walker), LifeArea::from_key("housing").unwrap());
    town.run(walker, Command::AddGoal { course, area, title: "En bolig".to_owned() });
}

fn skip(town: &mut Town, walker: Walker, step: NextStep, skips: bool) {
    let course = town.course_of(walker);
    town.run(walker, ToolCommand::Skip { course, step, skips });
}

#[test]
fn nothing_is_offered_before_the_first_goal_and_then_one_thing_at_a_time() {
    let mut town = Town::new(Seed(321));
    let (citizen, _) = town.course();
    town.watch(citizen);
    assert_eq!(next(&town, citizen), None);
    goal(&mut town, citizen);
    assert_eq!(next(&town, citizen), Some(NextStep::Dream));
    town.watch(citizen);
    let course = town.course_of(citizen);
    town.run(citizen, Command::AddDream { course, text: "Ro".to_owned() });
    assert_eq!(next(&town, citizen), Some(NextStep::Person));
    let (name, half) = ("Jonas".to_owned(), Half::Private);
    town.run(citizen, ToolCommand::AddPerson { course, name, half, is_missing: false });
    assert_eq!(next(&town, citizen), Some(NextStep::Meeting));
    town.watch(citizen);
    meeting_of(&mut town, citizen);
    assert_eq!(next(&town, citizen), None);
}

#[test]
fn what_was_skipped_is_not_offered_again_also_when_the_app_was_closed() {
    let mut town = Town::new(Seed(322));
    let (citizen, coordinator) = town.course();
    goal(&mut town, citizen);
    town.watch(citizen);
    skip(&mut town, citizen, NextStep::Dream, true);
    assert_eq!(next(&town, citizen), Some(NextStep::Person));
    skip(&mut town, citizen, NextStep::Person, true);
    town.pass(5_000);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(5_000);
    assert_eq!(next(&town, citizen), Some(NextStep::Meeting));
    // Nobody else is told what somebody would rather not do.
    town.settle();
    assert_eq!(next(&town, coordinator), Some(NextStep::Dream));
    skip(&mut town, citizen, NextStep::Dream, false);
    assert_eq!(next(&town, citizen), Some(NextStep::Dream), "skipping can be undone");
}

#[test]
fn what_is_skipped_in_one_tab_is_skipped_in_the_other() {
    let mut town = Town::new(Seed(323));
    let (citizen, _) = town.course();
    goal(&mut town, citizen);
    town.settle();
    let second = town.second_tab(citizen);
    town.pass(5_000);
    town.watch(second);
    skip(&mut town, citizen, NextStep::Dream, true);
    town.pass(1_000);
    assert_eq!(next(&town, second), Some(NextStep::Person));
}
