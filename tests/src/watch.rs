//! Whether screens are told: an answer that changes belongs to a topic that was named.

use client::view::{
    Agenda, AreaAssessments, Assessments, Bin, Citizens, ConsentFor, ConsentsOf, CoordinatorToday,
    Devices, Everything, FileIn, FileOut, GoalOf, GoalRow, Here, InvitationOf, Me, MeetingOf,
    Meetings, MyCourse, Network, NewDevices, Next, NoteOf, NoteRow, Notebook, OpenPlaces,
    Overruled, PersonOf, Plan, Promises, QuestionFor, ResultsBoard, SaidOf, Saving, Search,
    SetAside, ShareOf, SharedWithMe, Shown, SupportOf, Supports, Team, ThisDevice, Today, WhoSees,
    WhomToCall, WrongDate,
};
use client::{Client, Query, Statement, Topic};
use domain::LifeArea;
use trust::DocumentId;

use crate::town::Walker;

/// A question somebody's screen has asked, and the answer it shows.
pub(crate) trait Watched {
    /// Asks again.
    ///
    /// # Panics
    /// When the answer is another and nobody told the screen.
    fn ask(&mut self, client: &Client, changed: &[Topic]);
    /// Whose screen it is.
    fn walker(&self) -> Walker;
}

struct Screen<Q: Query> {
    walker: Walker,
    query: Q,
    shows: Q::View,
    topics: Vec<Topic>,
}

impl<Q: Query> Watched for Screen<Q>
where
    Q::View: std::fmt::Debug,
{
    fn ask(&mut self, client: &Client, changed: &[Topic]) {
        let answer = client.look(&self.query);
        let told = changed.iter().any(|topic| self.topics.contains(topic));
        assert!(
            told || answer == self.shows,
            "nobody told the screen, only {changed:?} was named: {:?} became {answer:?}",
            self.shows
        );
        self.shows = answer;
        self.topics = self.query.topics(client);
    }

    fn walker(&self) -> Walker {
        self.walker
    }
}

fn screen<Q: Query>(walker: Walker, client: &Client, query: Q) -> Box<dyn Watched>
where
    Q::View: std::fmt::Debug,
{
    let (shows, topics) = (client.look(&query), query.topics(client));
    Box::new(Screen { walker, query, shows, topics })
}

/// Asks every question there is, about what this client has.
pub(crate) fn look_at_everything(client: &Client) {
    everything(Walker { device: 0, tab: 0 }, client);
}

/// Every question there is, about what this client has.
pub(crate) fn everything(walker: Walker, client: &Client) -> Vec<Box<dyn Watched>> {
    let mut all = vec![
        screen(walker, client, Me),
        screen(walker, client, Saving),
        screen(walker, client, WrongDate),
        screen(walker, client, Devices::Mine),
        screen(walker, client, NewDevices),
        screen(walker, client, ThisDevice),
        screen(walker, client, SetAside),
        screen(walker, client, Overruled(None)),
        screen(walker, client, Citizens),
        screen(walker, client, CoordinatorToday),
        screen(walker, client, Team),
        screen(walker, client, SharedWithMe),
        screen(walker, client, OpenPlaces),
        screen(walker, client, Meetings { course: None }),
    ];
    for citizen in client.look(&Citizens) {
        let course = citizen.course;
        all.push(screen(walker, client, Today { course }));
        all.push(screen(walker, client, Plan { course }));
        all.push(screen(walker, client, Promises { course }));
        all.extend(how_it_goes(walker, client, course));
        all.push(screen(walker, client, Supports { course }));
        let supports = client.look(&Supports { course });
        for row in supports.iter().flat_map(|all| all.now.iter().flat_map(|area| &area.rows)) {
            let (document, support) = (row.document, row.id);
            all.push(screen(walker, client, SupportOf { document, support }));
        }
        all.push(screen(walker, client, Bin { course }));
        let network = Network { course, day: None };
        for person in client.look(&network).into_iter().flat_map(|map| map.people) {
            let (document, person) = (person.document, person.id);
            all.push(screen(walker, client, PersonOf { document, person }));
            all.push(screen(walker, client, ConsentFor { network: document, person }));
        }
        all.push(screen(walker, client, network));
        all.push(screen(walker, client, WhomToCall { course }));
        all.push(screen(walker, client, InvitationOf(citizen.person)));
        all.push(screen(walker, client, Devices::Citizen(course)));
        all.push(screen(walker, client, Notebook { course }));
        all.push(screen(walker, client, Search { course, typed: "e".to_owned() }));
        let notebook = client.look(&Notebook { course });
        for note in notebook.into_iter().flat_map(|notebook| notebook.notes) {
            let NoteRow { document, id: note, .. } = note;
            all.push(screen(walker, client, NoteOf { document, note }));
            all.push(screen(walker, client, ShareOf { document, note }));
        }
    }
    all.extend(goals(walker, client));
    all.extend(consents(walker, client));
    let meetings = client.look(&Meetings { course: None });
    for meeting in meetings.upcoming.into_iter().chain(meetings.past) {
        all.push(screen(walker, client, Agenda(meeting.document)));
        all.push(screen(walker, client, Here(meeting.document)));
        all.push(screen(walker, client, MeetingOf(meeting.document)));
    }
    all
}

