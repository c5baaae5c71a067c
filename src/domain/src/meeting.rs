//! A meeting and its agenda, written by citizen and coordinator together.

use crate::{ItemId, LocalTime, NotADate, Removed, Who, Written};

/// A meeting lasts at most this long; three hours is too much already.
pub const MINUTES_MAX: u16 = 480;
/// A place is described in at most so many UTF-16 units.
pub const PLACE_UNITS_MAX: usize = 200;
/// An agenda holds at most this many topics. Six is many.
pub const TOPICS_MAX: usize = 200;
/// A meeting of which nobody has said how long it lasts is counted as so long beside others.
const MINUTES_ASSUMED: u16 = 60;

/// When, where and how long.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Meeting {
    /// When it begins; `None` while nobody has found a time.
    pub starts: Option<LocalTime>,
    /// How long it lasts.
    pub minutes: Option<u16>,
    /// Where.
    pub place: String,
    /// Who set the time and place last.
    pub by: Option<Who>,
    /// Who cancelled it, where somebody has.
    pub cancelled: Option<Removed>,
}

/// Another time, length or place; what is `None` stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MeetingChange {
    /// When it begins.
    pub starts: Option<LocalTime>,
    /// How long it lasts.
    pub minutes: Option<u16>,
    /// Where.
    pub place: Option<String>,
}

/// What the meeting is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Agenda {
    /// Why we meet.
    pub purpose: Written,
    /// What we talk about, in the order we do.
    pub topics: Vec<Topic>,
    /// "Det vil jeg ikke tale om."
    pub avoid: Vec<Remark>,
    /// "Sådan vil jeg have det."
    pub wishes: Vec<Wish>,
    /// Topics, remarks and wishes that were thrown out.
    pub removed: Vec<Topic>,
}

/// One thing to talk about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Topic {
    /// Its name.
    pub id: ItemId,
    /// What it is called.
    pub title: Written,
    /// Why it matters to me.
    pub why: Written,
    /// What I hope comes out of it.
    pub hope: Written,
    /// Who brings it up.
    pub brings: Option<Who>,
    /// How long it may take.
    pub minutes: Option<u16>,
    /// The goal it belongs to.
    pub goal: Option<ItemId>,
    /// Who made it.
    pub by: Option<Who>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// One thing that must not be talked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Its name.
    pub id: ItemId,
    /// What it says.
    pub text: Written,
    /// Who wrote it down.
    pub by: Option<Who>,
}

/// A practical wish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Its name.
    pub id: ItemId,
    /// What it is about.
    pub kind: WishKind,
    /// More about it, in own words.
    pub text: Written,
    /// Who wrote it down.
    pub by: Option<Who>,
}

/// What a practical wish is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum WishKind {
    /// Where I sit.
    Seat,
    /// A break on the way.
    Break,
    /// To come before the others.
    ComeEarly,
    /// Who sits beside me.
    Beside,
    /// Anything else.
    Other,
}

/// Why a meeting cannot be made like that.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoMeeting {
    /// No such time.
    #[error(transparent)]
    When(#[from] NotADate),
    /// The place is described in more than [`PLACE_UNITS_MAX`].
    #[error("Stedet er for langt. Skriv det kortere.")]
    Place,
    /// No time at all, or longer than [`MINUTES_MAX`].
    #[error("Et møde kan vare fra 5 minutter til 8 timer.")]
    Minutes,
}

impl WishKind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Seat, Self::Beside, Self::Break, Self::ComeEarly, Self::Other];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Break => "break",
            Self::ComeEarly => "come_early",
            Self::Beside => "beside",
            Self::Other => "other",
        }
    }

    /// Reads what [`WishKind::key`] wrote; anything else is [`WishKind::Other`].
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or(Self::Other)
    }
}

impl Meeting {
    /// Checks what somebody has filled in.
    ///
    /// # Errors
    /// [`NoMeeting`], with what to change.
    pub fn at(starts: LocalTime, minutes: u16, place: &str) -> Result<Self, NoMeeting> {
        let place = Some(place.to_owned());
        let change = MeetingChange { starts: Some(starts), minutes: Some(minutes), place };
        let MeetingChange { starts, minutes, place } = change.checked()?;
        Ok(Self { starts, minutes, place: place.unwrap_or_default(), ..Self::default() })
    }

    /// Whether it is over: an hour after its end, or, without an end, three hours after its start.
    pub fn is_past(&self, now: LocalTime) -> bool {
        let long = i64::from(self.minutes.unwrap_or(120)) + 60;
        self.starts.is_some_and(|starts| starts.minutes() + long < now.minutes())
    }

    /// Whether nobody could be at both of them: a part of each is at the same time, and neither is cancelled.
    pub fn overlaps(&self, other: &Self) -> bool {
        let both = self.span().zip(other.span());
        both.is_some_and(|(one, other)| one.0 < other.1 && other.0 < one.1)
    }

    /// The first minute, and the one after the last.
    fn span(&self) -> Option<(i64, i64)> {
        let from = self.starts.filter(|_| self.cancelled.is_none())?.minutes();
        Some((from, from + i64::from(self.minutes.unwrap_or(MINUTES_ASSUMED))))
    }
}

impl MeetingChange {
    /// Checks what somebody has filled in.
    ///
    /// # Errors
    /// [`NoMeeting`], with what to change.
    pub fn checked(self) -> Result<Self, NoMeeting> {
        if self.minutes.is_some_and(|minutes| !(5..=MINUTES_MAX).contains(&minutes)) {
            return Err(NoMeeting::Minutes);
        }
        let place = self.place.map(|place| place.trim().to_owned());
        let is_long = |place: &String| place.encode_utf16().count() > PLACE_UNITS_MAX;
        if place.as_ref().is_some_and(is_long) {
            return Err(NoMeeting::Place);
        }
        Ok(Self { place, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_past_an_hour_after_its_end() {
        let at = |text: &str| text.parse::<LocalTime>().unwrap();
        let meeting = Meeting::at(at("2026-11-26T10:00"), 60, " Kulturhuset ").unwrap();
        assert_eq!(meeting.place, "Kulturhuset");
        assert!(!meeting.is_past(at("2026-11-26T12:00")));
        assert!(meeting.is_past(at("2026-11-26T12:01")));
        assert!(!Meeting::default().is_past(at("2026-11-26T12:01")));
    }

    #[test]
    fn a_meeting_has_a_length_one_can_sit_through() {
        let starts = "2026-11-26T10:00".parse().unwrap();
        assert_eq!(Meeting::at(starts, 0, ""), Err(NoMeeting::Minutes));
        assert_eq!(Meeting::at(starts, 481, ""), Err(NoMeeting::Minutes));
        assert_eq!(Meeting::at(starts, 60, &"x".repeat(201)), Err(NoMeeting::Place));
        assert!(Meeting::at(starts, 60, &"x".repeat(200)).is_ok());
    }
}
