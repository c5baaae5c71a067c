//! Milestones on the way to a goal, and whose words a statement is made of.

use documents::{Statement, TextField, area};
use domain::{ItemId, Source};
use trust::DocumentId;

use crate::client::{Client, Made};
use crate::refusal::Refusal;
use crate::run::{Outcome, checked, fill};

/// Something about the milestones of a goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MilestoneCommand {
    /// Add one to a goal, at the end.
    Add(ItemId, String),
    /// It is reached, or not.
    SetReached(ItemId, bool),
    /// Put it at a place among those of its goal: 0 is first.
    Move(ItemId, usize),
}

impl Client {
    pub(crate) fn milestone(&mut self, document: DocumentId, command: MilestoneCommand) -> Outcome {
        let id = self.chance.item();
        self.change(document, |sheet, author| {
            let paper = &mut sheet.paper;
            match command {
                MilestoneCommand::Add(goal, text) => {
                    let (plan, _) = area::read(paper);
                    if !plan.goals.iter().any(|there| there.id == goal) {
                        return Err(Refusal::NotThere);
                    }
                    checked(TextField::Milestone(id), &text)?;
                    area::add_milestone(paper, id, goal, author);
                    fill(sheet, TextField::Milestone(id), &text, author)?;
                }
                MilestoneCommand::SetReached(milestone, reached) => {
                    let at_ms = reached.then_some(author.at_ms);
                    area::set_milestone_reached(paper, milestone, at_ms);
                }
                MilestoneCommand::Move(milestone, place) => {
                    area::move_milestone(paper, milestone, place);
                }
            }
            Ok(Some(Made::Item(document, id)))
        })
    }

    /// Says whose words it is. Who wrote it down stays as it was.
    pub(crate) fn set_source(
        &mut self,
        document: DocumentId,
        statement: Statement,
        source: Option<&Source>,
    ) -> Outcome {
        self.change(document, |sheet, _| {
            statement.set_source(&mut sheet.paper, source);
            Ok(None)
        })
    }
}
