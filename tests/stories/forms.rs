//! Two people with the same form open: what was not touched is not written, and who loses is told.

use client::view::{Me, MeView, MeetingOf, Meetings, NotWritten, Overruled, Value};
use client::{Command, FirstCommand, MeForm, MeetingForm, PlanCommand, SupportField, ToolCommand};
use domain::{LifeArea, LocalTime, Meeting, MeetingChange};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

use crate::meeting_of;

fn meeting_at(town: &Town, walker: Walker, document: DocumentId) -> Meeting {
    town.look(walker, &MeetingOf(document)).unwrap().meeting
}

fn time(time: &str) -> Option<LocalTime> {
    Some(format!("2026-11-26T{time}").parse().unwrap())
}

fn change(town: &mut Town, walker: Walker, document: DocumentId, change: MeetingChange) {
    town.run(walker, ToolCommand::ChangeMeeting { document, change });
}

fn to_place(place: &str) -> MeetingChange {
    MeetingChange { place: Some(place.to_owned()), ..MeetingChange::default() }
}

/// What somebody is told of: what they had written, what stands there, and who wrote it.
fn told(town: &Town, walker: Walker) -> Vec<(Value, Value, String)> {
    let rows = town.look(walker, &Overruled(None));
    let by = |name: Option<client::view::Named>| name.map(|by| by.name).unwrap_or_default();
    rows.into_iter().map(|row| (row.mine, row.theirs, by(row.by))).collect()
}

fn words(words: &str) -> Value {
    Value::Words(words.to_owned())
}

#[test]
fn a_stale_form_takes_nothing_back_that_somebody_else_has_changed() {
    let mut town = Town::new(Seed(1301));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    // The citizen has the form open and begins with the place; the coordinator saves another time.
    let mut form = MeetingForm::default();
    form.place.touch("Biblioteket".to_owned(), &meeting_at(&town, citizen, meeting).place);
    let moved = MeetingChange { starts: time("13:00"), ..MeetingChange::default() };
    change(&mut town, coordinator, meeting, moved);
    town.settle();
    let now = meeting_at(&town, citizen, meeting);
    assert_eq!(form.shown(&now).time, "13:00");
    let saved = form.change(&now).unwrap();
    change(&mut town, citizen, meeting, saved);
    town.settle();
    for walker in [citizen, coordinator] {
        let seen = meeting_at(&town, walker, meeting);
        assert_eq!((seen.starts, seen.place.as_str()), (time("13:00"), "Biblioteket"));
        assert_eq!(town.look(walker, &Meetings { course: None }).upcoming[0].meeting, seen);
    }
    assert!(told(&town, citizen).is_empty() && told(&town, coordinator).is_empty());
}

#[test]
fn who_changed_a_meeting_last_is_named_and_it_is_news_to_the_other() {
    let mut town = Town::new(Seed(1302));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    change(&mut town, citizen, meeting, to_place("Biblioteket"));
    town.settle();
    let kirsten = town.look(citizen, &Me);
    let by = meeting_at(&town, coordinator, meeting).by.unwrap();
    let readers = town.look(coordinator, &MeetingOf(meeting)).unwrap().readers;
    let named = readers.into_iter().find(|named| named.who == by).unwrap();
    assert_eq!((named.name.as_str(), named.is_me), (kirsten.name.as_str(), false));
}

