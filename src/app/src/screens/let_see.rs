//! Letting somebody on the map see parts of life, one question at a time: what, why and how long, and then what
//! they will see, before the yes.

use client::view::{ConsentFor, ConsentForView, Devices, ThisDevice};
use client::{DocumentId, NewConsent, ToolCommand};
use domain::{CONSENT_MONTHS, ItemId, LifeArea, Purpose};
use kit::{
    Button, ButtonLink, Card, Check, Choice, Field, Live, Local, Look, Mistake, Notice, Page,
    PageHead, Paper, Section, Shape, Tone, UnhurriedButton,
};
use leptos::prelude::*;

use super::devices::needs_yes;
use super::kept_answers;
use super::nowhere::Nowhere;
use super::shown::Everything;
use crate::address::use_address;
use crate::focus;
use crate::hooks::{after_change, lasting, use_commands, use_view};
use crate::routes::Place;
use crate::text::{date_in_words, fill, t};
use crate::unsent::{Unsent, use_answer};
use crate::words;

/// The screen.
#[component]
pub(crate) fn LetSee(network: DocumentId, person: ItemId) -> impl IntoView {
    let found = use_view(move || ConsentFor { network, person });
    let is_there = found.part(|found| found.as_ref().map(|found| found.can_give));
    let shown = lasting(found);
    let is_new = use_view(|| ThisDevice).part(|this| this.needs_yes);
    let draw = move || match is_there.get() {
        Some(true) if is_new.get() => view! { <NotYet shown/> }.into_any(),
        Some(true) => view! { <Steps asked=Asked::new((network, person), shown)/> }.into_any(),
        Some(false) => view! { <NotYours shown/> }.into_any(),
        None => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

/// Nobody but the citizen says yes.
#[component]
fn NotYours(shown: Live<Option<ConsentForView>>) -> impl IntoView {
    let name = shown.with_untracked(|found| found.as_ref().map(|found| found.name.clone()));
    let title = fill(t().consent_title(), &[("name", &name.unwrap_or_default())]);
    view! {
        <Page>
            <PageHead title/>
            <Card paper=Paper::Sunk><p>{t().consent_not_yours()}</p></Card>
        </Page>
    }
}

/// Nobody is let in from a device that may be somebody else's.
#[component]
fn NotYet(shown: Live<Option<ConsentForView>>) -> impl IntoView {
    let name = shown.with_untracked(|found| found.as_ref().map(|found| found.name.clone()));
    let title = fill(t().consent_title(), &[("name", &name.unwrap_or_default())]);
    view! {
        <Page>
            <PageHead title/>
            {needs_yes()}
            <ButtonLink href=Place::Devices(Devices::Mine).href() label=t().devices_see() look=Look::Second icon=Shape::Phone/>
        </Page>
    }
}

/// Which question is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Question {
    What,
    Why,
    Sure,
}

/// The questions and the answers so far.
#[derive(Clone, Copy)]
struct Asked {
    on_map: (DocumentId, ItemId),
    shown: Live<Option<ConsentForView>>,
    question: Local<Question>,
    areas: Local<Vec<LifeArea>>,
    purpose: Local<Purpose>,
    months: Local<u8>,
    /// The parent who says yes, where it is not the citizen.
    parent: Local<Option<String>>,
    /// The answers on the device, until they have become a yes.
    kept: Unsent,
}

impl Asked {
    fn new(on_map: (DocumentId, ItemId), shown: Live<Option<ConsentForView>>) -> Self {
        let kept = use_answer("consent");
        let before = kept_answers::read(&kept.get());
        let asked = Self {
            on_map,
            shown,
            question: Local::new(Question::What),
            areas: Local::new(before.areas),
            purpose: Local::new(before.purpose),
            months: Local::new(before.months),
            parent: Local::new(before.parent),
            kept,
        };
        let answers = move || kept_answers::write(&asked.consent());
        after_change(Live::derive(move || Some(answers())), move |answers| kept.set(answers));
        asked
    }

    fn name(self) -> String {
        self.shown.with(|found| found.as_ref().map(|found| found.name.clone())).unwrap_or_default()
    }

    /// A sentence with their name in it.
    fn says(self, sentence: &'static str) -> String {
        fill(sentence, &[("name", &self.name())])
    }

    fn consent(self) -> NewConsent {
        NewConsent {
            areas: self.areas.get(),
            purpose: self.purpose.get(),
            months: self.months.get(),
            parent: self.parent.get(),
        }
    }
}

#[component]
fn Steps(asked: Asked) -> impl IntoView {
    after_change(asked.question.live().map(|question| Some(*question)), |_| {
        focus::go_to_heading();
    });
    let draw = move || match asked.question.get() {
        Question::What => view! { <What asked/> }.into_any(),
        Question::Why => view! { <Why asked/> }.into_any(),
        Question::Sure => view! { <Sure asked/> }.into_any(),
    };
    view! { {move || draw()} }
}

/// Which parts of life.
#[component]
fn What(asked: Asked) -> impl IntoView {
    let mistake = Local::new(None::<String>);
    let areas = asked
        .shown
        .part(|found| found.as_ref().map(|found| found.areas.clone()).unwrap_or_default());
    let row = move |(area, sees): (LifeArea, bool)| {
        let hint = if sees { t().consent_sees_now() } else { "" };
        let label = words::area(&area).to_owned();
        let checked = asked.areas.live().map({
            let area = area.clone();
            move |all| all.contains(&area)
        });
        let change = move |yes: bool| {
            let mut all = asked.areas.get_untracked();
            all.retain(|other| *other != area);
            all.extend(yes.then(|| area.clone()));
            asked.areas.set(all);
        };
        view! { <Check label checked hint on_change=change/> }
    };
    let next = move || {
        if asked.areas.with_untracked(Vec::is_empty) {
            mistake.set(Some(t().consent_choose().to_owned()));
            return focus::go_to_mistake();
        }
        asked.question.set(Question::Why);
    };
    view! {
        <Page>
            <PageHead title=asked.says(t().consent_title())>
                <p class="soft">{t().consent_lead()}</p>
            </PageHead>
            <Mistake error=mistake/>
            <div class="stack">{move || areas.get().into_iter().map(row).collect_view()}</div>
            <Button label=t().consent_next() on_press=next/>
        </Page>
    }
}

/// What for, and how long.
#[component]
fn Why(asked: Asked) -> impl IntoView {
    let purposes = Purpose::OFFERED.into_iter().chain([Purpose::Other(String::new())]);
    let purposes: Vec<_> =
        purposes.map(|purpose| (purpose.clone(), words::purpose(&purpose))).collect();
    let own = asked.purpose.live().map(|purpose| match purpose {
        Purpose::Other(words) => Some(words.clone()),
        _ => None,
    });
    // Own words are one answer, whatever they are.
    let chosen = asked.purpose.live().map(|purpose| match purpose {
        Purpose::Other(_) => Some(Purpose::Other(String::new())),
        offered => Some(offered.clone()),
    });
    let offers_parent = asked
        .shown
        .with_untracked(|found| found.as_ref().is_some_and(|found| found.may_have_parent));
    let months = CONSENT_MONTHS.map(|months| (months, words::months(months)));
    let is_parent = asked.parent.live().map(Option::is_some);
    let parent = asked.parent.live().map(|name| name.clone().unwrap_or_default());
    let write = move |words| asked.purpose.set(Purpose::Other(words));
    view! {
        <Page>
            <PageHead title=asked.says(t().consent_why_title())/>
            <Choice title=t().consent_why() options=purposes chosen on_choose=move |purpose| asked.purpose.set(purpose)/>
            {move || own.part(Option::is_some).get().then(|| view! {
                <Field label=t().consent_words() value=own.map(|own| own.clone().unwrap_or_default()) on_input=write/>
            })}
            <Choice title=t().consent_how_long() options=months.to_vec() chosen=asked.months.live().map(|months| Some(*months)) on_choose=move |months| asked.months.set(months)/>
            {offers_parent.then(|| view! {
                <Check label=t().consent_parent() checked=is_parent on_change=move |yes: bool| asked.parent.set(yes.then(String::new))/>
            })}
            {move || is_parent.get().then(|| view! {
                <Field label=t().consent_parent_name() value=parent on_input=move |name| asked.parent.set(Some(name))/>
            })}
            <Button label=t().consent_next() on_press=move || asked.question.set(Question::Sure)/>
            <Button label=t().consent_again() look=Look::Quiet icon=Shape::Back on_press=move || asked.question.set(Question::What)/>
        </Page>
    }
}

/// What they will see, and the yes.
#[component]
fn Sure(asked: Asked) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let Some((course, today)) =
        asked.shown.with_untracked(|found| found.as_ref().map(|found| (found.course, found.today)))
    else {
        return ().into_any();
    };
    let until = date_in_words(today.plus_months(asked.months.get_untracked()));
    let later = fill(t().consent_sure_lead(), &[("day", &until)]);
    let (network, person) = asked.on_map;
    let yes = move || {
        let command = ToolCommand::GiveConsent { network, person, consent: asked.consent() };
        if commands.run(command).is_ok() {
            asked.kept.sent();
            address.go_instead(&Place::Person(network, person));
        }
    };
    let area = move |area: LifeArea| {
        let title = words::area(&area);
        view! { <Section title><Everything course area/></Section> }
    };
    view! {
        <Page>
            <PageHead title=asked.says(t().consent_sure_title())>
                <p class="soft">{later}</p>
            </PageHead>
            {asked.areas.get_untracked().into_iter().map(area).collect_view()}
            <Notice icon=Shape::Eye tone=Tone::Deep>
                <p class="strong">{asked.says(t().consent_takes_back())}</p>
                <p>{t().consent_past()}</p>
                <p>{asked.says(t().consent_stays_read())}</p>
            </Notice>
            <UnhurriedButton label=asked.says(t().consent_yes()) on_press=yes/>
            <Button label=t().consent_again() look=Look::Quiet icon=Shape::Back on_press=move || asked.question.set(Question::What)/>
        </Page>
    }
    .into_any()
}
