//! One part of life: how it goes, in a number or in words or not at all; and what both voices have said.

use client::view::{
    AreaAssessments as AreaQuery, AreaAssessmentsView, Named, QuestionFor, SayingRow,
};
use client::{AreaList, Command, DocumentId, Made, Saying, Statement, Thing, ToolCommand};
use domain::guide::Words;
use domain::{LifeArea, Score, Voice};
use kit::{
    Button, ButtonLink, CardSection, FaceScale, IconButton, Live, Local, Look, Mistake, Page,
    PageHead, Rows, Section, Shape, SubmitButton, TextArea, Value,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::assessments::{mark, voice};
use super::nowhere::Nowhere;
use crate::focus;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::people::WhoSees;
use crate::routes::Place;
use crate::said::SaidLine;
use crate::text::{capital, fill, full_day_in_words, language, t};
use crate::thrown_out::throw_out;
use crate::unsent::use_unsent;
use crate::words;

/// The screen.
#[component]
pub(crate) fn AreaAssessments(course: DocumentId, area: LifeArea) -> impl IntoView {
    let here = area.clone();
    let found = use_view(move || AreaQuery { course, area: here.clone() });
    let is_there = found.part(Option::is_some);
    let area = StoredValue::new(area);
    let draw = move || {
        if is_there.get() {
            view! { <AreaPage course area=area.get_value() found/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

type Found = Live<Option<AreaAssessmentsView>>;

/// Something of the area, or nothing while the screen is being taken down.
fn of<T: Value + Default>(found: Found, part: fn(&AreaAssessmentsView) -> T) -> Live<T> {
    found.part(move |found| found.as_ref().map(part).unwrap_or_default())
}

#[component]
fn AreaPage(course: DocumentId, area: LifeArea, found: Found) -> impl IntoView {
    let title = words::area(&area);
    let area = StoredValue::new(area);
    let can_write = of(found, |found| found.can_write);
    let has_any =
        of(found, |found| !found.by_citizen.is_empty() || !found.by_coordinator.is_empty());
    let form = move || view! { <Say course area=area.get_value() found/> };
    let question = use_view(move || QuestionFor { course, area: area.get_value() });
    // The question is put to the citizen.
    let is_citizens = voice(use_part().get_untracked()) == Voice::Citizen;
    let begins = move || question.with(|both| both.as_ref().map(|both| spoken(both).to_owned()));
    view! {
        <Page>
            <PageHead title>
                {is_citizens.then(|| view! { <p>{begins}</p> })}
                <WhoSees readers=of(found, |found| found.newest.readers.clone())/>
            </PageHead>
            {move || can_write.get().then(form)}
            <Was found/>
            {move || has_any.get().then(|| view! { <Voices found/> })}
        </Page>
    }
}

/// The question. A number or words are enough, and neither is asked for twice.
#[component]
fn Say(course: DocumentId, area: LifeArea, found: Found) -> impl IntoView {
    let (commands, notices, part) = (use_commands(), use_notices(), use_part().get_untracked());
    let voice = voice(part);
    let chosen = Local::new(None::<usize>);
    let own = use_unsent("how");
    let mistake = Local::new(None::<String>);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let score = chosen.get_untracked().and_then(|place| Score::ALL.get(place)).copied();
        let words = own.get();
        if score.is_none() && words.trim().is_empty() {
            mistake.set(Some(t().how_choose().to_owned()));
            return focus::go_to_mistake();
        }
        mistake.set(None);
        let saying = Saying { area: area.clone(), voice, score, words };
        if let Ok(Some(Made::Item(document, id))) =
            commands.run(ToolCommand::Assess(course, saying))
        {
            chosen.set(None);
            own.sent();
            let out = Command::ThrowOut(document, Thing::Area(AreaList::Assessments, id));
            notices.tell_undo(t().how_saved(), move || drop(commands.run(out.clone())));
        }
    };
    let scale = Score::ALL.map(|score| words::score(score).to_owned()).into();
    let has_number = Live::memo(move || chosen.with(Option::is_some));
    let overview = Place::HowItGoes(part.course_in_path(course)).href();
    let title = found.with_untracked(|found| question(part, found));
    view! {
        <form class="form" on:submit=send>
            <FaceScale title hint=t().how_scale() words=scale chosen on_choose=move |place| chosen.set(Some(place))/>
            <Mistake error=mistake/>
            {move || has_number.get().then(|| view! {
                <Button label=t().how_no_number() look=Look::Quiet on_press=move || chosen.set(None)/>
            })}
            <TextArea label=t().how_words() hint=t().how_words_hint() value=own.live() on_input=move |v| own.set(v)/>
            <SubmitButton label=t().how_save()/>
            <ButtonLink href=overview label=t().how_skip() look=Look::Second/>
        </form>
    }
}

/// How it has gone, in sentences: what has grown first, and a fall with a kind word.
#[component]
fn Was(found: Found) -> impl IntoView {
    let sentences = of(found, sentences);
    let has_any = Live::memo(move || !sentences.with(Vec::is_empty));
    let lines = move || {
        let all = sentences.get().into_iter();
        all.map(|sentence| view! { <p>{sentence}</p> }).collect_view().into_any()
    };
    let draw = move || view! { <Section title=t().how_was()>{move || lines()}</Section> };
    view! { {move || has_any.get().then(draw)} }
}

fn sentences(found: &AreaAssessmentsView) -> Vec<String> {
    let grew = found.newest.growth.map(|growth| {
        let (from, to) = (growth.from.number().to_string(), growth.to.number().to_string());
        let day = full_day_in_words(growth.since);
        fill(t().how_grew(), &[("from", &from), ("to", &to), ("day", &day)])
    });
    let fell = found.fall.map(|_| [t().how_fell(), t().how_fell_why()].join(" "));
    grew.into_iter().chain(fell).collect()
}

/// Both voices beside each other: they may differ, and both stand.
#[component]
fn Voices(found: Found) -> impl IntoView {
    view! {
        <div class="voices">
            <Said who=found.map(citizen) rows=of(found, |found| found.by_citizen.clone())/>
            <Said who=found.map(coordinator) rows=of(found, |found| found.by_coordinator.clone())/>
        </div>
    }
}

/// All that one voice has said, the newest first.
#[component]
fn Said(
    /// Whose voice it is.
    who: Live<Option<Named>>,
    rows: Live<Vec<SayingRow>>,
) -> impl IntoView {
    let title = who.map(|who| {
        let who = who.as_ref().map_or_else(|| t().somebody().to_owned(), words::subject);
        fill(t().how_says(), &[("who", &capital(&who))])
    });
    let is_silent = rows.part(Vec::is_empty);
    let row = move |row: Live<SayingRow>| view! { <OneSaying row/> };
    view! {
        <CardSection title>
            {move || is_silent.get().then(|| view! { <p class="soft">{t().how_silent()}</p> })}
            <Rows each=rows key=|row: &SayingRow| row.id.to_string() row=row/>
        </CardSection>
    }
}

#[component]
fn OneSaying(row: Live<SayingRow>) -> impl IntoView {
    let (commands, notices, part) = (use_commands(), use_notices(), use_part().get_untracked());
    let (document, id, whose) = row.with_untracked(|row| (row.document, row.id, row.voice));
    let out = move || {
        throw_out(commands, notices, (document, Thing::Area(AreaList::Assessments, id)));
    };
    let is_own = voice(part) == whose;
    let score = row.part(|row| row.score);
    let day = move || row.with(|row| capital(&full_day_in_words(row.day)));
    let said = row.map(|row| row.said.clone());
    let place = Place::SaidBy(document, Statement::Saying(id), None);
    view! {
        <div class="saying">
            <div class="grow stack" data-gap="small">
                {move || score.get().map(mark)}
                <p class="own-words">{move || row.with(|row| row.words.clone())}</p>
                <p class="soft small">{day}</p>
                <SaidLine said place/>
            </div>
            {is_own.then(|| view! { <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/> })}
        </div>
    }
}

fn spoken(words: &Words) -> &str {
    words.spoken(language::code())
}

fn citizen(found: &Option<AreaAssessmentsView>) -> Option<Named> {
    found.as_ref()?.citizen.clone()
}

fn coordinator(found: &Option<AreaAssessmentsView>) -> Option<Named> {
    found.as_ref()?.coordinator.clone()
}

fn question(part: Part, found: &Option<AreaAssessmentsView>) -> String {
    let other = citizen(found).filter(|_| voice(part) == Voice::Coordinator);
    other.map_or_else(
        || t().how_question().to_owned(),
        |citizen| fill(t().how_question_of(), &[("name", &words::name_or_role(&citizen))]),
    )
}
