//! The screens of those who work here: coordinators and the daily lead.

mod beside;
mod citizen;
mod citizens;
mod invitation;
mod team;
mod today;

use leptos::prelude::*;

pub(super) use beside::{beside, beside_screen};

use super::{bin, meeting_form, meetings, new_goal, plan, promises, shared_screen};
use crate::routes::Place;

/// The screen of a place.
pub(super) fn screen(place: &Place) -> AnyView {
    match *place {
        Place::Today => view! { <today::StaffToday/> }.into_any(),
        Place::Meetings => view! { <meetings::Meetings course=None/> }.into_any(),
        Place::NewMeeting(Some(course)) => view! { <meeting_form::NewMeeting course/> }.into_any(),
        Place::Plan(Some(course)) => view! { <plan::Plan course/> }.into_any(),
        Place::NewGoal(course) => view! { <new_goal::NewGoal course/> }.into_any(),
        Place::Promises(Some(course)) => view! { <promises::Promises course/> }.into_any(),
        Place::Bin(Some(course)) => view! { <bin::Bin course/> }.into_any(),
        Place::Citizens => view! { <citizens::Citizens/> }.into_any(),
        Place::NewCitizen => view! { <citizens::NewCitizen/> }.into_any(),
        Place::Citizen(course) => view! { <citizen::Citizen course/> }.into_any(),
        Place::Team => view! { <team::Team/> }.into_any(),
        _ => shared_screen(place),
    }
}
