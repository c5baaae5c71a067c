//! Answers to the questions of screens: plain data in the screen's own words, sorted and counted.

mod agenda;
mod aside;
mod bin;
mod coordinator;
mod meetings;
mod people;
mod plan;
mod promises;
mod saving;
mod support;
mod today;
mod unsent;

pub use crate::seen::What;
pub use agenda::{Agenda, AgendaView, Here, HereRow, RemarkRow, TextView, TopicRow, WishRow};
pub use aside::{SetAside, SetAsideRow, WhyAside, WrittenIn};
pub use bin::{Bin, BinKind, BinRow};
pub use coordinator::{
    CitizenRow, Citizens, CoordinatorToday, CoordinatorTodayView, CourseOf, InvitationOf,
    InvitationView, PromiseRow, Team, TeamView,
};
pub use meetings::{MeetingOf, MeetingRow, Meetings, MeetingsView};
pub use people::{Me, MeStage, MeView, Named, WhomToCall};
pub use plan::{
    AgreementRow, AreaRow, DreamRow, GoalOf, GoalRow, GoalView, HistoryRow, Plan, PlanView, StepRow,
};
pub use promises::{Promises, PromisesView};
pub use saving::{Saved, Saving, SavingView, UnsentRow};
pub use support::{SupportArea, SupportOf, SupportRow, SupportView, Supports, SupportsView};
pub use today::{NewsRow, ThisDay, Today, TodayView};
pub use unsent::Unsent;
