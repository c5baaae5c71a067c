//! Phones whose date is wrong: everything is counted by the server's day.

use client::view::{ConsentFor, MeStage, ThisDay, WrongDate};
use client::{FirstCommand, Input, NewConsent, ToolCommand};
use domain::{Day, Purpose};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

use crate::consent::{area, consents, goal, goals, guest, jonas, stage};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn day(day: &str) -> Day {
    day.parse().unwrap()
}

/// The town's first day, by the server's clock.
fn today() -> Day {
    day("2026-11-21")
}

/// Somebody's clock is set wrong while they have no network, and then the server says what time it is.
fn set_wrong(town: &mut Town, walker: Walker, error_ms: i64) {
    town.cut_off(walker);
    town.set_clock_wrong(walker, error_ms);
    town.pass(1_000);
    town.reconnect(walker);
    town.settle();
}

/// What the citizen says yes to, for a year.
fn let_see(town: &mut Town, citizen: Walker) -> DocumentId {
    let (network, person) = jonas(town, citizen);
    let areas = vec![area("housing")];
    let consent = NewConsent { areas, purpose: Purpose::Help, months: 12, parent: None };
    town.run(citizen, ToolCommand::GiveConsent { network, person, consent });
    town.pass(11_000);
    town.settle();
    let found = town.look(citizen, &ConsentFor { network, person }).unwrap();
    assert_eq!(
        found.today,
        today(),
        "what is promised before the yes is counted from the same day"
    );
    found.consents.expect("something was declared")
}

#[test]
fn a_consents_months_are_counted_by_the_servers_day() {
    for days in [2, -200] {
        let mut town = Town::new(Seed(2001));
        let (citizen, coordinator) = town.course();
        set_wrong(&mut town, citizen, days * DAY_MS);
        goal(&mut town, citizen, "housing", "Et sted at bo");
        let document = let_see(&mut town, citizen);
        for walker in [citizen, coordinator] {
            let now = consents(&town, walker, document).now;
            let until: Vec<Day> = now.iter().filter_map(|seen| seen.until).collect();
            assert_eq!(until, [day("2027-11-21")], "{days} days wrong");
        }
        let course = town.course_of(citizen);
        let guest = guest(&mut town, coordinator, document);
        assert_eq!(goals(&town, guest, course, "housing").unwrap(), ["Et sted at bo"]);
    }
}

#[test]
fn a_guests_code_is_not_used_up_on_a_phone_whose_date_is_wrong() {
    for days in [-400, 400] {
        let mut town = Town::new(Seed(2002));
        let (citizen, coordinator) = town.course();
        goal(&mut town, citizen, "housing", "Et sted at bo");
        let course = town.course_of(citizen);
        let document = let_see(&mut town, citizen);
        let person = consents(&town, coordinator, document).invited;
        town.run(coordinator, ToolCommand::Invite { person, document });
        town.settle();
        let invitation = town.look(coordinator, &client::view::InvitationOf(person)).unwrap();
        let guest = town.device("guest");
        town.set_clock_wrong(guest, days * DAY_MS);
        town.settle();
        let redeem = FirstCommand::Redeem { typed: invitation.code, tentative: false };
        town.run(guest, redeem);
        town.settle();
        assert_eq!(stage(&town, guest), MeStage::In, "{days} days wrong");
        assert_eq!(goals(&town, guest, course, "housing").unwrap(), ["Et sted at bo"]);
        // And so it stays, with no network and after the page was gone.
        town.cut_off(guest);
        town.kill(guest);
        let guest = town.open_again(guest);
        town.settle();
        assert_eq!(goals(&town, guest, course, "housing").unwrap(), ["Et sted at bo"]);
        assert_eq!(town.look(guest, &ThisDay), today());
        let wrong = town.look(guest, &WrongDate).unwrap();
        let off = i32::try_from(days).unwrap();
        assert_eq!((wrong.device, wrong.server), (today().plus(off), today()));
    }
}

#[test]
fn a_date_that_is_wrong_by_more_than_a_day_is_told_until_it_is_right() {
    let mut town = Town::new(Seed(2003));
    let (citizen, _) = town.course();
    town.watch(citizen);
    assert_eq!(town.look(citizen, &WrongDate), None);
    set_wrong(&mut town, citizen, 20 * HOUR_MS);
    assert_eq!(town.look(citizen, &WrongDate), None, "it is another day, but not by more than one");
    assert_eq!(town.look(citizen, &ThisDay), today());
    set_wrong(&mut town, citizen, -3 * DAY_MS);
    let wrong = town.look(citizen, &WrongDate).unwrap();
    assert_eq!((wrong.device, wrong.server), (day("2026-11-18"), today()));
    let tab = town.second_tab(citizen);
    town.settle();
    assert_eq!(town.look(tab, &WrongDate), Some(wrong));
    // Put right in the settings, with no word from the server.
    town.cut_off(citizen);
    town.set_clock_wrong(citizen, 0);
    town.input(citizen, Input::Shown);
    assert_eq!(town.look(citizen, &WrongDate), None);
    assert_eq!(town.look(citizen, &ThisDay), today());
}

#[test]
fn a_clock_that_was_set_wrong_while_the_app_was_away_is_noticed_when_it_is_seen_again() {
    let mut town = Town::new(Seed(2004));
    let (citizen, _) = town.course();
    town.settle();
    town.set_clock_wrong(citizen, 5 * DAY_MS);
    town.input(citizen, Input::Shown);
    town.settle();
    let wrong = town.look(citizen, &WrongDate).unwrap();
    assert_eq!((wrong.device, wrong.server), (day("2026-11-26"), today()));
    // Days in which the phone slept are no fault of its clock.
    town.set_clock_wrong(citizen, 0);
    town.input(citizen, Input::Shown);
    town.settle();
    town.sleep_days(9);
    town.input(citizen, Input::Shown);
    town.settle();
    assert_eq!(town.look(citizen, &WrongDate), None);
    assert_eq!(town.look(citizen, &ThisDay), today().plus(9));
}
