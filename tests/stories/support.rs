//! The help that a citizen gets: written down by either, judged by the citizen, ended, and never lost.

use client::view::{
    Bin, BinKind, NewsRow, Saved, SupportOf, SupportRow, SupportView, Supports, SupportsView,
    Today, What,
};
use client::{
    AreaList, Command, Made, NewSupport, PlanCommand, Refusal, SupportField, TextField, Thing,
    ToolCommand,
};
use domain::{Day, ItemId, LifeArea, Splice, Useful};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

use crate::saw_news;

type Help = (DocumentId, ItemId);

fn help(what: &str) -> NewSupport {
    NewSupport { what: what.to_owned(), ..NewSupport::default() }
}

fn add_command(town: &Town, maker: Walker, area: &str, support: NewSupport) -> ToolCommand {
    let (course, area) = (town.course_of(maker), LifeArea::from_key(area).unwrap());
    ToolCommand::AddSupport { course, area, support }
}

fn add(town: &mut Town, maker: Walker, area: &str, support: NewSupport) -> Help {
    let command = add_command(town, maker, area, support);
    let made = town.run(maker, command);
    let Some(Made::Item(document, support)) = made else { panic!("no help was made: {made:?}") };
    (document, support)
}

fn set(town: &mut Town, walker: Walker, (document, support): Help, field: SupportField) {
    town.run(walker, Command::Plan(document, PlanCommand::SetSupport(support, field)));
}

fn write(town: &mut Town, walker: Walker, (document, field): (DocumentId, TextField), words: &str) {
    town.run(walker, Command::Write { document, field, splice: Splice::whole(words) });
}

fn seen(town: &Town, walker: Walker) -> SupportsView {
    let course = town.course_of(walker);
    town.look(walker, &Supports { course }).expect("the course can be seen")
}

fn found(town: &Town, walker: Walker, (document, support): Help) -> SupportView {
    town.look(walker, &SupportOf { document, support }).expect("the help can be seen")
}

/// The areas and what stands in them.
fn areas(view: &SupportsView) -> Vec<(&str, Vec<&str>)> {
    let key = |area: &Option<LifeArea>| area.as_ref().map_or("", LifeArea::key).to_owned().leak();
    view.now.iter().map(|group| (&*key(&group.area), whats(&group.rows))).collect()
}

fn whats(rows: &[SupportRow]) -> Vec<&str> {
    rows.iter().map(|row| row.what.text.as_str()).collect()
}

fn today(town: &Town, walker: Walker) -> Day {
    let course = town.course_of(walker);
    town.look(walker, &Today { course }).today
}

#[test]
fn help_is_written_and_judged_without_a_network_from_start_to_end_and_then_seen_by_the_coordinator()
{
    let mut town = Town::new(Seed(81));
    let (citizen, coordinator) = town.course();
    town.stop_hub();
    let since = Some("2025-03-01".parse().unwrap());
    let whole = NewSupport {
        what: " Medicin ".to_owned(),
        from: "Lene".to_owned(),
        often: "Hver tirsdag".to_owned(),
        since,
    };
    let nurse = add(&mut town, citizen, "body", whole);
    add(&mut town, citizen, "housing", help("Bostøtte"));
    let debt = add(&mut town, citizen, "body", help("Træning"));
    set(&mut town, citizen, nurse, SupportField::Useful(Some(Useful::Little)));
    let day = today(&town, citizen);
    set(&mut town, citizen, debt, SupportField::Ended(Some(day)));
    town.pass(5_000);
    assert_eq!(town.saving(citizen).saved, Saved::OnDevice);
    // The phone is switched off and on, and the server is still away.
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.pass(5_000);
    assert_eq!(
        areas(&seen(&town, citizen)),
        [("housing", vec!["Bostøtte"]), ("body", vec!["Medicin"])]
    );
    assert!(seen(&town, coordinator).now.is_empty());
    town.start_hub();
    town.settle();
    for walker in [citizen, coordinator] {
        let all = seen(&town, walker);
        assert_eq!(areas(&all), [("housing", vec!["Bostøtte"]), ("body", vec!["Medicin"])]);
        assert_eq!(whats(&all.before), ["Træning"]);
        assert_eq!(all.before[0].ended, Some(day));
        let row = &all.now[1].rows[0];
        assert_eq!((row.from.text.as_str(), row.often.text.as_str()), ("Lene", "Hver tirsdag"));
        assert_eq!((row.since, row.useful, row.readers.len()), (since, Some(Useful::Little), 2));
        assert_eq!(all.now[0].rows[0].useful, None, "what is not said is not guessed");
        assert_eq!(all.citizen.map(|named| named.is_me), Some(walker == citizen));
    }
}

