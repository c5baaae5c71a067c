//! The part of a file that people and other programs can read without Medspil. Nothing of it is read back.

use std::fmt::Result;

use domain::{Day, Half, LifeArea};
use nojson::{DisplayJson, JsonFormatter, array, object};

use crate::view::{
    AgendaView, AgreementRow, AreaAssessmentsView, ConsentsView, EverythingView, GoalView,
    HistoryRow, MeetingRow, NoteView, PersonView, SayingRow, StepRow, SupportRow, TopicRow,
};

/// All that a citizen has, as JSON.
pub(super) struct Readable<'a>(pub(super) &'a EverythingView);

/// A list of things, each written in the same way.
fn list<'a, T>(
    all: &'a [T],
    write: fn(&'a T, &mut JsonFormatter<'_, '_>) -> Result,
) -> impl DisplayJson + 'a {
    array(move |f| all.iter().try_for_each(|one| f.element(Each(one, write))))
}

struct Each<'a, T>(&'a T, fn(&'a T, &mut JsonFormatter<'_, '_>) -> Result);

impl<T> DisplayJson for Each<'_, T> {
    fn fmt(&self, f: &mut JsonFormatter<'_, '_>) -> Result {
        (self.1)(self.0, f)
    }
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn area(area: Option<&LifeArea>) -> Option<&str> {
    area.map(LifeArea::key)
}

impl DisplayJson for Readable<'_> {
    fn fmt(&self, f: &mut JsonFormatter<'_, '_>) -> Result {
        let all = self.0;
        f.object(|f| {
            f.member("name", &all.name)?;
            f.member("dreams", list(&all.dreams, |dream, f| f.value(&dream.text.text)))?;
            f.member("goals", list(&all.goals, goal))?;
            f.member("other_agreements", list(&all.other_agreements, agreement))?;
            f.member("network", list(&all.people, person))?;
            f.member("support", list(&all.supports, support))?;
            f.member("how_it_goes", list(&all.how_it_goes, how_it_goes))?;
            f.member("meetings", list(&all.meetings, meeting))?;
            f.member("consents", list(&all.consents, consents))?;
            f.member("notes", list(&all.notes, note))
        })
    }
}

fn goal(goal: &GoalView, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("goal", &goal.title.text)?;
        f.member("area", area(goal.row.area.as_ref()))?;
        f.member("reached", goal.row.is_reached)?;
        f.member("steps", list(&goal.steps, step))?;
        f.member("agreements", list(&goal.agreements, agreement))
    })
}

fn step(step: &StepRow, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("step", &step.text.text)?;
        f.member("done", day(step.done))
    })
}

fn agreement(row: &AgreementRow, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("what", &row.what.text)?;
        f.member("who", &row.doer)?;
        f.member("by", day(row.by_day))?;
        f.member("state", row.state.key())?;
        f.member("follow_up", &row.follow_up.text)?;
        f.member("trial", row.is_trial)?;
        f.member("learnt", &row.learnt.text)?;
        f.member("history", list(&row.history, change))
    })
}

fn change(change: &HistoryRow, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("state", change.state.key())?;
        f.member("day", change.day.to_string())?;
        f.member("by", change.by.as_ref().map(|by| &by.name))
    })
}

fn person(person: &PersonView, f: &mut JsonFormatter<'_, '_>) -> Result {
    let row = &person.row;
    f.object(|f| {
        f.member("name", &row.name)?;
        f.member("missing", person.is_missing)?;
        f.member("role", &row.role)?;
        f.member("workplace", &person.workplace.text)?;
        f.member("helps", &row.helps)?;
        f.member("phone", &row.phone)?;
        f.member("professional", row.half() == Half::Professional)?;
        f.member("tie", row.tie.map(|tie| tie.key()))?;
        f.member("area", area(row.area.as_ref()))?;
        f.member("trusted", row.is_trusted)
    })
}

fn support(row: &SupportRow, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("what", &row.what.text)?;
        f.member("from", &row.from.text)?;
        f.member("often", &row.often.text)?;
        f.member("area", area(row.area.as_ref()))?;
        f.member("since", day(row.since))?;
        f.member("useful", row.useful.map(|useful| useful.key()))?;
        f.member("ended", day(row.ended))
    })
}

fn how_it_goes(area: &AreaAssessmentsView, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("area", area.newest.area.key())?;
        f.member("citizen", list(&area.by_citizen, saying))?;
        f.member("coordinator", list(&area.by_coordinator, saying))
    })
}

fn saying(saying: &SayingRow, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("day", saying.day.to_string())?;
        f.member("score", saying.score.map(|score| score.number()))?;
        f.member("words", &saying.words)
    })
}

fn meeting((row, agenda): &(MeetingRow, AgendaView), f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("starts", row.meeting.starts.map(|starts| starts.to_string()))?;
        f.member("minutes", row.meeting.minutes)?;
        f.member("place", &row.meeting.place)?;
        f.member("cancelled", row.meeting.cancelled.is_some())?;
        f.member("purpose", &agenda.purpose.text)?;
        f.member("topics", list(&agenda.topics, topic))?;
        f.member("not_to_be_talked_about", list(&agenda.avoid, |row, f| f.value(&row.text.text)))?;
        let wishes = agenda.wishes.iter();
        f.member(
            "wishes",
            array(|f| {
                wishes.clone().try_for_each(|wish| {
                    f.element(object(|f| {
                        f.member("wish", wish.kind.key())?;
                        f.member("words", &wish.text.text)
                    }))
                })
            }),
        )
    })
}

fn topic(topic: &TopicRow, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("topic", &topic.title.text)?;
        f.member("why", &topic.why.text)?;
        f.member("hope", &topic.hope.text)?;
        f.member("minutes", topic.minutes)
    })
}

fn consents(consents: &ConsentsView, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("person", &consents.person.name)?;
        let now = consents.now.iter().filter_map(|seen| area(seen.area.as_ref()));
        f.member("sees_now", array(|f| f.elements(now.clone())))?;
        f.member(
            "given",
            list(&consents.declared, |given, f| {
                f.object(|f| {
                    f.member("area", given.area.key())?;
                    f.member("given", given.given.to_string())?;
                    f.member("until", given.until.to_string())?;
                    f.member("parent", given.parent.as_ref())?;
                    f.member("withdrawn", day(given.withdrawn))
                })
            }),
        )
    })
}

fn note(note: &NoteView, f: &mut JsonFormatter<'_, '_>) -> Result {
    f.object(|f| {
        f.member("day", note.day.to_string())?;
        f.member("note", &note.text.text)
    })
}
