//! The screens, one file each: read one view, name the actions, draw.

mod about_to_show;
mod add_line;
mod agenda;
mod agreement;
mod aloud;
mod area_assessments;
mod aside;
mod assessments;
mod avoid;
mod bin;
mod blank;
mod board;
mod consent;
mod course;
mod devices;
mod dreams;
mod erase_button;
mod fetched;
mod file;
mod file_in;
mod goal;
mod guest;
mod help;
mod invitation;
mod kept_answers;
mod kept_aside;
mod later;
mod let_see;
mod me;
mod meeting_form;
mod meetings;
mod milestones;
mod network;
mod new_device;
mod new_goal;
mod new_person;
mod new_support;
mod next;
mod notebook;
mod nowhere;
mod one_support;
mod open_places;
mod other_courses;
mod overlaps;
mod overruled;
mod person;
mod plan;
mod promises;
mod reworded;
mod said_by;
mod search;
mod share_note;
mod shared_copies;
mod shown;
mod slip;
#[cfg(feature = "staff")]
mod staff;
#[cfg(not(feature = "staff"))]
#[path = "screens/staff_elsewhere.rs"]
mod staff;
mod support;
mod today;
mod together;
mod topic;
mod welcome;
mod who_sees;
mod wishes;

pub(crate) use blank::Blank;
pub(crate) use fetched::{Piece, addition, fetch_later, when_tools_come};

use client::DocumentId;
use leptos::prelude::*;

use crate::part::Part;
use crate::routes::Place;

/// The screen of a place, for the one who holds the device.
pub(crate) fn screen(part: Part, place: &Place) -> AnyView {
    match (part, place) {
        (Part::Opening, _) => ().into_any(),
        (part, Place::Help) => view! { <help::Help part/> }.into_any(),
        (Part::Outside, Place::FileIn | Place::Aloud) => fetched::screen(None, place),
        (Part::Outside, _) => view! { <welcome::Welcome/> }.into_any(),
        (Part::Citizen(course), place) => citizens_screen(course, place),
        (Part::Guest(_), place) => fetched::screen(None, place),
        (Part::Staff, place) => staff::screen(place),
        (Part::Beside(course), place) => staff::beside_screen(course, place),
    }
}

/// What says that two sit together, and ends it.
pub(crate) fn beside(part: Part) -> Option<AnyView> {
    if let Part::Beside(course) = part { Some(staff::beside(course)) } else { None }
}

fn citizens_screen(course: DocumentId, place: &Place) -> AnyView {
    match place {
        Place::Today => view! { <today::Today course/> }.into_any(),
        Place::Plan(_) => view! { <plan::Plan course/> }.into_any(),
        place => shared_screen(Some(course), place),
    }
}

/// What citizens and those who work here see alike.
fn shared_screen(course: Option<DocumentId>, place: &Place) -> AnyView {
    match place {
        Place::Invitation => view! { <welcome::Welcome/> }.into_any(),
        _ => fetched::screen(course, place),
    }
}
