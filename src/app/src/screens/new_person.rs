//! Somebody new on the map: what they are called, and on which side they stand. Nothing else is asked.

use client::{DocumentId, Made, ToolCommand};
use domain::Half;
use kit::{Choice, Field, Local, Page, PageHead, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::use_address;
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::routes::Place;
use crate::text::t;
use crate::unsent::use_unsent;
use crate::words;

/// Which half, and whether nobody is there.
type Side = (Half, bool);

/// The screen.
#[component]
pub(crate) fn NewPerson(course: DocumentId) -> impl IntoView {
    let (commands, notices, address) = (use_commands(), use_notices(), use_address());
    let name = use_unsent("person");
    let chosen = Local::new(None::<Side>);
    let sides = [Half::Private, Half::Professional]
        .map(|half| ((half, false), words::half_one(half).to_owned()));
    let missing = ((Half::Private, true), t().person_missing().to_owned());
    let sides: Vec<(Side, String)> = sides.into_iter().chain([missing]).collect();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((half, is_missing)) = chosen.get_untracked() else {
            return notices.tell(t().person_choose_side());
        };
        let command = ToolCommand::AddPerson { course, name: name.get(), half, is_missing };
        if let Ok(Some(Made::Item(document, person))) = commands.run(command) {
            name.sent();
            address.go_instead(&Place::Person(document, person));
        }
    };
    view! {
        <Page>
            <PageHead title=t().person_new_title()/>
            <form class="form" on:submit=send>
                <Field label=t().person_name() hint=t().person_name_hint() value=name.live() on_input=move |v| name.set(v)/>
                <Choice title=t().person_side() options=sides chosen on_choose=move |side| chosen.set(Some(side))/>
                <SubmitButton label=t().person_save()/>
            </form>
        </Page>
    }
}
