//! What a person can do with the tools: everything that no first screen does.

use documents::area;
use documents::meeting::{self, TopicField};
use documents::{ChoicePlace, Statement};
use domain::guide::PhaseKey;
use domain::{
    Became, Day, Half, ItemId, LifeArea, Meeting, MeetingChange, Nearness, Programme, Purpose,
    Score, Source, Spot, Tie, Voice, WishKind,
};
use trust::{DocumentId, InvitationId, PersonId};

use crate::client::Client;
use crate::command::{Deed, Thing};
use crate::next::NextStep;
use crate::run::Outcome;
use crate::statement::MilestoneCommand;

/// What a person can do with the tools.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ToolCommand {
    /// Say what I am called, and my telephone number or nothing. What is `None` stays as it is.
    CallMe {
        /// First name, or what I want to be called.
        name: Option<String>,
        /// A telephone number.
        phone: Option<String>,
    },
    /// The daily lead makes a coordinator, and an invitation for them.
    MakeCoordinator {
        /// What they are called.
        name: String,
    },
    /// A coordinator begins a course for a citizen, and makes an invitation for them.
    MakeCourse {
        /// What the citizen is called.
        name: String,
        /// Which programme.
        programme: Programme,
    },
    /// Make a new invitation for somebody who is in this document and has no device.
    Invite {
        /// Whom.
        person: PersonId,
        /// Where they are a member.
        document: DocumentId,
    },
    /// The code must not work any longer.
    CancelInvitation(InvitationId),
    /// The right person is in.
    ConfirmInvitation(InvitationId),
    /// Find a time for a meeting.
    MakeMeeting {
        /// In this course.
        course: DocumentId,
        /// When, where and how long.
        meeting: Meeting,
    },
    /// Another time or place.
    ChangeMeeting {
        /// Which meeting.
        document: DocumentId,
        /// What is to be another.
        change: MeetingChange,
    },
    /// What somebody else wrote at the same time is not to stand, but what I wrote.
    TakeMine(DocumentId, ChoicePlace),
    /// I have seen that somebody else wrote something else.
    SawOverruled(DocumentId, ChoicePlace),
    /// Cancel a meeting, or take it up again.
    CancelMeeting {
        /// Which meeting.
        document: DocumentId,
        /// `false` to take it up again.
        cancelled: bool,
    },
    /// Something on a meeting's agenda.
    Agenda(DocumentId, AgendaCommand),
    /// A help that the citizen gets, in a life area of a course. The area's document is made when it is
    /// the first thing there.
    AddSupport {
        /// In this course.
        course: DocumentId,
        /// The area.
        area: LifeArea,
        /// The help.
        support: NewSupport,
    },
    /// Put somebody on the network map of a course. The map is made when it is the first.
    AddPerson {
        /// In this course.
        course: DocumentId,
        /// What they are called, or who it is that is missing.
        name: String,
        /// Which half they belong to.
        half: Half,
        /// Whether it is a place for somebody who is not there.
        is_missing: bool,
    },
    /// Something on a network map.
    Network(DocumentId, NetworkCommand),
    /// Let somebody on the map see parts of life, in a moment. Only the citizen can.
    GiveConsent {
        /// The network's document.
        network: DocumentId,
        /// Somebody on the map.
        person: ItemId,
        /// To what, what for and how long.
        consent: NewConsent,
    },
    /// Take it back: one life area, or all. Only the citizen can.
    WithdrawConsent {
        /// The document of what was declared about somebody.
        document: DocumentId,
        /// The area; `None` for all of them.
        area: Option<LifeArea>,
    },
    /// Show somebody out of everything of a course, about whom nothing was declared. Only the citizen can.
    ShowOut {
        /// The course.
        course: DocumentId,
        /// Who.
        person: PersonId,
    },
    /// From now on I write in this course, which is about me as the one is that I have. Only the citizen can.
    ChangeCourse(DocumentId),
    /// That course, which somebody began in my name, is not mine. Only the citizen can.
    DisownCourse(DocumentId),
    /// I was let in, and would rather not see it any longer. By the document of what was declared about
    /// me.
    LeaveConsents(DocumentId),
    /// A note for nobody but me.
    AddNote {
        /// In the notebook of this course, which is made when it is the first.
        course: DocumentId,
        /// What it says.
        text: String,
    },
    /// Put a copy of a note where others can read it, in a moment. The note stays as it is.
    ShareNote {
        /// The notebook's document.
        notebook: DocumentId,
        /// The note.
        note: ItemId,
        /// Where the copy goes.
        to: ShareTo,
    },
    /// Say how it goes in a life area of a course. The area's document is made when it is the first.
    Assess(DocumentId, Saying),
    /// The citizen would rather not see the picture of all the numbers in a course, or wants it again.
    HideWeb(DocumentId, bool),
    /// Move a course to a phase of its programme. Only its coordinator can.
    MoveOn(DocumentId, PhaseKey),
    /// I have seen what was not taken in.
    SawAside,
    /// Something about the milestones of a goal, in the document of its life area.
    Milestone(DocumentId, MilestoneCommand),
    /// Say whose words a statement is made of. Who wrote it down stays as it was.
    SetSource {
        /// The document it stands in.
        document: DocumentId,
        /// Which.
        statement: Statement,
        /// Whose words; `None` for those of the one who wrote it down.
        source: Option<Source>,
    },
    /// What could be done next in a course is not to be offered any more, or after all.
    Skip {
        /// The course.
        course: DocumentId,
        /// What.
        step: NextStep,
        /// `false` to offer it after all.
        skips: bool,
    },
}

