//! What the app knows, and the three verbs.

use std::cell::RefCell;

use domain::{ItemId, Person, Who};
use litemap::LiteMap;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use sync::Replica;
use sync::message::{Ask, Frame};
use trust::{DeviceKey, DocumentId, InvitationId, PersonId, SessionNonce};

use crate::by_itself::Tools;
use crate::chance::Chance;
use crate::clock::OwnClock;
use crate::devices::Devices;
use crate::effect::{Effect, Now, Row};
use crate::errand::{Errand, Happened};
use crate::held::{AllHeld, HeldId};
use crate::hint::Hint;
use crate::invite::Invitations;
use crate::keeper::Keeper;
use crate::lead::Lead;
use crate::next::Skipped;
use crate::overruled::AllOverruled;
use crate::owners::Owners;
use crate::presence::Presence;
use crate::rebuilt::Rebuilding;
use crate::seen::Seen;
use crate::sheet::{Session, Sheet};
use crate::stored::Aside;
use crate::suspects::Suspects;
use crate::tabs::Tabs;
use crate::unsent::Unsent;
use crate::writers::Writers;

/// An answer to what was pushed is waited for this long: the slowest line carries it in a sixth of that.
const ANSWER_MS: u64 = 60_000;

/// The app's state on one device, in one tab.
pub struct Client {
    pub(crate) chance: Chance,
    pub(crate) tab: [u8; 8],
    pub(crate) now: Now,
    pub(crate) own_clock: OwnClock,
    pub(crate) me: Me,
    pub(crate) lead: Lead,
    pub(crate) keeper: Keeper,
    pub(crate) replica: Replica,
    pub(crate) connected: bool,
    /// Since when the server has let this device in.
    pub(crate) connected_ms: Option<u64>,
    pub(crate) wait_until: Option<u64>,
    pub(crate) sheets: LiteMap<DocumentId, Sheet>,
    pub(crate) presence: Presence,
    pub(crate) invitations: Invitations,
    pub(crate) seen: Seen,
    pub(crate) aside: LiteMap<Vec<u8>, Aside>,
    pub(crate) suspects: Suspects,
    pub(crate) writers: Writers,
    /// The document that is being merged anew from its records.
    pub(crate) rebuilding: Option<Rebuilding>,
    pub(crate) tabs: Tabs,
    /// What people are called, read from all courses when somebody is named; `None` when that may have
    /// changed since.
    pub(crate) people: RefCell<Option<LiteMap<Who, Person>>>,
    /// What stands in boxes and belongs to nothing yet, by the place of the box.
    pub(crate) unsent: Unsent,
    /// The bytes of the municipality's guide; none before it has come.
    pub(crate) guide: ByteVec,
    /// The tools, once they are here.
    pub(crate) tools: Option<Tools>,
    /// Notes that only the tools can read.
    pub(crate) unread_notes: Vec<Row>,
    /// What is done in a moment unless it is taken back.
    pub(crate) held: AllHeld,
    /// What I had written where somebody else wrote something else.
    pub(crate) overruled: AllOverruled,
    /// The course that a citizen's app keeps to.
    pub(crate) kept_course: Option<DocumentId>,
    /// What the server has said of devices, and what is wanted of them.
    pub(crate) devices: Devices,
    /// What is not to be offered any more.
    pub(crate) skipped: Skipped,
    pub(crate) drafts_made: u64,
    /// What a tool has begun and cannot end at once.
    pub(crate) errand: Option<Box<dyn Errand>>,
    /// The server has said something that only a newer app has a word for.
    pub(crate) hears_later: bool,
    /// How many records had been answered when the wait for the next answer began, and when that was.
    unanswered: Option<(u64, u64)>,
    effects: Vec<Effect>,
    changed: Vec<Topic>,
}

/// Who this device is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Me {
    pub(crate) key: Option<DeviceKey>,
    pub(crate) person: Option<PersonId>,
    pub(crate) counter: u64,
    pub(crate) generation: Option<u64>,
    pub(crate) bond: Bond,
}

/// What the server says of who holds this device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Bond {
    /// The same as this device does, or nothing yet.
    #[default]
    #[n(0)]
    Holds,
    /// It was restored to a time before it let this device in.
    #[n(1)]
    Forgotten,
    /// It has put this device out.
    #[n(2)]
    Ended,
}

/// What a verb wants done, and what changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Done {
    /// For `browser` to perform, in order.
    pub effects: Vec<Effect>,
    /// Which views to look at again.
    pub changed: Vec<Topic>,
    /// What a command made, so that the screen can show it.
    pub made: Option<Made>,
}

/// What a command made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Made {
    /// A document: a course, a meeting.
    Document(DocumentId),
    /// A thing in a document.
    Item(DocumentId, ItemId),
    /// An invitation.
    Invitation(InvitationId),
    /// A person who has no device yet.
    Person(PersonId),
    /// Nothing yet: it is done in a moment, unless it is taken back.
    Held(HeldId),
}

/// What a view depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// What stands in this document.
    Document(DocumentId),
    /// Which documents there are.
    Documents,
    /// Who else has this document open.
    Presence(DocumentId),
    /// What is saved where.
    Saving,
    /// Who this device is.
    Me,
    /// The invitations made here.
    Invitations,
    /// What is new since I last looked.
    News,
    /// What is done in a moment.
    Held,
    /// What was skipped of that which could be done next.
    Skipped,
    /// What time it is, to the minute.
    Clock,
    /// What the municipality says of its programmes and open places.
    Guide,
    /// How far what a tool has begun has come.
    Errand,
    /// Which devices people have.
    Devices,
}

