//! One agreement on a small paper, for whoever has no app: what, who, by when, and whom to call.

use client::DocumentId;
use client::view::{Named, SlipOf, SlipView};
use domain::{AgreementState, ItemId};
use kit::{Card, Live, Page, PageHead, StateChip};
use leptos::prelude::*;

use super::agreement::who_and_when;
use super::nowhere::Nowhere;
use crate::hooks::{lasting, use_view};
use crate::people::PrintButton;
use crate::text::{fill, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Slip(document: DocumentId, agreement: ItemId) -> impl IntoView {
    let found = use_view(move || SlipOf { document, agreement });
    let is_there = found.part(Option::is_some);
    let slip = lasting(found);
    let draw = move || {
        if is_there.get() {
            view! { <Paper slip/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn Paper(slip: Live<Option<SlipView>>) -> impl IntoView {
    let of = move |part: fn(&SlipView) -> String| {
        move || slip.with(|slip| slip.as_ref().map(part).unwrap_or_default())
    };
    let state = Live::memo(move || {
        let state = slip.with(|slip| slip.as_ref().map(|slip| slip.row.state));
        words::state(state.unwrap_or(AgreementState::Agreed))
    });
    view! {
        <Page>
            <PageHead title=t().kind_agreement()/>
            <Card class="slip">
                <p class="slip-what own-words">{of(|slip| slip.row.what.text.clone())}</p>
                <p class="strong">{of(|slip| who_and_when(&slip.row))}</p>
                <StateChip state/>
                <p class="soft">{of(goal)}</p>
                <p>{of(|slip| slip.row.follow_up.text.clone())}</p>
                <p class="slip-call">{of(|slip| slip.coordinator.as_ref().map(call).unwrap_or_default())}</p>
            </Card>
            <PrintButton/>
        </Page>
    }
}

fn goal(slip: &SlipView) -> String {
    if slip.goal.is_empty() {
        String::new()
    } else {
        fill(t().topic_of_goal(), &[("goal", &slip.goal)])
    }
}

/// "Ring til Mette: 12 34 56 78".
fn call(coordinator: &Named) -> String {
    let who = fill(t().help_call(), &[("who", &words::name_or_role(coordinator))]);
    if coordinator.phone.is_empty() {
        return who;
    }
    fill(t().board_line(), &[("what", &who), ("who", &coordinator.phone)])
}
