//! Meetings: when and where, and their agendas.

use documents::{TextField, meeting};
use domain::{Meeting, MeetingChange, TOPICS_MAX};
use trust::{DocumentId, Kind};

use crate::client::{Client, Made};
use crate::refusal::Refusal;
use crate::run::{Outcome, checked, fill};
use crate::tool::AgendaCommand;

impl Client {
    pub(crate) fn make_meeting(&mut self, course: DocumentId, about: &Meeting) -> Outcome {
        let document = self.found_part(course, Kind::Meeting)?;
        self.change(document, |sheet, author| {
            meeting::set_meeting(&mut sheet.paper, about, author);
            Ok(Some(Made::Document(document)))
        })
    }

    pub(crate) fn change_meeting(
        &mut self,
        document: DocumentId,
        change: MeetingChange,
    ) -> Outcome {
        let change = change.checked()?;
        if change == MeetingChange::default() {
            return Ok(None);
        }
        self.change(document, |sheet, author| {
            meeting::change_meeting(&mut sheet.paper, &change, author);
            Ok(None)
        })
    }

    pub(crate) fn cancel_meeting(&mut self, document: DocumentId, cancelled: bool) -> Outcome {
        self.change(document, |sheet, author| {
            meeting::cancel(&mut sheet.paper, cancelled.then_some(author));
            if !cancelled {
                // Whoever reads that it is on again reads by whom.
                meeting::change_meeting(&mut sheet.paper, &MeetingChange::default(), author);
            }
            Ok(None)
        })
    }

    pub(crate) fn agenda(&mut self, document: DocumentId, command: AgendaCommand) -> Outcome {
        let id = self.chance.item();
        self.change(document, |sheet, author| {
            let paper = &mut sheet.paper;
            match command {
                AgendaCommand::AddTopic(title) => {
                    let (agenda, _) = meeting::read_agenda(paper);
                    if agenda.topics.len() >= TOPICS_MAX {
                        return Err(Refusal::TooMany);
                    }
                    checked(TextField::TopicTitle(id), &title)?;
                    meeting::add_topic(paper, id, author);
                    fill(sheet, TextField::TopicTitle(id), &title, author)?;
                }
                AgendaCommand::SetTopic(id, field) => meeting::set_topic(paper, id, field),
                AgendaCommand::MoveTopic(id, place) => meeting::move_topic(paper, id, place),
                AgendaCommand::AddAvoid(text) => {
                    checked(TextField::Avoid(id), &text)?;
                    meeting::add_avoid(paper, id, author);
                    fill(sheet, TextField::Avoid(id), &text, author)?;
                }
                AgendaCommand::AddWish(kind, text) => {
                    meeting::add_wish(paper, id, kind, author);
                    fill(sheet, TextField::Wish(id), &text, author)?;
                }
            }
            Ok(Some(Made::Item(document, id)))
        })
    }
}
