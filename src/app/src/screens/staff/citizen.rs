//! A citizen's course, as the coordinator sees it.

use client::DocumentId;
use client::view::{CitizenRow, Citizens, Devices};
use kit::{Actions, Button, ButtonLink, Card, Live, Look, Page, PageHead, Shape};
use leptos::prelude::*;

use super::citizens::{next_meeting, programme};
use crate::address::use_address;
use crate::around::use_around;
use crate::hooks::use_view;
use crate::routes::Place;
use crate::screens::invitation::Invitation;
use crate::screens::nowhere::Nowhere;
use crate::sitting;
use crate::text::t;

/// The screen.
#[component]
pub(crate) fn Citizen(course: DocumentId) -> impl IntoView {
    let citizens = use_view(|| Citizens);
    let row = Live::memo(move || {
        citizens.with(|all| all.iter().find(|row| row.course == course).cloned())
    });
    let draw = move || match row.get() {
        Some(row) => view! { <CitizenPage row/> }.into_any(),
        None => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

#[component]
fn CitizenPage(row: CitizenRow) -> impl IntoView {
    let (course, person, name) = (row.course, row.person, row.name.clone());
    let when = next_meeting(&row);
    let meeting = row.next_meeting.as_ref().map(|next| Place::Agenda(next.document).href());
    let (around, address) = (use_around(), use_address());
    let sit_together = move || {
        sitting::begin(around, course);
        address.go_instead(&Place::Today);
    };
    let agenda = meeting.map(|href| view! { <ButtonLink href label=t().meeting_agenda()/> });
    view! {
        <Page>
            <PageHead title=row.name>
                <p class="soft">{programme(row.programme)}</p>
            </PageHead>
            <Card>
                <p>{when}</p>
                {agenda}
                <Actions>
                    <ButtonLink href=Place::NewMeeting(Some(course)).href() label=t().meeting_new() look=Look::Second/>
                    <ButtonLink href=Place::Plan(Some(course)).href() label=t().citizen_plan() look=Look::Second/>
                    <ButtonLink href=Place::Network(Some(course)).href() label=t().citizen_network() look=Look::Second/>
                    <Button label=t().beside_begin() look=Look::Second on_press=sit_together/>
                </Actions>
            </Card>
            <Invitation person name document=course/>
            <ButtonLink href=Place::Devices(Devices::Citizen(course)).href() label=t().devices_see_of() look=Look::Second icon=Shape::Phone/>
        </Page>
    }
}
