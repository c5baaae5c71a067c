//! Mit forløb: where am I, what comes now, what do I decide, and how do I stop.

use client::view::{MyCourse, MyCourseView, Named};
use client::{DocumentId, ToolCommand};
use domain::guide::{GuidePhase, PhaseKey, Rhythm, Words};
use kit::{
    Actions, Button, ButtonLink, CardSection, Live, Look, Page, PageHead, Step, StepList, StepState,
};
use leptos::prelude::*;

use super::help::Coordinators;
use super::nowhere::Nowhere;
use super::overruled::Overruled;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::text::{date_in_words, fill, full_moment_in_words, language, names, plural, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn Course(course: DocumentId) -> impl IntoView {
    let found = use_view(move || MyCourse { course });
    let is_there = found.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <CoursePage course found/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

type Found = Live<Option<MyCourseView>>;

#[component]
fn CoursePage(course: DocumentId, found: Found) -> impl IntoView {
    let is_own = use_part().get_untracked().own_course().is_some();
    let can_move = found.part(move |found| !is_own && found.as_ref().is_some_and(|it| it.can_move));
    view! {
        <Page>
            <PageHead title=found.map(title)>
                <p class="soft">{move || found.with(lead)}</p>
            </PageHead>
            <Overruled document=course/>
            <Here found/>
            {move || can_move.get().then(|| view! { <MoveOn course found/> })}
            <Next found/>
            <Decide found/>
            {is_own.then(|| view! { <Stop course found/> })}
        </Page>
    }
}

/// The steps, with the present one marked, and what happens in it.
#[component]
fn Here(found: Found) -> impl IntoView {
    let steps = found.part(|found| found.as_ref().map(steps).unwrap_or_default());
    let lines = found.part(|found| found.as_ref().map(here).unwrap_or_default());
    let draw = move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| view! { <StepList label=t().course_steps() steps/> }).into_any()
    };
    view! {
        <CardSection title=t().course_here()>
            {move || draw()}
            <Lines lines/>
        </CardSection>
    }
}

/// What the coordinator can do: go on, or take it back.
#[component]
fn MoveOn(course: DocumentId, found: Found) -> impl IntoView {
    let on = found.part(|found| beside(found, 1));
    let back = found.part(|found| beside(found, -1));
    let draw = move |to: Option<Beside>, words: &'static str, look| {
        to.map(|to| view! { <MoveButton course to words look/> })
    };
    view! {
        <Actions>
            {move || draw(on.get(), t().course_on(), Look::Primary)}
            {move || draw(back.get(), t().course_back(), Look::Quiet)}
        </Actions>
    }
}

#[component]
fn MoveButton(
    course: DocumentId,
    to: Beside,
    /// The words, with {phase}.
    words: &'static str,
    look: Look,
) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let Beside { from, to, name } = to;
    let press = move || {
        if commands.run(ToolCommand::MoveOn(course, to.clone())).is_ok() {
            let back = ToolCommand::MoveOn(course, from.clone());
            notices.tell_undo(t().course_is_moved(), move || drop(commands.run(back.clone())));
        }
    };
    let label = fill(words, &[("phase", &name)]);
    view! { <Button label look on_press=press/> }
}

/// The next meeting, the next step, and how often things happen.
#[component]
fn Next(found: Found) -> impl IntoView {
    let lines = found.part(|found| found.as_ref().map(next).unwrap_or_default());
    let meeting = found.part(|found| Some(found.as_ref()?.next_meeting.as_ref()?.document));
    let see = move |meeting| {
        let href = Place::Agenda(meeting).href();
        view! { <ButtonLink href label=t().course_meeting_see() look=Look::Second/> }
    };
    view! {
        <CardSection title=t().course_next()>
            <Lines lines/>
            {move || meeting.get().map(see)}
        </CardSection>
    }
}

#[component]
fn Decide(found: Found) -> impl IntoView {
    let lines = found.part(|found| {
        let here = found.as_ref().and_then(now).map(|phase| said(&phase.decides));
        let always = [t().course_decide_no(), t().course_decide_you()].map(str::to_owned);
        here.into_iter().chain(always).collect::<Vec<_>>()
    });
    view! {
        <CardSection title=t().course_decide()>
            <Lines lines/>
        </CardSection>
    }
}

/// Leaving is as easy as joining.
#[component]
fn Stop(course: DocumentId, found: Found) -> impl IntoView {
    let lines = found.part(|found| {
        let coordinator = found.as_ref().and_then(|found| found.coordinator.clone());
        let who = coordinator.as_ref().map(words::name_or_role);
        let who = who.unwrap_or_else(|| words::role(Some(domain::Role::Coordinator)).to_owned());
        let how = fill(t().course_stop_how(), &[("who", &who)]);
        vec![t().course_stop_free().to_owned(), how, t().course_stop_keep().to_owned()]
    });
    let is_mine = matches!(use_part().get_untracked(), Part::Citizen(_));
    view! {
        <CardSection title=t().course_stop()>
            <Lines lines/>
            {is_mine.then(|| view! { <Coordinators course/> })}
            <ButtonLink href=Place::WhoSees(None).href() label=t().who_sees_title() look=Look::Quiet/>
        </CardSection>
    }
}

/// Sentences under one another.
#[component]
fn Lines(lines: Live<Vec<String>>) -> impl IntoView {
    let line = |line: String| view! { <p>{line}</p> };
    let draw = move || lines.get().into_iter().map(line).collect_view().into_any();
    view! { <div class="stack" data-gap="small">{move || draw()}</div> }
}

