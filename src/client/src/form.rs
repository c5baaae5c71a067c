//! A form about something that others may change while it is open. A box follows what stands in the document until it
//! is touched; what was not touched is not written.

use domain::{LocalTime, Meeting, MeetingChange, NoMeeting};

use crate::refusal::Refusal;
use crate::tool::ToolCommand;
use crate::view::MeView;

/// A meeting lasts so long where nobody has said.
const MINUTES_SUGGESTED: u16 = 60;

/// One box of a form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry<T>(Option<Touched<T>>);

/// What somebody has put in a box.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Touched<T> {
    /// What stood there when they began.
    found: T,
    typed: T,
}

impl<T: Clone + PartialEq> Entry<T> {
    /// Something is put in the box, where the document says `now`.
    pub fn touch(&mut self, typed: T, now: &T) {
        let found = self.0.take().map_or_else(|| now.clone(), |touched| touched.found);
        self.0 = Some(Touched { found, typed });
    }

    /// The box follows the document again.
    pub fn leave(&mut self) {
        self.0 = None;
    }

    /// What stands in the box, where the document says `now`.
    pub fn shown(&self, now: &T) -> T {
        self.0.as_ref().map_or(now, |touched| &touched.typed).clone()
    }

    /// What is to be written; `None` where nobody has touched it, or it is so already.
    pub fn change(&self, now: &T) -> Option<T> {
        self.0.as_ref().map(|touched| &touched.typed).filter(|typed| *typed != now).cloned()
    }

    /// Whether somebody else has written something else since it was touched.
    pub fn is_overtaken(&self, now: &T) -> bool {
        self.0.as_ref().is_some_and(|touched| touched.found != *now && touched.typed != *now)
    }
}

/// The form of a meeting: when, where and how long.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MeetingForm {
    /// `yyyy-mm-dd`.
    pub day: Entry<String>,
    /// `hh:mm`.
    pub time: Entry<String>,
    /// How long.
    pub minutes: Entry<u16>,
    /// Where.
    pub place: Entry<String>,
}

/// What stands in the boxes of a [`MeetingForm`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingBoxes {
    /// `yyyy-mm-dd`.
    pub day: String,
    /// `hh:mm`.
    pub time: String,
    /// How long.
    pub minutes: u16,
    /// Where.
    pub place: String,
}

impl MeetingBoxes {
    /// What the document says.
    pub fn of(meeting: &Meeting) -> Self {
        let starts = meeting.starts.map(|starts| starts.to_string()).unwrap_or_default();
        let (day, time) = starts.split_once('T').unwrap_or_default();
        Self {
            day: day.to_owned(),
            time: time.to_owned(),
            minutes: meeting.minutes.unwrap_or(MINUTES_SUGGESTED),
            place: meeting.place.clone(),
        }
    }
}

impl MeetingForm {
    /// What stands in the boxes, where the document says `now`.
    pub fn shown(&self, now: &Meeting) -> MeetingBoxes {
        let now = MeetingBoxes::of(now);
        MeetingBoxes {
            day: self.day.shown(&now.day),
            time: self.time.shown(&now.time),
            minutes: self.minutes.shown(&now.minutes),
            place: self.place.shown(&now.place),
        }
    }

    /// What is to be written.
    ///
    /// # Errors
    /// A [`Refusal`], with what to change.
    pub fn change(&self, now: &Meeting) -> Result<MeetingChange, Refusal> {
        let (shown, boxes) = (self.shown(now), MeetingBoxes::of(now));
        let is_moved = self.day.change(&boxes.day).or(self.time.change(&boxes.time)).is_some();
        let starts = is_moved.then(|| moment(&shown)).transpose()?;
        let place = self.place.change(&boxes.place);
        // Of a meeting that has no length yet, what stands in the box is what was meant.
        let unsaid = now.minutes.is_none().then_some(shown.minutes);
        let minutes = self.minutes.change(&boxes.minutes).or(unsaid.filter(|_| is_moved));
        Ok(MeetingChange { starts, minutes, place }.checked()?)
    }

    /// A new meeting, which must have a time.
    ///
    /// # Errors
    /// A [`Refusal`], with what to change.
    pub fn new_meeting(&self) -> Result<Meeting, Refusal> {
        let shown = self.shown(&Meeting::default());
        Ok(Meeting::at(moment(&shown)?, shown.minutes, &shown.place)?)
    }
}

fn moment(boxes: &MeetingBoxes) -> Result<LocalTime, NoMeeting> {
    Ok([boxes.day.as_str(), &boxes.time].join("T").parse()?)
}

/// The form of what I am called.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MeForm {
    /// What I am called.
    pub name: Entry<String>,
    /// My telephone number.
    pub phone: Entry<String>,
}

impl MeForm {
    /// What is to be said.
    pub fn command(&self, now: &MeView) -> ToolCommand {
        let (name, phone) = (self.name.change(&now.name), self.phone.change(&now.phone));
        ToolCommand::CallMe { name, phone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(starts: &str, place: &str) -> Meeting {
        Meeting::at(starts.parse().unwrap(), 60, place).unwrap()
    }

    #[test]
    fn what_was_not_touched_follows_the_document_and_is_not_written() {
        let before = meeting("2026-11-26T10:30", "Kulturhuset");
        let mut form = MeetingForm::default();
        form.place.touch("Biblioteket".to_owned(), &before.place);
        let now = meeting("2026-11-26T13:00", "Kulturhuset");
        assert_eq!(form.shown(&now).time, "13:00");
        assert_eq!(form.shown(&now).place, "Biblioteket");
        let place = Some("Biblioteket".to_owned());
        let change = MeetingChange { place, ..MeetingChange::default() };
        assert_eq!(form.change(&now), Ok(change));
        assert!(!form.place.is_overtaken(&now.place));
    }

    #[test]
    fn another_day_keeps_the_time_that_somebody_else_has_set_meanwhile() {
        let before = meeting("2026-11-26T10:30", "Kulturhuset");
        let mut form = MeetingForm::default();
        form.day.touch("2026-11-27".to_owned(), &MeetingBoxes::of(&before).day);
        let change = form.change(&meeting("2026-11-26T13:00", "Kulturhuset")).unwrap();
        assert_eq!(change.starts, "2026-11-27T13:00".parse().ok());
        assert_eq!((change.minutes, change.place), (None, None));
    }

    #[test]
    fn a_form_that_was_opened_too_early_is_filled_and_writes_nothing_of_its_emptiness() {
        let mut form = MeetingForm::default();
        form.place.touch("Biblioteket".to_owned(), &String::new());
        let change = form.change(&Meeting::default()).unwrap();
        assert_eq!((change.starts, change.minutes), (None, None));
        let now = meeting("2026-11-26T10:30", "Kulturhuset");
        assert_eq!(form.shown(&now).day, "2026-11-26");
        assert!(form.place.is_overtaken(&now.place), "something stood there that was not seen");
        form.place.leave();
        assert_eq!(form.change(&now), Ok(MeetingChange::default()));
    }

    #[test]
    fn a_new_meeting_has_a_time_and_what_is_wrong_is_said() {
        let mut form = MeetingForm::default();
        assert!(form.new_meeting().is_err());
        form.day.touch("2026-11-26".to_owned(), &String::new());
        form.time.touch("10:30".to_owned(), &String::new());
        assert_eq!(form.new_meeting(), Ok(meeting("2026-11-26T10:30", "")));
        form.place.touch("x".repeat(201), &String::new());
        assert_eq!(form.new_meeting(), Err(Refusal::Meeting(NoMeeting::Place)));
    }
}
