//! What was shared with somebody who is no part of the course: the first screen they have, and the last.

use client::view::{Devices, SharedRow, SharedWithMe};
use kit::{ButtonLink, Live, Look, Page, PageHead, Rows, Section, Shape};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::use_view;
use crate::routes::Place;
use crate::text::{date_in_words, fill, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Guest() -> impl IntoView {
    let shared = use_view(|| SharedWithMe);
    let is_there = shared.part(|all| !all.is_empty());
    let draw = move || {
        if !is_there.get() {
            return view! { <Nowhere/> }.into_any();
        }
        view! {
            <Page>
                <PageHead title=t().guest_title()>
                    <p class="soft">{t().guest_lead()}</p>
                </PageHead>
                <Rows each=shared key=|row: &SharedRow| row.document.to_string() row=citizen/>
                <ButtonLink href=Place::Devices(Devices::Mine).href() label=t().devices_see() look=Look::Quiet icon=Shape::Phone/>
            </Page>
        }
        .into_any()
    };
    view! { {move || draw()} }
}

fn citizen(row: Live<SharedRow>) -> impl IntoView {
    let name = row.part(|row| words::name_or_role(&row.citizen));
    let areas = row.part(|row| (row.course, row.areas.clone()));
    let receipt = row.map(|row| Place::Consent(row.document).href());
    let list = move || {
        let (course, areas) = areas.get();
        let link = move |seen: client::view::SeenArea| {
            let area = seen.area?;
            let label = match seen.until {
                Some(day) => {
                    let values = [("what", words::area(&area)), ("day", &*date_in_words(day))];
                    fill(t().guest_area(), &values)
                }
                None => words::area(&area).to_owned(),
            };
            let href = Place::Shown(course, area).href();
            Some(view! { <kit::LinkRow href label icon=Shape::Eye/> })
        };
        let rows = areas.into_iter().filter_map(link).collect_view();
        view! { <kit::LinkList>{rows}</kit::LinkList> }.into_any()
    };
    let see = move || fill(t().guest_receipt(), &[("name", &name.get())]);
    view! {
        <Section title=name>
            {move || list()}
            {move || view! { <ButtonLink href=receipt.get() label=see() look=Look::Quiet/> }}
        </Section>
    }
}
