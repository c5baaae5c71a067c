//! Smidt ud: what was thrown out, and the way back. What is older than 30 days lies one tap further in.

use client::view::{Bin as BinQuery, BinKind, BinRow};
use client::{Command, DocumentId};
use kit::{Button, Card, Live, Local, Look, Page, PageHead, Rows};
use leptos::prelude::*;

use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::text::{fill, full_day_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Bin(course: DocumentId) -> impl IntoView {
    let rows = use_view(move || BinQuery { course });
    let is_deep = Local::new(false);
    let shown = Live::derive(move || {
        let is_deep = is_deep.get();
        rows.with(|rows| rows.iter().filter(|row| is_deep || !row.is_old).cloned().collect())
    });
    let has_more =
        Live::memo(move || !is_deep.get() && rows.with(|rows| rows.iter().any(|row| row.is_old)));
    let is_empty = rows.part(Vec::is_empty);
    view! {
        <Page>
            <PageHead title=t().bin_title()>
                <p class="soft">{move || lead(is_empty.get())}</p>
            </PageHead>
            <div class="stack">
                <Rows each=shown key=key row=row/>
                {move || has_more.get().then(|| view! {
                    <Button label=t().bin_older() look=Look::Quiet on_press=move || is_deep.set(true)/>
                })}
            </div>
        </Page>
    }
}

fn lead(is_empty: bool) -> String {
    if is_empty { t().bin_empty() } else { t().bin_lead() }.to_owned()
}

fn key(row: &BinRow) -> String {
    // What is thrown out keeps its id, which no other thing has.
    row.thing.id().to_string()
}

fn row(thrown: Live<BinRow>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let (document, thing) = thrown.with_untracked(|row| (row.document, row.thing));
    let back = move || {
        if commands.run(Command::TakeBack(document, thing)).is_ok() {
            notices.tell(t().bin_taken_back());
        }
    };
    view! {
        <Card>
            <div class="bin-row">
                <div>
                    <span class="strong own-words">{move || thrown.with(text)}</span>
                    <span class="soft small">{move || thrown.with(about)}</span>
                </div>
                <Button label=t().bin_take_back() look=Look::Second on_press=back/>
            </div>
        </Card>
    }
}

/// What it says; where nobody wrote a word, the words for the number.
fn text(row: &BinRow) -> String {
    match row.kind {
        BinKind::Assessment(Some(score)) if row.text.is_empty() => words::score(score).to_owned(),
        _ => row.text.clone(),
    }
}

fn about(row: &BinRow) -> String {
    let by = row.by.as_ref().map_or_else(|| t().somebody().to_owned(), words::name);
    let day = full_day_in_words(row.day);
    fill(t().bin_about(), &[("kind", kind(row.kind)), ("who", &by), ("day", &day)])
}

fn kind(kind: BinKind) -> &'static str {
    let t = t();
    match kind {
        BinKind::Topic => t.kind_topic(),
        BinKind::Avoid => t.kind_avoid(),
        BinKind::Wish => t.kind_wish(),
        BinKind::Goal => t.kind_goal(),
        BinKind::Milestone => t.kind_milestone(),
        BinKind::Step => t.kind_step(),
        BinKind::Agreement => t.kind_agreement(),
        BinKind::Support => t.kind_support(),
        BinKind::Dream => t.kind_dream(),
        BinKind::Person => t.kind_person(),
        BinKind::Note => t.kind_note(),
        BinKind::Assessment(_) => t.how_title(),
    }
}