/// Questions of who sees what, and of all there is for a file.
/// Questions of dreams and goals, and of what could be done next.
fn goals(walker: Walker, client: &Client) -> Vec<Box<dyn Watched>> {
    let mut all = Vec::new();
    for citizen in client.look(&Citizens) {
        let course = citizen.course;
        all.push(screen(walker, client, Next { course }));
        for dream in client.look(&Plan { course }).into_iter().flat_map(|plan| plan.dreams) {
            let statement = Statement::Dream(dream.id);
            all.push(screen(walker, client, SaidOf { document: course, statement }));
        }
        for goal in client.look(&Today { course }).goals {
            let GoalRow { document, id: goal, .. } = goal;
            all.push(screen(walker, client, GoalOf { document, goal }));
            all.extend(sources(walker, client, GoalOf { document, goal }));
        }
    }
    all
}

/// Questions of whose words a goal is made of, and what belongs to it.
fn sources(walker: Walker, client: &Client, goal: GoalOf) -> Vec<Box<dyn Watched>> {
    let Some(found) = client.look(&goal) else { return Vec::new() };
    let document = goal.document;
    let milestones = found.milestones.iter().map(|row| Statement::Milestone(row.id));
    let agreements = found.agreements.iter().map(|row| Statement::Agreement(row.id));
    let all = milestones.chain(agreements).chain([Statement::Goal(goal.goal)]);
    all.map(|statement| screen(walker, client, SaidOf { document, statement })).collect()
}

/// Questions of who sees what.
fn consents(walker: Walker, client: &Client) -> Vec<Box<dyn Watched>> {
    let mut all = vec![screen(walker, client, FileOut), screen(walker, client, FileIn)];
    for citizen in client.look(&Citizens) {
        let course = citizen.course;
        all.push(screen(walker, client, Everything { course, with_notes: true }));
        let who_sees = client.look(&WhoSees { course });
        for row in who_sees.iter().flat_map(|all| all.people.iter().chain(&all.before)) {
            all.push(screen(walker, client, ConsentsOf { document: row.document }));
        }
        all.push(screen(walker, client, WhoSees { course }));
        let area = LifeArea::from_key("housing");
        all.extend(area.map(|area| screen(walker, client, Shown { course, area })));
    }
    for row in client.look(&SharedWithMe) {
        all.push(screen(walker, client, ConsentsOf { document: row.document }));
        for area in row.areas.into_iter().filter_map(|seen| seen.area) {
            all.push(screen(walker, client, Shown { course: row.course, area }));
        }
    }
    all
}

/// Questions of how far it has come and how it goes.
fn how_it_goes(walker: Walker, client: &Client, course: DocumentId) -> Vec<Box<dyn Watched>> {
    let mut all = vec![
        screen(walker, client, MyCourse { course }),
        screen(walker, client, Assessments { course }),
        screen(walker, client, ResultsBoard { course }),
    ];
    for row in client.look(&Assessments { course }).into_iter().flat_map(|all| all.areas) {
        all.push(screen(walker, client, QuestionFor { course, area: row.area.clone() }));
        all.push(screen(walker, client, AreaAssessments { course, area: row.area }));
    }
    all
}
