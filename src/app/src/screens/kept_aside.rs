//! What came too late: written by somebody who was put out meanwhile, kept at the server for those who write there.

use client::view::{
    AsideStage, KeptAside as KeptAsideQuery, KeptAsideRow, KeptAsideView, WrittenIn,
};
use client::{DocumentId, KeptAsideCommand};
use kit::{Card, CardLink, Icon, Live, Local, Notice, Page, PageHead, Rows, Shape};
use leptos::prelude::*;

use super::erase_button::{EraseButton, Erasing};
use crate::hooks::{use_commands, use_view};
use crate::part::use_part;
use crate::routes::Place;
use crate::text::{fill, full_day_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn KeptAside(course: DocumentId) -> impl IntoView {
    drop(use_commands().run(KeptAsideCommand::Read(course)));
    let found = use_view(move || KeptAsideQuery(course));
    let rows = found.part(|found| found.rows.clone());
    let asked = Local::new(None);
    let can_erase = found.part(|found| may_erase(found.stage));
    let row = move |row| view! { <Row row asked can_erase/> };
    view! {
        <Page>
            <PageHead title=t().too_late_title()>
                <p>{t().too_late_lead()}</p>
            </PageHead>
            <div role="status">{move || found.with(standing)}</div>
            <div class="stack"><Rows each=rows key=key row/></div>
        </Page>
    }
}

/// The way to it where there is something; nothing where there is not, or where that is not known.
#[component]
pub(crate) fn KeptAsideLink(course: DocumentId) -> impl IntoView {
    drop(use_commands().run(KeptAsideCommand::Glance(course)));
    let href = Place::KeptAside(use_part().get_untracked().course_in_path(course)).href();
    let first = use_view(move || KeptAsideQuery(course)).part(|found| {
        found.rows.first().map(|row| fill(t().too_late_see_who(), &[("who", &*who(row))]))
    });
    let draw = move |says: String| {
        let href = href.clone();
        view! {
            <CardLink href>
                <span class="row">
                    <Icon shape=Shape::Clock/>
                    <span class="stack grow" data-gap="small">
                        <span class="strong">{t().too_late_see()}</span>
                        <span class="own-words">{says}</span>
                    </span>
                </span>
            </CardLink>
        }
    };
    view! { {move || first.get().map(&draw)} }
}

fn key(row: &KeptAsideRow) -> String {
    let who = row.person.as_ref().map(|person| person.who.to_string());
    format!("{} {}", row.document, who.unwrap_or_default())
}

fn who(row: &KeptAsideRow) -> String {
    row.person.as_ref().map_or_else(|| t().somebody().to_owned(), words::name_or_role)
}

pub(super) fn may_erase(stage: AsideStage) -> bool {
    matches!(stage, AsideStage::Here | AsideStage::Coming)
}

/// What there is to say beside the rows.
fn standing(found: &KeptAsideView) -> Option<AnyView> {
    let t = t();
    let (icon, says) = match found.stage {
        AsideStage::NoNetwork => (Shape::NoNetwork, t.too_late_no_network()),
        AsideStage::OtherTab => (Shape::Mend, t.file_other_tab()),
        AsideStage::FileComesIn => (Shape::Clock, t.too_late_file()),
        AsideStage::Coming => (Shape::Clock, t.too_late_coming()),
        AsideStage::Here if found.rows.is_empty() => (Shape::Check, t.too_late_none()),
        AsideStage::Here => return None,
    };
    Some(view! { <Notice icon><p>{says}</p></Notice> }.into_any())
}

#[component]
fn Row(
    row: Live<KeptAsideRow>,
    asked: Local<Option<String>>,
    can_erase: Live<bool>,
) -> impl IntoView {
    let commands = use_commands();
    let erase = move || {
        let erase = row.with_untracked(|row| (row.document, row.names.clone()));
        drop(commands.run(KeptAsideCommand::Erase(erase.0, erase.1)));
    };
    let says = Erasing { label: t().erase(), sure: t().erase_sure(), lead: t().erase_lead() };
    let name = row.with_untracked(key);
    let is_erasing = row.part(|row| row.is_erasing);
    let button = move || match (is_erasing.get(), can_erase.get()) {
        (true, _) => view! { <p role="status">{t().erase_going()}</p> }.into_any(),
        (false, true) => {
            view! { <EraseButton says name=name.clone() asked on_sure=erase/> }.into_any()
        }
        (false, false) => ().into_any(),
    };
    view! {
        <Card>
            <h2 class="own-words">{move || row.with(who)}</h2>
            <p class="own-words">{move || row.with(|row| row.words.clone())}</p>
            {move || row.with(unread).map(|says| view! { <p>{says}</p> })}
            <p class="soft small">{move || row.with(place)}</p>
            <p class="soft small">{move || row.with(until)}</p>
            {move || button()}
        </Card>
    }
}

/// What of it cannot be read.
fn unread(row: &KeptAsideRow) -> Option<&'static str> {
    match (row.needs_newer, row.words.is_empty()) {
        (true, _) => Some(t().too_late_newer()),
        (false, true) => Some(t().too_late_no_words()),
        (false, false) => None,
    }
}

/// Where it was meant to stand, and when it came.
fn place(row: &KeptAsideRow) -> String {
    let t = t();
    let day = full_day_in_words(row.came);
    match &row.part {
        WrittenIn::Meeting(when) => match words::meeting_day(when) {
            Some(meeting) => fill(t.too_late_in_meeting(), &[("meeting", &meeting), ("day", &day)]),
            None => fill(t.too_late_elsewhere(), &[("day", &day)]),
        },
        WrittenIn::Area(area) => {
            fill(t.too_late_in_area(), &[("area", words::area(area)), ("day", &day)])
        }
        WrittenIn::Notebook | WrittenIn::Other => fill(t.too_late_elsewhere(), &[("day", &day)]),
    }
}

fn until(row: &KeptAsideRow) -> String {
    fill(t().too_late_until(), &[("day", &full_day_in_words(row.until))])
}
