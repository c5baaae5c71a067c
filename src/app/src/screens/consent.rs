//! What one person may see: the yes that was given, and taking it back with one tap.

use client::view::{ConsentsOf, ConsentsView, Declared, Devices, SeenArea};
use client::{DocumentId, ToolCommand};
use domain::LifeArea;
use kit::{
    Button, ButtonLink, Card, CardSection, Icon, Live, Look, Notice, Page, PageHead, Paper, Shape,
};
use leptos::prelude::*;

use super::invitation::Invitation;
use super::nowhere::Nowhere;
use crate::hooks::{Commands, lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::people::PrintButton;
use crate::routes::Place;
use crate::text::{date_in_words, fill, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Consent(document: DocumentId) -> impl IntoView {
    let found = use_view(move || ConsentsOf { document });
    let is_there = found.part(Option::is_some);
    let here = Here { document, shown: lasting(found), commands: use_commands() };
    let draw = move || match is_there.get() {
        true => view! { <ConsentPage here/> }.into_any(),
        false => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

#[derive(Clone, Copy)]
struct Here {
    document: DocumentId,
    shown: Live<Option<ConsentsView>>,
    commands: Commands,
}

impl Here {
    fn name(self) -> String {
        self.shown
            .with(|shown| shown.as_ref().map(|shown| words::name_or_role(&shown.person)))
            .unwrap_or_default()
    }

    fn says(self, sentence: &'static str) -> String {
        fill(sentence, &[("name", &self.name())])
    }

    fn is(self, part: fn(&ConsentsView) -> bool) -> Live<bool> {
        self.shown.part(move |shown| shown.as_ref().is_some_and(part))
    }
}

#[component]
fn ConsentPage(here: Here) -> impl IntoView {
    let is_guest = matches!(use_part().get_untracked(), Part::Guest(_));
    let can_invite = here.is(|shown| shown.can_invite && !shown.person.is_me);
    let devices = Place::Devices(Devices::Guest(here.document)).href();
    let waits = here.is(|shown| shown.is_waiting && !shown.person.is_me);
    let invitation = move || {
        let shown = here.shown.get_untracked()?;
        let (person, name) = (shown.invited, words::name_or_role(&shown.person));
        let document = here.document;
        Some(view! { <Invitation person name document/> })
    };
    view! {
        <Page>
            <PageHead title=here.shown.map(title)/>
            <Now here/>
            {move || waits.get().then(|| view! {
                <Notice icon=Shape::NoNetwork><p>{here.says(t().consent_waiting())}</p></Notice>
            })}
            <More here/>
            {move || can_invite.get().then(invitation)}
            {move || can_invite.get().then(|| view! {
                <ButtonLink href=devices.clone() label=t().devices_see_of() look=Look::Second icon=Shape::Phone/>
            })}
            <Receipt here/>
            {is_guest.then(|| view! { <Leaving here/> })}
        </Page>
    }
}

fn title(shown: &Option<ConsentsView>) -> String {
    let Some(shown) = shown else { return String::new() };
    let (sentence, named) = if shown.person.is_me {
        (t().consent_of_me(), &shown.citizen)
    } else {
        (t().consent_of(), &shown.person)
    };
    fill(sentence, &[("name", &words::name_or_role(named))])
}

/// What they see now, each with the way to close it.
#[component]
fn Now(here: Here) -> impl IntoView {
    let now = here.shown.part(|shown| shown.as_ref().map(|shown| shown.now.clone()));
    let can_withdraw = here.is(|shown| shown.can_withdraw);
    let is_one_and_all = here.is(|shown| shown.now.len() > 1 && shown.can_withdraw);
    let sees_nothing = here.is(ConsentsView::sees_nothing);
    let nothing = move || {
        sees_nothing
            .get()
            .then(|| view! { <p class="strong">{here.says(t().consent_nothing())}</p> })
    };
    let draw = move || {
        let all = now.get().unwrap_or_default();
        if all.is_empty() {
            return view! {
                <Card paper=Paper::Sunk>
                    {nothing}
                    <p>{here.says(t().consent_stays_read())}</p>
                    <p>{t().consent_journal()}</p>
                </Card>
            }
            .into_any();
        }
        let rows = all.into_iter().map(|row| seen(here, row, can_withdraw.get()));
        rows.collect_view().into_any()
    };
    let close = move || drop(here.commands.run(withdraw(here.document, None)));
    view! {
        <div class="stack">{move || draw()}</div>
        {move || is_one_and_all.get().then(|| view! {
            <Button label=t().consent_close_all() look=Look::Second icon=Shape::Lock on_press=close/>
        })}
    }
}

fn withdraw(document: DocumentId, area: Option<LifeArea>) -> ToolCommand {
    ToolCommand::WithdrawConsent { document, area }
}

fn seen(here: Here, row: SeenArea, can_withdraw: bool) -> AnyView {
    let notices = use_notices();
    let name = row.area.as_ref().map_or_else(|| t().area_other(), words::area);
    let until = row.until.map(|day| fill(t().consent_until(), &[("day", &date_in_words(day))]));
    let purpose = row.purpose.as_ref().map(words::purpose_said);
    let close = move || {
        let command = withdraw(here.document, row.area.clone());
        if here.commands.run(command).is_ok() {
            notices.tell(fill(t().consent_closed(), &[("what", name)]));
        }
    };
    let label = fill(t().consent_close(), &[("what", name)]);
    view! {
        <Card>
            <h2>{name}</h2>
            <p class="soft">{until}</p>
            <p>{purpose}</p>
            {can_withdraw.then(|| view! { <Button label look=Look::Second icon=Shape::Lock on_press=close/> })}
        </Card>
    }
    .into_any()
}

/// The citizen may let them see more.
#[component]
fn More(here: Here) -> impl IntoView {
    let way = here.shown.part(|shown| {
        let shown = shown.as_ref().filter(|shown| shown.can_withdraw)?;
        shown.on_map.map(|(network, person)| Place::LetSee(network, person).href())
    });
    let draw = move |href: String| {
        view! { <ButtonLink href label=here.says(t().consent_more()) look=Look::Second icon=Shape::Eye/> }
    };
    view! { {move || way.get().map(draw)} }
}

/// All that was ever said yes to, to keep or to print.
#[component]
fn Receipt(here: Here) -> impl IntoView {
    let declared = here.shown.part(|shown| shown.as_ref().map(|shown| shown.declared.clone()));
    let rows = move || {
        declared.get().unwrap_or_default().iter().map(declared_row).collect_view().into_any()
    };
    view! {
        <CardSection title=t().consent_receipt()>
            <PrintButton/>
            <ul class="stack">{move || rows()}</ul>
        </CardSection>
    }
}

fn declared_row(row: &Declared) -> AnyView {
    let (from, until) = (date_in_words(row.given), date_in_words(row.until));
    let dates = fill(t().consent_from_until(), &[("from", &from), ("until", &until)]);
    let closed =
        row.withdrawn.map(|day| fill(t().consent_closed_on(), &[("day", &date_in_words(day))]));
    let parent = row.parent.as_ref().map(|who| fill(t().consent_by_parent(), &[("who", who)]));
    let is_over = row.withdrawn.is_some();
    let shape = if is_over { Shape::Lock } else { Shape::Eye };
    view! {
        <li class="support-line">
            <Icon shape/>
            <span class="stack" data-gap="small">
                <span class="strong">{words::area(&row.area)}</span>
                <span>{dates}</span>
                <span class="own-words">{words::purpose_said(&row.purpose)}</span>
                {parent.map(|parent| view! { <span>{parent}</span> })}
                {closed.map(|closed| view! { <span>{closed}</span> })}
            </span>
        </li>
    }
    .into_any()
}

/// Who was let in may leave as easily.
#[component]
fn Leaving(here: Here) -> impl IntoView {
    let leave = move || drop(here.commands.run(ToolCommand::LeaveConsents(here.document)));
    view! { <Button label=t().consent_leave() look=Look::Second icon=Shape::Hide on_press=leave/> }
}
