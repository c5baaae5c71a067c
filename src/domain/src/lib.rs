//! Nouns and rules of the Collaboration Model, true on paper too.
//!
//! Nothing here knows a clock, chance, a screen or a wire. The words are those of the glossary.

mod agreement;
mod assessment;
mod consent;
mod course;
mod date;
mod folded;
pub mod guide;
mod legible;
pub mod letters;
mod meeting;
mod network;
mod notebook;
mod plan;
mod sought;
mod source;
mod support;
mod text;
mod who;

pub use agreement::{Agreement, AgreementState, Doer, StateChange};
pub use assessment::{Growth, Score, SelfAssessment, Voice, fell};
pub use consent::{CONSENT_MONTHS, CONSENT_MONTHS_SUGGESTED, Consent, Consents, Purpose};
pub use course::{Course, Dream, Person, PersonChange, Phase, PhaseMove, Programme, Role};
pub use date::{Day, LocalTime, NotADate, Weekday, YEAR_FIRST, YEAR_LAST};
pub use legible::legible;
pub use meeting::{
    Agenda, MINUTES_MAX, Meeting, MeetingChange, NoMeeting, PLACE_UNITS_MAX, Remark, TOPICS_MAX,
    Topic, Wish, WishKind,
};
pub use network::{
    EDGE, Half, Move, Nearness, NetworkMap, NoSuchSpot, PEOPLE_MAX, RINGS, ResourcePerson, Spot,
    Tie,
};
pub use notebook::{Became, NOTES_MAX, Note, NoteCopy, Notebook};
pub use plan::{AreaPlan, Goal, LifeArea, Milestone, Step};
pub use sought::Sought;
pub use source::{Source, SourceName};
pub use support::{Support, SupportOverview, Useful};
pub use text::{Splice, TEXT_UNITS_MAX, TITLE_UNITS_MAX, Written, opening};
pub use who::{DocumentName, ItemId, Removed, Who};
