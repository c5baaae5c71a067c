//! The whole app without a screen.
//!
//! Three verbs: [`Client::run`] a command, [`Client::accept`] what happened, and [`Client::look`]
//! at a view. The first two answer with [`Effect`]s for `browser` to perform and name the
//! [`Topic`]s that changed. There is no clock, chance or network in here: they are arguments.

mod accept;
mod aside;
mod assess;
mod authored;
mod by_itself;
mod chance;
mod client;
mod clock;
mod command;
mod consent;
mod course;
mod devices;
mod drafts;
mod effect;
mod errand;
mod file;
mod filling;
mod form;
mod founding;
mod guide;
mod held;
mod hint;
mod invite;
mod keeper;
mod kept_aside;
mod lead;
mod links;
mod logs;
mod meeting;
mod network;
mod next;
mod notebook;
mod overruled;
mod own_course;
mod owners;
mod presence;
mod put_out;
mod rebuilt;
mod refusal;
mod restored;
mod rows;
mod run;
mod seen;
mod sheet;
mod statement;
mod stored;
mod support;
mod suspects;
mod tabs;
mod term;
mod tool;
mod unsent;
pub mod view;
mod writers;

pub use by_itself::Tools;
pub use client::{Client, Done, Made, Query, Topic};
pub use command::{Command, Deed, FirstCommand, PlanCommand, Thing};
pub use devices::DeviceCommand;
pub use documents::area::List as AreaList;
pub use documents::meeting::List as MeetingList;
pub use documents::meeting::TopicField;
pub use documents::support::SupportField;
pub use documents::{ChoicePlace, Statement, TextField};
pub use effect::{Batch, Effect, Input, NotSaved, Now, Range, Row, Store, Write};
pub use file::{FILE_BYTES_MAX, FILE_RECORDS_MAX, FILE_VERSION, FileCommand, FileFault, HandedOut};
pub use form::{Entry, MeForm, MeetingBoxes, MeetingForm};
pub use held::HeldId;
pub use kept_aside::KeptAsideCommand;
pub use next::NextStep;
pub use refusal::Refusal;
pub use statement::MilestoneCommand;
pub use sync::message::{NotRedeemed, RecordName, Standing};
pub use tool::{
    AgendaCommand, NetworkCommand, NewConsent, NewSupport, Saying, ShareTo, ToolCommand,
};
pub use trust::{Code, DeviceId, DocumentId, InvitationId, NotACode, PersonId};
