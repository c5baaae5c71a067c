//! The guide as it travels.

use domain::LifeArea;
use domain::guide::{AreaQuestion, Guide, GuidePhase, OpenPlace, ProgrammeGuide, Rhythm, Words};
use domain::{Weekday, guide::Hours};
use sync::guide::{
    AreaRow, ENGLISH, GuideRow, InLanguageRow, OpeningRow, PhaseRow, PlaceRow, ProgrammeRow,
    RhythmRow, WordsRow,
};

pub(super) fn row(guide: &Guide) -> GuideRow {
    GuideRow {
        programmes: guide.programmes.iter().map(programme).collect(),
        places: guide.places.iter().map(place).collect(),
    }
}

fn words(words: &Words) -> WordsRow {
    let (english, others): (Vec<_>, Vec<_>) =
        words.others.iter().cloned().partition(|(language, _)| language == ENGLISH);
    let row = |(language, words)| InLanguageRow { language, words };
    WordsRow {
        danish: words.danish.clone(),
        english: english.into_iter().map(|(_, words)| words).collect(),
        others: (!others.is_empty()).then(|| others.into_iter().map(row).collect()),
    }
}

fn programme(guide: &ProgrammeGuide) -> ProgrammeRow {
    ProgrammeRow {
        key: guide.programme.key().to_owned(),
        phases: guide.phases.iter().map(phase).collect(),
        rhythm: rhythm(&guide.rhythm),
        areas: guide.areas.iter().map(area).collect(),
    }
}

fn phase(phase: &GuidePhase) -> PhaseRow {
    PhaseRow {
        key: phase.key.key().to_owned(),
        name: words(&phase.name),
        happens: words(&phase.happens),
        decides: words(&phase.decides),
        is_optional: phase.is_optional,
    }
}

fn rhythm(rhythm: &Rhythm) -> RhythmRow {
    RhythmRow {
        months_between_meetings: rhythm.months_between_meetings,
        meetings_a_year: rhythm.meetings_a_year,
        meeting_half_years: rhythm.meeting_half_years.clone(),
        months_between_assessments: rhythm.months_between_assessments,
        ends_before_age: rhythm.ends_before_age,
    }
}

fn area(one: &AreaQuestion) -> AreaRow {
    AreaRow { key: LifeArea::key(&one.area).to_owned(), question: words(&one.question) }
}

fn place(place: &OpenPlace) -> PlaceRow {
    PlaceRow {
        id: place.id.clone(),
        name: place.name.clone(),
        what_for: words(&place.what_for),
        address: place.address.clone(),
        phone: place.phone.clone(),
        hours: place.hours.as_ref().map(hours),
    }
}

fn hours(hours: &Hours) -> Vec<Vec<OpeningRow>> {
    let day = |weekday| {
        let minutes = hours.day(Weekday(weekday)).iter().map(|opening| opening.minutes());
        minutes.map(|(from, until)| OpeningRow { from, until }).collect()
    };
    (0..7).map(day).collect()
}