#[test]
fn what_two_people_write_apart_in_the_same_help_both_survives() {
    let mut town = Town::new(Seed(82));
    let (citizen, coordinator) = town.course();
    let nurse = add(&mut town, citizen, "body", help("Medicin"));
    town.settle();
    town.watch(citizen);
    town.watch(coordinator);
    town.cut_off(citizen);
    let from = (nurse.0, TextField::SupportFrom(nurse.1));
    write(&mut town, citizen, from, "Lene");
    write(&mut town, coordinator, from, "Hjemmeplejen");
    set(&mut town, citizen, nurse, SupportField::Useful(Some(Useful::No)));
    set(&mut town, coordinator, nurse, SupportField::Since("2025-03-01".parse().ok()));
    town.pass(5_000);
    town.reconnect(citizen);
    town.settle();
    let (mine, theirs) = (found(&town, citizen, nurse), found(&town, coordinator, nurse));
    assert!(mine.row.from.text.contains("Lene") && mine.row.from.text.contains("Hjemmeplejen"));
    assert_eq!(mine.row.from.text, theirs.row.from.text);
    assert_eq!((mine.row.useful, mine.row.since), (Some(Useful::No), "2025-03-01".parse().ok()));
    assert_eq!((theirs.row.useful, theirs.row.since), (mine.row.useful, mine.row.since));
    assert_eq!(mine.by.len(), 2);
}

#[test]
fn two_who_begin_the_same_area_apart_find_all_of_it_under_one_heading() {
    let mut town = Town::new(Seed(83));
    let (citizen, coordinator) = town.course();
    town.cut_off(citizen);
    let one = add(&mut town, citizen, "money", help("Budget"));
    let other = add(&mut town, coordinator, "money", help("Gæld"));
    assert_ne!(one.0, other.0, "each has made a document of it");
    town.reconnect(citizen);
    town.settle();
    for walker in [citizen, coordinator] {
        let all = seen(&town, walker);
        let [(area, mut whats)] = areas(&all).try_into().expect("one heading");
        whats.sort_unstable();
        assert_eq!((area, whats), ("money", vec!["Budget", "Gæld"]));
    }
}

#[test]
fn help_that_is_thrown_out_lies_in_the_bin_and_comes_back_as_it_was() {
    let mut town = Town::new(Seed(84));
    let (citizen, coordinator) = town.course();
    let nurse = add(&mut town, citizen, "body", help("Medicin"));
    set(&mut town, citizen, nurse, SupportField::Useful(Some(Useful::Yes)));
    town.settle();
    town.watch(coordinator);
    let thing = Thing::Area(AreaList::Supports, nurse.1);
    town.run(citizen, Command::ThrowOut(nurse.0, thing));
    town.settle();
    let course = town.course_of(coordinator);
    assert!(seen(&town, coordinator).now.is_empty());
    let support = SupportOf { document: nurse.0, support: nurse.1 };
    assert_eq!(town.look(coordinator, &support), None);
    let thrown = town.look(coordinator, &Bin { course });
    assert_eq!((thrown[0].kind, thrown[0].text.as_str()), (BinKind::Support, "Medicin"));
    // While it lies there somebody else ends it: that is kept too.
    town.cut_off(citizen);
    let day = today(&town, citizen);
    set(&mut town, citizen, nurse, SupportField::Ended(Some(day)));
    town.run(coordinator, Command::TakeBack(nurse.0, thing));
    town.reconnect(citizen);
    town.settle();
    for walker in [citizen, coordinator] {
        let all = seen(&town, walker);
        assert_eq!((whats(&all.before), all.now.len()), (vec!["Medicin"], 0));
        assert_eq!(all.before[0].useful, Some(Useful::Yes));
    }
}