#[test]
fn of_two_who_change_one_place_offline_the_loser_is_told_and_has_it_one_tap_away() {
    let mut town = Town::new(Seed(1303));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    town.cut_off(citizen);
    change(&mut town, citizen, meeting, to_place("Biblioteket"));
    change(&mut town, coordinator, meeting, to_place("Caféen"));
    town.settle();
    town.reconnect(citizen);
    town.settle();
    let place = meeting_at(&town, citizen, meeting).place;
    assert_eq!(place, meeting_at(&town, coordinator, meeting).place);
    let (loser, winner, lost, by) = match place.as_str() {
        "Caféen" => (citizen, coordinator, "Biblioteket", "Mette"),
        _ => (coordinator, citizen, "Caféen", "Kirsten"),
    };
    assert_eq!(told(&town, loser), [(words(lost), words(&place), by.to_owned())]);
    assert!(town.saving(loser).is_overruled);
    assert!(told(&town, winner).is_empty() && !town.saving(winner).is_overruled);
    // It outlives the page, which reads its records anew.
    town.kill(loser);
    let loser = town.open_again(loser);
    town.settle();
    assert_eq!(told(&town, loser), [(words(lost), words(&place), by.to_owned())]);
    let row = town.look(loser, &Overruled(Some(meeting))).remove(0);
    town.run(loser, ToolCommand::TakeMine(row.document, row.place));
    town.settle();
    assert_eq!(meeting_at(&town, winner, meeting).place, lost);
    assert!(told(&town, loser).is_empty() && !town.saving(loser).is_overruled);
    // The other saw what they changed: nobody is told again, also not by the next start.
    assert!(told(&town, winner).is_empty());
    town.kill(loser);
    let loser = town.open_again(loser);
    town.settle();
    assert!(told(&town, loser).is_empty());
}

#[test]
fn what_the_loser_has_seen_is_told_no_more_on_any_page() {
    let mut town = Town::new(Seed(1304));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let area = LifeArea::from_key("housing").unwrap();
    let support = client::NewSupport { what: "Bostøtte".to_owned(), ..Default::default() };
    let made = town.run(citizen, ToolCommand::AddSupport { course, area, support });
    let Some(client::Made::Item(document, support)) = made else { panic!() };
    town.settle();
    let since = |day: &str| {
        let field = SupportField::Since(day.parse().ok());
        Command::Plan(document, PlanCommand::SetSupport(support, field))
    };
    town.cut_off(citizen);
    town.run(citizen, since("2026-03-01"));
    town.run(coordinator, since("2026-04-01"));
    town.settle();
    town.reconnect(citizen);
    town.settle();
    let losers =
        [citizen, coordinator].into_iter().filter(|walker| !told(&town, *walker).is_empty());
    let losers: Vec<Walker> = losers.collect();
    let [loser] = losers[..] else { panic!("one loses: {losers:?}") };
    let row = town.look(loser, &Overruled(None)).remove(0);
    assert_eq!(row.thing, "Bostøtte");
    assert!(matches!((&row.mine, &row.theirs), (Value::Day(_), Value::Day(_))));
    town.run(loser, ToolCommand::SawOverruled(row.document, row.place));
    town.settle();
    town.kill(loser);
    let loser = town.open_again(loser);
    town.settle();
    assert!(told(&town, loser).is_empty());
}

#[test]
fn my_name_is_changed_and_my_number_stays() {
    let mut town = Town::new(Seed(1305));
    let (citizen, coordinator) = town.course();
    let call = |name: Option<&str>, phone: Option<&str>| ToolCommand::CallMe {
        name: name.map(str::to_owned),
        phone: phone.map(str::to_owned),
    };
    town.run(citizen, call(None, Some("12 34 56 78")));
    town.settle();
    // The form was opened before anything had come.
    let mut form = MeForm::default();
    form.name.touch("Kirsten H".to_owned(), &String::new());
    let me: MeView = town.look(citizen, &Me);
    town.run(citizen, form.command(&me));
    town.settle();
    let me = town.look(citizen, &Me);
    assert_eq!((me.name.as_str(), me.phone.as_str()), ("Kirsten H", "12 34 56 78"));
    let seen = town.look(coordinator, &client::view::Citizens);
    assert_eq!(seen[0].name, "Kirsten H");
    town.run(citizen, call(None, Some("")));
    assert_eq!(town.look(citizen, &Me).phone, "");
}

