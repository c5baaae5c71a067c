//! What became of copies of a note: where they were put, on which day, and who can read them there.

use client::view::{CopyPlace, CopyRow, Named};
use kit::{ButtonLink, Card, Live, Look, Rows, Section, Shape, Who};
use leptos::prelude::*;

use crate::routes::Place;
use crate::text::{fill, full_day_in_words, names, t};
use crate::words;

/// Under a heading of its own; nothing where there are none.
#[component]
pub(crate) fn Copies(copies: Live<Vec<CopyRow>>) -> impl IntoView {
    let has_any = Live::memo(move || !copies.with(Vec::is_empty));
    let draw = move || {
        view! {
            <Section title=t().copies_title()>
                <Rows each=copies key=|row: &CopyRow| row.id.to_string() row=copy_card/>
            </Section>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

fn copy_card(copy: Live<CopyRow>) -> impl IntoView {
    let href = copy.part(way_there);
    let see = move |href: String| {
        view! { <ButtonLink href label=t().copy_see() look=Look::Quiet/> }
    };
    view! {
        <Card>
            <p>{move || copy.with(what_became)}</p>
            <Who icon=Shape::Eye words=copy.map(who_reads)/>
            {move || href.get().map(see)}
        </Card>
    }
}

fn what_became(copy: &CopyRow) -> String {
    let t = t();
    let day = full_day_in_words(copy.day);
    let day = ("day", day.as_str());
    match &copy.place {
        CopyPlace::Dreams => fill(t.copy_dream(), &[day]),
        CopyPlace::Agenda(_, when) => match words::meeting_day(when) {
            Some(meeting) => fill(t.copy_topic(), &[day, ("meeting", &meeting)]),
            None => fill(t.copy_topic_some_day(), &[day]),
        },
        CopyPlace::Goals(Some(area), _) => fill(t.copy_goal(), &[day, ("area", words::area(area))]),
        CopyPlace::Goals(None, _) | CopyPlace::Elsewhere => fill(t.copy_elsewhere(), &[day]),
    }
}

fn who_reads(copy: &CopyRow) -> String {
    if copy.is_out { t().copy_out().to_owned() } else { said(t().copy_read_by(), &copy.others) }
}

/// What is thrown out has no place to see it at.
fn way_there(copy: &CopyRow) -> Option<String> {
    if copy.is_out {
        return None;
    }
    Some(match copy.place {
        CopyPlace::Dreams => Place::Plan(None).href(),
        CopyPlace::Agenda(meeting, _) => Place::Agenda(meeting).href(),
        CopyPlace::Goals(_, Some((document, goal))) => Place::Goal(document, goal).href(),
        CopyPlace::Goals(_, None) | CopyPlace::Elsewhere => return None,
    })
}

/// "Mette kan læse det", of people who are not me.
pub(crate) fn said(sentence: &'static str, others: &[Named]) -> String {
    if others.is_empty() {
        return t().copy_read_by_nobody().to_owned();
    }
    fill(sentence, &[("who", &names(&others.iter().map(words::name_or_role).collect::<Vec<_>>()))])
}
