//! What a person can do, and why it may not be possible.

use documents::meeting::TopicField;
use documents::support::SupportField;
use documents::{TextField, area, meeting};
use domain::{
    AgreementState, Day, Doer, ItemId, LifeArea, Meeting, NoMeeting, Programme, Splice, WishKind,
};
use trust::{DocumentId, InvitationId, NotACode, PersonId};

/// What a person can do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// Come in by a code. Tentative in a browser tab on an iPhone, where the installed app is
    /// another place.
    Redeem {
        /// As it was typed or scanned.
        typed: String,
        /// Whether the code may work once more.
        tentative: bool,
    },
    /// Say what I am called, and my telephone number or nothing.
    CallMe {
        /// First name, or what I want to be called.
        name: String,
        /// A telephone number.
        phone: String,
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
        /// When, where and how long.
        meeting: Meeting,
    },
    /// Cancel a meeting, or take it up again.
    CancelMeeting {
        /// Which meeting.
        document: DocumentId,
        /// `false` to take it up again.
        cancelled: bool,
    },
    /// Something on a meeting's agenda.
    Agenda(DocumentId, AgendaCommand),
    /// A dream in own words.
    AddDream {
        /// In this course.
        course: DocumentId,
        /// The dream.
        text: String,
    },
    /// A goal in a life area of a course. The area's document is made when it is the first.
    AddGoal {
        /// In this course.
        course: DocumentId,
        /// The area.
        area: LifeArea,
        /// In the citizen's words.
        title: String,
    },
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
    /// Something in a life area's plan.
    Plan(DocumentId, PlanCommand),

    /// A keystroke in a text that others may be writing in.
    Write {
        /// The document.
        document: DocumentId,
        /// The text.
        field: TextField,
        /// The keystroke.
        splice: Splice,
    },
    /// Throw something out. It lies in "Smidt ud" for 30 days.
    ThrowOut(DocumentId, Thing),
    /// Take it back.
    TakeBack(DocumentId, Thing),
    /// Undo my last change in a document.
    Undo(DocumentId),
    /// Do it again.
    Redo(DocumentId),

    /// Keep what stands in a box and belongs to nothing yet.
    KeepUnsent {
        /// Which box: the path of its screen, a space, and a name that is the same whenever the
        /// screen is drawn.
        place: String,
        /// What stands in it; nothing to forget it.
        words: String,
    },

    /// I have opened a document.
    Open(DocumentId),
    /// I have left it.
    Leave,
    /// My caret is here; `None` when it is in no text.
    Caret(DocumentId, Option<(TextField, u32)>),
    /// I have seen what is new.
    SawNews,
    /// I have seen what was not taken in.
    SawAside,
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

/// Something in a life area's plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlanCommand {
    /// Add a small step to a goal.
    AddStep(ItemId, String),
    /// A step is done, or not.
    SetDone(ItemId, bool),
    /// A goal is reached, or not.
    SetReached(ItemId, bool),
    /// Add an agreement.
    AddAgreement {
        /// For this goal.
        goal: Option<ItemId>,
        /// What is to be done.
        what: String,
        /// Who does it.
        doer: Doer,
        /// By when.
        by_day: Option<Day>,
        /// Whether it is a trial action, made to learn from.
        is_trial: bool,
    },
    /// An agreement is a trial action, or is none.
    SetTrial(ItemId, bool),
    /// Somebody else does it.
    SetDoer(ItemId, Doer),
    /// By another day.
    SetByDay(ItemId, Option<Day>),
    /// How an agreement stands now.
    SetState(ItemId, AgreementState),
    /// Something about a help that the citizen gets.
    SetSupport(ItemId, SupportField),
}

/// Something that can be thrown out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Thing {
    /// On an agenda.
    Meeting(meeting::List, ItemId),
    /// In a plan.
    Area(area::List, ItemId),
    /// A dream.
    Dream(ItemId),
}

impl Thing {
    /// The thing's own name in its document.
    pub fn id(self) -> ItemId {
        match self {
            Self::Meeting(_, id) | Self::Area(_, id) | Self::Dream(id) => id,
        }
    }
}

/// Why something was not done. Nothing has changed then.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The device's own disk has not been read yet.
    #[error("Vent et øjeblik. Appen er ved at åbne.")]
    Opening,
    /// Nobody has let this device in.
    #[error("Du skal først skrive din kode.")]
    NotIn,
    /// It is in another document, or in none.
    #[error("Det findes ikke længere.")]
    NotThere,
    /// Rights are with somebody else.
    #[error("Det kan du ikke gøre her.")]
    NotAllowed,
    /// Nothing was written.
    #[error("Skriv noget først.")]
    Empty,
    /// More than the field holds.
    #[error("Teksten er for lang. Del den i to.")]
    TooLong,
    /// More than the list holds.
    #[error("Listen er fuld. Smid noget ud først.")]
    TooMany,
    /// There is nothing of mine to undo.
    #[error("Der er ikke mere at fortryde.")]
    NothingToUndo,
    /// What was typed is no code.
    #[error(transparent)]
    Code(NotACode),
    /// A meeting cannot be made like that.
    #[error(transparent)]
    Meeting(#[from] NoMeeting),
}
