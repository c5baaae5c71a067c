//! What people do to the help that a citizen gets, in a random history.

use client::view::{SupportRow, Supports};
use client::{
    AreaList, Command, NewSupport, PlanCommand, SupportField, TextField, Thing, ToolCommand,
};
use domain::{LifeArea, Splice, Useful};

use super::History;
use crate::town::Walker;

/// More than enough for one history.
const HELPS: usize = 6;

impl History {
    /// Writes a help down, or does something to one that is there.
    pub(super) fn help(&mut self, who: Walker) {
        let seen = self.supports_of(who);
        let old = self.town.below(seen.len() as u64 + 1) as usize;
        let Some(row) = seen.get(old) else { return self.add_help(who, seen.len()) };
        let (document, id) = (row.document, row.id);
        let day = row.ended.is_none().then(|| "2026-11-21".parse().unwrap());
        match self.town.below(4) {
            0 => {
                let useful = Useful::ALL[self.town.below(3) as usize];
                let field = SupportField::Useful(Some(useful).filter(|_| row.useful.is_none()));
                self.try_it(who, Command::Plan(document, PlanCommand::SetSupport(id, field)));
            }
            1 => {
                let ended = PlanCommand::SetSupport(id, SupportField::Ended(day));
                self.try_it(who, Command::Plan(document, ended));
            }
            2 => {
                let thing = Thing::Area(AreaList::Supports, id);
                self.try_it(who, Command::ThrowOut(document, thing));
            }
            _ => {
                self.words += 1;
                let word = format!("<{}>", self.words);
                let splice = Splice { at: 0, delete: 0, insert: word.clone() };
                let field = TextField::SupportOften(id);
                if self.town.try_run(who, Command::Write { document, field, splice }).is_ok() {
                    self.pending.entry(who).or_default().push(word);
                }
            }
        }
    }

    /// In two areas, of which one has no document before.
    fn add_help(&mut self, who: Walker, seen: usize) {
        if seen >= HELPS {
            return;
        }
        self.words += 1;
        let what = format!("<{}>", self.words);
        let area = ["housing", "money"][self.town.below(2) as usize];
        let area = LifeArea::from_key(area).unwrap();
        let course = self.course;
        let support = NewSupport { what: what.clone(), ..NewSupport::default() };
        if self.try_it(who, ToolCommand::AddSupport { course, area, support }).is_some() {
            self.pending.entry(who).or_default().push(what);
        }
    }

    fn supports_of(&self, who: Walker) -> Vec<SupportRow> {
        let Some(all) = self.town.look(who, &Supports { course: self.course }) else {
            return Vec::new();
        };
        all.now.into_iter().flat_map(|area| area.rows).chain(all.before).collect()
    }

    /// All the help that somebody sees, a line each. By name: where it stands hangs on what their clock says.
    pub(super) fn helps_seen_by(&self, who: Walker) -> String {
        let line = |row: SupportRow| {
            let (what, often) = (row.what.text, row.often.text);
            format!("{}: {what} | {often} | {:?} {:?}\n", row.id, row.useful, row.ended)
        };
        let mut rows = self.supports_of(who);
        rows.sort_by_key(|row| row.id);
        rows.into_iter().map(line).collect()
    }
}