/// A question a screen asks: what it depends on, and the answer in the screen's own words.
pub trait Query: Clone + PartialEq + 'static {
    /// The answer: plain data.
    type View: Clone + PartialEq + 'static;

    /// What the answer depends on. A change of another topic never changes the answer.
    fn topics(&self, client: &Client) -> Vec<Topic>;

    /// The answer now.
    fn look(&self, client: &Client) -> Self::View;
}

impl Client {
    /// An app that has just been opened. `chance` must come from the system's own source of
    /// chance and `tab` must be another in each tab.
    pub fn new(chance: [u8; 32], tab: [u8; 8]) -> Self {
        Self {
            chance: Chance::new(chance),
            tab,
            now: Now::default(),
            own_clock: OwnClock::default(),
            me: Me::default(),
            lead: Lead::default(),
            keeper: Keeper::default(),
            replica: Replica::default(),
            connected: false,
            connected_ms: None,
            wait_until: None,
            sheets: LiteMap::new(),
            presence: Presence::default(),
            invitations: Invitations::default(),
            seen: Seen::default(),
            aside: LiteMap::new(),
            suspects: Suspects::default(),
            writers: Writers::new(),
            rebuilding: None,
            tabs: Tabs::default(),
            people: RefCell::default(),
            unsent: Unsent::default(),
            guide: Vec::new().into(),
            tools: None,
            unread_notes: Vec::new(),
            held: AllHeld::default(),
            overruled: AllOverruled::new(),
            kept_course: None,
            devices: Devices::default(),
            skipped: Skipped::new(),
            drafts_made: 0,
            errand: None,
            hears_later: false,
            unanswered: None,
            effects: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// Answers a screen's question.
    pub fn look<Q: Query>(&self, query: &Q) -> Q::View {
        query.look(self)
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(crate) fn changed(&mut self, topic: Topic) {
        self.forget_people(topic);
        self.changed.push(topic);
    }

    /// Asks the server, by the tab that has the connection.
    pub(crate) fn ask(&mut self, ask: &Ask) {
        let frame = ask.to_frame();
        self.effects.push(if self.lead.leads() {
            Effect::Send(frame)
        } else {
            Effect::Hint(Hint::Send(frame.into()).bytes())
        });
    }

    /// Ends a verb: does what the clock says is due, and hands out what there is to do.
    pub(crate) fn done(&mut self, made: Option<Made>) -> Done {
        self.tick();
        let effects = std::mem::take(&mut self.effects);
        let mut changed = std::mem::take(&mut self.changed);
        changed.sort_unstable();
        changed.dedup();
        Done { effects, changed, made }
    }

    /// Does what is due now, and asks to be woken for what is due later.
    fn tick(&mut self) {
        self.go_on(Happened::Done);
        let mut due = Vec::new();
        due.extend(self.tick_tools());
        self.tick_links();
        due.extend(self.tick_writing());
        due.extend(self.tick_unsent());
        due.extend(self.tick_presence());
        due.extend(self.tick_waiting());
        due.extend(self.tick_unanswered());
        due.extend(self.tick_looking());
        due.extend(self.tick_silence());
        due.extend(self.tick_suspects());
        self.keep_to_own_course();
        self.send_invitations();
        self.tick_word();
        due.extend(self.tick_saving());
        self.tick_deposed();
        if let Some(first) = due.into_iter().min() {
            self.effect(Effect::WakeAt(first));
        }
    }

    fn tick_waiting(&mut self) -> Option<u64> {
        let until = self.wait_until?;
        if self.now.steady_ms < until {
            return Some(until);
        }
        self.wait_until = None;
        let steps = self.replica.waited();
        self.follow(steps);
        // These may be what had to wait.
        self.invitations.ask_again();
        self.redeem_if_asked();
        None
    }

    /// Sends again what nobody has answered for long.
    fn tick_unanswered(&mut self) -> Option<u64> {
        let Some(answers) = self.replica.waits_for_answer() else {
            self.unanswered = None;
            return None;
        };
        let now_ms = self.now.steady_ms;
        let same = self.unanswered.filter(|(before, _)| *before == answers);
        let (_, since) = *self.unanswered.insert(same.unwrap_or((answers, now_ms)));
        let due = since + ANSWER_MS;
        if now_ms < due {
            return Some(due);
        }
        self.unanswered = None;
        let steps = self.replica.send_again();
        self.follow(steps);
        Some(now_ms + ANSWER_MS)
    }

    fn tick_saving(&mut self) -> Option<u64> {
        let (batch, due) = self.keeper.next(self.now.steady_ms);
        if !self.keeper.is_safe() {
            self.changed(Topic::Saving);
        }
        if let Some(batch) = batch {
            self.effect(Effect::Save(batch));
        }
        due
    }

    pub(crate) fn who(&self) -> Option<Who> {
        self.me.person.map(who)
    }

    pub(crate) fn all_documents(&self) -> Vec<DocumentId> {
        self.sheets.keys().copied().collect()
    }

    /// A number of this device's own to write under in a document.
    pub(crate) fn session_in(&mut self, document: DocumentId) -> Session {
        let nonce = SessionNonce(self.chance.bytes());
        let mut owners = Owners::default();
        match self.me.key.as_ref().map(DeviceKey::device) {
            Some(device) => {
                owners.prove(device, document, &[nonce]);
                Session { number: nonce.number(device, document), nonce: Some(nonce), owners }
            }
            // A tab that was opened before this device had a name.
            None => Session { number: self.chance.number(), nonce: None, owners },
        }
    }
}

/// The same person in the words of `domain`.
pub(crate) fn who(person: PersonId) -> Who {
    Who(person.0)
}
