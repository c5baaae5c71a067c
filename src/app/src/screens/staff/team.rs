//! Teamet: who works here; the daily lead makes coordinators.

use client::view::{Devices, Named, Team as TeamQuery};
use client::{DocumentId, PersonId, ToolCommand};
use domain::Role;
use kit::{ButtonLink, Card, Live, Look, Page, PageHead, Rows, Shape};
use leptos::prelude::*;

use crate::hooks::{use_commands, use_view};
use crate::people::face;
use crate::routes::Place;
use crate::screens::add_line::AddLine;
use crate::screens::invitation::Invitation;
use crate::text::t;
use crate::words;

/// The screen.
#[component]
pub(crate) fn Team() -> impl IntoView {
    let team = use_view(|| TeamQuery);
    let people = team.map(|team| team.people.clone());
    let inviting = team.part(|team| team.house.filter(|_| team.can_make));
    let row = move |named: Live<Named>| view! { <Person named inviting/> };
    view! {
        <Page>
            <PageHead title=t().team_title()/>
            <div class="people">
                <Rows each=people key=|named: &Named| named.who.to_string() row=row/>
            </div>
            {move || inviting.get().map(|_| view! { <NewCoordinator/> })}
        </Page>
    }
}

#[component]
fn NewCoordinator() -> impl IntoView {
    let commands = use_commands();
    let make = move |name: String| commands.run(ToolCommand::MakeCoordinator { name }).is_ok();
    view! { <AddLine name="coordinator" label=t().coordinator_name() button=t().coordinator_make() on_add=Callback::new(make)/> }
}

#[component]
fn Person(named: Live<Named>, inviting: Live<Option<DocumentId>>) -> impl IntoView {
    let person = PersonId(named.with_untracked(|named| named.who.0));
    let can_be_invited =
        move || named.with(|named| !named.is_me && named.role == Some(Role::Coordinator));
    let name = move || named.with_untracked(words::name_or_role);
    let devices = Place::Devices(Devices::Colleague(person)).href();
    let house = move || inviting.get().filter(|_| can_be_invited());
    view! {
        <div class="stack">
            <Card>
                <div class="person-row">
                    {move || named.with(face)}
                    <span class="grow">
                        <span class="strong">{move || named.with(words::name_or_role)}</span>
                        <span class="soft">{move || words::role(named.with(|named| named.role))}</span>
                    </span>
                </div>
            </Card>
            {move || house().map(|document| view! {
                <Invitation person name=name() document/>
                <ButtonLink href=devices.clone() label=t().devices_see_of() look=Look::Second icon=Shape::Phone/>
            })}
        </div>
    }
}
