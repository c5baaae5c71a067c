//! Gem væk: a page that tells nobody anything.

use kit::Local;
use leptos::prelude::*;

use crate::text::t;

/// Covers everything while it is on; any tap brings the page back.
#[component]
pub(crate) fn Blank(
    /// Whether the page is hidden.
    on: Local<bool>,
) -> impl IntoView {
    let cover = move || {
        view! {
            <main class="blank">
                <h1 class="hidden">{t().app_name()}</h1>
                <button type="button" class="blank-back" autofocus on:click=move |_| on.set(false)>
                    {t().blank_back()}
                </button>
            </main>
        }
    };
    view! { {move || on.get().then(cover)} }
}
