//! There is no such page.

use kit::{ButtonLink, Page, PageHead};
use leptos::prelude::*;

use crate::routes::Place;
use crate::text::t;

/// The screen.
#[component]
pub(crate) fn Nowhere() -> impl IntoView {
    view! {
        <Page>
            <PageHead title=t().nowhere_title()>
                <p>{t().nowhere_lead()}</p>
            </PageHead>
            <ButtonLink href=Place::Today.href() label=t().nowhere_home()/>
        </Page>
    }
}
