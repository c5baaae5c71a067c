//! The network map: put together by two, with and without a network, and looked back upon.

use std::time::{Duration, Instant};

use client::view::{Bin, Network, NetworkView, PersonOf, Today};
use client::{Command, Made, NetworkCommand, Refusal, TextField, Thing, ToolCommand};
use documents::{Author, Paper, network};
use domain::{Half, ItemId, Nearness, PEOPLE_MAX, Splice, Spot, Tie, Who};
use tests::pen::Pen;
use tests::{Seed, Town, Walker};
use trust::{DocumentId, RecordKind};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn add(town: &mut Town, maker: Walker, name: &str, half: Half) -> (DocumentId, ItemId) {
    let course = town.course_of(maker);
    let command = ToolCommand::AddPerson { course, name: name.to_owned(), half, is_missing: false };
    let made = town.run(maker, command);
    let Some(Made::Item(document, person)) = made else { panic!("nobody came: {made:?}") };
    (document, person)
}

fn map(town: &Town, walker: Walker) -> NetworkView {
    let course = town.course_of(walker);
    town.look(walker, &Network { course, day: None }).expect("the map can be seen")
}

fn names(map: &NetworkView) -> Vec<&str> {
    let mut names: Vec<&str> = map.people.iter().map(|row| row.name.as_str()).collect();
    names.sort_unstable();
    names
}

fn write(document: DocumentId, field: TextField, text: &str) -> Command {
    Command::Write { document, field, splice: Splice::whole(text) }
}

#[test]
fn a_map_that_is_begun_without_a_network_reaches_the_coordinator_who_stands_on_it() {
    let mut town = Town::new(Seed(81));
    let (citizen, coordinator) = town.course();
    town.cut_off(citizen);
    let (document, jonas) = add(&mut town, citizen, "Jonas", Half::Private);
    let network = |command| ToolCommand::Network(document, command);
    town.run(citizen, network(NetworkCommand::SetTie(jonas, Some(Tie::Good))));
    town.run(citizen, network(NetworkCommand::SetPhone(jonas, " 12 34 56 78 ".to_owned())));
    town.run(citizen, network(NetworkCommand::SetTrusted(Some(jonas))));
    town.run(citizen, write(document, TextField::PersonHelps(jonas), "Post og indkøb"));
    assert_eq!(names(&map(&town, citizen)), ["Jonas", "Mette"]);
    assert!(map(&town, coordinator).people.is_empty());
    town.reconnect(citizen);
    town.settle();
    for walker in [citizen, coordinator] {
        let seen = map(&town, walker);
        assert_eq!(names(&seen), ["Jonas", "Mette"]);
        assert_eq!(seen.readers.len(), 2);
        let row = seen.people.iter().find(|row| row.id == jonas).expect("Jonas is there");
        assert_eq!((row.tie, row.is_trusted, row.half()), (Some(Tie::Good), true, Half::Private));
        assert_eq!((row.phone.as_str(), row.helps.as_str()), ("12 34 56 78", "Post og indkøb"));
        let mette = seen.people.iter().find(|row| row.name == "Mette").expect("she is there");
        assert_eq!(mette.half(), Half::Professional);
    }
}

#[test]
fn two_who_move_and_describe_the_same_person_apart_see_one_picture_and_all_words() {
    let mut town = Town::new(Seed(82));
    let (citizen, coordinator) = town.course();
    let (document, jonas) = add(&mut town, citizen, "Jonas", Half::Private);
    town.settle();
    town.cut_off(citizen);
    let put = |right, down| {
        ToolCommand::Network(document, NetworkCommand::Put(jonas, Spot::at(right, down)))
    };
    town.run(citizen, put(20, -20));
    town.run(coordinator, put(-60, -60));
    town.run(citizen, write(document, TextField::PersonRole(jonas), "min nabo"));
    town.run(coordinator, write(document, TextField::PersonRole(jonas), "fra opgangen"));
    town.run(
        citizen,
        ToolCommand::Network(document, NetworkCommand::SetTie(jonas, Some(Tie::Good))),
    );
    let strained = NetworkCommand::SetTie(jonas, Some(Tie::Strained));
    town.run(coordinator, ToolCommand::Network(document, strained));
    town.reconnect(citizen);
    town.settle();
    let seen = map(&town, citizen);
    assert_eq!(seen.people, map(&town, coordinator).people);
    let row = seen.people.iter().find(|row| row.id == jonas).expect("Jonas is there");
    assert!(row.role.contains("min nabo") && row.role.contains("fra opgangen"), "{}", row.role);
    assert!([Spot::at(20, -20), Spot::at(-60, -60)].contains(&row.spot), "{}", row.spot);
    let person = town.look(citizen, &PersonOf { document, person: jonas }).expect("he is there");
    assert_eq!(person.role.by.len(), 2);
}

