//! Opening hours: a week, and whether it is open at a moment. By the clock on the wall there.

use crate::{LocalTime, Weekday};

/// Minutes in a day on the wall.
pub const MINUTES_A_DAY: u16 = 24 * 60;
/// A place opens at most so many times on one day.
pub const HOURS_A_DAY_MAX: usize = 4;

/// Open from a minute of the day on, for at most 24 hours; past midnight it is the next day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Opening {
    from: u16,
    minutes: u16,
}

/// A week's hours; the first day is Monday. A day without any is one when it is closed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hours([Vec<Opening>; 7]);

/// Whether it is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Openness {
    /// At any time.
    Always,
    /// Now, until then.
    Open(LocalTime),
    /// Not now, and again then; `None` for never.
    Closed(Option<LocalTime>),
}

impl Opening {
    /// From one minute of the day until another, which is on the next day when it is not later. `None` for
    /// minutes that a day does not have, and for no time at all.
    pub fn new(from: u16, until: u16) -> Option<Self> {
        if from >= MINUTES_A_DAY || until > MINUTES_A_DAY || from == until {
            return None;
        }
        let minutes = if until > from { until - from } else { until + MINUTES_A_DAY - from };
        Some(Self { from, minutes })
    }

    /// From one minute of the day until another; 1440 for midnight.
    pub fn minutes(self) -> (u16, u16) {
        let until = self.from + self.minutes;
        (self.from, if until > MINUTES_A_DAY { until - MINUTES_A_DAY } else { until })
    }
}

impl Hours {
    /// A week's hours, Monday's first.
    pub fn of_week(week: [Vec<Opening>; 7]) -> Self {
        Self(week.map(|mut day| {
            day.sort_unstable();
            day
        }))
    }

    /// What a day has.
    pub fn day(&self, weekday: Weekday) -> &[Opening] {
        self.0.get(usize::from(weekday.0)).map_or(&[], Vec::as_slice)
    }

    /// Days after one another with the same hours together, as one writes them on a door: "Monday to Friday".
    pub fn together(&self) -> Vec<(Weekday, Weekday, &[Opening])> {
        let mut groups: Vec<(Weekday, Weekday, &[Opening])> = Vec::new();
        for weekday in (0..7).map(Weekday) {
            let day = self.day(weekday);
            match groups.last_mut().filter(|(_, _, hours)| *hours == day) {
                Some((_, last, _)) => *last = weekday,
                None => groups.push((weekday, weekday, day)),
            }
        }
        groups
    }

    /// Whether it is open at this moment. Hours that meet are one time: who is open until midnight and from
    /// midnight on does not close.
    pub fn at(&self, now: LocalTime) -> Openness {
        let minute = now.minutes();
        let mut times = self.around(now);
        times.retain(|&(_, until)| until > minute);
        match times.first() {
            Some(&(from, until)) if from <= minute => {
                let is_always = until - minute >= 7 * i64::from(MINUTES_A_DAY);
                if is_always { Openness::Always } else { Openness::Open(moment(until)) }
            }
            next => Openness::Closed(next.map(|&(from, _)| moment(from))),
        }
    }

    /// When it is open from yesterday until eight days on, in minutes on the wall, in order.
    fn around(&self, now: LocalTime) -> Vec<(i64, i64)> {
        let days = (-1..=8).map(|days| now.day.plus(days));
        let times = days.flat_map(|day| {
            let midnight = i64::from(day.days()) * i64::from(MINUTES_A_DAY);
            self.day(day.weekday()).iter().map(move |opening| {
                let from = midnight + i64::from(opening.from);
                (from, from + i64::from(opening.minutes))
            })
        });
        let mut together: Vec<(i64, i64)> = Vec::new();
        for (from, until) in times {
            match together.last_mut().filter(|(_, end)| from <= *end) {
                Some((_, end)) => *end = until.max(*end),
                None => together.push((from, until)),
            }
        }
        together
    }
}

