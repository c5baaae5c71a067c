//! What a person can do.

use std::fmt::Debug;

use documents::support::SupportField;
use documents::{TextField, area, meeting};
use domain::{AgreementState, Day, Doer, ItemId, LifeArea, Splice};
use trust::DocumentId;

use crate::client::{Client, Made};
use crate::held::HeldId;
use crate::refusal::Refusal;
use crate::seen::NewsMark;

/// Something that can be done in the app. What does it is only in the part of the program that can ask for it:
/// a first visit does not wait for what no first screen does ([`ToolCommand`](crate::ToolCommand)).
pub trait Deed: Debug {
    /// Does it. Answers what it made.
    ///
    /// # Errors
    /// A [`Refusal`] to show; nothing has changed then.
    fn done_by(self: Box<Self>, client: &mut Client) -> Result<Option<Made>, Refusal>;
}

/// What the first screens do: come in by a code, open what is there, see what is new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FirstCommand {
    /// Come in by a code. Tentative in a browser tab on an iPhone, where the installed app is
    /// another place.
    Redeem {
        /// As it was typed or scanned.
        typed: String,
        /// Whether the code may work once more.
        tentative: bool,
    },
    /// I have opened a document.
    Open(DocumentId),
    /// I have opened one thing in a document: a goal with all that belongs to it, or a help.
    OpenAt(DocumentId, ItemId),
    /// I have left it.
    Leave,
    /// I have seen this of what is new.
    SawNews(Vec<NewsMark>),
    /// The page has been put away, so that nobody sees what is about to be done; or it is there again.
    PutAway(bool),
}

/// What people do most: write in the plan and its goals, throw out, undo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
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
    /// Keep what stands in the box of a text and could not be written there.
    KeepNotWritten {
        /// Which box, as in [`Command::KeepUnsent`].
        place: String,
        /// All that stands there, and what it was made of; `None` when all of it is written.
        words: Option<(String, String)>,
    },
    /// What would be done in a moment is not to be done.
    TakeBackHeld(HeldId),
    /// My caret is here; `None` when it is in no text.
    Caret(DocumentId, Option<(TextField, u32)>),
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
    /// Somebody on the network map.
    Person(ItemId),
    /// A note.
    Note(ItemId),
}

impl Thing {
    /// The thing's own name in its document.
    pub fn id(self) -> ItemId {
        match self {
            Self::Meeting(_, id)
            | Self::Area(_, id)
            | Self::Dream(id)
            | Self::Person(id)
            | Self::Note(id) => id,
        }
    }
}