#[test]
fn what_was_done_to_a_help_last_is_undone_step_by_step() {
    let mut town = Town::new(Seed(85));
    let (citizen, _) = town.course();
    let nurse = add(&mut town, citizen, "body", help("Medicin"));
    let day = today(&town, citizen);
    set(&mut town, citizen, nurse, SupportField::Useful(Some(Useful::Yes)));
    set(&mut town, citizen, nurse, SupportField::Ended(Some(day)));
    town.run(citizen, Command::Undo(nurse.0));
    let row = found(&town, citizen, nurse).row;
    assert_eq!((row.useful, row.ended), (Some(Useful::Yes), None));
    town.run(citizen, Command::Undo(nurse.0));
    assert_eq!(found(&town, citizen, nurse).row.useful, None);
    town.run(citizen, Command::Redo(nurse.0));
    assert_eq!(found(&town, citizen, nurse).row.useful, Some(Useful::Yes));
}

#[test]
fn the_newest_end_stands_first_and_an_end_can_be_taken_back() {
    let mut town = Town::new(Seed(86));
    let (citizen, coordinator) = town.course();
    let day = today(&town, citizen);
    let ends = [("a", "work", -40), ("b", "housing", -1), ("c", "work", -300)];
    let made = ends.map(|(what, area, days)| {
        let made = add(&mut town, citizen, area, help(what));
        set(&mut town, citizen, made, SupportField::Ended(Some(day.plus(days))));
        made
    });
    assert_eq!(whats(&seen(&town, citizen).before), ["b", "a", "c"]);
    town.settle();
    set(&mut town, coordinator, made[0], SupportField::Ended(None));
    town.settle();
    let all = seen(&town, citizen);
    assert_eq!((whats(&all.before), areas(&all)), (vec!["b", "c"], vec![("work", vec!["a"])]));
}

#[test]
fn help_that_will_end_stands_among_that_of_now_until_its_last_day_has_come() {
    let mut town = Town::new(Seed(89));
    let (citizen, _) = town.course();
    let nurse = add(&mut town, citizen, "body", help("Medicin"));
    let day = today(&town, citizen);
    town.watch(citizen);
    set(&mut town, citizen, nurse, SupportField::Ended(Some(day.plus(2))));
    assert_eq!(areas(&seen(&town, citizen)), [("body", vec!["Medicin"])]);
    // The second night after has come, and the screen was told.
    town.sleep_days(2);
    town.input(citizen, client::Input::Shown);
    town.pass(1_000);
    let all = seen(&town, citizen);
    assert_eq!((whats(&all.before), all.now.len()), (vec!["Medicin"], 0));
}

#[test]
fn what_is_empty_or_too_long_is_refused_and_leaves_nothing_behind() {
    let mut town = Town::new(Seed(87));
    let (citizen, _) = town.course();
    let long = "a".repeat(301);
    let refused = [
        (help("  "), Refusal::Empty),
        (help(&long), Refusal::TooLong),
        (NewSupport { from: long.clone(), ..help("Medicin") }, Refusal::TooLong),
        (NewSupport { often: long, ..help("Medicin") }, Refusal::TooLong),
    ];
    for (support, refusal) in refused {
        let command = add_command(&town, citizen, "law", support);
        assert_eq!(town.try_run(citizen, command), Err(refusal));
    }
    let all = seen(&town, citizen);
    assert!(all.now.is_empty() && all.before.is_empty());
    // Not even the document of its area was made: the next thing there makes it.
    let course = town.course_of(citizen);
    assert!(town.look(citizen, &Bin { course }).is_empty());
    add(&mut town, citizen, "law", NewSupport { from: " ".to_owned(), ..help("Advokat") });
    assert_eq!(seen(&town, citizen).now[0].rows[0].from.text, "");
}

#[test]
fn help_that_somebody_else_writes_down_is_news_and_my_own_is_not() {
    let mut town = Town::new(Seed(88));
    let (citizen, coordinator) = town.course();
    saw_news(&mut town, citizen);
    add(&mut town, coordinator, "body", help("Medicin"));
    add(&mut town, citizen, "money", help("Budget"));
    town.settle();
    let news = |walker| {
        let course = town.course_of(walker);
        let rows = town.look(walker, &Today { course }).news;
        let what = |row: NewsRow| match row.what {
            What::Support(what) => what,
            other => panic!("{other:?} is not what was written"),
        };
        rows.into_iter().map(what).collect::<Vec<_>>()
    };
    assert_eq!(news(citizen), ["Medicin"]);
    assert_eq!(news(coordinator), ["Budget"]);
}
