//! "Sid sammen": the coordinator's computer shows the citizen's view of one course, and nothing of
//! anybody else's, until they are done.

use client::DocumentId;
use client::view::{Citizens, CourseOf};
use kit::{Button, Live, Look};
use leptos::prelude::*;

use crate::address::use_address;
use crate::around::use_around;
use crate::hooks::use_view;
use crate::routes::Place;
use crate::screens::citizens_screen;
use crate::screens::nowhere::Nowhere;
use crate::sitting;
use crate::text::{fill, t};

/// The screen of a place. The way back may lead to another citizen's: that one is not here now.
pub(in crate::screens) fn beside_screen(course: DocumentId, place: &Place) -> AnyView {
    match place {
        // What did not get through, and who I am, are the coordinator's own; notes are the citizen's own,
        // and not on this computer.
        Place::Aside
        | Place::Me
        | Place::Devices(_)
        | Place::File
        | Place::FileIn
        | Place::Notebook
        | Place::Note(..)
        | Place::ShareNote(..)
        | Place::Shown(..) => view! { <Nowhere/> }.into_any(),
        Place::NewGoal(other)
        | Place::NewPerson(other)
        | Place::Network(Some(other))
        | Place::NewMeeting(Some(other))
        | Place::Plan(Some(other))
        | Place::Promises(Some(other))
        | Place::HowItGoes(Some(other))
        | Place::Course(Some(other))
        | Place::ResultsBoard(Some(other))
        | Place::HowItGoesIn(other, _)
        | Place::Support(Some(other))
        | Place::WhoSees(Some(other))
        | Place::NewSupport(other)
        | Place::Bin(Some(other))
        | Place::Search(Some(other))
            if *other != course =>
        {
            view! { <Nowhere/> }.into_any()
        }
        // A dream stands in the course itself.
        Place::SaidBy(document, ..) if *document == course => citizens_screen(course, place),
        Place::Agenda(document)
        | Place::MeetingTime(document)
        | Place::Goal(document, _)
        | Place::Slip(document, _)
        | Place::SaidBy(document, ..)
        | Place::Person(document, _)
        | Place::LetSee(document, _)
        | Place::Consent(document)
        | Place::SupportOf(_, document, _) => {
            let found = use_view({
                let document = *document;
                move || CourseOf(document)
            });
            let place = place.clone();
            let is_here = Live::memo(move || found.get() == Some(course));
            let draw = move || match is_here.get() {
                true => citizens_screen(course, &place),
                false => view! { <Nowhere/> }.into_any(),
            };
            view! { {move || draw()} }.into_any()
        }
        place => citizens_screen(course, place),
    }
}

/// Who it is that they sit with, and the way out.
pub(in crate::screens) fn beside(course: DocumentId) -> AnyView {
    let (around, address) = (use_around(), use_address());
    let citizens = use_view(|| Citizens);
    let says = Live::derive(move || {
        let row = citizens.with(|all| all.iter().find(|row| row.course == course).cloned());
        let name = row.map_or_else(|| t().somebody().to_owned(), |row| row.name);
        fill(t().beside(), &[("who", &name)])
    });
    let done = move || {
        sitting::end(around);
        address.go_instead(&Place::Citizen(course));
    };
    view! {
        <span class="beside">{move || says.get()}</span>
        <Button label=t().beside_done() look=Look::Quiet on_press=done/>
    }
    .into_any()
}
