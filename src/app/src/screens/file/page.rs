//! All that a citizen has, as a page that is read without the app.

use client::view::{
    AgendaView, AgreementRow, AreaAssessmentsView, ConsentsView, Declared, EverythingView,
    GoalView, HistoryRow, MeetingRow, NoteView, PersonView, SayingRow, StepRow, SupportRow,
    TopicRow,
};
use kit::PlainPage;

use super::super::agreement::who_and_when;
use crate::text::{
    capital, date_in_words, fill, full_day_in_words, full_moment_in_words, language, t,
};
use crate::words;

/// The page.
pub(super) fn page(all: &EverythingView) -> String {
    let mut page = PlainPage::default();
    let title = match all.name.as_str() {
        "" => t().plan_title().to_owned(),
        name => fill(t().plan_of(), &[("name", name)]),
    };
    page.heading(1, &title);
    page.paragraph(&fill(t().file_page_lead(), &[("day", &full_day_in_words(all.day))]));
    let dreams: Vec<String> = all.dreams.iter().map(|dream| dream.text.text.clone()).collect();
    group(&mut page, t().dreams_title(), &dreams, |page, dream| page.paragraph(dream));
    group(&mut page, t().today_goals(), &all.goals, goal);
    group(&mut page, t().agreements_title(), &all.other_agreements, |page, row| {
        agreement(page, 3, row)
    });
    group(&mut page, t().network_title(), &all.people, person);
    group(&mut page, t().support_title(), &all.supports, support);
    group(&mut page, t().how_title(), &all.how_it_goes, how_it_goes);
    group(&mut page, t().meetings_title(), &all.meetings, meeting);
    group(&mut page, t().who_sees_title(), &all.consents, consents);
    group(&mut page, t().notebook_title(), &all.notes, note);
    page.finish(language::code(), t().app_name())
}

/// A heading and what stands under it; nothing where nothing does.
fn group<T>(page: &mut PlainPage, title: &str, all: &[T], one: impl Fn(&mut PlainPage, &T)) {
    if !all.is_empty() {
        page.heading(2, title);
        all.iter().for_each(|row| one(page, row));
    }
}

/// What something is, and what was said of it; nothing where nothing was.
fn said(what: &str, words: &str) -> String {
    if words.trim().is_empty() {
        return String::new();
    }
    fill(t().board_line(), &[("what", what), ("who", words)])
}

fn goal(page: &mut PlainPage, goal: &GoalView) {
    page.part(3, &goal.title.text, |page| {
        page.paragraph(goal.row.area.as_ref().map_or("", words::area));
        page.paragraph(if goal.row.is_reached { t().goal_reached() } else { "" });
        page.list(&goal.steps.iter().map(step).collect::<Vec<_>>());
        goal.agreements.iter().for_each(|row| agreement(page, 4, row));
    });
}

fn step(step: &StepRow) -> String {
    match step.done {
        Some(_) => format!("{} {}", step.text.text, t().shown_done()),
        None => step.text.text.clone(),
    }
}

fn agreement(page: &mut PlainPage, level: u8, row: &AgreementRow) {
    page.part(level, &row.what.text, |page| {
        page.paragraph(&who_and_when(row));
        page.paragraph(words::state(row.state).0);
        page.paragraph(if row.is_trial { t().trial() } else { "" });
        page.paragraph(&said(t().agreement_follow_up(), &row.follow_up.text));
        page.paragraph(&said(t().trial_learnt(), &row.learnt.text));
        page.list(&row.history.iter().map(change).collect::<Vec<_>>());
    });
}

fn change(row: &HistoryRow) -> String {
    let by = row.by.as_ref().map_or_else(|| t().somebody().to_owned(), words::name_or_role);
    let (state, day) = (words::state(row.state).0, full_day_in_words(row.day));
    fill(t().agreement_history(), &[("state", state), ("who", &by), ("day", &day)])
}

fn person(page: &mut PlainPage, person: &PersonView) {
    let row = &person.row;
    page.part(3, &row.name, |page| {
        let side =
            if person.is_missing { t().person_missing() } else { words::half_one(row.half()) };
        page.list(&[
            side.to_owned(),
            row.role.clone(),
            words::nearness(row.nearness()).to_owned(),
            row.tie.map(words::tie).unwrap_or_default().to_owned(),
            if row.is_trusted { t().person_trusted() } else { "" }.to_owned(),
            said(t().person_helps(), &row.helps),
            said(t().person_workplace(), &person.workplace.text),
            said(t().person_phone(), &row.phone),
        ]);
    });
}

