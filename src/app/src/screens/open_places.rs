//! Hjælp tæt på mig: places that anybody may come to or call, and whether they are open. Works with no network.

use client::view::{OpenPlaceRow, OpenPlaces as OpenPlacesQuery, ThisDay};
use domain::guide::{Hours, Opening, Openness};
use domain::{Day, Weekday};
use kit::{Card, Icon, Live, Page, PageHead, Rows, Section, Shape};
use leptos::prelude::*;

use super::help::{call, danger_line, other_lines};
use crate::hooks::use_view;
use crate::text::{capital, clock_in_words, fill, language, moment_in_words, t, weekday};

/// The screen.
#[component]
pub(crate) fn OpenPlaces() -> impl IntoView {
    let places = use_view(|| OpenPlacesQuery);
    let is_empty = places.part(Vec::is_empty);
    view! {
        <Page>
            <PageHead title=t().places_title()>
                <p class="soft">{move || lead(is_empty.get())}</p>
            </PageHead>
            {danger_line()}
            <Rows each=places key=|row: &OpenPlaceRow| row.place.id.clone() row=place/>
            <Section title=t().places_numbers()>
                <div class="stack">{other_lines()}</div>
            </Section>
        </Page>
    }
}

fn lead(is_empty: bool) -> &'static str {
    if is_empty { t().places_none() } else { t().places_lead() }
}

fn place(row: Live<OpenPlaceRow>) -> impl IntoView {
    let today = use_view(|| ThisDay);
    let lines = Live::memo(move || row.with(|row| lines(row, today.get())));
    let phone = row.part(|row| (row.place.name.clone(), row.place.phone.clone()));
    let what_for = move || row.with(|row| spoken(row).to_owned());
    let draw = move || lines.get().into_iter().map(line).collect_view().into_any();
    let ring = move || {
        let (name, phone) = phone.get();
        let ring = fill(t().help_call(), &[("who", &name)]);
        (!phone.is_empty()).then(|| call(ring, phone, false)).into_any()
    };
    view! {
        <Card>
            <h2 class="own-words">{move || row.with(|row| row.place.name.clone())}</h2>
            <p>{what_for}</p>
            <ul class="support-lines">{move || draw()}</ul>
            {move || ring()}
        </Card>
    }
}

fn spoken(row: &OpenPlaceRow) -> &str {
    row.place.what_for.spoken(language::code())
}

/// One line of what is known about a place: a sign, the words, and whether they are a name.
type Line = (Shape, String, bool);

fn line((shape, words, is_name): Line) -> impl IntoView {
    view! {
        <li class="support-line">
            <Icon shape/>
            <span class=is_name.then_some("own-words")>{words}</span>
        </li>
    }
}

/// Whether it is open, where it is, and the hours of the week.
fn lines(row: &OpenPlaceRow, today: Day) -> Vec<Line> {
    let now = row.openness.map(|openness| (Shape::Clock, open(openness, today), false));
    let address = Some(row.place.address.clone()).filter(|address| !address.is_empty());
    let address = address.map(|address| (Shape::Place, address, true));
    let week = row.place.hours.iter().filter(|_| row.openness != Some(Openness::Always));
    let week = week.flat_map(week_in_words).map(|day| (Shape::Calendar, day, false));
    now.into_iter().chain(address).chain(week).collect()
}

fn open(openness: Openness, today: Day) -> String {
    let at = |sentence, when| fill(sentence, &[("when", &moment_in_words(when, today))]);
    match openness {
        Openness::Always => t().places_always().to_owned(),
        Openness::Open(until) => at(t().places_open(), until),
        Openness::Closed(Some(opens)) => at(t().places_closed(), opens),
        Openness::Closed(None) => t().places_never().to_owned(),
    }
}

/// "Mandag til fredag: 9.00-15.00", a line for days that are alike.
fn week_in_words(hours: &Hours) -> Vec<String> {
    let group = |(first, last, openings): (Weekday, Weekday, &[Opening])| {
        let values = [("first", weekday(first)), ("last", weekday(last))];
        let days = if first == last {
            weekday(first).to_owned()
        } else {
            fill(t().places_days(), &values)
        };
        let times: Vec<String> = openings.iter().map(|opening| times(*opening)).collect();
        let times = if times.is_empty() { t().places_shut().to_owned() } else { times.join(", ") };
        fill(t().places_day_hours(), &[("days", &capital(&days)), ("hours", &times)])
    };
    hours.together().into_iter().map(group).collect()
}

fn times(opening: Opening) -> String {
    let (from, until) = opening.minutes();
    let values = [("from", clock_in_words(from)), ("until", clock_in_words(until))];
    fill(t().places_hours(), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> domain::LocalTime {
        text.parse().expect("a moment")
    }

    #[test]
    fn whether_it_is_open_is_said_with_the_next_change() {
        let today = moment("2026-11-26T10:00").day;
        let said = |openness| open(openness, today);
        assert_eq!(
            said(Openness::Open(moment("2026-11-26T15:00"))),
            "Åbent nu. Lukker i dag kl. 15.00"
        );
        let opens = Openness::Closed(Some(moment("2026-11-27T09:00")));
        assert_eq!(said(opens), "Lukket nu. Åbner i morgen kl. 9.00");
        assert_eq!(said(Openness::Always), "Åbent hele døgnet");
        assert_eq!(said(Openness::Closed(None)), "Lukket");
    }

    #[test]
    fn a_week_is_said_with_days_alike_together() {
        let opening = |from, until| vec![Opening::new(from, until).expect("hours")];
        let mut week: [Vec<Opening>; 7] = std::array::from_fn(|_| opening(540, 900));
        week[5] = opening(1260, 480);
        week[6] = Vec::new();
        let said = week_in_words(&Hours::of_week(week));
        assert_eq!(said, ["Mandag til fredag: 9.00-15.00", "Lørdag: 21.00-8.00", "Søndag: lukket"]);
    }
}
