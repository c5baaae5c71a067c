//! Somebody new on the map: what they are called, and on which side they stand. Nothing else is asked.

use client::{DocumentId, Made, ToolCommand};
use domain::Half;
use kit::{Choice, Field, Local, Page, PageHead, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::use_address;
use crate::focus;
use crate::hooks::use_commands;
use crate::routes::Place;
use crate::text::t;
use crate::unsent::{use_answer, use_unsent};
use crate::words;

/// Which half, and whether nobody is there.
type Side = (Half, bool);

/// How it is kept until it is saved.
fn key_of((half, is_missing): Side) -> &'static str {
    match (half, is_missing) {
        (_, true) => "missing",
        (Half::Private, false) => "private",
        (Half::Professional, false) => "professional",
    }
}

fn side_of(key: &str) -> Option<Side> {
    let all =
        [(Half::Private, false), (Half::Professional, false), (Half::Private, true)].into_iter();
    all.into_iter().find(|side| key_of(*side) == key)
}

/// The screen.
#[component]
pub(crate) fn NewPerson(course: DocumentId) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let name = use_unsent("person");
    let side = use_answer("side");
    let (mistake, no_side) = (Local::new(None), Local::new(None));
    let sides = [Half::Private, Half::Professional]
        .map(|half| ((half, false), words::half_one(half).to_owned()));
    let missing = ((Half::Private, true), t().person_missing().to_owned());
    let sides: Vec<(Side, String)> = sides.into_iter().chain([missing]).collect();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((half, is_missing)) = side_of(&side.get()) else {
            no_side.set(Some(t().person_choose_side().to_owned()));
            return focus::go_to_mistake();
        };
        no_side.set(None);
        let command = ToolCommand::AddPerson { course, name: name.get(), half, is_missing };
        if let Ok(Some(Made::Item(document, person))) = commands.under(mistake).run(command) {
            [name, side].iter().for_each(|kept| kept.sent());
            address.go_instead(&Place::Person(document, person));
        }
    };
    view! {
        <Page>
            <PageHead title=t().person_new_title()/>
            <form class="form" on:submit=send>
                <Field label=t().person_name() hint=t().person_name_hint() value=name.live() error=mistake on_input=move |v| name.set(v)/>
                <Choice title=t().person_side() options=sides chosen=side.chosen(side_of) error=no_side on_choose=move |chosen| side.set(key_of(chosen).to_owned())/>
                <SubmitButton label=t().person_save()/>
            </form>
        </Page>
    }
}
