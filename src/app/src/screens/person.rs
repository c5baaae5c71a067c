//! Somebody on the network map: who they are, how near, and what they help with.

use client::view::{ConsentFor, PersonOf, PersonView, TextView};
use client::{DocumentId, NetworkCommand, Thing, ToolCommand};
use domain::{Half, ItemId, LifeArea, Nearness, Spot, Tie};
use kit::{
    Actions, Button, ButtonLink, Choice, CoLines, Live, Local, Look, Page, PageHead, Shape, Switch,
    Value,
};
use leptos::prelude::*;

use super::add_line::AddLine;
use super::nowhere::Nowhere;
use super::overruled::Overruled;
use super::together::{Opened, Together, is_left_open, open};
use crate::address::use_address;
use crate::hooks::{Commands, lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{digits, fill, t};
use crate::thrown_out::throw_out;
use crate::words;

/// The screen.
#[component]
pub(crate) fn Person(document: DocumentId, person: ItemId) -> impl IntoView {
    let found = use_view(move || PersonOf { document, person });
    let commands = use_commands();
    let is_there = found.part(Option::is_some);
    let shown = lasting(found);
    let draw = move || {
        if is_there.get() {
            let here = Here { opened: open(document), person, shown, commands };
            view! { <PersonPage here/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

/// Who it is that the page is about.
#[derive(Clone, Copy)]
struct Here {
    opened: Opened,
    person: ItemId,
    shown: Live<Option<PersonView>>,
    commands: Commands,
}

impl Here {
    /// Something of them, or nothing while the page is being taken down.
    fn of<T: Value + Default>(self, part: fn(&PersonView) -> T) -> Live<T> {
        self.shown.map(move |person| person.as_ref().map(part).unwrap_or_default())
    }

    fn text(self, part: fn(&PersonView) -> &TextView) -> Option<Live<TextView>> {
        let first = self.shown.with_untracked(|person| person.as_ref().map(part).cloned())?;
        Some(self.shown.map(move |person| {
            person.as_ref().map_or_else(|| first.clone(), |person| part(person).clone())
        }))
    }

    fn spot(self) -> Option<Spot> {
        self.shown.with_untracked(|person| person.as_ref().map(|person| person.row.spot))
    }

    fn run(self, command: NetworkCommand) {
        drop(self.commands.run(self.command(command)));
    }

    fn command(self, command: NetworkCommand) -> ToolCommand {
        ToolCommand::Network(self.opened.document, command)
    }
}

#[component]
fn PersonPage(here: Here) -> impl IntoView {
    let (notices, address, part) = (use_notices(), use_address(), use_part());
    let Here { opened, person, commands, .. } = here;
    let Some(((name, role), helps)) = here
        .text(|person| &person.name)
        .zip(here.text(|person| &person.role))
        .zip(here.text(|person| &person.helps))
    else {
        return ().into_any();
    };
    let is_missing = here.of(|person| person.is_missing).get_untracked();
    let out = move || {
        throw_out(commands, notices, (opened.document, Thing::Person(person)));
        let place = Place::Person(opened.document, person);
        place.back(part.get_untracked()).iter().for_each(|back| address.go_instead(back));
    };
    view! {
        <Page>
            <PageHead title=here.shown.map(title)>
                <WhoSees readers=here.of(|person| person.readers.clone())/>
            </PageHead>
            <Overruled document=opened.document/>
            {(!is_missing).then(|| view! { <Calls here/> })}
            <Together opened text=name label=t().person_name() lines=CoLines::One/>
            {(!is_missing).then(|| view! {
                <Together opened text=role label=t().person_role() lines=CoLines::One/>
            })}
            <Together opened text=helps label=helps_label(is_missing)/>
            <Near here/>
            <WhatTheySee here/>
            {(!is_missing).then(|| view! { <More here/> })}
            <Button label=t().person_throw_out() look=Look::Second icon=Shape::Bin on_press=out/>
        </Page>
    }
    .into_any()
}

fn helps_label(is_missing: bool) -> &'static str {
    if is_missing { t().person_would_help() } else { t().person_helps() }
}

fn title(person: &Option<PersonView>) -> String {
    let name = person.as_ref().map(|person| person.row.name.trim().to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| t().somebody().to_owned())
}

/// Call and write, where there is a number: both work with no network.
#[component]
fn Calls(here: Here) -> impl IntoView {
    let row = here.shown.part(|person| {
        person.as_ref().map(|person| (person.row.name.clone(), person.row.phone.clone()))
    });
    let draw = move |(name, phone): (String, String)| {
        let (tel, sms) = (format!("tel:{}", digits(&phone)), format!("sms:{}", digits(&phone)));
        let (ring, write) =
            (fill(t().help_call(), &[("who", &name)]), fill(t().help_text(), &[("who", &name)]));
        view! {
            <Actions>
                <ButtonLink href=tel label=ring look=Look::Second icon=Shape::Ring/>
                <ButtonLink href=sms label=write look=Look::Second icon=Shape::Message/>
            </Actions>
        }
    };
    view! { {move || row.get().filter(|(_, phone)| !digits(phone).is_empty()).map(draw)} }
}

/// How near, without a picture.
#[component]
fn Near(here: Here) -> impl IntoView {
    let chosen = here.shown.map(|person| person.as_ref().map(|person| person.row.nearness()));
    let options = Nearness::ALL.map(|near| (near, words::nearness(near).to_owned())).to_vec();
    let choose = move |near: Nearness| {
        let half = here.spot().map(Spot::half);
        half.iter().for_each(|half| here.run(NetworkCommand::Seat(here.person, *half, near)));
    };
    view! { <Choice title=t().person_near() options chosen on_choose=choose/> }
}

/// What they may see, and the way to it. Nobody but the citizen lets anybody in.
#[component]
fn WhatTheySee(here: Here) -> impl IntoView {
    let (network, person) = (here.opened.document, here.person);
    let found = use_view(move || ConsentFor { network, person });
    let way = found.part(move |found| {
        let found = found.as_ref()?;
        let (place, sentence) = match found.consents {
            Some(consents) => (Place::Consent(consents), t().person_sees()),
            None if found.can_give => (Place::LetSee(network, person), t().person_let_see()),
            None => return None,
        };
        Some((place.href(), fill(sentence, &[("name", &found.name)])))
    });
    let draw = |(href, label): (String, String)| {
        view! { <ButtonLink href label look=Look::Second icon=Shape::Eye/> }
    };
    view! { {move || way.get().map(draw)} }
}

/// What one may say too, one tap further in.
#[component]
fn More(here: Here) -> impl IntoView {
    let workplace =
        here.text(|person| &person.workplace).map(|text| text.with_untracked(|text| text.field));
    let is_open = Local::new(is_left_open(workplace));
    let draw = move || match is_open.get() {
        true => view! { <Details here/> }.into_any(),
        false => view! {
            <Button label=t().person_more() look=Look::Quiet on_press=move || is_open.set(true)/>
        }
        .into_any(),
    };
    view! { {move || draw()} }
}

#[component]
fn Details(here: Here) -> impl IntoView {
    let id = here.person;
    let is_trusted = here.of(|person| person.row.is_trusted);
    let trust = move |on: bool| here.run(NetworkCommand::SetTrusted(on.then_some(id)));
    let tie = here.shown.map(|person| person.as_ref().map(|person| person.row.tie));
    let ties = Tie::ALL.map(|tie| (Some(tie), words::tie(tie).to_owned()));
    let ties =
        ties.into_iter().chain([(None, t().person_not_said().to_owned())]).collect::<Vec<_>>();
    let half = here.shown.map(|person| person.as_ref().map(|person| person.row.half()));
    let halves =
        [Half::Private, Half::Professional].map(|half| (half, words::half(half).to_owned()));
    let put = move |half: Half| {
        let near = here.spot().map(Spot::nearness);
        near.iter().for_each(|near| here.run(NetworkCommand::Seat(id, half, *near)));
    };
    let set_phone = move |phone| here.command(NetworkCommand::SetPhone(id, phone));
    let phone = move |phone: String| here.commands.run(set_phone(phone)).is_ok();
    let number = here.of(|person| person.row.phone.clone());
    let workplace = here.text(|person| &person.workplace);
    view! {
        <Switch label=t().person_trusted() on=is_trusted on_change=trust/>
        <Choice title=t().person_tie() options=ties chosen=tie on_choose=move |tie| here.run(NetworkCommand::SetTie(id, tie))/>
        <Choice title=t().person_half() options=halves.to_vec() chosen=half on_choose=put/>
        <Area here/>
        {workplace.map(|text| view! {
            <Together opened=here.opened text label=t().person_workplace() lines=CoLines::One/>
        })}
        {move || (!number.with(String::is_empty)).then(|| view! { <Number here number/> })}
        <AddLine name="phone" label=t().person_phone() button=t().person_phone_save() look=Look::Second on_add=Callback::new(phone)/>
    }
}

/// The telephone number there is, and a way to be without it.
#[component]
fn Number(here: Here, number: Live<String>) -> impl IntoView {
    let forget = move || here.run(NetworkCommand::ForgetPhone(here.person));
    view! {
        <p class="own-words">{move || number.get()}</p>
        <Button label=t().person_phone_forget() look=Look::Quiet on_press=forget/>
    }
}

/// The part of life somebody belongs to most.
#[component]
fn Area(here: Here) -> impl IntoView {
    let option = |area: &LifeArea| (Some(area.clone()), words::area(area).to_owned());
    let options = here.shown.map(move |person| {
        let areas = person.iter().flat_map(|person| &person.areas).map(option);
        areas.chain([(None, t().person_not_said().to_owned())]).collect::<Vec<_>>()
    });
    let chosen = here.shown.map(|person| person.as_ref().map(|person| person.row.area.clone()));
    let choose = move |area| here.run(NetworkCommand::SetArea(here.person, area));
    view! { <Choice title=t().person_area() options chosen on_choose=choose/> }
}
