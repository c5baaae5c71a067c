//! A device that has come in the person's name and that none of the others has said yes to: asked about on every
//! page until it is answered. And what is said on a device that was put out.

use client::DeviceCommand;
use client::view::{DeviceRow, NewDevices, PutOutView, Saving, ThisDevice};
use kit::{Actions, CardSection, Live, Look, Paper, Rows, UnhurriedButton};
use leptos::prelude::*;

use super::devices::came_by;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::text::{fill, full_moment_in_words, plural, t};
use crate::words;

/// Nothing where there is none.
#[component]
pub(crate) fn NewDevice() -> impl IntoView {
    let found = use_view(|| NewDevices);
    view! { <Rows each=found key=|row: &DeviceRow| row.device.to_string() row=question/> }
}

fn question(row: Live<DeviceRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let device = row.with_untracked(|row| row.device);
    let me = use_view(|| client::view::Devices::Mine);
    let yes = move || {
        if commands.run(DeviceCommand::SayYes(device)).is_ok() {
            notices.tell(t().new_device_yes_told());
        }
    };
    let no = move || {
        let person = me.with_untracked(|me| me.as_ref().map(|me| me.person.who));
        let out = person.map(|who| DeviceCommand::PutOut(client::PersonId(who.0), device));
        if out.is_some_and(|out| commands.run(out).is_ok()) {
            notices.tell(t().device_going());
        }
    };
    let title = words::here(t().new_device_title(), t().new_device_title_computer());
    view! {
        <CardSection title paper=Paper::Raised>
            <p>{move || row.with(came_by)}</p>
            {gets().map(|gets| view! { <p>{gets}</p> })}
            <Actions>
                <UnhurriedButton label=t().device_say_yes() look=Look::Second on_press=yes/>
                <UnhurriedButton label=t().new_device_no() look=Look::Second on_press=no/>
            </Actions>
        </CardSection>
    }
}

/// What it gets by a yes.
fn gets() -> Option<&'static str> {
    match use_part().get_untracked() {
        Part::Citizen(_) => Some(t().new_device_gets()),
        Part::Staff => Some(t().new_device_gets_staff()),
        _ => None,
    }
}

/// Under the heading of a device that was put out: when and by whom, and what of mine is still here.
#[component]
pub(crate) fn PutOut() -> impl IntoView {
    let put_out = use_view(|| ThisDevice).part(|this| this.put_out.clone());
    let waiting = use_view(|| Saving).part(|saving| saving.waiting);
    use_notices().clear();
    let kept = move || match waiting.get() {
        0 => String::new(),
        count => plural(t().put_out_kept_one(), t().put_out_kept_many(), count),
    };
    view! {
        <p>{move || put_out.with(|found| found.as_ref().map(by_whom))}</p>
        <p>{kept}</p>
    }
}

fn by_whom(found: &PutOutView) -> String {
    let when = full_moment_in_words(found.at);
    let sentence = match (found.is_own, found.by.is_empty()) {
        (true, _) => t().put_out_by_me(),
        (false, true) => t().put_out_when(),
        (false, false) => t().put_out_by(),
    };
    fill(sentence, &[("who", &found.by), ("when", &when)])
}
