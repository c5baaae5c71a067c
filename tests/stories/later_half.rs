//! The tools come when the first screen stands, or later, or not at all: what they do by themselves waits for them and
//! is neither lost nor done too early.

use client::view::{AboutToShow, MeetingOf, Overruled};
use client::{AgendaCommand, Command, ShareTo, ToolCommand};
use domain::MeetingChange;
use tests::{Seed, Town, Walker};
use trust::DocumentId;

use crate::meeting_of;
use crate::notebook::{begin_to_share, dreams, write};

/// A citizen who begins to share a note and whose app is opened again without its later half, and a coordinator.
fn holding(seed: u64) -> (Town, Walker, Walker) {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let note = write(&mut town, citizen, "Jeg vil have hund");
    town.settle();
    begin_to_share(&mut town, citizen, note, ShareTo::Dreams);
    town.pass(1_000);
    town.withhold_later_half(citizen);
    town.close(citizen);
    let citizen = town.open_again(citizen);
    (town, citizen, coordinator)
}

#[test]
fn what_is_held_back_waits_for_the_tools_and_is_done_ten_seconds_after_they_came() {
    let (mut town, citizen, coordinator) = holding(2101);
    town.pass(600_000);
    assert!(dreams(&town, coordinator).is_empty() && dreams(&town, citizen).is_empty());
    assert!(town.saving(citizen).is_holding, "it is not told as done");
    town.bring_later_half(citizen);
    assert_eq!(town.look(citizen, &AboutToShow).held.len(), 1, "it can be taken back");
    town.pass(9_500);
    assert!(dreams(&town, citizen).is_empty());
    town.settle();
    assert_eq!(dreams(&town, coordinator), ["Jeg vil have hund"]);
    assert!(!town.saving(citizen).is_holding);
}

#[test]
fn what_was_taken_back_in_another_tab_meanwhile_is_not_done_when_the_tools_come() {
    let (mut town, citizen, coordinator) = holding(2102);
    town.pass(2_000);
    let second = town.second_tab(citizen);
    town.pass(2_000);
    town.bring_later_half(second);
    let held = town.look(second, &AboutToShow).held.remove(0);
    town.run(second, Command::TakeBackHeld(held.id));
    town.pass(1_000);
    assert!(!town.saving(citizen).is_holding);
    town.bring_later_half(citizen);
    town.pass(60_000);
    town.settle();
    assert!(dreams(&town, coordinator).is_empty() && dreams(&town, citizen).is_empty());
}

#[test]
fn whoever_takes_a_consent_back_by_the_first_tool_there_is_knows_what_was_held_back() {
    let (mut town, citizen, coordinator) = holding(2103);
    town.pass(2_000);
    // The tap comes before anything has said that the tools are here.
    town.run(citizen, ToolCommand::SawAside);
    let held = town.look(citizen, &AboutToShow).held.remove(0);
    town.run(citizen, Command::TakeBackHeld(held.id));
    town.pass(60_000);
    town.settle();
    assert!(dreams(&town, coordinator).is_empty());
}

fn to_place(place: &str) -> MeetingChange {
    MeetingChange { place: Some(place.to_owned()), ..MeetingChange::default() }
}

/// The citizen wrote a place, and another of the coordinator's won, which comes to the citizen's phone while that has
/// only the first half of the app. `None` where the citizen won.
fn overruled(seed: u64) -> Option<(Town, Walker, DocumentId)> {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    town.settle();
    town.cut_off(citizen);
    let change = |place| ToolCommand::ChangeMeeting { document: meeting, change: to_place(place) };
    town.run(citizen, change("Biblioteket"));
    town.run(coordinator, change("Caféen"));
    town.settle();
    town.withhold_later_half(citizen);
    town.close(citizen);
    let citizen = town.open_again(citizen);
    town.reconnect(citizen);
    town.pass(20_000);
    let seen = town.look(citizen, &MeetingOf(meeting)).expect("a meeting");
    (seen.meeting.place == "Caféen").then_some((town, citizen, meeting))
}

#[test]
fn what_has_lost_before_the_tools_came_is_told_when_they_come_also_after_another_start() {
    let mut lost = (2110..2130).filter_map(overruled);
    let (mut town, citizen, meeting) = lost.next().expect("somebody loses");
    town.close(citizen);
    let citizen = town.open_again(citizen);
    town.pass(20_000);
    town.close(citizen);
    let citizen = town.open_again(citizen);
    town.pass(2_000);
    town.bring_later_half(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &Overruled(Some(meeting))).len(), 1);
    assert!(town.saving(citizen).is_overruled);
    // All is as it was: the document goes on.
    let topic = AgendaCommand::AddTopic("Min økonomi".to_owned());
    town.run(citizen, ToolCommand::Agenda(meeting, topic));
    town.settle();
}