#[test]
fn words_that_are_too_long_for_a_title_outlive_the_page_and_are_never_called_safe() {
    let mut town = Town::new(Seed(1306));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let title = "Min bolig".to_owned();
    let add = ToolCommand::Agenda(meeting, client::AgendaCommand::AddTopic(title.clone()));
    let Some(client::Made::Item(_, topic)) = town.run(citizen, add) else { panic!() };
    town.settle();
    let field = client::TextField::TopicTitle(topic);
    let long = "x".repeat(400);
    let splice = domain::Splice { at: 9, delete: 0, insert: long.clone() };
    let write = Command::Write { document: meeting, field, splice };
    assert_eq!(town.try_run(citizen, write), Err(client::Refusal::TooLong));
    let place = format!("/m/{meeting} {field}");
    let keep =
        |words: Option<(String, String)>| Command::KeepNotWritten { place: place.clone(), words };
    let not_written = NotWritten { place: place.clone() };
    let kept = Some((format!("{title}{long}"), title.clone()));
    let tab = town.second_tab(citizen);
    town.settle();
    town.run(citizen, keep(kept.clone()));
    town.settle();
    assert_eq!(town.look(tab, &not_written), kept);
    let unsent = town.saving(citizen).unsent;
    assert_eq!(
        (unsent.len(), unsent[0].path(), unsent[0].words.len()),
        (1, &*format!("/m/{meeting}"), 409)
    );
    town.run(
        coordinator,
        ToolCommand::Agenda(meeting, client::AgendaCommand::AddTopic("Penge".into())),
    );
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &not_written), kept);
    // All of it taken away, which could not be written either, is something to keep.
    town.run(citizen, keep(Some((String::new(), title.clone()))));
    assert_eq!(town.look(citizen, &not_written), Some((String::new(), title)));
    town.run(citizen, keep(None));
    town.settle();
    assert_eq!(town.look(citizen, &not_written), None);
    assert!(town.saving(citizen).unsent.is_empty());
}

#[test]
fn a_meeting_that_is_cancelled_says_so_at_once_wherever_it_is_named() {
    let mut town = Town::new(Seed(1307));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let meeting = meeting_of(&mut town, citizen);
    let topic = client::AgendaCommand::AddTopic("Min bolig".to_owned());
    town.run(citizen, ToolCommand::Agenda(meeting, topic));
    town.settle();
    town.watch(citizen);
    town.run(citizen, FirstCommand::Open(meeting));
    crate::saw_news(&mut town, citizen);
    let cancel = |cancelled| ToolCommand::CancelMeeting { document: meeting, cancelled };
    town.run(coordinator, cancel(true));
    town.pass(2_000);
    let named = |town: &Town, walker| {
        let row = town.look(walker, &MeetingOf(meeting)).unwrap();
        let search = client::view::Search { course, typed: "bolig".to_owned() };
        let found = town.look(walker, &search).found.into_iter().map(|found| found.place);
        let found: Vec<bool> = found
            .filter_map(|place| match place {
                client::view::FoundIn::Topic(_, _, when) => Some(when.is_cancelled),
                _ => None,
            })
            .collect();
        (row.when().is_cancelled, row.cancelled_by.map(|by| by.name), found)
    };
    assert_eq!(named(&town, citizen), (true, Some("Mette".to_owned()), vec![true]));
    // The citizen set the time, and it is Mette who is said to have cancelled it.
    town.run(citizen, FirstCommand::Leave);
    let news = town.look(coordinator, &client::view::Today { course }).news;
    assert!(news.iter().all(|row| !matches!(row.what, client::view::What::Meeting(_, true))));
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert_eq!(named(&town, citizen), (true, Some("Mette".to_owned()), vec![true]));
    assert_eq!(town.look(citizen, &client::view::Today { course }).next_meeting, None);
    town.run(coordinator, cancel(false));
    town.settle();
    assert_eq!(named(&town, citizen), (false, None, vec![false]));
    let news = town.look(citizen, &client::view::Today { course }).news;
    let by = news.into_iter().find(|row| row.document == meeting).and_then(|row| row.by);
    assert_eq!(by.map(|by| by.name), Some("Mette".to_owned()));
}

#[test]
fn a_meeting_cancelled_by_another_than_the_one_who_found_the_time_is_news() {
    let mut town = Town::new(Seed(1308));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    town.run(coordinator, ToolCommand::CancelMeeting { document: meeting, cancelled: true });
    town.settle();
    let news = town.look(citizen, &client::view::Today { course }).news;
    let row = news.into_iter().find(|row| row.document == meeting).unwrap();
    assert_eq!(row.by.map(|by| by.name), Some("Mette".to_owned()));
    assert!(matches!(row.what, client::view::What::Meeting(_, true)));
}
