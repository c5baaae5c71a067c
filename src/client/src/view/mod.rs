//! Answers to the questions of screens: plain data in the screen's own words, sorted and counted.

mod agenda;
mod aside;
mod assessments;
mod bin;
mod board;
mod chains;
mod clock;
mod consents;
mod coordinator;
mod course;
mod devices;
mod everything;
mod file;
mod guide;
mod held;
mod kept_aside;
mod meetings;
mod network;
mod next;
mod notebook;
mod other_courses;
mod overlaps;
mod overruled;
mod people;
mod plan;
mod promises;
mod said;
mod saving;
mod search;
mod shown;
mod slip;
mod support;
mod today;
mod unsent;

pub use crate::seen::{NewsMark, What};
pub use agenda::{Agenda, AgendaView, Here, HereRow, RemarkRow, TextView, TopicRow, WishRow};
pub use aside::{SetAside, SetAsideRow, WhyAside, WrittenIn};
pub use assessments::{
    AreaAssessments, AreaAssessmentsView, AssessedArea, Assessments, AssessmentsView, Fall,
    SayingRow,
};
pub use bin::{Bin, BinKind, BinRow};
pub use board::{Achieved, ResultsBoard, ResultsBoardView};
pub use chains::Undeclared;
pub use clock::{WrongDate, WrongDateView};
pub use consents::{
    AreaReaders, ConsentFor, ConsentForView, ConsentsOf, ConsentsView, Declared, LetIn, SeenArea,
    WhoSees, WhoSeesView,
};
pub use coordinator::{
    CitizenRow, Citizens, CoordinatorToday, CoordinatorTodayView, CourseOf, InvitationOf,
    InvitationView, PromiseRow, Team, TeamView,
};
pub use course::{MovedBy, MyCourse, MyCourseView};
pub use devices::{
    Decision, DeviceRow, Devices, DevicesView, NewDevices, PutOutView, ThisDevice, ThisDeviceView,
};
pub use everything::{Everything, EverythingView};
pub use file::{FileIn, FileInView, FileOut, FileOutView};
pub use guide::{OpenPlaceRow, OpenPlaces, QuestionFor};
pub use held::{AboutToShow, AboutToShowView, HeldRow, HeldWhat};
pub use kept_aside::{
    AsideStage, KeptAside, KeptAsideRow, KeptAsideView, OwnKeptAside, OwnKeptAsideRow,
    OwnKeptAsideView,
};
pub use meetings::{MeetingOf, MeetingRow, Meetings, MeetingsView, When};
pub use network::{Network, NetworkView, PersonOf, PersonRow, PersonView};
pub use next::Next;
pub use notebook::{
    CopyPlace, CopyRow, NoteOf, NoteRow, NoteView, Notebook, NotebookView, ShareOf, ShareView,
    Target,
};
pub use other_courses::{OtherCourse, OtherCourses};
pub use overlaps::{OverlapRow, Overlaps};
pub use overruled::{ChosenWhat, Overruled, OverruledRow, Value};
pub use people::{Me, MeStage, MeView, Named, WhomToCall};
pub use plan::{
    AgreementRow, AreaRow, DreamRow, GoalOf, GoalRow, GoalView, HistoryRow, MilestoneRow, Plan,
    PlanView, StepRow,
};
pub use promises::{Promises, PromisesView};
pub use said::{Said, SaidOf, SaidView};
pub use saving::{ANSWER, Saved, Saving, SavingView, UnsentRow};
pub use search::{FOUND_MAX, FoundIn, FoundRow, Search, SearchView};
pub use shown::{SharedRow, SharedWithMe, Shown, ShownGoal, ShownView};
pub use slip::{SlipOf, SlipView};
pub use support::{SupportArea, SupportOf, SupportRow, SupportView, Supports, SupportsView};
pub use today::{NewsRow, ThisDay, Today, TodayView};
pub use unsent::{NotWritten, Unsent};
