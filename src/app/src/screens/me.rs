//! What I am called, and my telephone number or nothing.

use client::MeForm;
use client::view::{Devices, Me as MeQuery};
use kit::{Field, FieldKind, LinkList, LinkRow, Live, Local, Page, PageHead, Shape, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::overruled::Overruled;
use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::text::t;
use crate::words;

/// The screen.
#[component]
pub(crate) fn Me() -> impl IntoView {
    let me = use_view(|| MeQuery);
    let (commands, address) = (use_commands(), use_address());
    let is_citizen = matches!(use_part().get_untracked(), Part::Citizen(_));
    let devices = words::here(t().devices_title(), t().devices_title_computer());
    let form = Local::new(MeForm::default());
    let name = Live::memo(move || me.with(|me| form.with(|form| form.name.shown(&me.name))));
    let phone = Live::memo(move || me.with(|me| form.with(|form| form.phone.shown(&me.phone))));
    let change = move |change: &dyn Fn(&mut MeForm)| {
        let mut changed = form.get_untracked();
        change(&mut changed);
        form.set(changed);
    };
    let write_name = move |typed: String| {
        change(&|form| form.name.touch(typed.clone(), &me.with_untracked(|me| me.name.clone())));
    };
    let write_phone = move |typed: String| {
        change(&|form| form.phone.touch(typed.clone(), &me.with_untracked(|me| me.phone.clone())));
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let call_me = me.with_untracked(|me| form.with_untracked(|form| form.command(me)));
        if commands.run(call_me).is_ok() {
            address.go_instead(&Place::Today);
        }
    };
    view! {
        <Page>
            <PageHead title=t().me_title()/>
            <Overruled/>
            <form class="form" on:submit=send>
                <Field label=t().me_name() hint=t().me_name_hint() value=name on_input=write_name/>
                <Field
                    label=t().me_phone()
                    hint=t().me_phone_hint()
                    kind=FieldKind::Phone
                    value=phone
                    on_input=write_phone
                />
                <SubmitButton label=t().me_save()/>
            </form>
            <LinkList>
                <LinkRow href=Place::Devices(Devices::Mine).href() label=devices icon=Shape::Phone/>
                {is_citizen.then(|| view! { <LinkRow href=Place::File.href() label=t().file_title() icon=Shape::List/> })}
            </LinkList>
        </Page>
    }
}
