//! Days and times as one says them.

use std::cell::Cell;

use domain::{Day, LocalTime, Weekday, letters};

use super::{fill, t};

thread_local! {
    /// 0 for not known. What is on the screen at New Year keeps its words until it is drawn again.
    static THIS_YEAR: Cell<i32> = const { Cell::new(0) };
}

/// "i dag", "i morgen", "i går", else "torsdag 26. november", with the year when it is another one.
pub(crate) fn day_in_words(day: Day, today: Day) -> String {
    match day.days() - today.days() {
        0 => t().day_today().to_owned(),
        1 => t().day_tomorrow().to_owned(),
        -1 => t().day_yesterday().to_owned(),
        _ => weekday_and_date(day, day.parts().0 == today.parts().0),
    }
}

/// "26. november", with the year when it is another one: for what is counted in months and years.
pub(crate) fn date_in_words(day: Day) -> String {
    let sentence = if is_this_year(day) { t().date_this_year() } else { t().date_other_year() };
    in_words(day, sentence)
}

/// "torsdag 26. november", whatever day it is today; with the year when it is another one.
pub(crate) fn full_day_in_words(day: Day) -> String {
    weekday_and_date(day, is_this_year(day))
}

fn is_this_year(day: Day) -> bool {
    let this_year = THIS_YEAR.get();
    this_year == 0 || this_year == day.parts().0
}

/// Tells which day it is, by the device's clock.
pub(crate) fn today_is(day: Day) {
    THIS_YEAR.set(day.parts().0);
}

/// "torsdag 26. november kl. 10.00", whatever day it is today.
pub(crate) fn full_moment_in_words(moment: LocalTime) -> String {
    at_time(&full_day_in_words(moment.day), moment)
}

/// "tor", "26", "nov": for a leaf from a calendar.
pub(crate) fn leaf(day: Day) -> (String, String, String) {
    let (_, month, number) = day.parts();
    let weekday = listed(t().weekdays_short(), day.weekday().0);
    let month = listed(t().months_short(), month - 1);
    (weekday.to_owned(), number.to_string(), month.to_owned())
}

/// "torsdag 26. november kl. 10.00".
pub(crate) fn moment_in_words(moment: LocalTime, today: Day) -> String {
    at_time(&day_in_words(moment.day, today), moment)
}

fn at_time(day: &str, moment: LocalTime) -> String {
    fill(t().day_and_time(), &[("day", day), ("time", &time_in_words(moment))])
}

/// "10.00", in English "10:00".
fn time_in_words(moment: LocalTime) -> String {
    let (hour, minute) = moment.clock();
    clock_in_words(u16::from(hour) * 60 + u16::from(minute))
}

/// "10.00", in English "10:00", for a minute of the day; its end is "24.00".
pub(crate) fn clock_in_words(minute: u16) -> String {
    let (hour, minute) = (minute / 60, minute % 60);
    let values = [("hour", hour.to_string()), ("minute", format!("{minute:02}"))];
    fill(t().clock(), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The same words at the start of a sentence.
pub(crate) fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(letters::capital).into_iter().chain(rest).collect()
}

fn weekday_and_date(day: Day, is_this_year: bool) -> String {
    in_words(day, if is_this_year { t().day_this_year() } else { t().day_other_year() })
}

fn in_words(day: Day, sentence: &str) -> String {
    let (year, month, number) = day.parts();
    let values = [
        ("weekday", weekday(day.weekday())),
        ("day", &number.to_string()),
        ("month", listed(t().months(), month - 1)),
        ("year", &year.to_string()),
    ];
    fill(sentence, &values)
}

pub(crate) fn weekday(day: Weekday) -> &'static str {
    listed(t().weekdays(), day.0)
}

fn listed(names: &'static str, index: u8) -> &'static str {
    names.split(' ').nth(usize::from(index)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> LocalTime {
        text.parse().expect("a date in a test")
    }

    #[test]
    fn days_near_by_have_their_own_words() {
        let today = moment("2026-11-21T08:00").day;
        let said = |day: &str| day_in_words(day.parse().expect("a day"), today);
        assert_eq!(said("2026-11-21"), "i dag");
        assert_eq!(said("2026-11-22"), "i morgen");
        assert_eq!(said("2026-11-20"), "i går");
        assert_eq!(said("2026-11-26"), "torsdag 26. november");
        assert_eq!(said("2027-01-01"), "fredag 1. januar 2027");
    }

    #[test]
    fn a_day_of_another_year_says_so() {
        let (autumn, spring) = (moment("2026-11-21T08:00").day, moment("2027-03-01T08:00").day);
        today_is(autumn);
        assert_eq!(full_day_in_words(autumn), "lørdag 21. november");
        assert_eq!(full_day_in_words(spring), "mandag 1. marts 2027");
        assert_eq!(date_in_words(autumn), "21. november");
        assert_eq!(date_in_words(spring), "1. marts 2027");
    }

    #[test]
    fn times_are_said_as_danes_say_them() {
        let meeting = moment("2026-11-26T10:00");
        let today = moment("2026-11-21T08:00").day;
        assert_eq!(moment_in_words(meeting, today), "torsdag 26. november kl. 10.00");
        assert_eq!(capital(&moment_in_words(meeting, meeting.day)), "I dag kl. 10.00");
        assert_eq!(time_in_words(moment("2026-11-26T09:05")), "9.05");
    }

    #[test]
    fn a_sentence_can_begin_with_any_letter() {
        assert_eq!(capital("ærlig"), "Ærlig");
        assert_eq!(capital(""), "");
    }
}
