//! The screens of those who work here: coordinators and the daily lead.

mod beside;
mod citizen;
mod citizens;
mod team;
mod today;

use leptos::prelude::*;

pub(super) use beside::{beside, beside_screen};

use super::{meetings, new_goal, plan, shared_screen};
use crate::routes::Place;

/// The screen of a place.
pub(super) fn screen(place: &Place) -> AnyView {
    match *place {
        Place::Today => view! { <today::StaffToday/> }.into_any(),
        Place::Meetings => view! { <meetings::Meetings course=None/> }.into_any(),
        Place::Plan(Some(course)) => view! { <plan::Plan course/> }.into_any(),
        Place::NewGoal(course) => view! { <new_goal::NewGoal course/> }.into_any(),
        Place::Citizens => view! { <citizens::Citizens/> }.into_any(),
        Place::NewCitizen => view! { <citizens::NewCitizen/> }.into_any(),
        Place::Citizen(course) => view! { <citizen::Citizen course/> }.into_any(),
        Place::Team => view! { <team::Team/> }.into_any(),
        Place::NewMeeting(course)
        | Place::Promises(course)
        | Place::Network(course)
        | Place::HowItGoes(course)
        | Place::Course(course)
        | Place::ResultsBoard(course)
        | Place::Support(course)
        | Place::WhoSees(course)
        | Place::KeptAside(course)
        | Place::Bin(course)
        | Place::Search(course) => shared_screen(course, place),
        Place::NewPerson(course) => shared_screen(Some(course), place),
        _ => shared_screen(None, place),
    }
}
