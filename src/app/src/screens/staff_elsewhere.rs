//! In the app that citizens download, where the screens of those who work here are not: they are fetched,
//! once, and the page loads again with them.

use client::DocumentId;
use client::view::{Saved, Saving};
use kit::{Button, Page, PageHead, after_each_change};
use leptos::prelude::*;

use crate::around::use_around;
use crate::hooks::use_view;
use crate::routes::Place;
use crate::text::t;

/// The same for every place.
pub(super) fn screen(_: &Place) -> AnyView {
    view! { <Fetching/> }.into_any()
}

/// The same, until the screens are here.
pub(super) fn beside_screen(_: DocumentId, place: &Place) -> AnyView {
    screen(place)
}

/// Nothing can be ended here.
pub(super) fn beside(_: DocumentId) -> AnyView {
    ().into_any()
}

#[component]
fn Fetching() -> impl IntoView {
    let page = use_around().page();
    let saving = use_view(|| Saving);
    // What let this device in must be on the disk before the page goes.
    let is_kept = saving.part(|saving| matches!(saving.saved, Saved::Safely | Saved::OnDevice));
    after_each_change(move || {
        if is_kept.get() {
            (page.use_staff_app)();
        }
    });
    view! {
        <Page>
            <PageHead title=t().staff_fetching()>
                <p>{t().staff_fetching_lead()}</p>
            </PageHead>
            <Button label=t().staff_fetch() on_press=move || (page.load_again)()/>
        </Page>
    }
}
