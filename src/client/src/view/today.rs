//! The citizen's day: the next meeting, what is new, and my goals.

use std::cmp::Reverse;

use domain::{Day, Doer};
use trust::{DocumentId, Kind};

use super::meetings::{MeetingRow, Meetings};
use super::people::Named;
use super::plan::{AgreementRow, GoalRow};
use crate::client::{Client, Query, Topic};
use crate::seen::{NewsMark, What};
use crate::sheet::Sheet;

/// Which day is it, by this device's clock?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ThisDay;

impl Query for ThisDay {
    type View = Day;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Clock]
    }

    fn look(&self, client: &Client) -> Day {
        client.local_now().day
    }
}

/// The day in a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Today {
    /// The course.
    pub course: DocumentId,
}

/// The day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TodayView {
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// Which day it is.
    pub today: Day,
    /// What somebody else has promised the citizen and broken, or not done in time: the most urgent.
    pub broken: Option<AgreementRow>,
    /// The next meeting.
    pub next_meeting: Option<MeetingRow>,
    /// What others have done since I last looked: the newest first, then what nobody knows the day of.
    pub news: Vec<NewsRow>,
    /// Goals that are not reached.
    pub goals: Vec<GoalRow>,
}

/// Something new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewsRow {
    /// Where.
    pub document: DocumentId,
    /// What sort of document that is.
    pub is_meeting: bool,
    /// Who did it, as far as is known.
    pub by: Option<Named>,
    /// What.
    pub what: What,
    /// Whether it was there before and has changed.
    pub is_changed: bool,
    /// The day it was done, where that is known.
    pub day: Option<Day>,
    /// What is seen by whoever sees this row.
    pub mark: NewsMark,
}

impl Query for Today {
    type View = TodayView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let parts = client.parts_of(self.course).map(|(document, _)| document);
        let mut topics = client.topics_of(parts);
        topics.extend([Topic::News, Topic::Clock]);
        topics
    }

    fn look(&self, client: &Client) -> TodayView {
        let course = Some(self.course);
        let meetings = Meetings { course }.look(client);
        let mut goals = client.goals(course);
        goals.retain(|goal| !goal.is_reached);
        let readers = client.sheets.get(&self.course).map(|sheet| client.readers(sheet));
        let citizen = |named: &Named| named.role == Some(domain::Role::Citizen);
        let citizen = readers.and_then(|readers| readers.into_iter().find(citizen));
        let broken = client.broken_to(self.course, citizen.as_ref());
        let mut news = client.news(self.course);
        // What stands first on the screen is not told again.
        news.retain(|row| broken.as_ref().is_none_or(|broken| !row.mark.is_of(broken.id)));
        TodayView {
            citizen,
            today: client.local_now().day,
            next_meeting: meetings.upcoming.into_iter().next(),
            news,
            broken,
            goals,
        }
    }
}

impl Client {
    fn broken_to(&self, course: DocumentId, citizen: Option<&Named>) -> Option<AgreementRow> {
        let citizen = Doer::Member(citizen?.who);
        let mut all = self.agreements(Some(course));
        all.retain(|row| row.is_urgent() && row.promised_by != citizen);
        all.into_iter().min_by_key(AgreementRow::urgency)
    }

    fn parts_of(&self, course: DocumentId) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        let meetings = self.parts(Some(course), Kind::Meeting);
        meetings.chain(self.parts(Some(course), Kind::LifeArea))
    }

    fn news(&self, course: DocumentId) -> Vec<NewsRow> {
        let here = self.courses().filter(|(document, _)| *document == course);
        let of = |(document, sheet): (DocumentId, &Sheet)| {
            let is_meeting = sheet.membership.kind == Kind::Meeting;
            let me = self.who();
            self.news_in(document).into_iter().map(move |(thing, is_changed)| NewsRow {
                document,
                is_meeting,
                by: thing.by.iter().find(|who| Some(**who) != me).map(|who| self.named(*who)),
                is_changed,
                day: thing.done_ms(is_changed).map(|at_ms| self.day_of(at_ms)),
                mark: thing.mark(document),
                what: thing.what,
            })
        };
        let mut news: Vec<NewsRow> = self.parts_of(course).chain(here).flat_map(of).collect();
        news.sort_by_key(|row| Reverse(row.day));
        news
    }
}