fn support(page: &mut PlainPage, row: &SupportRow) {
    let on = |sentence, day| fill(sentence, &[("day", &*full_day_in_words(day))]);
    page.part(3, &row.what.text, |page| {
        page.list(&[
            row.area.as_ref().map_or("", words::area).to_owned(),
            row.from.text.clone(),
            row.often.text.clone(),
            row.since.map(|day| on(t().support_since_day(), day)).unwrap_or_default(),
            row.ended.map(|day| on(t().support_until_day(), day)).unwrap_or_default(),
            row.useful
                .map(|useful| said(t().support_useful(), words::useful(useful).0))
                .unwrap_or_default(),
        ]);
    });
}

fn how_it_goes(page: &mut PlainPage, area: &AreaAssessmentsView) {
    let of = |who: String, rows: &[SayingRow]| -> Vec<String> {
        rows.iter().map(|row| saying(&who, row)).collect()
    };
    page.part(3, words::area(&area.newest.area), |page| {
        let citizen = area.citizen.as_ref().map(words::subject).unwrap_or_default();
        page.list(&of(citizen, &area.by_citizen));
        let coordinator = area.coordinator.as_ref().map(words::name_or_role).unwrap_or_default();
        page.list(&of(coordinator, &area.by_coordinator));
    });
}

fn saying(who: &str, row: &SayingRow) -> String {
    let day = full_day_in_words(row.day);
    let head = fill(t().shown_said(), &[("who", who), ("day", &day)]);
    let score = row.score.map(|score| format!("{} ({})", score.number(), words::score(score)));
    let all = [head, score.unwrap_or_default(), row.words.clone()];
    all.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

fn meeting(page: &mut PlainPage, (row, agenda): &(MeetingRow, AgendaView)) {
    let when = row.meeting.starts.map(|starts| capital(&full_moment_in_words(starts)));
    page.part(3, when.as_deref().unwrap_or(t().meeting_no_time()), |page| {
        page.paragraph(if row.meeting.cancelled.is_some() {
            t().meeting_is_cancelled()
        } else {
            ""
        });
        page.paragraph(&row.meeting.place);
        page.paragraph(&said(t().agenda_purpose(), &agenda.purpose.text));
        agenda.topics.iter().for_each(|row| topic(page, row));
        let avoid = agenda.avoid.iter().map(|row| said(t().avoid_label(), &row.text.text));
        let wish = |row: &client::view::WishRow| {
            let kind = words::wish(row.kind).0;
            if row.text.text.is_empty() { kind.to_owned() } else { said(kind, &row.text.text) }
        };
        page.list(&avoid.chain(agenda.wishes.iter().map(wish)).collect::<Vec<_>>());
    });
}

fn topic(page: &mut PlainPage, topic: &TopicRow) {
    page.part(4, &topic.title.text, |page| {
        page.paragraph(&said(t().topic_why(), &topic.why.text));
        page.paragraph(&said(t().topic_hope(), &topic.hope.text));
    });
}

fn consents(page: &mut PlainPage, consents: &ConsentsView) {
    page.part(3, &words::name_or_role(&consents.person), |page| {
        page.list(&consents.declared.iter().map(declared).collect::<Vec<_>>());
    });
}

fn declared(row: &Declared) -> String {
    let (from, until) = (date_in_words(row.given), date_in_words(row.until));
    let dates = fill(t().consent_from_until(), &[("from", &from), ("until", &until)]);
    let closed =
        row.withdrawn.map(|day| fill(t().consent_closed_on(), &[("day", &date_in_words(day))]));
    let parent = row.parent.as_ref().map(|who| fill(t().consent_by_parent(), &[("who", who)]));
    let all = [Some(dates), Some(words::purpose_said(&row.purpose)), parent, closed];
    let rest = all.into_iter().flatten().collect::<Vec<_>>().join(". ");
    said(words::area(&row.area), &rest)
}

fn note(page: &mut PlainPage, note: &NoteView) {
    page.part(3, &capital(&full_day_in_words(note.day)), |page| page.paragraph(&note.text.text));
}