#[test]
fn two_who_begin_a_map_at_once_have_one_map_with_everybody_once() {
    let mut town = Town::new(Seed(83));
    let (citizen, coordinator) = town.course();
    town.cut_off(citizen);
    let (mine, jonas) = add(&mut town, citizen, "Jonas", Half::Private);
    let (hers, ali) = add(&mut town, coordinator, "Ali", Half::Professional);
    assert_ne!(mine, hers);
    town.run(citizen, ToolCommand::Network(mine, NetworkCommand::SetTrusted(Some(jonas))));
    town.reconnect(citizen);
    town.settle();
    for walker in [citizen, coordinator] {
        assert_eq!(names(&map(&town, walker)), ["Ali", "Jonas", "Mette"]);
    }
    town.run(coordinator, ToolCommand::Network(hers, NetworkCommand::SetTrusted(Some(ali))));
    town.settle();
    let trusted = map(&town, citizen).people;
    let trusted: Vec<_> = trusted.iter().filter(|row| row.is_trusted).map(|row| row.id).collect();
    assert_eq!(trusted, [ali], "one can lean on one at a time");
}

#[test]
fn whoever_is_thrown_out_lies_in_the_bin_and_comes_back_as_they_were() {
    let mut town = Town::new(Seed(84));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let (document, jonas) = add(&mut town, citizen, "Jonas", Half::Private);
    let spot = Spot::at(-20, -60);
    town.run(citizen, ToolCommand::Network(document, NetworkCommand::Put(jonas, spot)));
    town.run(citizen, Command::ThrowOut(document, Thing::Person(jonas)));
    town.settle();
    assert_eq!(names(&map(&town, coordinator)), ["Mette"]);
    let thrown = town.look(coordinator, &Bin { course });
    assert_eq!(thrown[0].text, "Jonas");
    town.run(coordinator, Command::TakeBack(document, thrown[0].thing));
    town.settle();
    let back = map(&town, citizen).people.into_iter().find(|row| row.id == jonas);
    assert_eq!(back.map(|row| row.spot), Some(spot));
}

#[test]
fn the_map_of_another_day_shows_who_was_there_then_and_how_near() {
    let mut town = Town::new(Seed(85));
    let (citizen, _) = town.course();
    let course = town.course_of(citizen);
    let first = town.look(citizen, &Today { course }).today;
    let (document, jonas) = add(&mut town, citizen, "Jonas", Half::Private);
    let seat =
        |near| ToolCommand::Network(document, NetworkCommand::Seat(jonas, Half::Private, near));
    let spot = |town: &Town| {
        let people = map(town, citizen).people;
        people.iter().find(|row| row.id == jonas).map(|row| row.spot)
    };
    let came = spot(&town);
    town.set_clock_wrong(citizen, DAY_MS);
    town.run(citizen, seat(Nearness::Far));
    let far = spot(&town);
    town.set_clock_wrong(citizen, 3 * DAY_MS);
    town.run(citizen, seat(Nearness::Close));
    let near = spot(&town);
    town.set_clock_wrong(citizen, 6 * DAY_MS);
    town.run(citizen, Command::ThrowOut(document, Thing::Person(jonas)));
    town.settle();
    assert_eq!(map(&town, citizen).days, [0, 1, 3, 6].map(|days| first.plus(days)));
    let on = |days| {
        let view = town.look(citizen, &Network { course, day: Some(first.plus(days)) });
        let people = view.expect("the map can be seen").people;
        people.into_iter().find(|row| row.id == jonas).map(|row| row.spot)
    };
    assert_eq!([-1, 0, 1, 2, 3, 6].map(on), [None, came, far, far, near, None]);
    let seen = [came, far, near].map(|spot| spot.map(Spot::nearness));
    assert_eq!(seen, [Nearness::Near, Nearness::Far, Nearness::Close].map(Some));
}

#[test]
fn a_map_with_2000_people_opens_shows_some_and_takes_no_more() {
    let mut town = Town::new(Seed(86));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let (document, _) = add(&mut town, citizen, "Jonas", Half::Private);
    town.settle();
    town.cut_off(citizen);
    let (mut pen, mut paper) = (Pen::new(6), Paper::new(6));
    let author = Author { who: Who([5; 16]), at_ms: 0 };
    for n in 1..=2_000 {
        let id = ItemId(n);
        network::add_person(&mut paper, id, (Spot::at(n as i32 % 90, 40), n % 7 == 0), author);
        let splice = Splice::whole(&format!("Menneske {n}"));
        assert!(TextField::PersonName(id).write(&mut paper, &splice, author.who));
        if n % 250 == 0 {
            let update = paper.take_fresh().expect("something was written");
            town.put_in_log(document, &pen.record(document, RecordKind::Update, &update));
            paper = Paper::new(6 + n);
        }
    }
    #[expect(clippy::disallowed_methods, reason = "nothing but the real clock says how long")]
    let began = Instant::now();
    town.reconnect(citizen);
    town.settle();
    let seen = map(&town, citizen);
    assert_eq!(seen.people.len(), PEOPLE_MAX);
    assert_eq!(seen.people.len() + seen.hidden, 2_000 - 285 + 2);
    assert_eq!(seen.missing.len(), PEOPLE_MAX);
    let name = "En til".to_owned();
    let more = ToolCommand::AddPerson { course, name, half: Half::Private, is_missing: false };
    assert_eq!(town.try_run(citizen, more), Err(Refusal::TooMany));
    town.run(citizen, Command::ThrowOut(document, Thing::Person(ItemId(5))));
    town.settle();
    assert_eq!(town.look(coordinator, &Bin { course }).len(), 1);
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
}
