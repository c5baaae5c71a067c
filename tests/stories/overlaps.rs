//! A coordinator with two meetings at one time is told, whoever they are with.

use client::view::{Citizens, Meetings, OverlapRow, Overlaps};
use client::{Made, ToolCommand};
use domain::{LocalTime, Meeting, Programme};
use tests::{Seed, Town, Walker};
use trust::DocumentId;

fn at(time: &str) -> LocalTime {
    format!("2026-11-26T{time}").parse().unwrap()
}

fn meeting(town: &mut Town, course: DocumentId, (maker, time): (Walker, &str)) -> DocumentId {
    let meeting = Meeting::at(at(time), 60, "Kulturhuset").unwrap();
    match town.run(maker, ToolCommand::MakeMeeting { course, meeting }) {
        Some(Made::Document(meeting)) => meeting,
        made => panic!("no meeting was made: {made:?}"),
    }
}

fn names(rows: &[OverlapRow]) -> Vec<&str> {
    rows.iter().map(|row| row.citizen.as_ref().map_or("my own", |named| &named.name)).collect()
}

#[test]
fn two_meetings_at_one_time_are_told_before_and_after_they_are_saved() {
    let mut town = Town::new(Seed(96));
    let (citizen, coordinator) = town.course();
    let kirstens = town.course_of(citizen);
    let command =
        ToolCommand::MakeCourse { name: "Sofie".to_owned(), programme: Programme::HomelessYouth };
    let Some(Made::Document(sofies)) = town.run(coordinator, command) else {
        panic!("no course was made");
    };
    let first = meeting(&mut town, kirstens, (coordinator, "10:00"));
    town.settle();
    let asked = |town: &Town, walker, time, except| {
        let planned = Overlaps { starts: at(time), minutes: 60, except };
        town.look(walker, &planned)
    };
    for (time, told) in [("09:00", false), ("09:01", true), ("10:59", true), ("11:00", false)] {
        let rows = asked(&town, coordinator, time, None);
        assert_eq!(names(&rows), if told { vec!["Kirsten"] } else { vec![] }, "{time}");
    }
    assert_eq!(
        asked(&town, coordinator, "10:30", Some(first)),
        [],
        "a meeting is not beside itself"
    );
    assert_eq!(names(&asked(&town, citizen, "10:30", None)), ["my own"]);

    let second = meeting(&mut town, sofies, (coordinator, "10:30"));
    town.settle();
    let listed = |town: &Town, walker, course| {
        let rows = town.look(walker, &Meetings { course }).upcoming;
        rows.iter().map(|row| names(&row.overlaps).join(", ")).collect::<Vec<_>>()
    };
    assert_eq!(listed(&town, coordinator, None), ["Sofie", "Kirsten"]);
    assert_eq!(listed(&town, coordinator, Some(kirstens)), [""], "her list tells of nobody else");
    assert_eq!(listed(&town, citizen, Some(kirstens)), [""]);
    assert_eq!(town.look(coordinator, &Citizens).len(), 2);

    town.run(coordinator, ToolCommand::CancelMeeting { document: second, cancelled: true });
    town.settle();
    assert_eq!(listed(&town, coordinator, None), [""], "who is not met has no time taken");
}
