//! Sådan går det: what has grown first, then each part of life with what was said last, then the picture.

use client::view::{
    AssessedArea, Assessments as AssessmentsQuery, AssessmentsView, Named, SayingRow,
};
use client::{DocumentId, ToolCommand};
use domain::{Growth, Score, Voice};
use kit::{
    Button, Card, CardLink, CardSection, Chip, FaceMark, Live, Look, Page, PageHead, Rows, Section,
    Shape, SpiderWeb, Tone, Web, WebAxis,
};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::hooks::{use_commands, use_view};
use crate::part::{Part, use_part};
use crate::people::WhoSees;
use crate::routes::Place;
use crate::text::{capital, fill, plural, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Assessments(course: DocumentId) -> impl IntoView {
    let all = use_view(move || AssessmentsQuery { course });
    let is_there = all.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <AssessmentsPage course all/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

type All = Live<Option<AssessmentsView>>;

#[component]
fn AssessmentsPage(course: DocumentId, all: All) -> impl IntoView {
    let areas = areas_of(all, |all| &all.areas);
    let people = all.part(people);
    let card = move |area: Live<AssessedArea>| view! { <AreaCard course area people/> };
    view! {
        <Page>
            <PageHead title=all.map(title)>
                <p class="soft">{move || all.with(lead)}</p>
            </PageHead>
            <Grown grown=areas_of(all, |all| &all.grown)/>
            <Section title=t().how_areas()>
                <Rows each=areas key=|row: &AssessedArea| row.area.key().to_owned() row=card/>
            </Section>
            <Picture course all/>
        </Page>
    }
}

fn areas_of(all: All, part: fn(&AssessmentsView) -> &Vec<AssessedArea>) -> Live<Vec<AssessedArea>> {
    all.map(move |all| all.as_ref().map(part).cloned().unwrap_or_default())
}

/// What has grown; nothing where nothing has.
#[component]
fn Grown(grown: Live<Vec<AssessedArea>>) -> impl IntoView {
    let has_any = Live::memo(move || !grown.with(Vec::is_empty));
    let draw = move || {
        view! {
            <CardSection title=t().how_grown() class="how-grown">
                <Rows each=grown key=|row: &AssessedArea| row.area.key().to_owned() row=grown_row/>
            </CardSection>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

pub(super) fn grown_row(row: Live<AssessedArea>) -> impl IntoView {
    let own =
        row.map(|row| row.citizen.as_ref().map(|said| said.words.clone()).unwrap_or_default());
    let words = row.map(|row| row.growth.map(from_to).unwrap_or_default());
    view! {
        <div class="how-grown-row">
            <span class="grow">
                <span class="strong">{move || row.with(|row| words::area(&row.area))}</span>
                <span class="soft own-words how-words">{move || own.get()}</span>
            </span>
            <Chip words tone=Tone::Warm icon=Shape::Up/>
        </div>
    }
}

/// A part of life with what either voice said last; it leads to where one says more.
#[component]
fn AreaCard(
    course: DocumentId,
    area: Live<AssessedArea>,
    /// The citizen, as those are called who speak here.
    people: Live<String>,
) -> impl IntoView {
    let href = area.map(move |row| Place::HowItGoesIn(course, row.area.clone()).href());
    let said = move || area.with(|row| said(row, &people.get()));
    let is_said = area.part(|row| row.citizen.is_some() || row.coordinator.is_some());
    let readers = area.map(|row| row.readers.clone());
    view! {
        <CardLink href>
            <span class="stack" data-gap="small">
                <span class="strong">{move || area.with(|row| words::area(&row.area))}</span>
                {move || said()}
                {move || is_said.get().then(|| view! { <WhoSees readers/> })}
            </span>
        </CardLink>
    }
}

fn said(row: &AssessedArea, citizen: &str) -> AnyView {
    let coordinator = row.coordinator.as_ref().map(|said| {
        let who =
            said.by.as_ref().map_or_else(|| t().role_coordinator().to_owned(), words::subject);
        said_line(capital(&who), said)
    });
    let citizen = row.citizen.as_ref().map(|said| said_line(citizen.to_owned(), said));
    if citizen.is_none() && coordinator.is_none() {
        return view! { <span class="soft">{t().how_silent()}</span> }.into_any();
    }
    view! {
        {citizen}
        {coordinator}
    }
    .into_any()
}

fn said_line(who: String, said: &SayingRow) -> impl IntoView + use<> {
    let own = said.words.clone();
    view! {
        <span class="how-said">
            <span class="soft">{who}</span>
            {said.score.map(mark)}
        </span>
        <span class="own-words how-words">{own}</span>
    }
}

/// A number with its face and its words.
pub(super) fn mark(score: Score) -> impl IntoView + use<> {
    view! { <FaceMark place=place(score) words=words::score(score)/> }
}

/// Where a number stands on the scale, from 0.
fn place(score: Score) -> usize {
    usize::from(score.number().saturating_sub(1))
}

/// The picture, and the citizen's own choice not to see it. Nothing where there is no number to show.
#[component]
fn Picture(course: DocumentId, all: All) -> impl IntoView {
    let commands = use_commands();
    let is_own = use_part().get_untracked() != Part::Staff;
    let hide = move |hides| drop(commands.run(ToolCommand::HideWeb(course, hides)));
    let web = all.part(web);
    let has_numbers = web.part(|web| !web.axes.is_empty());
    let hides = all.part(|all| all.as_ref().is_some_and(|all| all.hides_web));
    let picture =
        move || view! { <SpiderWeb web says=t().how_picture_says() caption=web.map(caption)/> };
    let label = hides.map(|hides| if *hides { t().how_show() } else { t().how_hide() }.to_owned());
    let turn = move || hide(!hides.get_untracked());
    let draw = move || {
        view! {
            <Section title=t().how_picture()>
                {move || (!hides.get()).then(|| view! { <Card>{picture()}</Card> })}
                {move || hides.get().then(|| view! { <p class="soft">{all.with(hidden)}</p> })}
                {is_own.then(|| view! { <Button label look=Look::Second on_press=turn/> })}
            </Section>
        }
    };
    view! { {move || has_numbers.get().then(draw)} }
}

/// The citizen's first numbers and the newest, of every part of life that has one.
fn web(all: &Option<AssessmentsView>) -> Web {
    let areas = all.iter().flat_map(|all| &all.areas);
    let with_numbers = areas.filter_map(|row| Some((row, row.numbers?)));
    let mut web =
        Web { levels: Score::ALL.len() as u8, rings: vec![Vec::new(); 2], ..Web::default() };
    for (row, (first, newest)) in with_numbers {
        let label = words::area_in_a_word(&row.area).to_owned();
        web.axes.push(WebAxis { label, says: line(words::area(&row.area), (first, newest)) });
        web.rings[0].push(first.number());
        web.rings[1].push(newest.number());
    }
    web
}

fn line(area: &str, (first, newest): (Score, Score)) -> String {
    let (from, to) = (first.number().to_string(), newest.number().to_string());
    let sentence = if from == to { t().how_line_same() } else { t().how_line_from_to() };
    fill(sentence, &[("area", area), ("from", &from), ("to", &to)])
}

fn caption(web: &Web) -> String {
    let [first, newest] = web.rings.as_slice() else { return String::new() };
    // Below three axes there are lines with dots on them.
    let is_web = web.axes.len() >= 3;
    let now = if is_web { t().how_picture_now() } else { t().how_picture_dot_now() };
    let before = if is_web { t().how_picture_before() } else { t().how_picture_dot_before() };
    let mut sentences = vec![now];
    if first != newest {
        sentences.push(before);
    }
    if first.iter().zip(newest).any(|(first, newest)| first < newest) {
        sentences.push(t().how_picture_grown());
    }
    sentences.join(" ")
}

/// "fra 2 til 3".
fn from_to(growth: Growth) -> String {
    let (from, to) = (growth.from.number().to_string(), growth.to.number().to_string());
    fill(t().how_from_to(), &[("from", &from), ("to", &to)])
}

/// The citizen, when somebody else looks.
fn other_citizen(all: &Option<AssessmentsView>) -> Option<&Named> {
    all.as_ref()?.citizen.as_ref().filter(|citizen| !citizen.is_me)
}

/// What the citizen is called at the head of a line.
fn people(all: &Option<AssessmentsView>) -> String {
    let citizen = all.as_ref().and_then(|all| all.citizen.as_ref());
    capital(&citizen.map(words::subject).unwrap_or_default())
}

fn title(all: &Option<AssessmentsView>) -> String {
    words::title(other_citizen(all), t().how_title(), t().how_of())
}

fn hidden(all: &Option<AssessmentsView>) -> String {
    other_citizen(all).map_or_else(
        || t().how_hidden().to_owned(),
        |citizen| fill(t().how_hidden_by(), &[("who", &words::name_or_role(citizen))]),
    )
}

fn lead(all: &Option<AssessmentsView>) -> String {
    match all.as_ref().map_or(0, |all| all.grown.len()) {
        0 => t().how_lead().to_owned(),
        count => plural(t().how_better_one(), t().how_better_many(), count),
    }
}

/// Whose view is written down on this screen: the coordinator's own, or the citizen's, who may sit beside.
pub(super) fn voice(part: Part) -> Voice {
    if part == Part::Staff { Voice::Coordinator } else { Voice::Citizen }
}
