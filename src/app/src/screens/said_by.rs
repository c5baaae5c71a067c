//! Whose words a statement is made of: said by whoever may write it. Who wrote it down stays beside it.

use client::view::{Said, SaidOf, SaidView};
use client::{DocumentId, Entry, Statement, ToolCommand};
use domain::{Source, SourceName};
use kit::{Card, Choice, Field, Live, Local, Page, PageHead, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::nowhere::Nowhere;
use super::overruled::Overruled;
use crate::address::use_address;
use crate::hooks::{lasting, use_commands, use_view};
use crate::part::use_part;
use crate::people::{WhoSees, WrittenBy};
use crate::routes::Place;
use crate::text::{fill, t};
use crate::unsent::{Unsent, use_unsent};
use crate::words;

/// The screen.
#[component]
pub(crate) fn SaidBy(document: DocumentId, statement: Statement, place: Place) -> impl IntoView {
    let found = use_view(move || SaidOf { document, statement });
    let is_there = found.part(|found| found.as_ref().is_some_and(|found| found.can_write));
    let shown = lasting(found);
    let place = StoredValue::new(place);
    let draw = move || match shown.get_untracked().filter(|_| is_there.get()) {
        Some(first) => {
            let view = Live::derive(move || shown.get().unwrap_or_else(|| first.clone()));
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

/// What stands in the boxes: what is said now, until somebody touches them.
#[derive(Clone, Copy)]
struct Boxes {
    view: Live<SaidView>,
    answer: Local<Entry<Option<Answer>>>,
    name: Local<Entry<String>>,
    /// The name, where it is not said yet.
    unsent: Unsent,
}

impl Boxes {
    fn of(view: Live<SaidView>) -> Self {
        let unsent = use_unsent("who");
        let (mut answer, mut name) = (Entry::default(), Entry::default());
        if !unsent.get().is_empty() {
            // Whose name it was to be is not known any more.
            answer.touch(None, &view.with_untracked(answer_in));
            name.touch(unsent.get(), &view.with_untracked(name_in));
        }
        Self { view, answer: Local::new(answer), name: Local::new(name), unsent }
    }

    fn answer(self) -> Live<Option<Answer>> {
        Live::memo(move || {
            self.view.with(|view| self.answer.with(|entry| entry.shown(&answer_in(view))))
        })
    }

    fn name(self) -> Live<String> {
        Live::memo(move || {
            self.view.with(|view| self.name.with(|entry| entry.shown(&name_in(view))))
        })
    }

    fn choose(self, answer: Answer) {
        let mut entry = self.answer.get_untracked();
        entry.touch(Some(answer), &self.view.with_untracked(answer_in));
        self.answer.set(entry);
    }

    fn write(self, words: String) {
        let now = self.view.with_untracked(name_in);
        self.unsent.set(if now == words { String::new() } else { words.clone() });
        let mut entry = self.name.get_untracked();
        entry.touch(words, &now);
        self.name.set(entry);
    }

    /// Whether something stands in them that is not said already.
    fn is_touched(self) -> bool {
        let view = self.view.get_untracked();
        let answer = self.answer.with_untracked(|entry| entry.change(&answer_in(&view)).is_some());
        answer || self.name.with_untracked(|entry| entry.change(&name_in(&view)).is_some())
    }
}

#[component]
fn SaidByPage(
    about: (DocumentId, Statement),
    /// This screen, and so where the way back leads.
    place: Place,
    view: Live<SaidView>,
) -> impl IntoView {
    let (commands, address, part) = (use_commands(), use_address(), use_part());
    let boxes = Boxes::of(view);
    let (answer, name) = (boxes.answer(), boxes.name());
    let is_unsent = !boxes.unsent.get().is_empty();
    let mistake = Local::new(None::<String>);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (document, statement) = about;
        let source =
            answer.get_untracked().and_then(|answer| source(answer, &name.get_untracked()));
        if source.is_none() {
            return mistake.set(Some(t().said_by_nobody().to_owned()));
        }
        let set = ToolCommand::SetSource { document, statement, source };
        if !boxes.is_touched() || commands.run(set).is_ok() {
            boxes.unsent.set(String::new());
            place.back(part.get_untracked()).iter().for_each(|back| address.go_instead(back));
        }
    };
    let options = view.part(answers);
    // A name that stands in the box from before must not be out of sight.
    let needs_name = Live::memo(move || answer.get().map_or(is_unsent, |it| it != Answer::Citizen));
    let name_box = move || {
        view! {
            <Field label=t().said_by_name() value=name error=mistake on_input=move |words| boxes.write(words)/>
        }
    };
    let writer = view.part(|view| {
        view.said.as_ref().and_then(Said::other_writer).cloned().into_iter().collect::<Vec<_>>()
    });
    view! {
        <Page>
            <PageHead title=t().said_by_title()>
                <WhoSees readers=view.map(|view| view.readers.clone())/>
            </PageHead>
            <Overruled document=about.0/>
            <Card><p class="own-words">{move || view.with(|view| view.words.clone())}</p></Card>
            <form class="form" on:submit=send>
                <Choice title=t().said_by_choose() options chosen=answer on_choose=move |it| boxes.choose(it)/>
                {move || needs_name.get().then(name_box)}
                <SubmitButton label=t().said_by_save()/>
            </form>
            {move || (!writer.with(Vec::is_empty)).then(|| view! { <WrittenBy by=writer/> })}
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

fn answer_in(view: &SaidView) -> Option<Answer> {
    view.said.as_ref().map(|said| answer_of(&said.source))
}

fn name_in(view: &SaidView) -> String {
    let name = view.said.as_ref().and_then(|said| said.source.name());
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
