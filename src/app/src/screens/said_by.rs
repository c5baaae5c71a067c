//! Whose words a statement is made of: said by whoever may write it. Who wrote it down stays beside it.

use client::view::{Said, SaidOf, SaidView};
use client::{DocumentId, Statement, ToolCommand};
use domain::{Source, SourceName};
use kit::{Card, Choice, Field, Live, Local, Page, PageHead, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::address::use_address;
use crate::hooks::{lasting, use_commands, use_view};
use crate::part::use_part;
use crate::people::{WhoSees, WrittenBy};
use crate::routes::Place;
use crate::text::{fill, t};
use crate::unsent::use_unsent;
use crate::words;

/// The screen.
#[component]
pub(crate) fn SaidBy(document: DocumentId, statement: Statement, place: Place) -> impl IntoView {
    let found = use_view(move || SaidOf { document, statement });
    let is_there = found.part(|found| found.as_ref().is_some_and(|found| found.can_write));
    let shown = lasting(found);
    let place = StoredValue::new(place);
    let draw = move || match shown.get_untracked().filter(|_| is_there.get()) {
        Some(view) => {
            view! { <SaidByPage about=(document, statement) place=place.get_value() view/> }
                .into_any()
        }
        None => view! { <Nowhere/> }.into_any(),
    };
    view! { {move || draw()} }
}

/// Which of the four answers, before it has a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Citizen,
    Supported,
    Relative,
    Professional,
}

#[component]
fn SaidByPage(
    about: (DocumentId, Statement),
    /// This screen, and so where the way back leads.
    place: Place,
    view: SaidView,
) -> impl IntoView {
    let (commands, address, part) = (use_commands(), use_address(), use_part());
    let (unsent, before) = (use_unsent("who"), StoredValue::new(name_of(view.said.as_ref())));
    let is_unsent = !unsent.get().is_empty();
    // Whose name it was to be is not known any more.
    let said = view.said.as_ref().filter(|_| !is_unsent);
    let answer = Local::new(said.map(|said| answer_of(&said.source)));
    let name = Local::new(if is_unsent { unsent.get() } else { before.get_value() });
    let write = move |words: String| {
        let is_new = before.with_value(|before| *before != words);
        unsent.set(if is_new { words.clone() } else { String::new() });
        name.set(words);
    };
    let mistake = Local::new(None::<String>);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (document, statement) = about;
        let source =
            answer.get_untracked().and_then(|answer| source(answer, &name.get_untracked()));
        if source.is_none() {
            return mistake.set(Some(t().said_by_nobody().to_owned()));
        }
        if commands.run(ToolCommand::SetSource { document, statement, source }).is_ok() {
            unsent.set(String::new());
            place.back(part.get_untracked()).iter().for_each(|back| address.go_instead(back));
        }
    };
    let options = answers(&view);
    // A name that stands in the box from before must not be out of sight.
    let needs_name = Live::memo(move || answer.get().map_or(is_unsent, |it| it != Answer::Citizen));
    let name_box = move || {
        view! {
            <Field label=t().said_by_name() value=name error=mistake on_input=write/>
        }
    };
    let writer = view.said.as_ref().and_then(Said::other_writer).cloned();
    view! {
        <Page>
            <PageHead title=t().said_by_title()>
                <WhoSees readers=view.readers.clone()/>
            </PageHead>
            <Card><p class="own-words">{view.words.clone()}</p></Card>
            <form class="form" on:submit=send>
                <Choice title=t().said_by_choose() options chosen=answer on_choose=move |it| answer.set(Some(it))/>
                {move || needs_name.get().then(name_box)}
                <SubmitButton label=t().said_by_save()/>
            </form>
            {writer.map(|writer| view! { <WrittenBy by=vec![writer]/> })}
        </Page>
    }
}

fn answers(view: &SaidView) -> Vec<(Answer, String)> {
    let citizen =
        view.citizen.as_ref().map_or_else(|| t().role_citizen().to_owned(), words::subject);
    let helped = fill(t().said_by_supported(), &[("who", &citizen)]);
    vec![
        (Answer::Citizen, citizen),
        (Answer::Supported, helped),
        (Answer::Relative, t().said_by_a_relative().to_owned()),
        (Answer::Professional, t().said_by_a_professional().to_owned()),
    ]
}

fn answer_of(source: &Source) -> Answer {
    match source {
        Source::Citizen => Answer::Citizen,
        Source::Supported(_) => Answer::Supported,
        Source::Relative(_) => Answer::Relative,
        Source::Professional(_) => Answer::Professional,
    }
}

fn name_of(said: Option<&Said>) -> String {
    let name = said.and_then(|said| said.source.name());
    name.map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn source(answer: Answer, name: &str) -> Option<Source> {
    let name = SourceName::new(name);
    match answer {
        Answer::Citizen => Some(Source::Citizen),
        Answer::Supported => name.map(Source::Supported),
        Answer::Relative => name.map(Source::Relative),
        Answer::Professional => name.map(Source::Professional),
    }
}
