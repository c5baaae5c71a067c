//! In a random history: the time and the place of a meeting, which two may change at once.

use client::ToolCommand;
use client::view::Overruled;
use domain::MeetingChange;

use super::History;
use crate::town::Walker;

impl History {
    /// Somebody changes the place of a meeting, or how long it lasts, and answers what they have lost by that.
    pub(super) fn change_meeting(&mut self, who: Walker) {
        let document = self.meetings[self.town.below(2) as usize];
        let minutes = [30, 60, 90][self.town.below(3) as usize];
        let change = match self.town.below(2) {
            0 => MeetingChange { minutes: Some(minutes), ..MeetingChange::default() },
            _ => {
                self.words += 1;
                let place = Some(format!("Sted {}", self.words));
                MeetingChange { place, ..MeetingChange::default() }
            }
        };
        self.try_it(who, ToolCommand::ChangeMeeting { document, change });
        for row in self.town.look(who, &Overruled(None)) {
            let (document, place) = (row.document, row.place);
            if self.town.below(2) == 0 {
                self.try_it(who, ToolCommand::TakeMine(document, place));
            } else {
                self.try_it(who, ToolCommand::SawOverruled(document, place));
            }
        }
    }
}
