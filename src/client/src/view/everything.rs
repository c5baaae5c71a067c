//! All that a citizen has, in one answer: what a file of it says to people.

use domain::{Day, LifeArea};
use trust::{DocumentId, Kind};

use super::agenda::{Agenda, AgendaView};
use super::assessments::{AreaAssessments, AreaAssessmentsView};
use super::consents::{ConsentsOf, ConsentsView};
use super::meetings::{MeetingRow, Meetings};
use super::network::{Network, PersonOf, PersonView};
use super::notebook::{NoteOf, NoteView, Notebook};
use super::plan::{AgreementRow, DreamRow, GoalOf, GoalView, Plan};
use super::support::{SupportRow, Supports};
use crate::client::{Client, Query, Topic, who};

/// All of a course, for its citizen and nobody else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Everything {
    /// The course.
    pub course: DocumentId,
    /// Whether the notes of "Kun mig" belong to it.
    pub with_notes: bool,
}

/// All of a course. What was thrown out is not in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EverythingView {
    /// What the citizen is called; empty when nobody has said.
    pub name: String,
    /// Which day it is.
    pub day: Day,
    /// Dreams, in order.
    pub dreams: Vec<DreamRow>,
    /// Goals with their steps and agreements, by life area.
    pub goals: Vec<GoalView>,
    /// Agreements that belong to no goal.
    pub other_agreements: Vec<AgreementRow>,
    /// Everybody on the network map, the nearest first; then those who are missing.
    pub people: Vec<PersonView>,
    /// The help there is now, then what there was before.
    pub supports: Vec<SupportRow>,
    /// How it goes, in each life area of which something was said.
    pub how_it_goes: Vec<AreaAssessmentsView>,
    /// Meetings with their agendas, those to come first.
    pub meetings: Vec<(MeetingRow, AgendaView)>,
    /// Who was let in, and what was declared.
    pub consents: Vec<ConsentsView>,
    /// The notes of "Kun mig".
    pub notes: Vec<NoteView>,
}

impl Query for Everything {
    type View = Option<EverythingView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of(client.all_documents());
        topics.extend([Topic::Clock, Topic::Saving, Topic::Me]);
        topics
    }

    fn look(&self, client: &Client) -> Option<EverythingView> {
        let course = self.course;
        let sheet = client.sheets.get(&course).filter(|sheet| !sheet.gone)?;
        let me = client.me.person.filter(|me| client.citizen_of(sheet) == Some(*me))?;
        let goals = all_goals(client, course);
        let mut other_agreements = client.agreements(Some(course));
        other_agreements
            .retain(|agreement| goals.iter().all(|goal| Some(goal.row.id) != agreement.goal));
        Some(EverythingView {
            name: client.named(who(me)).name,
            day: client.local_now().day,
            dreams: Plan { course }.look(client).map(|plan| plan.dreams).unwrap_or_default(),
            goals,
            other_agreements,
            people: all_people(client, course),
            supports: all_supports(client, course),
            how_it_goes: how_it_goes(client, course),
            meetings: all_meetings(client, course),
            consents: all_consents(client, course),
            notes: if self.with_notes { all_notes(client, course) } else { Vec::new() },
        })
    }
}

fn all_goals(client: &Client, course: DocumentId) -> Vec<GoalView> {
    let areas = Plan { course }.look(client).map(|plan| plan.areas).unwrap_or_default();
    let rows = areas.into_iter().flat_map(|area| area.goals);
    rows.filter_map(|row| GoalOf { document: row.document, goal: row.id }.look(client)).collect()
}

fn all_people(client: &Client, course: DocumentId) -> Vec<PersonView> {
    let Some(map) = (Network { course, day: None }).look(client) else { return Vec::new() };
    let rows = map.people.into_iter().chain(map.missing);
    rows.filter_map(|row| PersonOf { document: row.document, person: row.id }.look(client))
        .collect()
}

fn all_supports(client: &Client, course: DocumentId) -> Vec<SupportRow> {
    let Some(all) = (Supports { course }).look(client) else { return Vec::new() };
    all.now.into_iter().flat_map(|area| area.rows).chain(all.before).collect()
}

fn how_it_goes(client: &Client, course: DocumentId) -> Vec<AreaAssessmentsView> {
    let areas: Vec<LifeArea> = client.life_areas(course);
    let views = areas.into_iter().filter_map(|area| AreaAssessments { course, area }.look(client));
    let is_said =
        |view: &AreaAssessmentsView| !view.by_citizen.is_empty() || !view.by_coordinator.is_empty();
    views.filter(is_said).collect()
}

fn all_meetings(client: &Client, course: DocumentId) -> Vec<(MeetingRow, AgendaView)> {
    let all = Meetings { course: Some(course) }.look(client);
    let rows = all.upcoming.into_iter().chain(all.past);
    rows.filter_map(|row| Agenda(row.document).look(client).map(|agenda| (row, agenda))).collect()
}

fn all_consents(client: &Client, course: DocumentId) -> Vec<ConsentsView> {
    let documents = client.parts(Some(course), Kind::Consents).map(|(document, _)| document);
    documents.filter_map(|document| ConsentsOf { document }.look(client)).collect()
}

fn all_notes(client: &Client, course: DocumentId) -> Vec<NoteView> {
    let rows = Notebook { course }.look(client).map(|all| all.notes).unwrap_or_default();
    rows.into_iter()
        .filter_map(|row| NoteOf { document: row.document, note: row.id }.look(client))
        .collect()
}
