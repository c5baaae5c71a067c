//! What did not get through: kept here, with its words and the reason.

use client::ToolCommand;
use client::view::{
    Named, Overruled as OverruledQuery, Saving, SetAside, SetAsideRow, WhyAside, WrittenIn,
};
use kit::{Button, Card, Live, Look, Page, PageHead, Rows};
use leptos::prelude::*;

use super::overruled::Overruled;
use crate::hooks::{use_commands, use_view};
use crate::text::{fill, full_day_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Aside() -> impl IntoView {
    let commands = use_commands();
    let rows = use_view(|| SetAside);
    let needs_newer = use_view(|| Saving).part(|saving| saving.needs_newer_app);
    let is_empty = rows.part(Vec::is_empty);
    let has_overruled = use_view(|| OverruledQuery(None)).part(|rows| !rows.is_empty());
    let lead = move || match (is_empty.get(), has_overruled.get()) {
        (true, true) => "",
        (true, false) => t().aside_none(),
        (false, _) => t().aside_lead(),
    };
    let has_untold = rows.part(|rows| rows.iter().any(|row| !row.is_told));
    let seen = move || drop(commands.run(ToolCommand::SawAside));
    view! {
        <Page>
            <PageHead title=t().aside_title()>
                <p>{lead}</p>
                {move || needs_newer.get().then(|| view! { <p>{t().aside_newer()}</p> })}
            </PageHead>
            <div class="stack">
                <Overruled/>
                <Rows each=rows key=key row=row/>
                {move || has_untold.get().then(|| view! {
                    <Button label=t().aside_seen() look=Look::Second on_press=seen/>
                })}
            </div>
        </Page>
    }
}

fn key(row: &SetAsideRow) -> String {
    row.key.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn row(aside: Live<SetAsideRow>) -> impl IntoView {
    view! {
        <Card>
            <p class="strong own-words">{move || aside.with(|row| row.words.clone())}</p>
            <p>{move || aside.with(why)}</p>
            <p class="soft small">{move || aside.with(place)}</p>
        </Card>
    }
}

fn why(row: &SetAsideRow) -> String {
    let t = t();
    match &row.why {
        WhyAside::NotIn => t.aside_not_in().to_owned(),
        WhyAside::NotAllowed => t.aside_not_allowed().to_owned(),
        WhyAside::Unconfirmed => t.aside_unconfirmed().to_owned(),
        WhyAside::NotUsable => t.aside_not_usable().to_owned(),
        WhyAside::Unreadable(from) => from_somebody(t.aside_unreadable(), from.as_ref()),
        WhyAside::Untrue(from) => from_somebody(t.aside_untrue(), from.as_ref()),
        WhyAside::Later(from) => from_somebody(t.aside_later(), from.as_ref()),
    }
}

fn from_somebody(sentence: &str, from: Option<&Named>) -> String {
    let who = from.map_or_else(|| t().somebody().to_owned(), words::name_or_role);
    fill(sentence, &[("who", &who)])
}

/// Where it was written, and when it was set aside.
fn place(row: &SetAsideRow) -> String {
    let t = t();
    let day = full_day_in_words(row.day);
    match &row.place {
        WrittenIn::Meeting(when) => match words::meeting_day(when) {
            Some(meeting) => fill(t.aside_in_meeting(), &[("meeting", &meeting), ("day", &day)]),
            None => fill(t.aside_elsewhere(), &[("day", &day)]),
        },
        WrittenIn::Area(area) => {
            fill(t.aside_in_area(), &[("area", words::area(area)), ("day", &day)])
        }
        WrittenIn::Notebook => fill(t.aside_in_notebook(), &[("day", &day)]),
        WrittenIn::Other => fill(t.aside_elsewhere(), &[("day", &day)]),
    }
}
