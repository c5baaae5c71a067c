//! What did not get through: kept here, with its words and the reason.

use client::view::{
    AsideStage, Named, Overruled as OverruledQuery, OwnKeptAside, OwnKeptAsideRow,
    OwnKeptAsideView, Saving, SetAside, SetAsideRow, WhyAside, WrittenIn,
};
use client::{KeptAsideCommand, ToolCommand};
use kit::{Button, Card, Live, Local, Look, Notice, Page, PageHead, Rows, Shape};
use leptos::prelude::*;

use super::erase_button::{EraseButton, Erasing};
use super::overruled::Overruled;
use crate::hooks::{use_commands, use_view};
use crate::text::{fill, full_day_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Aside() -> impl IntoView {
    let commands = use_commands();
    drop(commands.run(KeptAsideCommand::ReadOwn));
    let (rows, own) = (use_view(|| SetAside), use_view(|| OwnKeptAside));
    let asked = Local::new(None);
    let row = move |aside| view! { <Row aside own asked/> };
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
            {move || own.with(is_unknown).then(|| view! {
                <Notice icon=Shape::NoNetwork><p>{t().aside_no_network()}</p></Notice>
            })}
            <div class="stack">
                <Overruled/>
                <Rows each=rows key=key row/>
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

/// Whether something of mine may lie at the server, and that cannot be seen just now.
fn is_unknown(own: &OwnKeptAsideView) -> bool {
    own.may_be_there && own.stage == AsideStage::NoNetwork
}

#[component]
fn Row(
    aside: Live<SetAsideRow>,
    own: Live<OwnKeptAsideView>,
    asked: Local<Option<String>>,
) -> impl IntoView {
    let at_server = Live::memo(move || {
        let is_it = |row: &&OwnKeptAsideRow| aside.with(|aside| aside.key == row.key);
        own.with(|own| own.rows.iter().find(is_it).cloned())
    });
    let name = aside.with_untracked(key);
    let there = move || {
        let row = at_server.get()?;
        let name = name.clone();
        Some(view! { <AtServer row name asked/> })
    };
    view! {
        <Card>
            <p class="strong own-words">{move || aside.with(|row| row.words.clone())}</p>
            <p>{move || aside.with(why)}</p>
            <p class="soft small">{move || aside.with(place)}</p>
            {move || there()}
        </Card>
    }
}

/// That it lies at the server too, for whom and until when, and the way to erase it there.
#[component]
fn AtServer(row: OwnKeptAsideRow, name: String, asked: Local<Option<String>>) -> impl IntoView {
    let commands = use_commands();
    let OwnKeptAsideRow { document, name: record, until, is_erasing, .. } = row;
    let erase = move || drop(commands.run(KeptAsideCommand::Erase(document, vec![record])));
    let until = fill(t().aside_at_server_until(), &[("day", &full_day_in_words(until))]);
    let (label, sure) = (t().aside_erase(), t().aside_erase_sure());
    let says = Erasing { label, sure, lead: "" };
    let button = if is_erasing {
        view! { <p role="status">{t().erase_going()}</p> }.into_any()
    } else {
        view! { <EraseButton says name asked on_sure=erase/> }.into_any()
    };
    view! {
        <p>{t().aside_at_server()}</p>
        <p>{until}</p>
        {button}
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
