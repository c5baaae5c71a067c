//! Mit netværk: the citizen in the middle and the people around, as a picture and as a list; and how it was
//! before.

use client::view::{Named, Network as NetworkQuery, NetworkView, PersonRow};
use client::{DocumentId, NetworkCommand, ToolCommand};
use domain::{Half, Spot};
use kit::{
    ButtonLink, Card, CardLink, Face, Live, Local, Page, PageHead, RingMap, RingWords, Rows,
    Section, Slider,
};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::people::{PrintButton, WhoSees};
use crate::routes::Place;
use crate::text::{fill, full_day_in_words, t};
use crate::words;

mod dots;

/// The screen.
#[component]
pub(crate) fn Network(course: DocumentId) -> impl IntoView {
    let now = use_view(move || NetworkQuery { course, day: None });
    let is_there = now.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <NetworkPage course now/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

/// A list in the map that is shown.
type Part = fn(&NetworkView) -> Vec<PersonRow>;

#[component]
fn NetworkPage(course: DocumentId, now: Live<Option<NetworkView>>) -> impl IntoView {
    // The place on the slider; `None` is now, wherever the end has come to.
    let chosen = Local::new(None::<usize>);
    let day = Live::memo(move || {
        let at = chosen.get()?;
        now.with(|map| map.as_ref().and_then(|map| map.days.get(at).copied()))
    });
    let shown = use_view(move || NetworkQuery { course, day: day.get() });
    let of = move |part: Part| shown.map(move |map| map.as_ref().map(part).unwrap_or_default());
    let is_empty = Live::memo(move || {
        now.with(|map| {
            map.as_ref().is_none_or(|map| map.people.is_empty() && map.missing.is_empty())
        })
    });
    let readers = now.map(|map| map.as_ref().map(|map| map.readers.clone()).unwrap_or_default());
    let picture = move || view! { <Picture now shown chosen/> };
    view! {
        <Page>
            <PageHead title=now.map(title)>
                {move || is_empty.get().then(|| view! { <p>{t().network_lead()}</p> })}
                <WhoSees readers/>
            </PageHead>
            {move || (!is_empty.get()).then(picture)}
            <ButtonLink href=Place::NewPerson(course).href() label=t().person_new()/>
            <People title=t().network_private() people=of(|map| in_half(map, Half::Private)) row=person/>
            <People title=t().network_work() people=of(|map| in_half(map, Half::Professional)) row=person/>
            <People title=t().network_missing() people=of(|map| map.missing.clone()) row=missing/>
            {move || hidden(&shown.get())}
            {move || (!is_empty.get()).then(|| view! { <PrintButton/> })}
        </Page>
    }
}

fn in_half(map: &NetworkView, half: Half) -> Vec<PersonRow> {
    map.people.iter().filter(|row| row.half() == half).cloned().collect()
}

fn hidden(map: &Option<NetworkView>) -> Option<AnyView> {
    let hidden = map.as_ref().map(|map| map.hidden).filter(|hidden| *hidden > 0)?;
    let words = fill(t().network_hidden(), &[("count", &hidden.to_string())]);
    Some(view! { <p class="soft">{words}</p> }.into_any())
}

/// The map, and the way back in time where it has changed.
#[component]
fn Picture(
    now: Live<Option<NetworkView>>,
    shown: Live<Option<NetworkView>>,
    chosen: Local<Option<usize>>,
) -> impl IntoView {
    let (commands, notices, address) = (use_commands(), use_notices(), use_address());
    let days = now.part(|map| map.as_ref().map(|map| map.days.clone()).unwrap_or_default());
    let last = days.map(|days| days.len().saturating_sub(1));
    let is_now = Live::memo(move || chosen.get().is_none());
    let find = move |key: &str| {
        shown.with_untracked(|map| map.as_ref().and_then(|map| dots::of(map, key).cloned()))
    };
    let put = move |row: &PersonRow, spot| {
        let put = NetworkCommand::Put(row.id, spot);
        commands.run(ToolCommand::Network(row.document, put)).is_ok()
    };
    let step = move |(key, right, down): (String, i32, i32)| {
        if let Some(row) = find(&key) {
            put(&row, row.spot.stepped_to(right, down));
        }
    };
    // A thumb that wanted to scroll may have moved somebody.
    let drop_at = move |(key, right, down): (String, i32, i32)| {
        let Some(row) = find(&key) else { return };
        if put(&row, Spot::at(right, down)) {
            let moved = fill(t().person_moved(), &[("who", &row.name)]);
            notices.tell_undo(&moved, move || {
                put(&row, row.spot);
            });
        }
    };
    let open = move |key: String| {
        if let Some(row) = find(&key).filter(|row| !row.is_out) {
            address.go_on(&Place::Person(row.document, row.id));
        }
    };
    let go_to = move |at: usize| {
        chosen.set(Some(at).filter(|at| *at < last.get_untracked()));
    };
    let slider = move || {
        let at = Live::derive(move || chosen.get().unwrap_or_else(|| last.get()));
        let says = Live::derive(move || {
            moment(days.with(|days| days.get(at.get()).copied()), is_now.get())
        });
        let places = days.map(Vec::len);
        view! { <Slider label=t().network_then() places at says on_move=go_to/> }
    };
    view! {
        <Card class="network-map">
            <RingMap
                words=words_of_map(&now.get_untracked())
                rings=domain::RINGS.map(i32::from).to_vec()
                dots=shown.map(dots::all)
                can_move=is_now
                on_drop=drop_at
                on_step=step
                on_open=open
            />
            {move || (days.with(Vec::len) > 1).then(slider)}
        </Card>
    }
}

/// Of which moment a map is.
fn moment(day: Option<domain::Day>, is_now: bool) -> String {
    match day {
        Some(day) if !is_now => full_day_in_words(day),
        _ => t().network_now().to_owned(),
    }
}

fn words_of_map(map: &Option<NetworkView>) -> RingWords {
    let citizen = map.as_ref().and_then(|map| map.citizen.as_ref());
    let middle = citizen.filter(|citizen| !citizen.is_me).map(Named::initials);
    RingWords {
        says: t().network_picture().to_owned(),
        middle: middle.unwrap_or_else(|| t().network_me().to_owned()),
        above: t().network_private().to_owned(),
        below: t().network_work().to_owned(),
    }
}

/// A heading and the people under it; nothing where nobody is.
#[component]
fn People(
    title: &'static str,
    people: Live<Vec<PersonRow>>,
    row: fn(Live<PersonRow>) -> AnyView,
) -> impl IntoView {
    let has_any = Live::memo(move || !people.with(Vec::is_empty));
    let draw = move || {
        view! {
            <Section title>
                <Rows each=people key=|row: &PersonRow| format!("{}{}", row.id, u8::from(row.is_out)) row/>
            </Section>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

/// Somebody in a list; it leads to all that is known of them.
fn person(row: Live<PersonRow>) -> AnyView {
    let face = |row: &PersonRow| {
        view! { <Face initials=row.initials.clone() kind=words::half_face(row.half())/> }.into_any()
    };
    let face = move || row.with(face);
    listed(row, row.map(about), view! { {move || face()} }.into_any())
}

/// A place where nobody is.
fn missing(row: Live<PersonRow>) -> AnyView {
    listed(row, row.map(|row| row.helps.clone()), ().into_any())
}

fn listed(row: Live<PersonRow>, about: Live<String>, face: AnyView) -> AnyView {
    let href = row.map(|row| Place::Person(row.document, row.id).href());
    let words = view! {
        <span class="row">
            {face}
            <span class="grow stack" data-gap="small">
                <span class="strong own-words">{move || row.with(|row| row.name.clone())}</span>
                <span class="soft own-words">{move || about.get()}</span>
            </span>
        </span>
    };
    // Who was there on another day, and is not now, has no page.
    if row.with_untracked(|row| row.is_out) {
        return view! { <Card>{words}</Card> }.into_any();
    }
    view! { <CardLink href>{words}</CardLink> }.into_any()
}

/// "Min nabo. Tæt på. Min støtteperson."
fn about(row: &PersonRow) -> String {
    let role = [row.role.trim().trim_end_matches('.'), words::nearness(row.nearness())];
    let trusted = row.is_trusted.then(|| t().person_trusted());
    let all: Vec<&str> = role.into_iter().chain(trusted).filter(|part| !part.is_empty()).collect();
    format!("{}.", all.join(". "))
}

fn title(map: &Option<NetworkView>) -> String {
    let citizen = map.as_ref().and_then(|map| map.citizen.as_ref());
    let other = citizen.filter(|citizen| !citizen.is_me);
    words::title(other, t().network_title(), t().network_of())
}
