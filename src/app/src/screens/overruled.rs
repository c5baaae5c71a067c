//! Where two wrote different things in one field: what I had written, what stands there now, and mine one tap away.

use client::view::{ChosenWhat, Overruled as OverruledQuery, OverruledRow, Value};
use client::{DocumentId, ToolCommand};
use kit::{Actions, Button, Live, Look, Notice, Rows, Shape};
use leptos::prelude::*;

use crate::hooks::{use_commands, use_view};
use crate::text::{date_in_words, fill, full_moment_in_words, language, t};
use crate::words;

/// Everything of a document, or of all of them, that I have not been told of; nothing where there is none.
#[component]
pub(crate) fn Overruled(
    /// Only of this one.
    #[prop(optional, into)]
    document: Option<DocumentId>,
) -> impl IntoView {
    let rows = use_view(move || OverruledQuery(document));
    view! { <Rows each=rows key=key row=row/> }
}

fn key(row: &OverruledRow) -> String {
    format!("{} {} {}", row.document, row.place.table, row.place.key)
}

fn row(row: Live<OverruledRow>) -> impl IntoView {
    let commands = use_commands();
    let (document, place) = row.with_untracked(|row| (row.document, row.place.clone()));
    let seen = ToolCommand::SawOverruled(document, place.clone());
    let take = move || drop(commands.run(ToolCommand::TakeMine(document, place.clone())));
    view! {
        <Notice icon=Shape::Pen>
            <p class="strong">{move || row.with(who)}</p>
            <p class="soft">{move || row.with(what)}</p>
            <p>{move || row.with(mine)}</p>
            <p>{move || row.with(theirs)}</p>
            <Actions>
                <Button label=t().overruled_take() look=Look::Second on_press=take/>
                <Button label=t().overruled_keep() look=Look::Quiet on_press=move || drop(commands.run(seen.clone()))/>
            </Actions>
        </Notice>
    }
}

/// Under a box that was touched: what somebody else has written there meanwhile, and a way to take it.
#[component]
pub(crate) fn Overtaken(
    /// Whether somebody has.
    is_so: Live<bool>,
    /// What they have written.
    theirs: Live<String>,
    /// The box is to say the same.
    #[prop(into)]
    on_take: Callback<()>,
) -> impl IntoView {
    let draw = move || {
        let what = move || {
            let theirs = theirs.get();
            let theirs =
                if theirs.is_empty() { t().overruled_nothing().to_owned() } else { theirs };
            fill(t().overtaken(), &[("what", &theirs)])
        };
        view! {
            <Notice icon=Shape::Pen>
                <p>{what}</p>
                <Button label=t().overtaken_take() look=Look::Second on_press=move || on_take.run(())/>
            </Notice>
        }
    };
    view! { <div class="meanwhile" aria-live="polite">{move || is_so.get().then(draw)}</div> }
}

fn who(row: &OverruledRow) -> String {
    let by = row.by.as_ref().map_or_else(|| t().somebody().to_owned(), words::subject);
    fill(t().overruled_by(), &[("who", &by)])
}

fn mine(row: &OverruledRow) -> String {
    fill(t().overruled_mine(), &[("what", &value(&row.mine))])
}

fn theirs(row: &OverruledRow) -> String {
    fill(t().overruled_theirs(), &[("what", &value(&row.theirs))])
}

/// What it is about, with the thing's own name where it has one.
fn what(row: &OverruledRow) -> String {
    let what = label(row.what);
    if row.thing.is_empty() { what.to_owned() } else { format!("{}: {what}", row.thing) }
}

fn label(what: ChosenWhat) -> &'static str {
    let t = t();
    match what {
        ChosenWhat::MeetingTime => t.meeting_time(),
        ChosenWhat::Minutes => t.meeting_length(),
        ChosenWhat::MeetingPlace => t.meeting_place(),
        ChosenWhat::Name => t.me_name(),
        ChosenWhat::Phone => t.person_phone(),
        ChosenWhat::Tie => t.person_tie(),
        ChosenWhat::Area => t.person_area(),
        ChosenWhat::Spot => t.person_near(),
        ChosenWhat::Trusted => t.person_trusted(),
        ChosenWhat::Since => t.support_since(),
        ChosenWhat::Ended => t.support_ended_day(),
        ChosenWhat::Useful => t.support_useful(),
        ChosenWhat::ByDay => t.agreement_day(),
        ChosenWhat::Doer => t.agreement_who(),
        ChosenWhat::Trial => t.trial(),
        ChosenWhat::Phase => t.course_here(),
        ChosenWhat::Said => t.said_by_title(),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Nothing => t().overruled_nothing().to_owned(),
        Value::Words(words) => words.clone(),
        Value::Moment(moment) => full_moment_in_words(*moment),
        Value::Day(day) => date_in_words(*day),
        Value::Minutes(minutes) => words::length(*minutes),
        Value::Who(named) => words::subject(named),
        Value::Tie(tie) => words::tie(*tie).to_owned(),
        Value::Area(area) => words::area(area).to_owned(),
        Value::Spot(spot) => {
            format!("{}, {}", words::half(spot.half()), words::nearness(spot.nearness()))
        }
        Value::Useful(useful) => words::useful(*useful).0.to_owned(),
        Value::Yes(yes) => (if *yes { t().overruled_yes() } else { t().overruled_no() }).to_owned(),
        Value::Source(source) => source.name().map_or_else(
            || words::role(Some(domain::Role::Citizen)).to_owned(),
            |name| name.as_str().to_owned(),
        ),
        Value::Phase(name) => name.spoken(language::code()).to_owned(),
    }
}
