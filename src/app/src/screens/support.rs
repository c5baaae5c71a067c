//! Min hjælp lige nu: what the citizen gets, from whom and how often, and whether it helps.

use client::view::{Named, SupportArea, SupportRow, Supports, SupportsView};
use client::{Command, DocumentId, PlanCommand, SupportField};
use domain::Useful;
use kit::{
    Answers, ButtonLink, Card, Icon, Live, Look, Page, PageHead, Rows, Section, Shape, StateChip,
    Tone,
};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::{use_commands, use_view};
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{date_in_words, fill, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Support(course: DocumentId) -> impl IntoView {
    let supports = use_view(move || Supports { course });
    let is_there = supports.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <SupportPage course supports/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn SupportPage(course: DocumentId, supports: Live<Option<SupportsView>>) -> impl IntoView {
    let now = supports.map(|all| all.as_ref().map(|all| all.now.clone()).unwrap_or_default());
    let before = supports.map(|all| all.as_ref().map(|all| all.before.clone()).unwrap_or_default());
    let has_ended = before.part(|before| !before.is_empty());
    let course_in_path = use_part().get_untracked().course_in_path(course);
    let area = move |group| area(group, course_in_path);
    let card = move |row| card(row, course_in_path);
    let draw_before = move || {
        view! {
            <Section title=t().support_before()>
                <Rows each=before key=key row=card/>
            </Section>
        }
    };
    view! {
        <Page>
            <PageHead title=supports.map(title)>
                <p class="soft">{move || supports.with(lead)}</p>
            </PageHead>
            <Rows each=now key=area_key row=area/>
            <ButtonLink href=Place::NewSupport(course).href() label=t().support_new()/>
            {move || has_ended.get().then(draw_before)}
        </Page>
    }
}

fn area_key(group: &SupportArea) -> String {
    group.area.as_ref().map_or("", |area| area.key()).to_owned()
}

fn key(row: &SupportRow) -> String {
    row.id.to_string()
}

fn area(group: Live<SupportArea>, course_in_path: Option<DocumentId>) -> impl IntoView {
    let title = group
        .map(|group| group.area.as_ref().map_or_else(|| t().area_other(), words::area).to_owned());
    let rows = group.map(|group| group.rows.clone());
    let card = move |row| card(row, course_in_path);
    view! {
        <Section title>
            <Rows each=rows key=key row=card/>
        </Section>
    }
}

fn card(row: Live<SupportRow>, course_in_path: Option<DocumentId>) -> impl IntoView {
    let href = row.map(move |row| Place::SupportOf(course_in_path, row.document, row.id).href());
    let lines = row.part(lines);
    let draw_lines = move || lines.get().into_iter().map(line).collect_view().into_any();
    view! {
        <Card>
            <h3 class="own-words">{move || row.with(|row| row.what.text.clone())}</h3>
            <ul class="support-lines">{move || draw_lines()}</ul>
            <Judged row/>
            <div class="support-foot">
                <WhoSees readers=row.map(|row| row.readers.clone())/>
                <ButtonLink href label=t().support_change() look=Look::Quiet/>
            </div>
        </Card>
    }
}

/// One line of what is known about a help: a sign, the words, and whether somebody wrote them.
type Line = (Shape, String, bool);

/// From whom, how often and since when, as far as that is known.
fn lines(row: &SupportRow) -> Vec<Line> {
    let since = row.since.map(|day| (t().support_since_day(), day));
    let until = row.ended.map(|day| (t().support_until_day(), day));
    let days = [since, until].into_iter().flatten().map(|(sentence, day)| {
        (Shape::Calendar, fill(sentence, &[("day", &date_in_words(day))]), false)
    });
    let written = [(Shape::Person, &row.from), (Shape::Clock, &row.often)];
    let written = written.map(|(shape, text)| (shape, text.text.clone(), true));
    written.into_iter().filter(|(_, words, _)| !words.is_empty()).chain(days).collect()
}

fn line((shape, words, is_theirs): Line) -> impl IntoView {
    view! {
        <li class="support-line">
            <Icon shape/>
            <span class=is_theirs.then_some("own-words")>{words}</span>
        </li>
    }
}

/// Whether it helps: asked of the citizen while they get it, told to everybody else and of what is over.
#[component]
pub(crate) fn Judged(row: Live<SupportRow>) -> impl IntoView {
    let is_own = use_part().get_untracked().own_course().is_some();
    let useful = row.part(|row| row.useful);
    let is_asked = row.part(move |row| is_own && !row.is_over);
    let draw = move || {
        if is_asked.get() {
            view! { <Asked row useful/> }.into_any()
        } else {
            view! { {move || useful.get().map(told)} }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn Asked(row: Live<SupportRow>, useful: Live<Option<Useful>>) -> impl IntoView {
    let commands = use_commands();
    let (document, id) = row.with_untracked(|row| (row.document, row.id));
    let command = move |useful| PlanCommand::SetSupport(id, SupportField::Useful(useful));
    let answer = move |useful| drop(commands.run(Command::Plan(document, command(useful))));
    let answers = Useful::ALL.map(|useful| (useful, words::useful(useful))).into();
    view! { <Answers title=t().support_useful() answers given=useful on_answer=answer/> }
}

fn told(useful: Useful) -> impl IntoView {
    let t = t();
    let words = match useful {
        Useful::Yes => t.helps_yes(),
        Useful::Little => t.helps_little(),
        Useful::No => t.helps_no(),
    };
    let (_, shape) = words::useful(useful);
    let state = Live::derive(move || (words, Tone::Calm, shape));
    view! { <StateChip state/> }
}

/// The citizen, when somebody else looks.
fn other_citizen(supports: &Option<SupportsView>) -> Option<&Named> {
    supports.as_ref()?.citizen.as_ref().filter(|citizen| !citizen.is_me)
}

fn title(supports: &Option<SupportsView>) -> String {
    words::title(other_citizen(supports), t().support_title(), t().support_of())
}

fn lead(supports: &Option<SupportsView>) -> &'static str {
    let has_any = |all: &SupportsView| !all.now.is_empty() || !all.before.is_empty();
    match supports {
        Some(all) if has_any(all) => "",
        supports if other_citizen(supports).is_some() => t().support_none(),
        _ => t().support_none_you(),
    }
}
