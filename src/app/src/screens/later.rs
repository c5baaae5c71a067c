//! The screens that a first visit does not wait for. In the app that citizens download they lie in a module
//! of their own, which comes once the first screen stands (`fetched.rs`); so does whatever only they use.

use client::DocumentId;
use leptos::prelude::*;

use super::agenda::Agenda;
use super::aside::Aside;
use super::bin::Bin;
use super::me::Me;
use super::meeting_form::{ChangeMeeting, NewMeeting};
use super::new_support::NewSupport;
use super::nowhere::Nowhere;
use super::one_support::OneSupport;
use super::promises::Promises;
use super::support::Support;
use crate::routes::Place;

/// The screen of a place, where there is one course to show or the place names its document.
pub(super) fn screen(course: Option<DocumentId>, place: &Place) -> AnyView {
    match (place, course) {
        (Place::NewMeeting(_), Some(course)) => view! { <NewMeeting course/> }.into_any(),
        (Place::Promises(_), Some(course)) => view! { <Promises course/> }.into_any(),
        (Place::Support(_), Some(course)) => view! { <Support course/> }.into_any(),
        (&Place::NewSupport(course), _) => view! { <NewSupport course/> }.into_any(),
        (&Place::SupportOf(_, document, support), _) => {
            view! { <OneSupport document support/> }.into_any()
        }
        (Place::Bin(_), Some(course)) => view! { <Bin course/> }.into_any(),
        (&Place::Agenda(document), _) => view! { <Agenda document/> }.into_any(),
        (&Place::MeetingTime(document), _) => view! { <ChangeMeeting document/> }.into_any(),
        (Place::Aside, _) => view! { <Aside/> }.into_any(),
        (Place::Me, _) => view! { <Me/> }.into_any(),
        _ => view! { <Nowhere/> }.into_any(),
    }
}
