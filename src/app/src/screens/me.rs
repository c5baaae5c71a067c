//! What I am called, and my telephone number or nothing.

use client::ToolCommand;
use client::view::Me as MeQuery;
use kit::{Field, FieldKind, LinkList, LinkRow, Local, Page, PageHead, Shape, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::text::t;

/// The screen.
#[component]
pub(crate) fn Me() -> impl IntoView {
    let me = use_view(|| MeQuery).get_untracked();
    let (commands, address) = (use_commands(), use_address());
    let is_citizen = matches!(use_part().get_untracked(), Part::Citizen(_));
    let name = Local::new(me.name);
    let phone = Local::new(String::new());
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let call_me =
            ToolCommand::CallMe { name: name.get_untracked(), phone: phone.get_untracked() };
        if commands.run(call_me).is_ok() {
            address.go_instead(&Place::Today);
        }
    };
    view! {
        <Page>
            <PageHead title=t().me_title()/>
            <form class="form" on:submit=send>
                <Field label=t().me_name() hint=t().me_name_hint() value=name on_input=move |v| name.set(v)/>
                <Field
                    label=t().me_phone()
                    hint=t().me_phone_hint()
                    kind=FieldKind::Phone
                    value=phone
                    on_input=move |v| phone.set(v)
                />
                <SubmitButton label=t().me_save()/>
            </form>
            {is_citizen.then(|| view! { <LinkList><LinkRow href=Place::File.href() label=t().file_title() icon=Shape::Phone/></LinkList> })}
        </Page>
    }
}
