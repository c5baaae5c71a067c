//! Milestones on the way to a goal: written, put in order, reached, thrown out and taken back.

use client::view::{Bin, BinKind, FoundIn, GoalOf, GoalView, ResultsBoard, Saved, Search};
use client::{
    AreaList, Command, Made, MilestoneCommand, PlanCommand, Refusal, TextField, Thing, ToolCommand,
};
use domain::{ItemId, LifeArea, Splice};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

type Goal = (DocumentId, ItemId);

fn goal(town: &mut Town, maker: Walker) -> Goal {
    let (course, area) = (town.course_of(maker), LifeArea::from_key("housing").unwrap());
    let made = town.run(maker, Command::AddGoal { course, area, title: "En bolig".to_owned() });
    let Some(Made::Item(document, goal)) = made else { panic!("no goal was made: {made:?}") };
    (document, goal)
}

fn seen(town: &Town, walker: Walker, (document, goal): Goal) -> GoalView {
    town.look(walker, &GoalOf { document, goal }).expect("the goal can be seen")
}

fn texts(town: &Town, walker: Walker, goal: Goal) -> Vec<String> {
    seen(town, walker, goal).milestones.into_iter().map(|row| row.text.text).collect()
}

fn add(town: &mut Town, walker: Walker, (document, goal): Goal, text: &str) -> ItemId {
    let add = MilestoneCommand::Add(goal, text.to_owned());
    let made = town.run(walker, ToolCommand::Milestone(document, add));
    let Some(Made::Item(_, milestone)) = made else { panic!("no milestone: {made:?}") };
    milestone
}

fn tell(town: &mut Town, walker: Walker, goal: Goal, command: MilestoneCommand) {
    town.run(walker, ToolCommand::Milestone(goal.0, command));
}

#[test]
fn milestones_are_written_and_reached_without_a_network_and_then_seen_by_the_coordinator() {
    let mut town = Town::new(Seed(301));
    let (citizen, coordinator) = town.course();
    let home = goal(&mut town, citizen);
    town.settle();
    town.stop_hub();
    let key = add(&mut town, citizen, home, "Jeg har en nøgle");
    let papers = add(&mut town, citizen, home, " Mine papirer er i orden ");
    tell(&mut town, citizen, home, MilestoneCommand::Move(papers, 0));
    tell(&mut town, citizen, home, MilestoneCommand::SetReached(papers, true));
    town.pass(5_000);
    assert_eq!(town.saving(citizen).saved, Saved::OnDevice);
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(5_000);
    town.start_hub();
    town.settle();
    for walker in [citizen, coordinator] {
        let rows = seen(&town, walker, home).milestones;
        let all: Vec<_> = rows.iter().map(|row| (row.id, row.reached.is_some())).collect();
        assert_eq!(all, [(papers, true), (key, false)]);
        assert_eq!(rows[0].text.text, "Mine papirer er i orden");
        assert_eq!((rows[0].place, rows[0].is_last, rows[1].is_last), (0, false, true));
    }
    let course = town.course_of(coordinator);
    let board = town.look(coordinator, &ResultsBoard { course }).unwrap();
    let reached: Vec<&str> = board.milestones.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(reached, ["Mine papirer er i orden"]);
}

#[test]
fn what_two_people_do_apart_to_the_same_milestones_both_survives() {
    let mut town = Town::new(Seed(302));
    let (citizen, coordinator) = town.course();
    let home = goal(&mut town, citizen);
    let key = add(&mut town, citizen, home, "Nøgle");
    town.settle();
    town.watch(citizen);
    town.watch(coordinator);
    town.cut_off(citizen);
    let field = TextField::Milestone(key);
    let write =
        |text: &str| Command::Write { document: home.0, field, splice: Splice::whole(text) };
    town.run(citizen, write("Min egen "));
    town.run(coordinator, write("Kirstens "));
    add(&mut town, citizen, home, "Hund");
    add(&mut town, coordinator, home, "Have");
    tell(&mut town, coordinator, home, MilestoneCommand::SetReached(key, true));
    town.pass(5_000);
    town.reconnect(citizen);
    town.settle();
    let all = texts(&town, citizen, home);
    assert_eq!(all, texts(&town, coordinator, home));
    assert_eq!(all.len(), 3);
    assert!(all[0].contains("Min egen ") && all[0].contains("Kirstens "));
    assert!(seen(&town, citizen, home).milestones[0].reached.is_some());
}

