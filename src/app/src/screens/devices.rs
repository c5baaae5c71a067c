//! Which phones and computers somebody uses this from: when each came and by whose code, and the way to put one out.

use client::view::{Decision, DeviceRow, Devices as DevicesQuery, DevicesView, Saving};
use client::{DeviceCommand, PersonId};
use kit::{
    Actions, Button, ButtonLink, Card, Live, Local, Look, Notice, Page, PageHead, Paper, Rows,
    Shape, UnhurriedButton, after_each_change,
};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::{lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::text::{fill, full_moment_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Devices(whose: DevicesQuery) -> impl IntoView {
    let found = use_view(move || whose);
    let is_there = found.part(Option::is_some);
    let shown = lasting(found);
    let draw = move || {
        if is_there.get() {
            view! { <List whose shown/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn List(whose: DevicesQuery, shown: Live<Option<DevicesView>>) -> impl IntoView {
    let Some(first) = shown.get_untracked() else { return ().into_any() };
    let person = PersonId(first.person.who.0);
    let is_mine = whose == DevicesQuery::Mine;
    if !is_mine {
        ask(person);
    }
    let rows =
        shown.map(|found| found.as_ref().and_then(|found| found.rows.clone()).unwrap_or_default());
    let is_known = shown.part(|found| found.as_ref().is_some_and(|found| found.rows.is_some()));
    let can_decide = shown.part(|found| found.as_ref().is_some_and(|found| found.can_decide));
    let row = move |row: Live<DeviceRow>| view! { <Device row person is_mine can_decide/> };
    let is_nowhere = Live::memo(move || is_known.get() && rows.with(Vec::is_empty));
    let first_named = first.clone();
    let unknown = || view! { <Card paper=Paper::Sunk><p>{t().devices_unknown()}</p></Card> };
    let may_have_file = is_mine && matches!(use_part().get_untracked(), Part::Citizen(_));
    view! {
        <Page>
            <PageHead title=title(&first, is_mine)>
                <p>{move || lead(&first_named, is_mine, is_nowhere.get())}</p>
            </PageHead>
            {move || (is_mine && !can_decide.get()).then(needs_yes)}
            {move || (!is_known.get()).then(unknown)}
            <div class="stack">
                <Rows each=rows key=|row: &DeviceRow| row.device.to_string() row=row/>
            </div>
            {may_have_file.then(|| view! {
                <ButtonLink href=Place::FileIn.href() label=t().file_in_title() look=Look::Quiet icon=Shape::Phone/>
            })}
        </Page>
    }
    .into_any()
}

/// Somebody else's are only known when they are asked for, and anew whenever there is a network again.
fn ask(person: PersonId) {
    let commands = use_commands();
    let connected = use_view(|| Saving).part(|saving| saving.connected);
    after_each_change(move || {
        if connected.get() {
            drop(commands.run(DeviceCommand::AskFor(person)));
        }
    });
}

fn title(shown: &DevicesView, is_mine: bool) -> String {
    if is_mine {
        return words::here(t().devices_title(), t().devices_title_computer()).to_owned();
    }
    fill(t().devices_title_of(), &[("name", &words::name_or_role(&shown.person))])
}

fn lead(shown: &DevicesView, is_mine: bool, is_nowhere: bool) -> String {
    let sentence = match (is_mine, is_nowhere) {
        (true, _) => t().devices_lead(),
        (false, true) => t().devices_none_of(),
        (false, false) => t().devices_lead_of(),
    };
    fill(sentence, &[("name", &words::name_or_role(&shown.person))])
}

/// On a device that nobody has said yes to: where that is said, and what to do where it cannot be.
pub(super) fn needs_yes() -> AnyView {
    view! {
        <Notice icon=Shape::Phone>
            <p class="strong">{words::here(t().device_needs_yes(), t().device_needs_yes_computer())}</p>
            <p>{words::here(t().device_needs_yes_lost(), t().device_needs_yes_lost_computer())}</p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Device(
    row: Live<DeviceRow>,
    person: PersonId,
    is_mine: bool,
    can_decide: Live<bool>,
) -> impl IntoView {
    let device = row.with_untracked(|row| row.device);
    let commands = use_commands();
    let standing = row.part(|row| standing(row).to_owned());
    // My own new one can also be said yes to, should the question have been missed.
    let say_yes =
        row.part(move |row| is_mine && row.is_new && !row.is_this && row.decision.is_none());
    let put_out = row.part(|row| !row.is_this && row.decision != Some(Decision::Out));
    let yes = move || drop(commands.run(DeviceCommand::SayYes(device)));
    let line =
        move || (!standing.with(String::is_empty)).then(|| view! { <p>{standing.get()}</p> });
    view! {
        <Card>
            <h2>{move || row.with(name)}</h2>
            <p>{move || row.with(about)}</p>
            {line}
            {move || (can_decide.get() && say_yes.get()).then(|| view! {
                <UnhurriedButton label=t().device_say_yes() look=Look::Second on_press=yes/>
            })}
            {move || (can_decide.get() && put_out.get()).then(|| view! { <PutOut person row/> })}
        </Card>
    }
}

/// Two taps, and between them what it means.
#[component]
fn PutOut(person: PersonId, row: Live<DeviceRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let device = row.with_untracked(|row| row.device);
    let is_asking = Local::new(false);
    let out = move || {
        if commands.run(DeviceCommand::PutOut(person, device)).is_ok() {
            notices.tell(t().device_going());
        }
    };
    let ask = move || {
        view! {
            <Button label=t().device_put_out() look=Look::Second icon=Shape::Lock on_press=move || is_asking.set(true)/>
        }
        .into_any()
    };
    let sure = move || {
        view! {
            <p>{t().device_put_out_says()}</p>
            <p>{t().device_put_out_again()}</p>
            {row.with_untracked(|row| row.alone_has_notes).then(|| view! { <p>{t().device_alone_has_notes()}</p> })}
            <Actions>
                <UnhurriedButton label=t().device_put_out_yes() look=Look::Second on_press=out/>
                <Button label=t().device_put_out_no() look=Look::Second on_press=move || is_asking.set(false)/>
            </Actions>
        }
        .into_any()
    };
    view! { {move || if is_asking.get() { sure() } else { ask() }} }
}

fn name(row: &DeviceRow) -> String {
    if row.is_this { t().device_this().to_owned() } else { came(row) }
}

/// What the heading does not say.
fn about(row: &DeviceRow) -> String {
    if row.is_this { came_by(row) } else { code_by(row) }
}

/// When it came, and whose code it came by.
pub(super) fn came_by(row: &DeviceRow) -> String {
    [came(row), code_by(row)].join(" ").trim_end().to_owned()
}

fn came(row: &DeviceRow) -> String {
    match row.came {
        None => t().device_came_before().to_owned(),
        Some(came) => fill(t().device_came(), &[("when", &full_moment_in_words(came))]),
    }
}

fn code_by(row: &DeviceRow) -> String {
    let by = row.by.as_ref();
    by.map(|by| fill(t().device_code_by(), &[("who", &words::name(by))])).unwrap_or_default()
}

fn standing(row: &DeviceRow) -> &'static str {
    match row.decision {
        Some(Decision::Out) => t().device_going(),
        Some(Decision::Yes) => t().device_coming(),
        None if row.is_new => t().device_waits(),
        None => "",
    }
}
