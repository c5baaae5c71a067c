//! Days and times as they stand in a calendar on a wall: without zones and without a clock.

use core::fmt;
use core::str::FromStr;

/// The first year a date may be in. Births are no dates here.
pub const YEAR_FIRST: i32 = 2000;
/// The last year a date may be in.
pub const YEAR_LAST: i32 = 2100;

/// A day in the calendar, from [`YEAR_FIRST`] to [`YEAR_LAST`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(time::Date);

/// A day and a time of day, as the clock on the wall shows it there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// The day.
    pub day: Day,
    minute: u16,
}

/// A day of the week; Monday is 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weekday(pub u8);

/// What was read is no date, or lies too far off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotADate {
    /// No such day or time.
    #[error("Den dato findes ikke.")]
    NoSuchDay,
    /// A year that is surely a mistake.
    #[error("Årstallet skal være fra {YEAR_FIRST} til {YEAR_LAST}.")]
    Year,
}

impl Day {
    /// A day by year, month (1-12) and day of the month.
    ///
    /// # Errors
    /// [`NotADate`].
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, NotADate> {
        if !(YEAR_FIRST..=YEAR_LAST).contains(&year) {
            return Err(NotADate::Year);
        }
        let month = time::Month::try_from(month).map_err(|_| NotADate::NoSuchDay)?;
        time::Date::from_calendar_date(year, month, day).map(Self).map_err(|_| NotADate::NoSuchDay)
    }

    /// The day that it is at this moment, where clocks are `zone_minutes` before UTC. A clock that
    /// shows a year out of range is taken as the nearest day that can be.
    pub fn of_moment(wall_ms: i64, zone_minutes: i32) -> Self {
        let ms = wall_ms.saturating_add(i64::from(zone_minutes) * 60_000);
        let days = ms.div_euclid(86_400_000).clamp(i32::MIN.into(), i32::MAX.into());
        Self::from_days(i32::try_from(days).unwrap_or_default())
    }

    /// The day this many days after 1970-01-01, clamped to the years there are.
    pub fn from_days(days: i32) -> Self {
        let first = bound(YEAR_FIRST, time::Month::January, 1);
        let last = bound(YEAR_LAST, time::Month::December, 31);
        let julian = days.saturating_add(UNIX_JULIAN);
        let date =
            time::Date::from_julian_day(julian).unwrap_or(if days < 0 { first } else { last });
        Self(date.clamp(first, last))
    }

    /// Days since 1970-01-01.
    pub fn days(&self) -> i32 {
        self.0.to_julian_day() - UNIX_JULIAN
    }

    /// This many days later, or earlier when negative; clamped to the years there are.
    pub fn plus(&self, days: i32) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// The same day of the month so many months later; the last day of a month that has no such day.
    pub fn plus_months(&self, months: u8) -> Self {
        let (year, month, day) = self.parts();
        let all = i32::from(month) - 1 + i32::from(months);
        let (year, month) = (year + all / 12, u8::try_from(all % 12 + 1).unwrap_or(month));
        let days = (1..=day).rev().find_map(|day| Self::new(year, month, day).ok());
        days.unwrap_or_else(|| self.plus(i32::from(months) * 30))
    }

    /// Year, month (1-12) and day of the month.
    pub fn parts(&self) -> (i32, u8, u8) {
        (self.0.year(), u8::from(self.0.month()), self.0.day())
    }

    /// The day of the week.
    pub fn weekday(&self) -> Weekday {
        Weekday(self.0.weekday().number_days_from_monday())
    }
}

const UNIX_JULIAN: i32 = 2_440_588;

fn bound(year: i32, month: time::Month, day: u8) -> time::Date {
    time::Date::from_calendar_date(year, month, day).unwrap_or(time::Date::MIN)
}

impl LocalTime {
    /// A time by hour (0-23) and minute (0-59).
    ///
    /// # Errors
    /// [`NotADate::NoSuchDay`].
    pub fn new(day: Day, hour: u8, minute: u8) -> Result<Self, NotADate> {
        if hour > 23 || minute > 59 {
            return Err(NotADate::NoSuchDay);
        }
        Ok(Self { day, minute: u16::from(hour) * 60 + u16::from(minute) })
    }