fn said(words: &Words) -> String {
    words.spoken(language::code()).to_owned()
}

/// The phase that the course is in.
fn now(found: &MyCourseView) -> Option<&GuidePhase> {
    found.phases.get(found.now)
}

/// The citizen, when somebody else looks.
fn other_citizen(found: &Option<MyCourseView>) -> Option<&Named> {
    found.as_ref()?.citizen.as_ref().filter(|citizen| !citizen.is_me)
}

fn title(found: &Option<MyCourseView>) -> String {
    words::title(other_citizen(found), t().course_title(), t().course_of())
}

fn lead(found: &Option<MyCourseView>) -> String {
    words::title(other_citizen(found), t().course_lead(), t().course_of_lead())
}

fn steps(found: &MyCourseView) -> Vec<Step> {
    let step = |(place, phase): (usize, &GuidePhase)| {
        let state = match place.cmp(&found.now) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Later,
        };
        let name = said(&phase.name);
        let some = || fill(t().course_optional(), &[("phase", &name)]);
        Step { word: if phase.is_optional { some() } else { name }, state }
    };
    found.phases.iter().enumerate().map(step).collect()
}

/// What happens now, and who moved the course here.
fn here(found: &MyCourseView) -> Vec<String> {
    let Some(phase) = now(found) else { return vec![t().course_no_guide().to_owned()] };
    let moved = found.moved.as_ref().map(|moved| {
        let who = moved.by.as_ref().map_or_else(|| t().somebody().to_owned(), words::subject);
        fill(t().course_moved(), &[("who", &who), ("day", &date_in_words(moved.day))])
    });
    [said(&phase.happens)].into_iter().chain(moved).collect()
}

/// A phase beside the present one, and the present one.
#[derive(Clone, PartialEq)]
struct Beside {
    from: PhaseKey,
    to: PhaseKey,
    name: String,
}

fn beside(found: &Option<MyCourseView>, steps: isize) -> Option<Beside> {
    let found = found.as_ref()?;
    let phase = found.phases.get(found.now.checked_add_signed(steps)?)?;
    Some(Beside { from: now(found)?.key.clone(), to: phase.key.clone(), name: said(&phase.name) })
}

fn next(found: &MyCourseView) -> Vec<String> {
    let starts = found.next_meeting.as_ref().and_then(|row| row.meeting.starts);
    let meeting = match (starts, &found.next_meeting) {
        (Some(when), _) => fill(t().course_meeting(), &[("when", &full_moment_in_words(when))]),
        _ => t().course_no_meeting().to_owned(),
    };
    let by = found.meeting_by.map(|day| by_day(t().course_meeting_by(), day));
    let phase = now(found).map(|_| {
        let next = found.phases.get(found.now + 1).map(|phase| said(&phase.name));
        let next = next.map(|next| fill(t().course_phase_next(), &[("phase", &next)]));
        next.unwrap_or_else(|| t().course_phase_last().to_owned())
    });
    let rhythm = found.rhythm.iter().flat_map(|rhythm| in_words(rhythm, found.talk_by));
    [meeting].into_iter().chain(by).chain(phase).chain(rhythm).collect()
}

fn by_day(sentence: &'static str, day: domain::Day) -> String {
    fill(sentence, &[("day", &date_in_words(day))])
}

/// The rhythm in plain words, a sentence each.
fn in_words(rhythm: &Rhythm, talk_by: Option<domain::Day>) -> Vec<String> {
    let t = t();
    let count = |one, many| move |count: u8| plural(one, many, usize::from(count));
    let ages: Vec<String> = rhythm.meeting_half_years.iter().map(|half| age(*half)).collect();
    let ages = (!ages.is_empty()).then(|| fill(t.course_ages(), &[("ages", &names(&ages))]));
    let all = [
        rhythm.months_between_meetings.map(count(t.course_between_one(), t.course_between_many())),
        rhythm.meetings_a_year.map(count(t.course_year_one(), t.course_year_many())),
        ages,
        rhythm.months_between_assessments.map(count(t.course_talk_one(), t.course_talk_many())),
        talk_by.map(|day| by_day(t.course_talk_by(), day)),
        rhythm.ends_before_age.map(|age| fill(t.course_ends(), &[("age", &age.to_string())])),
    ];
    all.into_iter().flatten().collect()
}

/// "16" or "17½".
fn age(half_years: u8) -> String {
    let half = if half_years % 2 == 1 { "½" } else { "" };
    format!("{}{half}", half_years / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rhythm_is_said_in_plain_words() {
        let young = Rhythm {
            meeting_half_years: vec![32, 35, 37],
            months_between_assessments: Some(4),
            ends_before_age: Some(23),
            ..Rhythm::default()
        };
        let said = in_words(&young, "2027-03-21".parse().ok());
        assert_eq!(said[0], "Der er et møde, når du er 16, 17½ og 18½ år.");
        assert_eq!(said[1], "Hver 4. måned ser vi på, hvordan det går.");
        assert_eq!(said[2], "Næste gang er senest 21. marts.");
        assert_eq!(said[3], "Forløbet slutter, før du er 23 år.");
        let elders = Rhythm { months_between_meetings: Some(1), ..Rhythm::default() };
        assert_eq!(in_words(&elders, None), ["Der går højst 1 måned mellem 2 møder."]);
    }
}
