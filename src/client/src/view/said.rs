//! Whose words a statement is made of, and who wrote it down.

use documents::{Statement, area, course};
use domain::{Source, Who};
use trust::DocumentId;

use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// Whose words it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Whose; the writer's own, when nobody has said.
    pub source: Source,
    /// Whether nobody has said.
    pub is_writers: bool,
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// Who wrote it down.
    pub writer: Option<Named>,
}

/// One statement, and whose words it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SaidOf {
    /// The document it stands in.
    pub document: DocumentId,
    /// Which.
    pub statement: Statement,
}

/// A statement to look at, and whose words it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidView {
    /// What it says.
    pub words: String,
    /// Whose words; `None` where nobody knows who wrote it.
    pub said: Option<Said>,
    /// Whose course it is.
    pub citizen: Option<Named>,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
    /// Whether I may say whose words it is.
    pub can_write: bool,
}

impl Said {
    /// Whether somebody else than the one whose words it is wrote it down.
    pub fn other_writer(&self) -> Option<&Named> {
        let is_citizens = |writer: &&Named| {
            self.source == Source::Citizen
                && self.citizen.as_ref().map(|citizen| citizen.who) == Some(writer.who)
        };
        self.writer.as_ref().filter(|writer| !self.is_writers && !is_citizens(writer))
    }
}

impl Query for SaidOf {
    type View = Option<SaidView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([self.document]);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<SaidView> {
        let sheet = client.sheets.get(&self.document).filter(|sheet| !sheet.gone)?;
        let Found { words, source, by } = found(sheet, self.statement)?;
        Some(SaidView {
            words,
            said: client.said(sheet, source.as_ref(), by),
            citizen: client.citizen_of(sheet).map(|citizen| client.named(who(citizen))),
            readers: client.readers(sheet),
            can_write: client.can_write(sheet),
        })
    }
}

struct Found {
    words: String,
    source: Option<Source>,
    by: Option<Who>,
}

fn found(sheet: &Sheet, statement: Statement) -> Option<Found> {
    let of = |words, source, by| Found { words, source, by };
    if let Statement::Dream(id) = statement {
        let mut dreams = course::read(&sheet.paper).0.dreams.into_iter();
        let dream = dreams.find(|dream| dream.id == id)?;
        return Some(of(dream.text.text, dream.said, dream.by));
    }
    let (plan, _) = area::read(&sheet.paper);
    match statement {
        Statement::Dream(_) => None,
        Statement::Goal(id) => {
            let goal = plan.goals.into_iter().find(|goal| goal.id == id)?;
            Some(of(goal.title.text, goal.said, goal.by))
        }
        Statement::Milestone(id) => {
            let mut all = plan.goals.into_iter().flat_map(|goal| goal.milestones);
            let milestone = all.find(|milestone| milestone.id == id)?;
            Some(of(milestone.text.text, milestone.said, milestone.by))
        }
        Statement::Agreement(id) => {
            let agreement = plan.agreements.into_iter().find(|agreement| agreement.id == id)?;
            Some(of(agreement.what.text, agreement.said, agreement.by))
        }
        Statement::Saying(id) => {
            let said = plan.assessments.into_iter().find(|said| said.id == id)?;
            let source = said.source();
            Some(of(said.words.text, source, said.by))
        }
    }
}

impl Client {
    /// Whose words something is, where that is known.
    pub(crate) fn said(
        &self,
        sheet: &Sheet,
        source: Option<&Source>,
        by: Option<Who>,
    ) -> Option<Said> {
        let writer = by.map(|who| self.named(who));
        let own = || Source::of_writer(writer.as_ref()?.role, &writer.as_ref()?.name);
        Some(Said {
            source: source.cloned().or_else(own)?,
            is_writers: source.is_none(),
            citizen: self.citizen_of(sheet).map(|citizen| self.named(who(citizen))),
            writer,
        })
    }
}
