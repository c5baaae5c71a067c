//! I dag, for a citizen: the next meeting, what is new, my goals.

use client::view::{
    AgreementRow, GoalRow, MeetingRow, NewsRow, Today as TodayQuery, TodayView, What,
};
use client::{DocumentId, FirstCommand};
use domain::Day;
use kit::{
    Button, ButtonLink, Card, CardLink, CardSection, Live, Look, Page, PageHead, Paper, Rows,
    Section, Steps,
};
use leptos::prelude::*;

use super::agreement::who_and_when;
use super::fetched::{Piece, addition};
use crate::hooks::{use_commands, use_view};
use crate::part::{Part, use_part};
use crate::people::{WhoSees, face};
use crate::routes::Place;
use crate::text::{capital, day_in_words, fill, moment_in_words, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Today(course: DocumentId) -> impl IntoView {
    let day = use_view(move || TodayQuery { course });
    let next = Live::memo(move || day.with(|day| (day.next_meeting.clone(), day.today)));
    let broken = day.part(|day| day.broken.clone());
    let goals = day.map(|day| day.goals.clone());
    // Nothing else is asked before the first goal.
    let is_new = day.part(|day| day.goals.is_empty() && day.next_meeting.is_none());
    let look = move || if is_new.get() { Look::Primary } else { Look::Second };
    // While two sit together, what is new to the coordinator is what the citizen wrote.
    let is_mine = !matches!(use_part().get_untracked(), Part::Beside(_));

    view! {
        <Page>
            <PageHead title=day.map(hello)>
                <p class="soft">{move || capital(&date(day.with(|day| day.today)))}</p>
            </PageHead>
            {move || broken.get().as_ref().map(broken_promise)}
            {move || (!is_new.get()).then(|| next_meeting(next.get()))}
            {is_mine.then(|| addition(Some(course), Piece::OtherCourses))}
            {is_mine.then(|| view! { <News day/> })}
            <Section title=t().today_goals()>
                <Rows each=goals key=|goal: &GoalRow| goal.id.to_string() row=goal_card/>
                {move || view! { <ButtonLink href=Place::NewGoal(course).href() label=t().goal_new() look=look()/> }}
            </Section>
            {addition(Some(course), Piece::Next)}
        </Page>
    }
}

#[component]
fn News(day: Live<TodayView>) -> impl IntoView {
    let news = day.part(|day| day.news.clone());
    let commands = use_commands();
    let marks = move || news.with_untracked(|news| news.iter().map(|row| row.mark).collect());
    let seen = move || drop(commands.run(FirstCommand::SawNews(marks())));
    let today = day.part(|day| day.today);
    let row = move |row: &NewsRow| news_row(row, today.get_untracked());
    let list = move || {
        view! {
            <CardSection title=t().today_news()>
                <ul class="news">{move || news.get().iter().map(row).collect_view().into_any()}</ul>
                <Button label=t().today_news_seen() look=Look::Quiet on_press=seen/>
            </CardSection>
        }
    };
    view! { {move || (!news.with(Vec::is_empty)).then(list)} }
}

fn news_row(row: &NewsRow, today: Day) -> impl IntoView + use<> {
    let place = match row.what {
        _ if row.is_meeting => Place::Agenda(row.document),
        What::Assessment(_) => Place::HowItGoes(None),
        What::Phase => Place::Course(None),
        _ => Place::Plan(None),
    };
    let href = place.href();
    let day = row.day.map(|day| view! { <span class="soft">" "{day_in_words(day, today)}</span> });
    view! {
        <li>
            {row.by.as_ref().map(face)}
            <a class="news-words" href=href>{words::news(row)}{day}</a>
        </li>
    }
}

/// What somebody has promised and not done; it leads to its goal.
fn broken_promise(row: &AgreementRow) -> impl IntoView + use<> {
    let goal = row.goal.map(|goal| Place::Goal(row.document, goal));
    let href = goal.unwrap_or(Place::Promises(None)).href();
    let (what, words) = (row.what.text.clone(), who_and_when(row));
    view! {
        <CardLink href>
            <span class="soft">{t().today_broken()}</span>
            <span class="strong own-words">{what}</span>
            <span class="soft">{words}</span>
        </CardLink>
    }
}

fn next_meeting((meeting, today): (Option<MeetingRow>, Day)) -> AnyView {
    match meeting {
        None => view! {
            <CardLink href=Place::Meetings.href()>
                <span>{t().today_no_meeting()}</span>
            </CardLink>
        }
        .into_any(),
        Some(row) => view! { <NextMeeting row today/> }.into_any(),
    }
}

/// The card to look at first.
#[component]
pub(crate) fn NextMeeting(row: MeetingRow, today: Day) -> impl IntoView {
    let when = row.meeting.starts.map(|starts| capital(&moment_in_words(starts, today)));
    let when = when.unwrap_or_else(|| t().meeting_no_time().to_owned());
    let href = Place::Agenda(row.document).href();
    view! {
        <Card paper=Paper::Deep>
            <p class="soft">{t().today_next_meeting()}</p>
            <h2>{when}</h2>
            <p class="own-words">{row.meeting.place}</p>
            <ButtonLink href label=t().meeting_agenda()/>
        </Card>
    }
}

/// A goal in a list.
pub(crate) fn goal_card(goal: Live<GoalRow>) -> impl IntoView {
    let href = goal.map(|goal| Place::Goal(goal.document, goal.id).href());
    let steps = goal.part(|goal| goal.steps);
    let readers = goal.map(|goal| goal.readers.clone());
    view! {
        <CardLink href class="goal-card">
            <span class="goal-name own-words">{move || goal.with(|goal| goal.title.clone())}</span>
            {move || (steps.get().1 > 0).then(|| view! { <StepsDone steps/> })}
            <span class="card-foot">
                <span>{move || steps_in_words(steps.get())}</span>
                <WhoSees readers/>
            </span>
        </CardLink>
    }
}

/// How far a goal has come, as a picture.
#[component]
pub(crate) fn StepsDone(steps: Live<(usize, usize)>) -> impl IntoView {
    view! { <Steps count=steps says=steps.map(|&steps| steps_in_words(steps))/> }
}

fn steps_in_words((done, of): (usize, usize)) -> String {
    if of == 0 {
        return t().goal_no_steps().to_owned();
    }
    fill(t().goal_steps(), &[("done", &done.to_string()), ("of", &of.to_string())])
}

fn hello(day: &TodayView) -> String {
    let name = day.citizen.as_ref().map(|citizen| citizen.name.clone()).unwrap_or_default();
    fill(t().today_hello(), &[("name", &name)]).trim_end().to_owned()
}

fn date(today: Day) -> String {
    // Never "i dag": the heading says that already.
    day_in_words(today, today.plus(-7))
}