    /// What the clock on the wall shows at this moment.
    pub fn of_moment(wall_ms: i64, zone_minutes: i32) -> Self {
        let ms = wall_ms.saturating_add(i64::from(zone_minutes) * 60_000);
        let minute = u16::try_from(ms.div_euclid(60_000).rem_euclid(24 * 60)).unwrap_or(0);
        Self { day: Day::of_moment(wall_ms, zone_minutes), minute }
    }

    /// Hour (0-23) and minute (0-59).
    pub fn clock(&self) -> (u8, u8) {
        let part = |n: u16| u8::try_from(n).unwrap_or(0);
        (part(self.minute / 60), part(self.minute % 60))
    }

    /// Minutes since 1970-01-01 00:00 on the same wall.
    pub fn minutes(&self) -> i64 {
        i64::from(self.day.days()) * 24 * 60 + i64::from(self.minute)
    }
}

/// `2026-11-26`, as it is stored and as a date field has it.
impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// `2026-11-26T10:00`.
impl fmt::Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.clock();
        write!(out, "{}T{hour:02}:{minute:02}", self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl fmt::Debug for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Day {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().and_then(number).ok_or(NotADate::NoSuchDay);
        let (year, month, day) = (part()?, part()?, part()?);
        let small = |n: i32| u8::try_from(n).map_err(|_| NotADate::NoSuchDay);
        Self::new(year, small(month)?, small(day)?)
    }
}

impl FromStr for LocalTime {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let (day, clock) = text.split_once('T').ok_or(NotADate::NoSuchDay)?;
        let (hour, rest) = clock.split_once(':').ok_or(NotADate::NoSuchDay)?;
        // A date field may add seconds.
        let minute = rest.split(':').next().unwrap_or(rest);
        let small = |text| number(text).and_then(|n| u8::try_from(n).ok());
        let clock = small(hour).zip(small(minute));
        let (hour, minute) = clock.ok_or(NotADate::NoSuchDay)?;
        Self::new(day.parse()?, hour, minute)
    }
}

/// Digits alone: `parse` would take a sign.
fn number(text: &str) -> Option<i32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_as_the_calendar_does() {
        let day: Day = "2026-11-26".parse().unwrap();
        assert_eq!(day.weekday(), Weekday(3));
        assert_eq!(day.plus(5).to_string(), "2026-12-01");
        assert_eq!(Day::from_days(day.days()), day);
        assert_eq!("2028-02-29".parse::<Day>().unwrap().plus(366).to_string(), "2029-03-01");
    }

    #[test]
    fn what_is_no_date_says_so() {
        for text in ["", "2026", "2026-02-29", "2026-13-01", "26-11-", "2026-11-26x", "+026-1-1"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert_eq!("0000-01-01".parse::<Day>(), Err(NotADate::Year));
        assert_eq!("9999-01-01".parse::<Day>(), Err(NotADate::Year));
        for text in ["2026-11-26", "2026-11-26T24:00", "2026-11-26T10", "2026-11-26T1o:00"] {
            assert!(text.parse::<LocalTime>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_moment_is_shown_as_the_wall_shows_it() {
        let ms = 1_795_687_200_000; // 2026-11-26 10:00 UTC
        assert_eq!(LocalTime::of_moment(ms, 60).to_string(), "2026-11-26T11:00");
        assert_eq!(LocalTime::of_moment(ms, -11 * 60).to_string(), "2026-11-25T23:00");
    }

    #[test]
    fn a_clock_gone_mad_gives_a_day_all_the_same() {
        assert_eq!(Day::of_moment(i64::MIN, 0).to_string(), "2000-01-01");
        assert_eq!(Day::of_moment(i64::MAX, 0).to_string(), "2100-12-31");
        assert_eq!(Day::of_moment(0, 0).to_string(), "2000-01-01");
    }
}
