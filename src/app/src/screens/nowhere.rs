//! There is no such page.

use client::Command;
use client::view::{Saving, UnsentRow};
use kit::{Button, ButtonLink, Card, Look, Page, PageHead};
use leptos::prelude::*;

use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::part::use_part;
use crate::routes::Place;
use crate::text::t;
use crate::unsent::way_to;

/// The screen. What somebody wrote on one that has been thrown out is not gone with it.
#[component]
pub(crate) fn Nowhere() -> impl IntoView {
    let place = use_address().place().get_untracked();
    // An address that never was one has no boxes.
    let path = if place == Place::Nowhere { String::new() } else { place.to_string() };
    let saving = use_view(|| Saving);
    let part = use_part();
    let left = move || {
        let mut rows = saving.get().unsent;
        rows.retain(|row| row.path() == path && way_to(row, part.get()).is_some());
        rows.into_iter().map(words_left).collect::<Vec<_>>()
    };
    view! {
        <Page>
            <PageHead title=t().nowhere_title()>
                <p>{t().nowhere_lead()}</p>
            </PageHead>
            {left}
            <ButtonLink href=Place::Today.href() label=t().nowhere_home()/>
        </Page>
    }
}

fn words_left(row: UnsentRow) -> AnyView {
    let UnsentRow { place, words } = row;
    let commands = use_commands();
    let forget = move || {
        let forget = Command::KeepUnsent { place: place.clone(), words: String::new() };
        drop(commands.run(forget));
    };
    view! {
        <Card>
            <p>{t().nowhere_words()}</p>
            <p class="own-words">{words}</p>
            <Button label=t().nowhere_forget() look=Look::Second on_press=forget/>
        </Card>
    }
    .into_any()
}
