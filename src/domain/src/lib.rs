//! Nouns and rules of the Collaboration Model, true on paper too.
//!
//! Nothing here knows a clock, chance, a screen or a wire. The words are those of the glossary.

mod agreement;
mod course;
mod date;
pub mod letters;
mod meeting;
mod plan;
mod support;
mod text;
mod who;

pub use agreement::{Agreement, AgreementState, Doer, StateChange};
pub use course::{Course, Dream, Person, Phase, Programme, Role};
pub use date::{Day, LocalTime, NotADate, Weekday, YEAR_FIRST, YEAR_LAST};
pub use meeting::{
    Agenda, MINUTES_MAX, Meeting, NoMeeting, Remark, TOPICS_MAX, Topic, Wish, WishKind,
};
pub use plan::{AreaPlan, Goal, LifeArea, Step};
pub use support::{Support, SupportOverview, Useful};
pub use text::{Splice, TEXT_UNITS_MAX, TITLE_UNITS_MAX, Written};
pub use who::{ItemId, Removed, Who};
