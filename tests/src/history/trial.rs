//! What people do to an agreement that is a trial, in a random history.

use client::{Command, PlanCommand, TextField};
use domain::Splice;

use super::History;
use crate::town::Walker;

impl History {
    /// Writes what was learnt, or says that it is no trial, or that it is one after all.
    pub(super) fn learn(&mut self, who: Walker) {
        let seen = self.agreements_of(who);
        let at = self.town.below(seen.len() as u64 + 1) as usize;
        let Some(row) = seen.get(at) else { return };
        let document = self.area;
        if self.town.below(3) == 0 {
            let turned = PlanCommand::SetTrial(row.id, !row.is_trial);
            self.try_it(who, Command::Plan(document, turned));
            return;
        }
        self.words += 1;
        let word = format!("<{}>", self.words);
        let splice = Splice { at: 0, delete: 0, insert: word.clone() };
        let field = TextField::Learnt(row.id);
        if self.town.try_run(who, Command::Write { document, field, splice }).is_ok() {
            self.pending.entry(who).or_default().push(word);
        }
    }
}
