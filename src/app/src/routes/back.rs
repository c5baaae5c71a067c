//! Where the way back leads from each place.

use client::view::Devices;
use client::{DocumentId, Statement};
use domain::ItemId;

use super::Place;
use crate::part::Part;

impl Place {
    /// Where the way back leads; `None` on the main places themselves.
    pub(crate) fn back(&self, part: Part) -> Option<Self> {
        let is_staff = part == Part::Staff;
        Some(match *self {
            Self::NewMeeting(_) | Self::Agenda(_) => Self::Meetings,
            Self::MeetingTime(meeting) => Self::Agenda(meeting),
            Self::Slip(..) if is_staff => Self::Citizens,
            Self::SaidBy(here, said, goal) => back_from_whose_words(here, (said, goal), part),
            Self::Goal(..) | Self::Person(..) | Self::SupportOf(None, ..) if is_staff => {
                Self::Citizens
            }
            Self::NewPerson(course) if is_staff => Self::Network(Some(course)),
            Self::NewSupport(course) if is_staff => Self::Support(Some(course)),
            Self::Plan(Some(course)) | Self::Network(Some(course)) | Self::Bin(Some(course))
                if is_staff =>
            {
                Self::Citizen(course)
            }
            Self::NewGoal(course)
            | Self::Promises(Some(course))
            | Self::HowItGoes(Some(course))
            | Self::Course(Some(course))
            | Self::ResultsBoard(Some(course))
            | Self::Support(Some(course))
            | Self::WhoSees(Some(course))
            | Self::Search(Some(course))
                if is_staff =>
            {
                Self::Plan(Some(course))
            }
            Self::Person(..) | Self::NewPerson(_) => Self::Network(None),
            Self::LetSee(network, person) => Self::Person(network, person),
            Self::Consent(_) | Self::Shown(..) if matches!(part, Part::Guest(_)) => Self::Today,
            Self::Consent(_) if is_staff => Self::Citizens,
            Self::Consent(_) => Self::WhoSees(None),
            Self::NewSupport(_) => Self::Support(None),
            Self::SupportOf(course, ..) => Self::Support(course),
            Self::Note(..) => Self::Notebook,
            Self::ShareNote(notebook, note) => Self::Note(notebook, note),
            Self::HowItGoesIn(course, _) => Self::HowItGoes(part.course_in_path(course)),
            Self::Goal(..)
            | Self::Slip(..)
            | Self::NewGoal(_)
            | Self::Promises(_)
            | Self::HowItGoes(_)
            | Self::Course(_)
            | Self::ResultsBoard(_)
            | Self::Support(_)
            | Self::WhoSees(_)
            | Self::Notebook
            | Self::Search(_)
            | Self::Bin(_) => Self::Plan(None),
            Self::Citizen(_) | Self::NewCitizen => Self::Citizens,
            Self::OpenPlaces | Self::Aloud => Self::Help,
            Self::Devices(whose) => back_from_devices(whose, part),
            Self::File => Self::Me,
            Self::FileIn => Self::File,
            Self::Aside | Self::Help | Self::Me | Self::Nowhere => Self::Today,
            _ => return None,
        })
    }
}

/// To whoever they are.
fn back_from_devices(whose: Devices, part: Part) -> Place {
    match whose {
        Devices::Mine if matches!(part, Part::Guest(_)) => Place::Today,
        Devices::Mine => Place::Me,
        Devices::Citizen(course) => Place::Citizen(course),
        Devices::Colleague(_) => Place::Team,
        Devices::Guest(consents) => Place::Consent(consents),
    }
}

/// To the goal that the words stand under, or to the list they stand in.
fn back_from_whose_words(
    here: DocumentId,
    (said, goal): (Statement, Option<ItemId>),
    part: Part,
) -> Place {
    match (said, goal) {
        (_, Some(goal)) => Place::Goal(here, goal),
        (Statement::Dream(_), None) => Place::Plan(part.course_in_path(here)),
        (..) if part == Part::Staff => Place::Citizens,
        (Statement::Saying(_), None) => Place::HowItGoes(None),
        (..) => Place::Plan(None),
    }
}
