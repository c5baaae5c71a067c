//! What people say of how it goes, in a random history.

use client::view::{AreaAssessments, Citizens, Me};
use client::{Saying, ToolCommand};
use domain::{LifeArea, Score, Voice};

use super::History;
use crate::town::Walker;

/// The part of life that all of them speak of. Nobody has when the history begins.
fn money() -> LifeArea {
    LifeArea::from_key("money").unwrap()
}

impl History {
    pub(super) fn assess(&mut self, who: Walker) {
        // A phone that nobody has let in yet has no course.
        let is_staff = !self.town.look(who, &Citizens).is_empty();
        if !is_staff && self.town.look(who, &Me).course.is_none() {
            return;
        }
        let course = self.course_of(who);
        let voice = if is_staff { Voice::Coordinator } else { Voice::Citizen };
        self.words += 1;
        let words = format!("<{} æ🐕>", self.words);
        // There is no 0: then it is words alone.
        let score = Score::new(self.town.below(6) as i64);
        let saying = Saying { area: money(), voice, score, words: words.clone() };
        if self.try_it(who, ToolCommand::Assess(course, saying)).is_some() {
            self.pending.entry(who).or_default().push(words);
        }
    }

    /// All of it that somebody sees, as one text.
    pub(super) fn said(&self, who: Walker) -> String {
        let course = self.course_of(who);
        let here = self.town.look(who, &AreaAssessments { course, area: money() });
        let rows = here.into_iter().flat_map(|all| [all.by_citizen, all.by_coordinator]).flatten();
        rows.map(|row| format!("{}: {:?} {:?} {}\n", row.id, row.day, row.score, row.words))
            .collect()
    }
}
