//! One help: its words, since when, whether it helps, and whether it has ended.

use client::view::{SupportOf, SupportRow, SupportView, TextView};
use client::{AreaList, Command, DocumentId, PlanCommand, SupportField, Thing};
use domain::{Day, ItemId, NotADate};
use kit::{Button, CoLines, Live, Look, Page, PageHead, Shape, Switch};
use leptos::prelude::*;

use super::new_support::DayField;
use super::nowhere::Nowhere;
use super::overruled::Overruled;
use super::shown::to_read;
use super::support::Judged;
use super::together::{Opened, Together, open_at};
use crate::address::use_address;
use crate::hooks::{lasting, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::use_part;
use crate::people::{WhoSees, WrittenBy};
use crate::routes::Place;
use crate::text::t;
use crate::thrown_out::throw_out;
use crate::words;

/// The screen.
#[component]
pub(crate) fn OneSupport(document: DocumentId, support: ItemId) -> impl IntoView {
    let found = use_view(move || SupportOf { document, support });
    let can_write = found.part(|found| found.as_ref().map(|found| found.can_write));
    let shown = lasting(found);
    let draw = move || match (can_write.get(), shown.get_untracked()) {
        (Some(false), Some(first)) => to_read(first.course.zip(first.row.area)),
        (Some(true), Some(first)) => {
            let shown = Live::derive(move || shown.get().unwrap_or_else(|| first.clone()));
            view! { <OnePage opened=open_at(document, support) shown/> }.into_any()
        }
        _ => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

#[component]
fn OnePage(opened: Opened, shown: Live<SupportView>) -> impl IntoView {
    let (commands, notices, address) = (use_commands(), use_notices(), use_address());
    let (id, course) = shown.with_untracked(|one| (one.row.id, one.course));
    let list = course.map(|course| use_part().get_untracked().course_in_path(course));
    let area = shown.with_untracked(|one| one.row.area.as_ref().map(words::area));
    let set = move |field| {
        let command = PlanCommand::SetSupport(id, field);
        drop(commands.run(Command::Plan(opened.document, command)));
    };
    let set_since = move |day: Result<Option<Day>, NotADate>| {
        day.into_iter().for_each(|day| set(SupportField::Since(day)));
    };
    let out = move || {
        throw_out(commands, notices, (opened.document, Thing::Area(AreaList::Supports, id)));
        list.iter().for_each(|course| address.go_instead(&Place::Support(*course)));
    };
    view! {
        <Page>
            <PageHead title=t().support_change()>
                <p class="soft">{area}</p>
                <WhoSees readers=shown.map(|one| one.row.readers.clone())/>
            </PageHead>
            <Overruled document=opened.document/>
            <Words opened shown/>
            <DayField label=t().support_since() day=shown.map(|one| one.row.since) on_day=set_since/>
            <Judged row=shown.map(|one| one.row.clone())/>
            <Ending shown set=Callback::new(set)/>
            <Button label=t().support_throw_out() look=Look::Second icon=Shape::Bin on_press=out/>
        </Page>
    }
}

#[component]
fn Words(opened: Opened, shown: Live<SupportView>) -> impl IntoView {
    let text =
        move |part: fn(&SupportRow) -> &TextView| shown.map(move |one| part(&one.row).clone());
    view! {
        <Together opened text=text(|row| &row.what) label=t().support_what() lines=CoLines::One/>
        <Together opened text=text(|row| &row.from) label=t().support_from() lines=CoLines::One/>
        <Together opened text=text(|row| &row.often) label=t().support_often() lines=CoLines::One/>
        <WrittenBy by=shown.map(|one| one.by.clone())/>
    }
}

/// Whether it is over, and since which day.
#[component]
fn Ending(shown: Live<SupportView>, set: Callback<SupportField>) -> impl IntoView {
    let has_ended = shown.part(|one| one.row.ended.is_some());
    let end = move |is_over: bool| {
        let today = shown.with_untracked(|one| one.today);
        set.run(SupportField::Ended(is_over.then_some(today)));
    };
    // An emptied box has no day; the switch is what says that it is not over.
    let set_day = move |day: Result<Option<Day>, NotADate>| {
        day.into_iter().flatten().for_each(|day| set.run(SupportField::Ended(Some(day))));
    };
    let day = shown.map(|one| one.row.ended);
    let draw_day = move || view! { <DayField label=t().support_ended_day() day on_day=set_day/> };
    view! {
        <Switch label=t().support_ended() on=has_ended on_change=end/>
        {move || has_ended.get().then(draw_day)}
    }
}
