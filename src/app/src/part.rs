//! Which app this is for the one who holds the device: a citizen's, a coordinator's, or nobody's yet.

use client::DocumentId;
use client::view::{Me, MeStage, MeView};
use domain::Role;
use kit::Live;

use crate::around::use_around;
use crate::hooks::use_view;

/// Which part the one who holds the device has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The disk is being read; there is nothing to show.
    Opening,
    /// Not let in, or not everything is here yet.
    Outside,
    /// A citizen, in this course.
    Citizen(DocumentId),
    /// Somebody whom a citizen has let in, with what was declared about them.
    Guest(DocumentId),
    /// A coordinator, or the daily lead.
    Staff,
    /// One of them who sits together with a citizen: the citizen's view of this course, and nothing
    /// of anybody else's.
    Beside(DocumentId),
}

impl Part {
    /// The course as a path names it: a citizen has only one, which no path names.
    pub(crate) fn course_in_path(self, course: DocumentId) -> Option<DocumentId> {
        (self == Self::Staff).then_some(course)
    }

    /// The one course that is on the screen: the citizen's, or the one they sit together over.
    pub(crate) fn own_course(self) -> Option<DocumentId> {
        match self {
            Self::Citizen(course) | Self::Beside(course) => Some(course),
            _ => None,
        }
    }

    fn of(me: &MeView, beside: Option<DocumentId>) -> Self {
        // A device that needs a new code has everything it had.
        let stage = if me.is_forgotten { MeStage::In } else { me.stage };
        match (stage, me.role, me.course.or(me.consents)) {
            (MeStage::Opening, ..) => Self::Opening,
            (MeStage::In, Some(Role::Coordinator | Role::DailyLead), _) => {
                beside.map_or(Self::Staff, Self::Beside)
            }
            (MeStage::In, Some(Role::Participant), Some(consents)) => Self::Guest(consents),
            (MeStage::In, _, Some(course)) => Self::Citizen(course),
            _ => Self::Outside,
        }
    }
}

/// The part, told only when it becomes another.
pub(crate) fn use_part() -> Live<Part> {
    let me = use_view(|| Me);
    let beside = use_around().beside();
    Live::memo(move || me.with(|me| Part::of(me, beside.get())))
}
