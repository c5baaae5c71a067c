//! The coordinator's questions: who, what is due, and who has been let in.

use documents::course;
use domain::{Day, Programme, Role, letters};
use sync::message::Standing;
use trust::{DocumentId, InvitationId, Kind, PersonId};

use super::meetings::{MeetingRow, Meetings};
use super::people::Named;
use super::plan::AgreementRow;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// My citizens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Citizens;

/// A citizen in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CitizenRow {
    /// Their course.
    pub course: DocumentId,
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Which programme.
    pub programme: Programme,
    /// Their next meeting.
    pub next_meeting: Option<MeetingRow>,
    /// The latest meeting that has been.
    pub last_meeting: Option<Day>,
    /// How many agreements should have been kept by now.
    pub overdue: usize,
}

/// The newest invitation made here for a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvitationOf(pub PersonId);

/// An invitation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvitationView {
    /// Its name.
    pub invitation: InvitationId,
    /// The code, in two groups of four.
    pub code: String,
    /// How it stands; `None` while the server has not heard of it.
    pub standing: Option<Standing>,
    /// Whether it has been cancelled here, and the server has not heard of that.
    pub is_stopping: bool,
    /// The document that gives the right to make another.
    pub document: DocumentId,
}

/// The coordinator's day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoordinatorToday;

/// What needs me.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoordinatorTodayView {
    /// What I am called.
    pub name: String,
    /// Which day it is.
    pub today: Day,
    /// How many citizens I have.
    pub citizens: usize,
    /// Agreements that wait: broken ones first, then overdue ones, then by day.
    pub promises: Vec<PromiseRow>,
    /// The next meeting of all.
    pub next_meeting: Option<MeetingRow>,
    /// Citizens with no meeting planned.
    pub without_meeting: Vec<CitizenRow>,
}

/// An agreement that waits, and whose it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PromiseRow {
    /// The citizen's course.
    pub course: DocumentId,
    /// What the citizen is called.
    pub citizen: String,
    /// The agreement.
    pub agreement: AgreementRow,
}

/// Those who work in the house.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Team;

/// Those who work in the house.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamView {
    /// Everybody, the lead first, then by name.
    pub people: Vec<Named>,
    /// Whether I may make coordinators.
    pub can_make: bool,
    /// The house's document.
    pub house: Option<DocumentId>,
}

/// Which course does a document belong to?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CourseOf(pub DocumentId);

impl Query for CourseOf {
    type View = Option<DocumentId>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Documents]
    }

    fn look(&self, client: &Client) -> Option<DocumentId> {
        client.sheets.get(&self.0)?.membership.parent
    }
}

impl Query for Citizens {
    type View = Vec<CitizenRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of_everything();
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Vec<CitizenRow> {
        let row = |(document, sheet)| client.citizen_row(document, sheet);
        let mut rows: Vec<CitizenRow> = client.courses().filter_map(row).collect();
        rows.sort_by_key(|row| letters::order(&row.name));
        rows
    }
}

impl Query for InvitationOf {
    type View = Option<InvitationView>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Invitations]
    }

    fn look(&self, client: &Client) -> Option<InvitationView> {
        let row = client.invitations.of(self.0)?;
        Some(InvitationView {
            invitation: row.invitation,
            code: String::from_utf8_lossy(&row.code).into_owned(),
            standing: row.standing,
            is_stopping: row.wanted == Some(Standing::Cancelled),
            document: row.document,
        })
    }
}

impl Query for CoordinatorToday {
    type View = CoordinatorTodayView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        Citizens.topics(client)
    }

    fn look(&self, client: &Client) -> CoordinatorTodayView {
        let citizens = Citizens.look(client);
        let meetings = Meetings { course: None }.look(client);
        let mut promises: Vec<PromiseRow> = citizens
            .iter()
            .flat_map(|citizen| client.promises(citizen))
            .filter(|promise| promise.agreement.state.is_open())
            .collect();
        promises.sort_by_key(|promise| promise.agreement.urgency());
        CoordinatorTodayView {
            name: client.who().map(|me| client.named(me).name).unwrap_or_default(),
            today: client.local_now().day,
            citizens: citizens.len(),
            promises,
            next_meeting: meetings.upcoming.into_iter().find(|row| row.meeting.starts.is_some()),
            without_meeting: citizens
                .into_iter()
                .filter(|row| row.next_meeting.is_none())
                .collect(),
        }
    }
}

impl Query for Team {
    type View = TeamView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of([])
    }

    fn look(&self, client: &Client) -> TeamView {
        let house = client.of_kind(Kind::House).next();
        let mut people = house.map(|(_, sheet)| client.readers(sheet)).unwrap_or_default();
        let lead = |named: &Named| named.role == Some(Role::DailyLead);
        people.sort_by_key(|named| (!lead(named), letters::order(&named.name)));
        let add = trust::Act::Add(trust::Role::Coordinator);
        let may = |sheet: &Sheet| {
            client.me.person.is_some_and(|me| sheet.membership.may(me, client.today(), add))
        };
        TeamView {
            people,
            can_make: house.is_some_and(|(_, sheet)| may(sheet)),
            house: house.map(|(document, _)| document),
        }
    }
}

impl Client {
    fn topics_of_everything(&self) -> Vec<Topic> {
        self.topics_of(self.all_documents())
    }

    fn citizen_row(&self, document: DocumentId, sheet: &Sheet) -> Option<CitizenRow> {
        let person = self.citizen_of(sheet)?;
        let meetings = Meetings { course: Some(document) }.look(self);
        let held = meetings.past.iter().filter(|row| row.meeting.cancelled.is_none());
        let agreements = self.agreements(Some(document));
        Some(CitizenRow {
            course: document,
            person,
            name: self.named(who(person)).name,
            programme: course::read(&sheet.paper).0.programme,
            next_meeting: meetings.upcoming.into_iter().next(),
            last_meeting: held.filter_map(|row| row.meeting.starts).map(|at| at.day).max(),
            overdue: agreements.iter().filter(|agreement| agreement.is_overdue).count(),
        })
    }

    fn promises(&self, citizen: &CitizenRow) -> Vec<PromiseRow> {
        let row = |agreement: AgreementRow| PromiseRow {
            course: citizen.course,
            citizen: citizen.name.clone(),
            agreement,
        };
        self.agreements(Some(citizen.course)).into_iter().map(row).collect()
    }
}
