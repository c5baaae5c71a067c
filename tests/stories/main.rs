//! What people live through, one sentence a test.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod aside;
mod assessments;
mod authors;
mod board;
mod clocks;
mod consent;
mod course;
mod devices;
mod file;
mod forms;
mod given_back;
mod guests;
mod kept_aside;
mod large;
mod later_half;
mod members;
mod milestones;
mod names;
mod network;
mod newer;
mod news;
mod next;
mod notebook;
mod overlaps;
mod parents;
mod promises;
mod restored;
mod said_live;
mod screens;
mod search;
mod shared_notes;
mod sources;
mod support;
mod suspects;
mod tabs;
mod together;
mod trial;
mod waiting;

use client::view::Today;
use client::{FirstCommand, Made, ToolCommand};
use domain::Meeting;
use tests::{Seed, Town, Walker};
use trust::DocumentId;

/// Somebody says that they have seen what is new on their screen.
fn saw_news(town: &mut Town, walker: Walker) {
    let course = town.course_of(walker);
    let news = town.look(walker, &Today { course }).news;
    town.run(walker, FirstCommand::SawNews(news.iter().map(|row| row.mark).collect()));
}

/// A meeting in the maker's course, next week.
fn meeting_of(town: &mut Town, maker: Walker) -> DocumentId {
    let course = town.course_of(maker);
    let starts = "2026-11-26T10:00".parse().unwrap();
    let meeting = Meeting::at(starts, 60, "Kulturhuset").unwrap();
    match town.run(maker, ToolCommand::MakeMeeting { course, meeting }) {
        Some(Made::Document(meeting)) => meeting,
        made => panic!("no meeting was made: {made:?}"),
    }
}

/// A course with a meeting.
fn with_meeting(seed: u64) -> (Town, Walker, Walker, DocumentId) {
    let mut town = Town::new(Seed(seed));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    (town, citizen, coordinator, meeting)
}
