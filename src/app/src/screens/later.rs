//! The screens that a first visit does not wait for. In the app that citizens download they lie in a module
//! of their own, which comes once the first screen stands (`fetched.rs`); so does whatever only they use.

use client::DocumentId;
use leptos::prelude::*;

use super::about_to_show::AboutToShow;
use super::agenda::Agenda;
use super::aloud::ReadAloudChoice;
use super::area_assessments::AreaAssessments;
use super::aside::Aside;
use super::assessments::Assessments;
use super::bin::Bin;
use super::board::Board;
use super::consent::Consent;
use super::course::Course;
use super::devices::Devices;
use super::dreams::Dreams;
use super::fetched::Piece;
use super::file::File;
use super::file_in::FileIn;
use super::goal::Goal;
use super::guest::Guest;
use super::kept_aside::KeptAside;
use super::let_see::LetSee;
use super::me::Me;
use super::meeting_form::{ChangeMeeting, NewMeeting};
use super::meetings::Meetings;
use super::network::Network;
use super::new_device::{NewDevice, PutOut};
use super::new_goal::NewGoal;
use super::new_person::NewPerson;
use super::new_support::NewSupport;
use super::next::Next;
use super::notebook::{Note, Notebook};
use super::nowhere::Nowhere;
use super::one_support::OneSupport;
use super::open_places::OpenPlaces;
use super::other_courses::OtherCourses;
use super::person::Person;
use super::promises::Promises;
use super::said_by::SaidBy;
use super::search::Search;
use super::share_note::ShareNote;
use super::shown::ShownArea;
use super::slip::Slip;
use super::support::Support;
use super::who_sees::WhoSees;
use crate::routes::Place;

/// What is asked for by the half that is here first.
pub(super) fn piece(course: Option<DocumentId>, piece: Piece) -> AnyView {
    match (piece, course) {
        (Piece::Screen(place), course) => screen(course, &place),
        (Piece::OtherCourses, _) => view! { <OtherCourses/> }.into_any(),
        (Piece::Next, Some(course)) => view! { <Next course/> }.into_any(),
        (Piece::Next, None) => ().into_any(),
        (Piece::Dreams(opened, plan), _) => view! { <Dreams opened plan/> }.into_any(),
        (Piece::AboutToShow, _) => view! { <AboutToShow/> }.into_any(),
        (Piece::NewDevice, _) => view! { <NewDevice/> }.into_any(),
        (Piece::PutOut, _) => view! { <PutOut/> }.into_any(),
    }
}

/// The screen of a place, where there is one course to show or the place names its document.
fn screen(course: Option<DocumentId>, place: &Place) -> AnyView {
    match (place, course) {
        (Place::Meetings, Some(_)) => view! { <Meetings course/> }.into_any(),
        (Place::NewGoal(_), Some(course)) => view! { <NewGoal course/> }.into_any(),
        (Place::NewMeeting(_), Some(course)) => view! { <NewMeeting course/> }.into_any(),
        (Place::Promises(_), Some(course)) => view! { <Promises course/> }.into_any(),
        (Place::Network(_), Some(course)) => view! { <Network course/> }.into_any(),
        (Place::NewPerson(_), Some(course)) => view! { <NewPerson course/> }.into_any(),
        (&Place::Person(document, person), _) => view! { <Person document person/> }.into_any(),
        (&Place::LetSee(network, person), _) => view! { <LetSee network person/> }.into_any(),
        (&Place::Consent(document), _) => view! { <Consent document/> }.into_any(),
        (Place::WhoSees(_), Some(course)) => view! { <WhoSees course/> }.into_any(),
        (Place::KeptAside(_), Some(course)) => view! { <KeptAside course/> }.into_any(),
        (Place::Shown(course, area), _) => {
            view! { <ShownArea course=*course area=area.clone()/> }.into_any()
        }
        (&Place::Goal(document, goal), _) => view! { <Goal document goal/> }.into_any(),
        (&Place::SaidBy(document, statement, _), _) => {
            view! { <SaidBy document statement place=place.clone()/> }.into_any()
        }
        // Only who was let in has no other beginning.
        (Place::Today, _) => view! { <Guest/> }.into_any(),
        (Place::HowItGoes(_), Some(course)) => view! { <Assessments course/> }.into_any(),
        (Place::HowItGoesIn(course, area), _) => {
            view! { <AreaAssessments course=*course area=area.clone()/> }.into_any()
        }
        (Place::Course(_), Some(course)) => view! { <Course course/> }.into_any(),
        (Place::Aloud, _) => view! { <ReadAloudChoice/> }.into_any(),
        (Place::OpenPlaces, _) => view! { <OpenPlaces/> }.into_any(),
        (Place::ResultsBoard(_), Some(course)) => view! { <Board course/> }.into_any(),
        (Place::Support(_), Some(course)) => view! { <Support course/> }.into_any(),
        (&Place::NewSupport(course), _) => view! { <NewSupport course/> }.into_any(),
        (&Place::SupportOf(_, document, support), _) => {
            view! { <OneSupport document support/> }.into_any()
        }
        (Place::Bin(_), Some(course)) => view! { <Bin course/> }.into_any(),
        (Place::Search(_), Some(course)) => view! { <Search course/> }.into_any(),
        // Only a citizen's own app has a course where a path names none.
        (Place::Notebook, Some(course)) => view! { <Notebook course/> }.into_any(),
        (&Place::Note(document, note), Some(_)) => view! { <Note document note/> }.into_any(),
        (&Place::ShareNote(document, note), Some(_)) => {
            view! { <ShareNote document note/> }.into_any()
        }
        (&Place::Agenda(document), _) => view! { <Agenda document/> }.into_any(),
        (&Place::MeetingTime(document), _) => view! { <ChangeMeeting document/> }.into_any(),
        (Place::File, Some(course)) => view! { <File course/> }.into_any(),
        (Place::FileIn, _) => view! { <FileIn/> }.into_any(),
        (&Place::Slip(document, agreement), _) => view! { <Slip document agreement/> }.into_any(),
        (Place::Aside, _) => view! { <Aside/> }.into_any(),
        (Place::Me, _) => view! { <Me/> }.into_any(),
        (&Place::Devices(whose), _) => view! { <Devices whose/> }.into_any(),
        _ => view! { <Nowhere/> }.into_any(),
    }
}
