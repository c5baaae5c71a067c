//! Hjælp: a person first, then the numbers. Works with no network.

use client::DocumentId;
use client::view::{Named, WhomToCall};
use kit::{Button, ButtonLink, Icon, Look, Page, PageHead, Shape};
use leptos::prelude::*;

use crate::aloud::use_aloud;
use crate::around::use_around;
use crate::hooks::use_view;
use crate::part::Part;
use crate::routes::Place;
use crate::text::{digits, fill, language, t};
use crate::words;

/// Somebody to call.
struct Line {
    name: &'static str,
    number: &'static str,
}

/// Danish lines that anybody may call, each as its own page gives it.
fn lines() -> [Line; 8] {
    let t = t();
    [
        Line { name: t.help_danger(), number: "112" },
        Line { name: t.help_life(), number: "70 201 201" },
        Line { name: t.help_doctor(), number: "1813" },
        Line { name: t.help_violence(), number: "1888" },
        Line { name: t.help_mind(), number: "39 25 25 25" },
        Line { name: t.help_young(), number: "116 111" },
        Line { name: t.help_poison(), number: "82 12 12 12" },
        Line { name: t.help_police(), number: "114" },
    ]
}

/// The screen.
#[component]
pub(crate) fn Help(part: Part) -> impl IntoView {
    view! {
        <Page>
            <PageHead title=t().help_title()>
                <p class="soft">{t().help_lead()}</p>
            </PageHead>
            <div class="stack">
                {whose(part).map(|course| view! { <Coordinators course/> })}
                {(part != Part::Outside).then(open_places)}
                {all_lines()}
            </div>
            {matches!(part, Part::Citizen(_) | Part::Staff).then(about_me)}
            {use_aloud().can_speak().then(read_aloud)}
            {other_languages()}
        </Page>
    }
}

/// The document whose coordinators are the ones to ask.
fn whose(part: Part) -> Option<DocumentId> {
    if let Part::Guest(consents) = part { Some(consents) } else { part.own_course() }
}

/// Whom a citizen calls first.
#[component]
pub(super) fn Coordinators(course: DocumentId) -> impl IntoView {
    let people = use_view(move || WhomToCall { course });
    let people = move || {
        let can_be_called = |named: &&Named| !named.phone.is_empty();
        let draw =
            |all: &Vec<Named>| all.iter().filter(can_be_called).map(coordinator).collect_view();
        people.with(draw).into_any()
    };
    view! { {move || people()} }
}

fn coordinator(named: &Named) -> impl IntoView + use<> {
    let name = words::name_or_role(named);
    let number = named.phone.clone();
    let sms = format!("sms:{}", digits(&number));
    let write = fill(t().help_text(), &[("who", &name)]);
    let ring = fill(t().help_call(), &[("who", &name)]);
    view! {
        {call(ring, number, true)}
        <ButtonLink href=sms label=write look=Look::Second icon=Shape::Message/>
    }
}

/// Each line as a row to press.
fn all_lines() -> impl IntoView {
    lines().map(line).collect_view()
}

/// The one that comes before everything where there is danger.
pub(super) fn danger_line() -> impl IntoView {
    let [danger, ..] = lines();
    line(danger)
}

/// All the others.
pub(super) fn other_lines() -> impl IntoView {
    let [_, others @ ..] = lines();
    others.map(line).collect_view()
}

fn line(line: Line) -> impl IntoView {
    call(line.name.to_owned(), line.number.to_owned(), false)
}

/// A row that calls.
pub(super) fn call(name: String, number: String, is_first: bool) -> impl IntoView {
    let href = format!("tel:{}", digits(&number));
    view! {
        <a class="help-row" href=href data-first=is_first.then_some("")>
            <Icon shape=Shape::Ring/>
            <span>{name}</span>
            <span class="help-number">{number}</span>
        </a>
    }
}

fn open_places() -> impl IntoView {
    view! { <ButtonLink href=Place::OpenPlaces.href() label=t().places_see() look=Look::Second icon=Shape::Place/> }
}

fn about_me() -> impl IntoView {
    view! { <ButtonLink href=Place::Me.href() label=t().me_change() look=Look::Quiet icon=Shape::Pen/> }
}

fn read_aloud() -> impl IntoView {
    view! { <ButtonLink href=Place::Aloud.href() label=t().aloud_see() look=Look::Quiet icon=Shape::Sound/> }
}

/// The page in the other languages there are; each is called what it calls itself.
fn other_languages() -> impl IntoView {
    language::others().map(|(code, name)| view! { <OtherLanguage code name/> }).collect_view()
}

#[component]
fn OtherLanguage(code: &'static str, name: &'static str) -> impl IntoView {
    let page = use_around().page();
    let speak = move || (page.speak)(code);
    view! { <Button label=name look=Look::Quiet icon=Shape::Message on_press=speak/> }
}
