//! The file of open places, where anybody can get help.

use domain::guide::{HOURS_A_DAY_MAX, Hours, MINUTES_A_DAY, OpenPlace, Opening};
use serde::Deserialize;
use toml::Spanned;

use super::checked::{KEY_ALLOWED, NAME_LETTERS_MAX, TEXT_LETTERS_MAX, Words, text};
use super::complaint::Complaint;
use super::file::File;

/// More than this nobody looks through.
const PLACES_MAX: usize = 100;
const ADDRESS_LETTERS_MAX: usize = 120;
/// As many as the longest number in the world has.
const PHONE_DIGITS_MAX: usize = 15;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    #[serde(default)]
    place: Vec<PlaceTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceTable {
    id: Spanned<String>,
    name: Spanned<String>,
    what_for: Words,
    address: Option<Spanned<String>>,
    phone: Option<Spanned<String>>,
    hours: Option<WeekTable>,
}

/// Times on each day of the week. `every_day` is for those that are not named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekTable {
    monday: Option<Times>,
    tuesday: Option<Times>,
    wednesday: Option<Times>,
    thursday: Option<Times>,
    friday: Option<Times>,
    saturday: Option<Times>,
    sunday: Option<Times>,
    every_day: Option<Times>,
}

type Times = Vec<Spanned<String>>;

pub(super) fn read(file: File<'_>) -> Result<Vec<OpenPlace>, Complaint> {
    let PlacesFile { place: tables } = file.parse()?;
    if let Some(table) = tables.get(PLACES_MAX) {
        let allowed = format!("at most {PLACES_MAX} places");
        return Err(file.complain(&table.id.span(), "there are too many places", allowed));
    }
    let mut places: Vec<OpenPlace> = Vec::new();
    for table in &tables {
        let place = place(file, table)?;
        if places.iter().any(|known| known.id == place.id) {
            let what = format!("the place `{}` is there already", place.id);
            let allowed = "an `id` that no other place has";
            return Err(file.complain(&table.id.span(), what, allowed));
        }
        places.push(place);
    }
    Ok(places)
}

fn place(file: File<'_>, table: &PlaceTable) -> Result<OpenPlace, Complaint> {
    let id = table.id.get_ref();
    if domain::LifeArea::from_key(id).is_none() {
        let what = format!("`{id}` is no name for a place");
        return Err(file.complain(&table.id.span(), what, KEY_ALLOWED));
    }
    let address = table
        .address
        .as_ref()
        .map(|address| text(file, address, ADDRESS_LETTERS_MAX))
        .transpose()?;
    let phone = table.phone.as_ref().map(|phone| phone_number(file, phone)).transpose()?;
    if address.is_none() && phone.is_none() {
        let what = format!("nobody can find `{id}`");
        return Err(file.complain(&table.id.span(), what, "`address`, `phone` or both"));
    }
    Ok(OpenPlace {
        id: id.clone(),
        name: text(file, &table.name, NAME_LETTERS_MAX)?,
        what_for: table.what_for.checked(file, TEXT_LETTERS_MAX)?,
        address: address.unwrap_or_default(),
        phone: phone.unwrap_or_default(),
        hours: table.hours.as_ref().map(|week| hours(file, week)).transpose()?,
    })
}

fn phone_number(file: File<'_>, phone: &Spanned<String>) -> Result<String, Complaint> {
    let number = phone.get_ref().trim();
    let digits = number.strip_prefix('+').unwrap_or(number);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let only_digits = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    if only_digits && (3..=PHONE_DIGITS_MAX).contains(&count) {
        return Ok(number.to_owned());
    }
    let what = format!("`{number}` is no telephone number");
    let allowed = format!("3 to {PHONE_DIGITS_MAX} digits and spaces, perhaps with + before them");
    Err(file.complain(&phone.span(), what, allowed))
}

fn hours(file: File<'_>, week: &WeekTable) -> Result<Hours, Complaint> {
    let WeekTable { monday, tuesday, wednesday, thursday, friday, saturday, sunday, every_day } =
        week;
    let days = [monday, tuesday, wednesday, thursday, friday, saturday, sunday];
    let mut read: [Vec<Opening>; 7] = Default::default();
    for (day, times) in read.iter_mut().zip(days) {
        let times = times.as_ref().or(every_day.as_ref()).map_or(&[][..], Vec::as_slice);
        if let Some(time) = times.get(HOURS_A_DAY_MAX) {
            let allowed = format!("at most {HOURS_A_DAY_MAX} times a day");
            return Err(file.complain(&time.span(), "this is one time too many", allowed));
        }
        for time in times {
            day.push(opening(file, time)?);
        }
    }
    Ok(Hours::of_week(read))
}

fn opening(file: File<'_>, time: &Spanned<String>) -> Result<Opening, Complaint> {
    let words = time.get_ref();
    let minutes = words
        .split_once('-')
        .and_then(|(from, until)| Opening::new(minute(from.trim())?, minute(until.trim())?));
    let what = || format!("`{words}` is no time from and until");
    let allowed = "as \"9:00-15:00\", \"21:00-8:00\" for a night, \"0:00-24:00\" for day and night";
    minutes.ok_or_else(|| file.complain(&time.span(), what(), allowed))
}

/// A minute of the day, "9:00" or "9.00"; 24:00 is its end.
fn minute(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.split_once([':', '.'])?;
    let number = |digits: &str, most: usize| {
        let fits = (1..=most).contains(&digits.len());
        fits.then(|| digits.bytes().all(|byte| byte.is_ascii_digit())).filter(|all| *all)?;
        digits.parse::<u16>().ok()
    };
    let (hour, minute) = (number(hour, 2)?, number(minute, 2).filter(|minute| *minute < 60)?);
    Some(hour * 60 + minute).filter(|minute| *minute <= MINUTES_A_DAY)
}
