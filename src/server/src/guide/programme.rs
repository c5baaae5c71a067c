//! A programme's file: phases, rhythm, parts of life and questions.

use std::ops::Range;

use domain::guide::{AreaQuestion, GuidePhase, NoWay, PhaseKey, ProgrammeGuide, Rhythm, way};
use domain::{LifeArea, Programme};
use serde::Deserialize;
use toml::Spanned;

use super::checked::{KEY_ALLOWED, NAME_LETTERS_MAX, TEXT_LETTERS_MAX, Words, number};
use super::complaint::Complaint;
use super::file::File;

/// More steps than this are no picture of a way.
const PHASES_MAX: usize = 12;
const AGES_MAX: usize = 8;
/// From this age to that one, in years.
const AGE_FIRST: u8 = 10;
const AGE_LAST: u8 = 120;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeFile {
    phase: Vec<PhaseTable>,
    rhythm: Spanned<RhythmTable>,
    area: Vec<AreaTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhaseTable {
    id: Spanned<String>,
    next: Option<Spanned<String>>,
    name: Words,
    happens: Words,
    decides: Words,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RhythmTable {
    months_between_meetings: Option<Spanned<i64>>,
    meetings_a_year: Option<Spanned<i64>>,
    #[serde(default)]
    meeting_ages: Vec<Spanned<f64>>,
    months_between_assessments: Option<Spanned<i64>>,
    ends_before_age: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaTable {
    key: Spanned<String>,
    question: Words,
}

pub(super) fn read(file: File<'_>, programme: Programme) -> Result<ProgrammeGuide, Complaint> {
    let tables: ProgrammeFile = file.parse()?;
    Ok(ProgrammeGuide {
        programme,
        phases: phases(file, &tables.phase)?,
        rhythm: rhythm(file, &tables.rhythm)?,
        areas: areas(file, &tables.area, programme)?,
    })
}

/// The phases in the order they follow one another.
fn phases(file: File<'_>, tables: &[PhaseTable]) -> Result<Vec<GuidePhase>, Complaint> {
    if let Some(table) = tables.get(PHASES_MAX) {
        let allowed = format!("at most {PHASES_MAX} phases");
        return Err(file.complain(&table.id.span(), "there are too many phases", allowed));
    }
    let mut names = Vec::new();
    for table in tables {
        let next = table.next.as_ref().map(|next| key(file, next)).transpose()?;
        names.push((key(file, &table.id)?, next));
    }
    let order = way(&names).map_err(|no_way| no_way_because(file, tables, no_way))?;
    order
        .into_iter()
        .filter_map(|place| tables.get(place))
        .map(|table| phase(file, table))
        .collect()
}

fn phase(file: File<'_>, table: &PhaseTable) -> Result<GuidePhase, Complaint> {
    Ok(GuidePhase {
        key: key(file, &table.id)?,
        name: table.name.checked(file, NAME_LETTERS_MAX)?,
        happens: table.happens.checked(file, TEXT_LETTERS_MAX)?,
        decides: table.decides.checked(file, TEXT_LETTERS_MAX)?,
        is_optional: table.optional,
    })
}

fn key(file: File<'_>, name: &Spanned<String>) -> Result<PhaseKey, Complaint> {
    let what = || format!("`{}` is no name for a phase", name.get_ref());
    PhaseKey::new(name.get_ref()).ok_or_else(|| file.complain(&name.span(), what(), KEY_ALLOWED))
}

fn no_way_because(file: File<'_>, tables: &[PhaseTable], no_way: NoWay) -> Complaint {
    const ONE_WAY: &str = "one way: every phase names the one after it, and the last names none";
    let id = |place: usize| tables.get(place).map_or("", |table| table.id.get_ref().as_str());
    let next = |place: usize| {
        let next = tables.get(place).and_then(|table| table.next.as_ref());
        next.map_or("", |next| next.get_ref().as_str())
    };
    let at_id = |place: usize| tables.get(place).map(|table| table.id.span()).unwrap_or_default();
    let at_next = |place: usize| -> Range<usize> {
        let next = tables.get(place).and_then(|table| table.next.as_ref());
        next.map(Spanned::span).unwrap_or_default()
    };
    match no_way {
        NoWay::Empty => Complaint::at((file.name, 1), "there is no phase", "1 phase or more"),
        NoWay::Twice(place) => {
            let what = format!("the phase `{}` is there already", id(place));
            file.complain(&at_id(place), what, "an `id` that no other phase has")
        }
        NoWay::Nowhere(place) => {
            let what = format!("there is no phase `{}`", next(place));
            let ids: Vec<&str> = (0..tables.len()).map(id).collect();
            file.complain(&at_next(place), what, ids.join(", "))
        }
        NoWay::Round(place) => {
            let what = format!("after `{}` comes `{}`, and so on for ever", id(place), next(place));
            file.complain(&at_next(place), what, ONE_WAY)
        }
        NoWay::Joined(place) => {
            let what = format!("another phase leads to `{}` already", next(place));
            file.complain(&at_next(place), what, ONE_WAY)
        }
        NoWay::Apart(place) => {
            let what = format!("no phase leads to `{}`, and another one is first", id(place));
            file.complain(&at_id(place), what, ONE_WAY)
        }
    }
}

fn rhythm(file: File<'_>, table: &Spanned<RhythmTable>) -> Result<Rhythm, Complaint> {
    let rows = table.get_ref();
    if let Some(age) = rows.meeting_ages.get(AGES_MAX) {
        let allowed = format!("at most {AGES_MAX} ages");
        return Err(file.complain(&age.span(), "there are too many ages", allowed));
    }
    let ages = rows.meeting_ages.iter().map(|age| half_years(file, age));
    let read = Rhythm {
        months_between_meetings: number(file, rows.months_between_meetings.as_ref(), (1, 12))?,
        meetings_a_year: number(file, rows.meetings_a_year.as_ref(), (1, 12))?,
        meeting_half_years: ages.collect::<Result<_, _>>()?,
        months_between_assessments: number(
            file,
            rows.months_between_assessments.as_ref(),
            (1, 24),
        )?,
        ends_before_age: number(file, rows.ends_before_age.as_ref(), (10, 120))?,
    };
    if read.months_to_next_meeting().is_none() && read.meeting_half_years.is_empty() {
        let allowed = "months_between_meetings, meetings_a_year or meeting_ages";
        return Err(file.complain(&table.span(), "nothing says when there is a meeting", allowed));
    }
    Ok(read)
}

fn half_years(file: File<'_>, age: &Spanned<f64>) -> Result<u8, Complaint> {
    let years = *age.get_ref();
    let whole = (AGE_FIRST * 2..=AGE_LAST * 2).find(|half| f64::from(*half) == years * 2.0);
    let what = || format!("{years} is no age that fits here");
    let allowed = || format!("{AGE_FIRST} to {AGE_LAST} in whole and half years, as 17.5");
    whole.ok_or_else(|| file.complain(&age.span(), what(), allowed()))
}

/// The parts of life, in the municipality's order. Those that the programme has in the app must all be there:
/// citizens may have said something of each.
fn areas(
    file: File<'_>,
    tables: &[AreaTable],
    programme: Programme,
) -> Result<Vec<AreaQuestion>, Complaint> {
    let known: Vec<LifeArea> = programme.life_areas().collect();
    let keys: Vec<&str> = known.iter().map(LifeArea::key).collect();
    let mut areas: Vec<AreaQuestion> = Vec::new();
    for table in tables {
        let name = table.key.get_ref();
        let complain =
            |what: String, allowed: &str| file.complain(&table.key.span(), what, allowed);
        let area = known.iter().find(|area| area.key() == name).cloned();
        let unknown = || complain(format!("`{name}` is no part of life here"), &keys.join(", "));
        let area = area.ok_or_else(unknown)?;
        if areas.iter().any(|one| one.area == area) {
            return Err(complain(format!("`{name}` is there already"), "each part of life once"));
        }
        let question = table.question.checked(file, NAME_LETTERS_MAX)?;
        areas.push(AreaQuestion { area, question });
    }
    let lacks = keys.iter().find(|key| areas.iter().all(|one| one.area.key() != **key));
    // Where the list ends is where it must be added.
    let end = file.text.trim_end().len();
    lacks.map_or(Ok(areas), |key| {
        let what = format!("the part of life `{key}` is missing");
        Err(file.complain(&(end..end), what, format!("all of {}, in any order", keys.join(", "))))
    })
}