fn moment(minute: i64) -> LocalTime {
    LocalTime::of_moment(minute * 60_000, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "9:00-15:00" on these days, Monday being 0.
    fn hours(week: &[(u8, &str)]) -> Hours {
        let minute = |clock: &str| {
            let (hour, minute) = clock.split_once(':').expect("a time");
            hour.parse::<u16>().expect("an hour") * 60 + minute.parse::<u16>().expect("a minute")
        };
        let mut all: [Vec<Opening>; 7] = Default::default();
        for (day, hours) in week {
            let (from, until) = hours.split_once('-').expect("two times");
            let opening = Opening::new(minute(from), minute(until)).expect("hours");
            all[usize::from(*day)].push(opening);
        }
        Hours::of_week(all)
    }

    fn every_day(hours: &str) -> Hours {
        super::tests::hours(&(0..7).map(|day| (day, hours)).collect::<Vec<_>>())
    }

    fn time(text: &str) -> LocalTime {
        text.parse().expect("a moment")
    }

    fn at(hours: &Hours, now: &str) -> Openness {
        hours.at(time(now))
    }

    #[test]
    fn a_day_begins_when_it_opens_and_ends_when_it_closes() {
        // 2026-11-26 is a Thursday.
        let cafe = hours(&[(3, "13:00-15:30"), (3, "9:00-12:00"), (5, "10:00-14:00")]);
        assert_eq!(at(&cafe, "2026-11-26T08:59"), Openness::Closed(Some(time("2026-11-26T09:00"))));
        assert_eq!(at(&cafe, "2026-11-26T09:00"), Openness::Open(time("2026-11-26T12:00")));
        assert_eq!(at(&cafe, "2026-11-26T11:59"), Openness::Open(time("2026-11-26T12:00")));
        assert_eq!(at(&cafe, "2026-11-26T12:00"), Openness::Closed(Some(time("2026-11-26T13:00"))));
        assert_eq!(at(&cafe, "2026-11-26T15:30"), Openness::Closed(Some(time("2026-11-28T10:00"))));
        // A closed day lies between.
        assert_eq!(at(&cafe, "2026-11-27T12:00"), Openness::Closed(Some(time("2026-11-28T10:00"))));
        assert_eq!(at(&cafe, "2026-11-28T14:00"), Openness::Closed(Some(time("2026-12-03T09:00"))));
    }

    #[test]
    fn a_night_is_open_until_the_morning_after() {
        let shelter = every_day("21:00-8:00");
        assert_eq!(at(&shelter, "2026-11-26T23:30"), Openness::Open(time("2026-11-27T08:00")));
        assert_eq!(at(&shelter, "2026-11-27T00:00"), Openness::Open(time("2026-11-27T08:00")));
        assert_eq!(at(&shelter, "2026-11-27T07:59"), Openness::Open(time("2026-11-27T08:00")));
        assert_eq!(
            at(&shelter, "2026-11-27T08:00"),
            Openness::Closed(Some(time("2026-11-27T21:00")))
        );
        // From Sunday into Monday, and over New Year.
        let sunday = hours(&[(6, "22:00-2:00")]);
        assert_eq!(at(&sunday, "2026-11-30T01:00"), Openness::Open(time("2026-11-30T02:00")));
        assert_eq!(
            at(&sunday, "2026-11-30T02:00"),
            Openness::Closed(Some(time("2026-12-06T22:00")))
        );
        assert_eq!(at(&shelter, "2026-12-31T23:59"), Openness::Open(time("2027-01-01T08:00")));
    }

    #[test]
    fn who_is_open_day_and_night_never_closes_and_who_never_opens_never_opens() {
        for now in ["2026-11-26T00:00", "2026-11-29T23:59", "2028-02-29T12:00"] {
            assert_eq!(at(&every_day("0:00-24:00"), now), Openness::Always, "{now}");
            assert_eq!(
                at(&every_day("7:00-7:01"), "2026-11-26T07:00"),
                Openness::Open(time("2026-11-26T07:01"))
            );
            assert_eq!(at(&Hours::default(), now), Openness::Closed(None), "{now}");
        }
        // Days and nights on weekdays alone: until midnight between Friday and Saturday.
        let weekdays = hours(&(0..5).map(|day| (day, "0:00-24:00")).collect::<Vec<_>>());
        assert_eq!(at(&weekdays, "2026-11-26T12:00"), Openness::Open(time("2026-11-28T00:00")));
        assert_eq!(
            at(&weekdays, "2026-11-28T00:00"),
            Openness::Closed(Some(time("2026-11-30T00:00")))
        );
    }

    #[test]
    fn hours_that_overlap_or_meet_are_one_time() {
        let place =
            hours(&[(3, "9:00-12:00"), (3, "11:00-14:00"), (3, "14:00-24:00"), (4, "0:00-3:00")]);
        assert_eq!(at(&place, "2026-11-26T10:00"), Openness::Open(time("2026-11-27T03:00")));
        // A long one that holds a short one.
        let place = hours(&[(3, "9:00-18:00"), (3, "10:00-11:00")]);
        assert_eq!(at(&place, "2026-11-26T12:00"), Openness::Open(time("2026-11-26T18:00")));
    }

    #[test]
    fn no_time_at_all_is_no_opening() {
        assert_eq!(Opening::new(540, 540), None);
        assert_eq!(Opening::new(1440, 60), None);
        assert_eq!(Opening::new(0, 1441), None);
        assert_eq!(Opening::new(0, 1440).map(Opening::minutes), Some((0, 1440)));
        assert_eq!(Opening::new(1260, 480).map(Opening::minutes), Some((1260, 480)));
        assert_eq!(Opening::new(1260, 0).map(Opening::minutes), Some((1260, 1440)));
    }

    #[test]
    fn days_alike_stand_together() {
        let cafe =
            hours(&[(0, "9:00-15:00"), (1, "9:00-15:00"), (3, "9:00-15:00"), (5, "10:00-14:00")]);
        let days: Vec<(u8, u8, usize)> =
            cafe.together().iter().map(|(first, last, day)| (first.0, last.0, day.len())).collect();
        assert_eq!(days, [(0, 1, 1), (2, 2, 0), (3, 3, 1), (4, 4, 0), (5, 5, 1), (6, 6, 0)]);
        assert_eq!(every_day("0:00-24:00").together().len(), 1);
    }
}
