//! Min tavle: on one page, which can be put on paper, all that has been achieved.

use client::DocumentId;
use client::view::{Achieved, AssessedArea, Named, ResultsBoard, ResultsBoardView};
use kit::{
    Button, ButtonLink, CardSection, Icon, Live, Look, Page, PageHead, PageWidth, Rows, Shape,
};
use leptos::prelude::*;

use super::assessments::grown_row;
use super::nowhere::Nowhere;
use crate::around::use_around;
use crate::hooks::use_view;
use crate::part::use_part;
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{capital, fill, full_day_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Board(course: DocumentId) -> impl IntoView {
    let board = use_view(move || ResultsBoard { course });
    let is_there = board.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <BoardPage course board/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

type Shown = Live<Option<ResultsBoardView>>;

#[component]
fn BoardPage(course: DocumentId, board: Shown) -> impl IntoView {
    let is_empty = board.part(|board| board.as_ref().is_none_or(ResultsBoardView::is_empty));
    let readers =
        board.map(|board| board.as_ref().map(|it| it.readers.clone()).unwrap_or_default());
    let draw = move || {
        if is_empty.get() {
            view! { <Empty course/> }.into_any()
        } else {
            view! { <Full board/> }.into_any()
        }
    };
    view! {
        <Page width=PageWidth::Wide>
            <PageHead title=board.map(title)>
                <p class="soft">{move || lead(is_empty.get())}</p>
                <WhoSees readers/>
            </PageHead>
            {move || draw()}
        </Page>
    }
}

#[component]
fn Empty(course: DocumentId) -> impl IntoView {
    let plan = Place::Plan(use_part().get_untracked().course_in_path(course)).href();
    view! {
        <p>{t().board_empty_how()}</p>
        <ButtonLink href=plan label=t().board_empty_plan()/>
    }
}

#[component]
fn Full(board: Shown) -> impl IntoView {
    let page = use_around().page();
    let list = move |part: fn(&ResultsBoardView) -> &Vec<Achieved>| {
        board.map(move |board| board.as_ref().map(part).cloned().unwrap_or_default())
    };
    view! {
        <div class="board">
            <Achievements title=t().board_goals() all=list(|board| &board.goals)/>
            <Achievements title=board.map(citizens_title) all=list(|board| &board.by_citizen)/>
            <Achievements title=t().board_milestones() all=list(|board| &board.milestones)/>
            <Achievements title=t().board_steps() all=list(|board| &board.steps)/>
            <Achievements title=t().board_by_others() all=list(|board| &board.by_others)/>
            <Grown board/>
        </div>
        <Button label=t().board_print() look=Look::Second icon=Shape::Print on_press=move || (page.print)()/>
    }
}

/// A heading and what stands under it; nothing where nothing does.
#[component]
fn Achievements(#[prop(into)] title: Live<String>, all: Live<Vec<Achieved>>) -> impl IntoView {
    let has_any = Live::memo(move || !all.with(Vec::is_empty));
    let draw = move || {
        view! {
            <CardSection title>
                <ul class="board-list">
                    <Rows each=all key=|row: &Achieved| row.id.to_string() row=achieved/>
                </ul>
            </CardSection>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

fn achieved(row: Live<Achieved>) -> impl IntoView {
    view! {
        <li class="board-row">
            <span class="board-mark"><Icon shape=Shape::Check/></span>
            <span class="grow stack" data-gap="small">
                <span class="strong own-words">{move || row.with(|row| row.text.clone())}</span>
                <span class="soft small">{move || row.with(when_and_who)}</span>
            </span>
        </li>
    }
}

#[component]
fn Grown(board: Shown) -> impl IntoView {
    let grown = board.map(|board| board.as_ref().map(|it| it.grown.clone()).unwrap_or_default());
    let has_any = Live::memo(move || !grown.with(Vec::is_empty));
    let draw = move || {
        view! {
            <CardSection title=t().how_grown()>
                <Rows each=grown key=|row: &AssessedArea| row.area.key().to_owned() row=grown_row/>
            </CardSection>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

fn when_and_who(row: &Achieved) -> String {
    let day = capital(&full_day_in_words(row.day));
    let Some(doer) = row.doer.as_deref() else { return day };
    let who = if doer.is_empty() { t().somebody() } else { doer };
    fill(t().board_line(), &[("what", &day), ("who", who)])
}

/// The citizen, when somebody else looks.
fn other_citizen(board: &Option<ResultsBoardView>) -> Option<&Named> {
    board.as_ref()?.citizen.as_ref().filter(|citizen| !citizen.is_me)
}

fn title(board: &Option<ResultsBoardView>) -> String {
    words::title(other_citizen(board), t().board_title(), t().board_of())
}

fn citizens_title(board: &Option<ResultsBoardView>) -> String {
    other_citizen(board).map_or_else(
        || t().board_by_you().to_owned(),
        |citizen| fill(t().board_by(), &[("who", &words::name_or_role(citizen))]),
    )
}

fn lead(is_empty: bool) -> String {
    if is_empty { t().board_empty() } else { t().board_lead() }.to_owned()
}
