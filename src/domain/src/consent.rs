//! A consent: somebody may know about a part of the citizen's life, for a purpose, until a day.

use crate::{Day, ItemId, LifeArea, Person, Who};

/// How many months a consent may be given for; the last is the longest there is.
pub const CONSENT_MONTHS: [u8; 3] = [3, 6, 12];
/// What is suggested.
pub const CONSENT_MONTHS_SUGGESTED: u8 = 6;

/// What stands in the document of consents: all that was declared about one person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Consents {
    /// Whom it is about.
    pub person: Option<Who>,
    /// Who that is on the network map.
    pub on_map: Option<ItemId>,
    /// What those who may read it are called.
    pub people: Vec<Person>,
    /// Every consent that was given, the oldest first.
    pub given: Vec<Consent>,
}

/// One life area, opened to one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// Its name.
    pub id: ItemId,
    /// The area.
    pub area: LifeArea,
    /// What for.
    pub purpose: Purpose,
    /// The last day it holds.
    pub until: Day,
    /// Who gave it, where that was not the citizen: a parent, by name.
    pub parent: Option<String>,
    /// When it was given, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// When it was withdrawn.
    pub withdrawn_ms: Option<i64>,
}

/// What somebody may know it for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Purpose {
    /// To help the citizen with it.
    #[default]
    Help,
    /// To make the plan together with the citizen.
    Plan,
    /// To know how it goes.
    Follow,
    /// In the citizen's words.
    Other(String),
}

impl Consents {
    /// What holds on this day by what was declared: the newest consent for each area.
    pub fn holding(&self, today: Day) -> Vec<&Consent> {
        let mut newest: Vec<&Consent> = Vec::new();
        for consent in self.given.iter().filter(|consent| consent.holds(today)) {
            newest.retain(|other| other.area != consent.area);
            newest.push(consent);
        }
        newest
    }
}

impl Consent {
    /// Whether it was not withdrawn and has not run out.
    pub fn holds(&self, today: Day) -> bool {
        self.withdrawn_ms.is_none() && today <= self.until
    }
}

impl Purpose {
    /// The purposes that are offered.
    pub const OFFERED: [Self; 3] = [Self::Help, Self::Plan, Self::Follow];
    /// As long as own words may be, in characters.
    pub const SIGNS_MAX: usize = 200;

    /// How it is stored.
    pub fn key(&self) -> &str {
        match self {
            Self::Help => "help",
            Self::Plan => "plan",
            Self::Follow => "follow",
            Self::Other(_) => "other",
        }
    }

    /// Reads what [`Purpose::key`] wrote, with the words beside it.
    pub fn read(key: &str, words: &str) -> Self {
        let offered = Self::OFFERED.into_iter().find(|purpose| purpose.key() == key);
        offered.unwrap_or_else(|| Self::Other(words.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn consent(id: u64, area: &str, until: &str) -> Consent {
        Consent {
            id: ItemId(id),
            area: LifeArea::from_key(area).unwrap(),
            purpose: Purpose::Help,
            until: day(until),
            parent: None,
            at_ms: 0,
            by: None,
            withdrawn_ms: None,
        }
    }

    #[test]
    fn it_ends_with_its_last_day_and_when_it_is_withdrawn() {
        let mut one = consent(1, "housing", "2027-02-28");
        assert!(one.holds(day("2027-02-28")) && !one.holds(day("2027-03-01")));
        one.withdrawn_ms = Some(7);
        assert!(!one.holds(day("2026-11-26")));
    }

    #[test]
    fn of_two_for_the_same_area_the_newest_holds() {
        let given = vec![
            consent(1, "housing", "2027-05-26"),
            consent(2, "money", "2027-05-26"),
            consent(3, "housing", "2027-02-26"),
        ];
        let consents = Consents { given, ..Consents::default() };
        let holding =
            |today| consents.holding(day(today)).iter().map(|c| c.id.0).collect::<Vec<_>>();
        assert_eq!(holding("2026-11-26"), [2, 3]);
    }

    #[test]
    fn months_end_where_the_calendar_does() {
        let later = |from: &str, months| day(from).plus_months(months).to_string();
        assert_eq!(later("2026-11-26", 6), "2027-05-26");
        assert_eq!(later("2026-08-31", 6), "2027-02-28");
        assert_eq!(later("2027-08-31", 6), "2028-02-29");
        assert_eq!(later("2028-02-29", 12), "2029-02-28");
        assert_eq!(later("2026-12-15", 3), "2027-03-15");
    }
}