#[test]
fn the_order_is_that_of_the_milestones_of_one_goal_whatever_stands_on_another() {
    let mut town = Town::new(Seed(303));
    let (citizen, _) = town.course();
    let (home, other) = (goal(&mut town, citizen), goal(&mut town, citizen));
    assert_eq!(home.0, other.0, "both stand in one life area");
    let first = add(&mut town, citizen, home, "A");
    add(&mut town, citizen, other, "X");
    let gone = add(&mut town, citizen, home, "B");
    add(&mut town, citizen, home, "C");
    let thing = Thing::Area(AreaList::Milestones, gone);
    town.run(citizen, Command::ThrowOut(home.0, thing));
    tell(&mut town, citizen, home, MilestoneCommand::Move(first, 1));
    assert_eq!(texts(&town, citizen, home), ["C", "A"]);
    tell(&mut town, citizen, home, MilestoneCommand::Move(first, 99));
    assert_eq!(texts(&town, citizen, home), ["C", "A"]);
    assert_eq!(texts(&town, citizen, other), ["X"]);
}

#[test]
fn a_milestone_is_found_thrown_out_taken_back_and_undone() {
    let mut town = Town::new(Seed(304));
    let (citizen, _) = town.course();
    let home = goal(&mut town, citizen);
    let key = add(&mut town, citizen, home, "Jeg har en nøgle");
    let course = town.course_of(citizen);
    let search = Search { course, typed: "nøgle".to_owned() };
    let places = |town: &Town| -> Vec<FoundIn> {
        town.look(citizen, &search).found.into_iter().map(|row| row.place).collect()
    };
    assert_eq!(places(&town), [FoundIn::Milestone(home.0, key, home.1)]);
    let thing = Thing::Area(AreaList::Milestones, key);
    town.run(citizen, Command::ThrowOut(home.0, thing));
    assert!(places(&town).is_empty() && texts(&town, citizen, home).is_empty());
    let bin = town.look(citizen, &Bin { course });
    assert_eq!((bin[0].kind, bin[0].text.as_str()), (BinKind::Milestone, "Jeg har en nøgle"));
    town.run(citizen, Command::TakeBack(home.0, bin[0].thing));
    assert_eq!(texts(&town, citizen, home), ["Jeg har en nøgle"]);
    let undone = add(&mut town, citizen, home, "Fortrudt");
    assert_ne!(undone, key);
    town.run(citizen, Command::Undo(home.0));
    assert_eq!(texts(&town, citizen, home), ["Jeg har en nøgle"], "one step back undoes all of it");
}

#[test]
fn a_milestone_without_words_or_without_a_goal_is_refused_and_changes_nothing() {
    let mut town = Town::new(Seed(305));
    let (citizen, _) = town.course();
    let home = goal(&mut town, citizen);
    let add =
        |goal, text: String| ToolCommand::Milestone(home.0, MilestoneCommand::Add(goal, text));
    let empty = town.try_run(citizen, add(home.1, "  ".to_owned()));
    assert_eq!(empty, Err(Refusal::Empty));
    let long = town.try_run(citizen, add(home.1, "a".repeat(301)));
    assert_eq!(long, Err(Refusal::TooLong));
    let nowhere = town.try_run(citizen, add(ItemId(7), "Nøgle".to_owned()));
    assert_eq!(nowhere, Err(Refusal::NotThere));
    assert!(texts(&town, citizen, home).is_empty());
    let step = PlanCommand::AddStep(home.1, "Ringe".to_owned());
    town.run(citizen, Command::Plan(home.0, step));
    assert_eq!(seen(&town, citizen, home).row.steps, (0, 1), "milestones are no steps");
}
