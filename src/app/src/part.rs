//! Which app this is for the one who holds the device: a citizen's, a coordinator's, or nobody's yet.

use client::DocumentId;
use client::view::{Me, MeStage, MeView};
use domain::Role;
use kit::Live;

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
    /// A coordinator, or the daily lead.
    Staff,
}

impl Part {
    /// The course as a path names it: a citizen has only one, which no path names.
    pub(crate) fn course_in_path(self, course: DocumentId) -> Option<DocumentId> {
        (self == Self::Staff).then_some(course)
    }

    /// The course of a citizen, who has only one.
    pub(crate) fn own_course(self) -> Option<DocumentId> {
        if let Self::Citizen(course) = self { Some(course) } else { None }
    }

    fn of(me: &MeView) -> Self {
        match (me.stage, me.role, me.course) {
            (MeStage::Opening, ..) => Self::Opening,
            (MeStage::In, Some(Role::Coordinator | Role::DailyLead), _) => Self::Staff,
            (MeStage::In, _, Some(course)) => Self::Citizen(course),
            _ => Self::Outside,
        }
    }
}

/// The part, told only when it becomes another.
pub(crate) fn use_part() -> Live<Part> {
    let me = use_view(|| Me);
    me.part(Part::of)
}
