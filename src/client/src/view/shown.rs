//! What somebody sees whom the citizen has let in: the same before the yes, on the citizen's phone, and after
//! it, on theirs.

use documents::area;
use domain::{Goal, ItemId, LifeArea};
use trust::{DocumentId, Kind, Role};

use super::assessments::SayingRow;
use super::consents::SeenArea;
use super::people::Named;
use super::plan::{AgreementRow, GoalRow};
use super::said::Said;
use super::support::SupportRow;
use crate::client::{Client, Query, Topic, who};

/// All that stands in a life area of a course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The course, which may be known here by name alone.
    pub course: DocumentId,
    /// The area.
    pub area: LifeArea,
}

/// All that stands in a life area.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ShownView {
    /// Whose it is.
    pub citizen: Option<Named>,
    /// Goals, in order.
    pub goals: Vec<ShownGoal>,
    /// Agreements that belong to no goal.
    pub agreements: Vec<AgreementRow>,
    /// The help there is now.
    pub supports: Vec<SupportRow>,
    /// How it goes, the newest first.
    pub sayings: Vec<SayingRow>,
    /// Who reads it, I first.
    pub readers: Vec<Named>,
}

/// A goal and what belongs to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownGoal {
    /// As in a list.
    pub row: GoalRow,
    /// Whose words it is.
    pub said: Option<Said>,
    /// Milestones: their names, what they say, and whether they are reached.
    pub milestones: Vec<(ItemId, String, bool)>,
    /// Small steps: their names, what they say, and whether they are done.
    pub steps: Vec<(ItemId, String, bool)>,
    /// Agreements.
    pub agreements: Vec<AgreementRow>,
}

/// Everything that was shared with me.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SharedWithMe;

/// One citizen's things that were shared with me.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SharedRow {
    /// The document of what was declared about me.
    pub document: DocumentId,
    /// The course.
    pub course: DocumentId,
    /// Whose it is.
    pub citizen: Named,
    /// The coordinators, who can be asked.
    pub coordinators: Vec<Named>,
    /// What I see.
    pub areas: Vec<SeenArea>,
}

impl ShownView {
    /// Whether nothing stands there yet.
    pub fn is_empty(&self) -> bool {
        let Self { goals, agreements, supports, sayings, .. } = self;
        goals.is_empty() && agreements.is_empty() && supports.is_empty() && sayings.is_empty()
    }
}

impl Query for Shown {
    type View = Option<ShownView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of_areas(self.course)
    }

    fn look(&self, client: &Client) -> Option<ShownView> {
        let (course, today) = (self.course, client.today());
        let me = client.me.person?;
        let mut shown = ShownView::default();
        let mut agreements = client.agreements(Some(course));
        for document in client.documents_of_area(course, &self.area) {
            let sheet = client.sheets.get(&document)?;
            if sheet.membership.role(me, today).is_none() {
                continue;
            }
            let citizen = client.citizen_of(sheet).map(|citizen| client.named(who(citizen)));
            shown.citizen = shown.citizen.or(citizen);
            let (plan, _) = area::read(&sheet.paper);
            let sayings = plan.assessments.into_iter();
            let sayings = sayings.map(|one| client.saying_row((document, sheet), one));
            shown.sayings.extend(sayings);
            for goal in plan.goals {
                shown.goals.extend(client.shown_goal(document, &goal, &mut agreements));
            }
            let here = agreements.iter().filter(|row| row.document == document);
            shown.agreements.extend(here.cloned());
            shown.readers = client.readers_of_area(course, &self.area);
        }
        shown.sayings.reverse();
        shown.supports = client.supports(course);
        shown.supports.retain(|row| row.area.as_ref() == Some(&self.area) && !row.is_over);
        let is_mine_to_see = client.sheets.contains_key(&course) || shown.citizen.is_some();
        is_mine_to_see.then_some(shown)
    }
}

impl Query for SharedWithMe {
    type View = Vec<SharedRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let areas = client.of_kind(Kind::LifeArea).map(|(document, _)| document);
        let mut topics = client.topics_of(areas);
        topics.extend([Topic::Me, Topic::Clock]);
        topics
    }

    fn look(&self, client: &Client) -> Vec<SharedRow> {
        let row = |(document, sheet): (DocumentId, &crate::sheet::Sheet)| {
            let me = client.me.person?;
            sheet.membership.role(me, client.today()).filter(|role| *role == Role::Participant)?;
            let mut coordinators = client.readers(sheet);
            coordinators.retain(|named| named.role == Some(domain::Role::Coordinator));
            Some(SharedRow {
                document,
                course: sheet.membership.parent?,
                citizen: client.citizen_of(sheet).map(|citizen| client.named(who(citizen)))?,
                coordinators,
                areas: client.let_in_by(document, sheet)?.areas,
            })
        };
        client.of_kind(Kind::Consents).filter_map(row).collect()
    }
}

impl Client {
    /// A goal with what belongs to it, which is taken out of `agreements`.
    fn shown_goal(
        &self,
        document: DocumentId,
        goal: &Goal,
        agreements: &mut Vec<AgreementRow>,
    ) -> Option<ShownGoal> {
        let sheet = self.sheets.get(&document)?;
        let row = self.goal_row(document, sheet, (area::read(&sheet.paper).0.area, goal));
        let step = |step: &domain::Step| (step.id, step.text.text.clone(), step.done_ms.is_some());
        let belongs =
            |row: &mut AgreementRow| row.document == document && row.goal == Some(goal.id);
        let agreements = agreements.extract_if(.., belongs).collect();
        let milestone =
            |one: &domain::Milestone| (one.id, one.text.text.clone(), one.reached_ms.is_some());
        Some(ShownGoal {
            row,
            said: self.said(sheet, goal.said.as_ref(), goal.by),
            milestones: goal.milestones.iter().map(milestone).collect(),
            steps: goal.steps.iter().map(step).collect(),
            agreements,
        })
    }
}
