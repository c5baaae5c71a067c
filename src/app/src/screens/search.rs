//! Søg: words in everything of a course that is on this device, and the way to where they stand.

use client::DocumentId;
use client::view::{FoundIn, FoundRow, Plan, Search as SearchQuery, SearchView, When};
use kit::{CardLink, Field, Live, Local, Page, PageHead, Rows};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::use_view;
use crate::part::{Part, use_part};
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{fill, plural, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Search(course: DocumentId) -> impl IntoView {
    let is_there = use_view(move || Plan { course }).part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <SearchPage course/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn SearchPage(course: DocumentId) -> impl IntoView {
    let typed = Local::new(String::new());
    let search = use_view(move || SearchQuery { course, typed: typed.get() });
    let part = use_part().get_untracked();
    let found = search.map(|search| search.found.clone());
    let row = move |found: Live<FoundRow>| found_card(found, course, part);
    view! {
        <Page>
            <PageHead title=t().search_title()/>
            <Field label=t().search_what() value=typed on_input=move |words| typed.set(words)/>
            <p class="soft" role="status">{move || search.with(in_words)}</p>
            <div class="stack">
                <Rows each=found key=key row=row/>
            </div>
        </Page>
    }
}

fn key(row: &FoundRow) -> String {
    match &row.place {
        FoundIn::Dream(item)
        | FoundIn::Goal(_, item)
        | FoundIn::Milestone(_, item, _)
        | FoundIn::Step(_, item, _)
        | FoundIn::Agreement(_, item, _)
        | FoundIn::Topic(_, item, _)
        | FoundIn::Avoid(_, item, _)
        | FoundIn::Wish(_, item, _)
        | FoundIn::Said(_, item)
        | FoundIn::Support(_, item)
        | FoundIn::Person(_, item)
        | FoundIn::Note(_, item) => item.to_string(),
        // There is one in each meeting.
        FoundIn::Purpose(meeting, _) => meeting.to_string(),
    }
}

fn in_words(search: &SearchView) -> String {
    let t = t();
    match search.found.len() {
        _ if !search.is_asked => t.search_lead().to_owned(),
        0 => t.search_none().to_owned(),
        _ if search.has_more => t.search_more().to_owned(),
        count => plural(t.search_one(), t.search_many(), count),
    }
}

fn found_card(found: Live<FoundRow>, course: DocumentId, part: Part) -> impl IntoView {
    let href = found.map(move |row| way_there(&row.place, course, part).href());
    let readers = found.map(|row| row.readers.clone());
    view! {
        <CardLink href>
            <span class="own-words">{move || found.with(|row| row.line.clone())}</span>
            <span class="card-foot">
                <span>{move || found.with(|row| place_in_words(&row.place))}</span>
                <WhoSees readers/>
            </span>
        </CardLink>
    }
}

fn way_there(place: &FoundIn, course: DocumentId, part: Part) -> Place {
    let in_path = part.course_in_path(course);
    match *place {
        FoundIn::Dream(_) | FoundIn::Agreement(_, _, None) => Place::Plan(in_path),
        FoundIn::Goal(document, goal)
        | FoundIn::Milestone(document, _, goal)
        | FoundIn::Step(document, _, goal)
        | FoundIn::Agreement(document, _, Some(goal)) => Place::Goal(document, goal),
        FoundIn::Purpose(meeting, _)
        | FoundIn::Topic(meeting, ..)
        | FoundIn::Avoid(meeting, ..)
        | FoundIn::Wish(meeting, ..) => Place::Agenda(meeting),
        FoundIn::Said(ref area, _) => Place::HowItGoesIn(course, area.clone()),
        FoundIn::Support(document, support) => Place::SupportOf(in_path, document, support),
        FoundIn::Person(document, person) => Place::Person(document, person),
        FoundIn::Note(document, note) => Place::Note(document, note),
    }
}

fn place_in_words(place: &FoundIn) -> String {
    let t = t();
    let of_meeting = |kind: &str, when: &When| match words::meeting_day(when) {
        Some(day) => fill(t.search_in_meeting(), &[("kind", kind), ("day", &day)]),
        None => kind.to_owned(),
    };
    match place {
        FoundIn::Dream(_) => t.kind_dream().to_owned(),
        FoundIn::Goal(..) => t.kind_goal().to_owned(),
        FoundIn::Milestone(..) => t.kind_milestone().to_owned(),
        FoundIn::Step(..) => t.kind_step().to_owned(),
        FoundIn::Agreement(..) => t.kind_agreement().to_owned(),
        FoundIn::Purpose(_, when) => of_meeting(t.kind_purpose(), when),
        FoundIn::Topic(_, _, when) => of_meeting(t.kind_topic(), when),
        FoundIn::Avoid(_, _, when) => of_meeting(t.kind_avoid(), when),
        FoundIn::Wish(_, _, when) => of_meeting(t.kind_wish(), when),
        FoundIn::Said(..) => t.how_title().to_owned(),
        FoundIn::Support(..) => t.kind_support().to_owned(),
        FoundIn::Person(..) => t.kind_person().to_owned(),
        FoundIn::Note(..) => t.kind_note().to_owned(),
    }
}