impl Deed for ToolCommand {
    fn done_by(self: Box<Self>, client: &mut Client) -> Outcome {
        client.surely_have_tools();
        match *self {
            Self::CallMe { name, phone } => client.call_me(name.as_deref(), phone.as_deref()),
            Self::MakeCoordinator { name } => client.make_coordinator(&name),
            Self::MakeCourse { name, programme } => client.make_course(&name, programme),
            Self::Invite { person, document } => client.invite(person, document),
            Self::CancelInvitation(name) => client.just(|me| me.cancel(name)),
            Self::ConfirmInvitation(name) => client.just(|me| me.confirm(name)),
            Self::MakeMeeting { course, meeting } => client.make_meeting(course, &meeting),
            Self::ChangeMeeting { document, change } => client.change_meeting(document, change),
            Self::TakeMine(document, place) => client.take_mine(document, place),
            Self::SawOverruled(document, place) => {
                client.just(|me| me.saw_overruled(document, place))
            }
            Self::CancelMeeting { document, cancelled } => {
                client.cancel_meeting(document, cancelled)
            }
            Self::Agenda(document, command) => client.agenda(document, command),
            Self::AddSupport { course, area, support } => {
                client.add_support(course, &area, &support)
            }
            Self::AddPerson { course, name, half, is_missing } => {
                client.add_person(course, &name, (half, is_missing))
            }
            Self::Network(document, command) => client.network(document, command),
            Self::GiveConsent { network, person, consent } => {
                client.give_consent((network, person), consent)
            }
            Self::WithdrawConsent { document, area } => {
                client.withdraw_consent(document, area.as_ref())
            }
            Self::ShowOut { course, person } => client.show_out_of_all(course, person),
            Self::ChangeCourse(course) => client.change_course(course),
            Self::DisownCourse(course) => client.disown_course(course),
            Self::LeaveConsents(document) => client.leave_consents(document),
            Self::AddNote { course, text } => client.add_note(course, &text),
            Self::ShareNote { notebook, note, to } => client.share_note((notebook, note), to),
            Self::Assess(course, saying) => client.assess(course, saying),
            Self::HideWeb(course, hides) => client.hide_web(course, hides),
            Self::MoveOn(course, phase) => client.move_on(course, &phase),
            Self::SawAside => client.just(|me| me.saw_aside()),
            Self::Milestone(document, command) => client.milestone(document, command),
            Self::SetSource { document, statement, source } => {
                client.set_source(document, statement, source.as_ref())
            }
            Self::Skip { course, step, skips } => client.skip((course, step), skips),
        }
    }
}

/// Something on an agenda.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AgendaCommand {
    /// Add a topic at the end.
    AddTopic(String),
    /// Say something about a topic.
    SetTopic(ItemId, TopicField),
    /// Put a topic at a place: 0 is first.
    MoveTopic(ItemId, usize),
    /// Add something that must not be talked about.
    AddAvoid(String),
    /// Add a practical wish.
    AddWish(WishKind, String),
}

/// A help as somebody first writes it down. Only what it is must be known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewSupport {
    /// What it is.
    pub what: String,
    /// Whom it comes from; may be empty.
    pub from: String,
    /// How often; may be empty.
    pub often: String,
    /// Since when.
    pub since: Option<Day>,
}

/// Something on a network map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NetworkCommand {
    /// Put somebody at a place.
    Put(ItemId, Spot),
    /// Put somebody where there is room, in this half and so near.
    Seat(ItemId, Half, Nearness),
    /// How it is between the two; `None` for not said.
    SetTie(ItemId, Option<Tie>),
    /// The part of life somebody belongs to most; `None` for not said.
    SetArea(ItemId, Option<LifeArea>),
    /// A telephone number.
    SetPhone(ItemId, String),
    /// No telephone number.
    ForgetPhone(ItemId),
    /// Whom the citizen leans on; `None` for nobody.
    SetTrusted(Option<ItemId>),
}

/// A consent as somebody gives it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewConsent {
    /// Which life areas.
    pub areas: Vec<LifeArea>,
    /// What for.
    pub purpose: Purpose,
    /// For how many months, one of [`domain::CONSENT_MONTHS`].
    pub months: u8,
    /// The name of the parent who gives it; `None` for the citizen.
    pub parent: Option<String>,
}

/// Where a copy of a note goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ShareTo {
    /// Among the dreams of the plan.
    Dreams,
    /// On the agenda of this meeting, as a topic.
    Agenda(DocumentId),
    /// Among the goals of a life area.
    Goals(LifeArea),
}

/// How it goes in a life area, as somebody says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saying {
    /// The area.
    pub area: LifeArea,
    /// Whose view it is. A citizen has only their own; a coordinator also writes the citizen's, when
    /// two sit together or there is no phone.
    pub voice: Voice,
    /// A number or none.
    pub score: Option<Score>,
    /// Own words or nothing. One of the two there must be.
    pub words: String,
}

impl ShareTo {
    /// What a copy of this name is, where it stands.
    pub fn thing(&self, id: ItemId) -> Thing {
        match self {
            Self::Dreams => Thing::Dream(id),
            Self::Agenda(_) => Thing::Meeting(meeting::List::Topics, id),
            Self::Goals(_) => Thing::Area(area::List::Goals, id),
        }
    }

    /// What the copy becomes.
    pub fn became(&self) -> Became {
        match self {
            Self::Dreams => Became::Dream,
            Self::Agenda(_) => Became::Topic,
            Self::Goals(_) => Became::Goal,
        }
    }
}
