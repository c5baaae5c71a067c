//! Hjælp: a person first, then the numbers. Works with no network.

use kit::{Icon, Page, PageHead, Shape};
use leptos::prelude::*;

use crate::text::t;

/// Somebody to call.
struct Line {
    name: &'static str,
    number: &'static str,
}

/// Danish lines that anybody may call, each as its own page gives it.
fn lines() -> [Line; 8] {
    let t = t();
    [
        Line { name: t.help_danger, number: "112" },
        Line { name: t.help_life, number: "70 201 201" },
        Line { name: t.help_doctor, number: "1813" },
        Line { name: t.help_violence, number: "1888" },
        Line { name: t.help_mind, number: "39 25 25 25" },
        Line { name: t.help_young, number: "116 111" },
        Line { name: t.help_poison, number: "82 12 12 12" },
        Line { name: t.help_police, number: "114" },
    ]
}

/// The screen.
#[component]
pub(crate) fn Help() -> impl IntoView {
    view! {
        <Page>
            <PageHead title=t().help_title>
                <p class="soft">{t().help_lead}</p>
            </PageHead>
            <div class="stack">
                {lines().map(call).collect_view()}
            </div>
        </Page>
    }
}

fn call(line: Line) -> impl IntoView {
    let href = format!("tel:{}", line.number.replace(' ', ""));
    view! {
        <a class="help-row" href=href>
            <Icon shape=Shape::Ring/>
            <span>{line.name}</span>
            <span class="help-number">{line.number}</span>
        </a>
    }
}
