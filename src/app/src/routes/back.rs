//! Where the way back leads.

use client::{DocumentId, Statement};
use domain::ItemId;

use super::{Devices, Place};
use crate::part::Part;

impl Place {
    /// Where the way back leads; `None` on the main places themselves.
    pub(crate) fn back(&self, part: Part) -> Option<Self> {
        let own = if part == Part::Staff { self.back_of_staff() } else { None };
        own.or_else(|| self.back_of_all(part))
    }

    /// Where it leads for those who work here, who have more than one course.
    fn back_of_staff(&self) -> Option<Self> {
        Some(match *self {
            Self::Slip(..)
            | Self::Goal(..)
            | Self::Person(..)
            | Self::SupportOf(None, ..)
            | Self::Consent(_) => Self::Citizens,
            Self::NewPerson(course) => Self::Network(Some(course)),
            Self::NewSupport(course) => Self::Support(Some(course)),
            Self::Plan(Some(course))
            | Self::Network(Some(course))
            | Self::Bin(Some(course))
            | Self::KeptAside(Some(course)) => Self::Citizen(course),
            Self::NewGoal(course)
            | Self::Promises(Some(course))
            | Self::HowItGoes(Some(course))
            | Self::Course(Some(course))
            | Self::ResultsBoard(Some(course))
            | Self::Support(Some(course))
            | Self::WhoSees(Some(course))
            | Self::Search(Some(course)) => Self::Plan(Some(course)),
            _ => return None,
        })
    }

    fn back_of_all(&self, part: Part) -> Option<Self> {
        Some(match *self {
            Self::NewMeeting(_) | Self::Agenda(_) => Self::Meetings,
            Self::MeetingTime(meeting) => Self::Agenda(meeting),
            Self::SaidBy(here, said, goal) => from_whose_words(here, (said, goal), part),
            Self::Person(..) | Self::NewPerson(_) => Self::Network(None),
            Self::LetSee(network, person) => Self::Person(network, person),
            Self::Consent(_) | Self::Shown(..) if matches!(part, Part::Guest(_)) => Self::Today,
            Self::Consent(_) | Self::KeptAside(_) => Self::WhoSees(None),
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
            Self::Devices(whose) => from_devices(whose, part),
            Self::File => Self::Me,
            Self::FileIn => Self::File,
            Self::Aside | Self::Help | Self::Me | Self::Nowhere => Self::Today,
            _ => return None,
        })
    }
}

/// To whoever they are.
fn from_devices(whose: Devices, part: Part) -> Place {
    match whose {
        Devices::Mine if matches!(part, Part::Guest(_)) => Place::Today,
        Devices::Mine => Place::Me,
        Devices::Citizen(course) => Place::Citizen(course),
        Devices::Colleague(_) => Place::Team,
        Devices::Guest(consents) => Place::Consent(consents),
    }
}

/// To the goal that the words stand under, or to the list they stand in.
fn from_whose_words(
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
