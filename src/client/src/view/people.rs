//! Who this device is, and what people are called.

use documents::{consents, course, house};
use domain::{Person, Role, Who, letters};
use litemap::LiteMap;
use sync::message::NotRedeemed;
use trust::{DocumentId, Kind};

use crate::client::{Bond, Client, Query, Topic, who};
use crate::founding::spoken;
use crate::sheet::Sheet;

/// Who am I, and how far have I come?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Me;

/// Who I am.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeView {
    /// How far this device has come.
    pub stage: MeStage,
    /// What I am called; empty when nobody has said.
    pub name: String,
    /// My telephone number; empty for none.
    pub phone: String,
    /// What I am: in the house, else in the first course.
    pub role: Option<Role>,
    /// My only course, for a citizen.
    pub course: Option<DocumentId>,
    /// What was declared about me, for somebody whom a citizen has let in.
    pub consents: Option<DocumentId>,
    /// The server was restored to a time before it let this device in: a new code is needed, and
    /// everything here is as it was.
    pub is_forgotten: bool,
}

/// How far this device has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MeStage {
    /// The disk is being read.
    Opening,
    /// Nobody has let this device in.
    Stranger,
    /// It was let in once and has been put out.
    PutOut,
    /// A code is on its way.
    Redeeming,
    /// A code is waiting for the network.
    NoNetwork,
    /// A code did not work.
    NotRedeemed(NotRedeemed),
    /// In, and the first documents are on their way.
    Fetching,
    /// Somebody, and nothing is shared with them now.
    Nothing,
    /// In.
    In,
}

/// Somebody, as a screen names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Who.
    pub who: Who,
    /// What they are called; empty when nobody has said.
    pub name: String,
    /// Whether it is me.
    pub is_me: bool,
    /// What they are.
    pub role: Option<Role>,
    /// Their telephone number; empty for none.
    pub phone: String,
}

impl Named {
    /// Two capital letters for a small round picture; empty for nobody.
    pub fn initials(&self) -> String {
        letters::initials(&self.name)
    }
}

impl Query for Me {
    type View = MeView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = vec![Topic::Me, Topic::Documents];
        topics.extend(client.people_documents().map(|(document, _)| Topic::Document(document)));
        topics
    }

    fn look(&self, client: &Client) -> MeView {
        let me = client.who().map(|who| client.named(who));
        let role = client.my_role();
        let citizen = role == Some(Role::Citizen);
        let guest = role == Some(Role::Participant);
        let mut consents = client.of_kind(Kind::Consents).map(|(document, _)| document);
        MeView {
            stage: client.stage(),
            name: me.as_ref().map(|me| me.name.clone()).unwrap_or_default(),
            phone: me.map(|me| me.phone).unwrap_or_default(),
            role,
            course: client.own_course().filter(|_| citizen),
            consents: consents.next().filter(|_| guest),
            is_forgotten: client.is_forgotten(),
        }
    }
}

/// Whom somebody in a course turns to first: its coordinators, those who have given a number in front.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WhomToCall {
    /// The course.
    pub course: DocumentId,
}

impl Query for WhomToCall {
    type View = Vec<Named>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of([])
    }

    fn look(&self, client: &Client) -> Vec<Named> {
        let sheet = client.sheets.get(&self.course);
        let mut people = sheet.map(|sheet| client.readers(sheet)).unwrap_or_default();
        people.retain(|named| named.role == Some(Role::Coordinator));
        people.sort_by_key(|named| named.phone.is_empty());
        people
    }
}

impl Client {
    pub(crate) fn is_forgotten(&self) -> bool {
        self.me.bond == Bond::Forgotten
    }

    fn stage(&self) -> MeStage {
        if !self.lead.is_open() {
            return MeStage::Opening;
        }
        match (&self.invitations.redeeming, self.me.person) {
            (Some(redeeming), _) => match redeeming.refused {
                Some(why) => MeStage::NotRedeemed(why),
                None if redeeming.offline => MeStage::NoNetwork,
                None => MeStage::Redeeming,
            },
            (None, None) => MeStage::Stranger,
            (None, Some(_)) if self.is_put_out() => MeStage::PutOut,
            (None, Some(_)) if self.me.bond != Bond::Holds => MeStage::Stranger,
            (None, Some(_)) if self.has_nothing() => MeStage::Nothing,
            (None, Some(_)) if !self.people_documents().any(is_read) => MeStage::Fetching,
            (None, Some(_)) => MeStage::In,
        }
    }

    /// Whether there is nothing this person may read, as far as is known.
    pub(crate) fn has_nothing(&self) -> bool {
        let all_gone = self.sheets.values().all(|sheet| sheet.gone);
        all_gone && (self.replica.is_in() || !self.sheets.is_empty())
    }

    fn my_role(&self) -> Option<Role> {
        let me = self.me.person?;
        // Others may let me in where they like; whose course it is stays as it is.
        if self.own_course().is_some() {
            return Some(Role::Citizen);
        }
        let mut here = self.people_documents().collect::<Vec<_>>();
        here.sort_by_key(|(_, sheet)| sheet.membership.kind);
        let role = here.iter().find_map(|(_, sheet)| sheet.membership.members.get(&me));
        role.map(|member| spoken(member.role))
    }

    /// Documents that I may read, by kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        let is =
            move |(_, sheet): &(&DocumentId, &Sheet)| sheet.membership.kind == kind && !sheet.gone;
        self.sheets.iter().filter(is).map(|(document, sheet)| (*document, sheet))
    }

    /// Every course I am in.
    pub(crate) fn courses(&self) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        self.of_kind(Kind::Course)
    }

    /// Documents of a kind that belong to a course; without a course, all of them.
    pub(crate) fn parts(
        &self,
        course: Option<DocumentId>,
        kind: Kind,
    ) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        let belongs = move |(_, sheet): &(DocumentId, &Sheet)| {
            course.is_none() || sheet.membership.parent == course
        };
        self.of_kind(kind).filter(belongs)
    }

    /// The documents that say what people are called: of those who are let in the consents do, and they
    /// themselves have no other.
    fn people_documents(&self) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        self.of_kind(Kind::House).chain(self.courses()).chain(self.of_kind(Kind::Consents))
    }

    /// What somebody is called, wherever it is said.
    pub(crate) fn named(&self, who: Who) -> Named {
        let is_me = self.who() == Some(who);
        let mut known = self.people.borrow_mut();
        match known.get_or_insert_with(|| self.read_people()).get(&who).cloned() {
            Some(Person { name, role, phone, .. }) => {
                Named { who, name, is_me, role: Some(role), phone }
            }
            None => Named { who, name: String::new(), is_me, role: None, phone: String::new() },
        }
    }

    /// Forgets what people are called, where that may have changed.
    pub(crate) fn forget_people(&mut self, topic: Topic) {
        let may_say_names = |document| {
            self.sheets.get(&document).is_none_or(|sheet| says_names(sheet.membership.kind))
        };
        let has_changed = match topic {
            Topic::Documents => true,
            Topic::Document(document) => may_say_names(document),
            _ => false,
        };
        if has_changed {
            *self.people.get_mut() = None;
        }
    }

    fn read_people(&self) -> LiteMap<Who, Person> {
        let said = |(_, sheet): (DocumentId, &Sheet)| match sheet.membership.kind {
            Kind::House => house::read(&sheet.paper).0,
            Kind::Consents => consents::read(&sheet.paper).0.people,
            _ => course::read(&sheet.paper).0.people,
        };
        // What is said in a course comes first, and in one's own before any: there people are called what the
        // citizen calls them.
        let mut people = LiteMap::new();
        let (own, others): (Vec<_>, Vec<_>) =
            self.courses().partition(|(course, _)| Some(*course) == self.own_course());
        let documents = own.into_iter().chain(others).chain(self.of_kind(Kind::House));
        for person in documents.chain(self.of_kind(Kind::Consents)).flat_map(said) {
            people.try_insert(person.who, person);
        }
        people
    }

    /// Who may read a document, I first: by its chain and by nothing that anybody has written in it, those
    /// whose name nobody has said among them.
    pub(crate) fn readers(&self, sheet: &Sheet) -> Vec<Named> {
        let today = self.today();
        let mut named: Vec<Named> = sheet
            .membership
            .members
            .iter()
            .filter(|(_, member)| member.holds(today))
            .map(|(person, member)| Named {
                role: Some(spoken(member.role)),
                ..self.named(who(*person))
            })
            .collect();
        named.sort_by_key(|named| (!named.is_me, named.role));
        named
    }

    /// Whose course it is, also when that is over.
    pub(crate) fn citizen_of(&self, sheet: &Sheet) -> Option<trust::PersonId> {
        let mut members = sheet.membership.members.iter();
        members.find(|(_, member)| member.role == trust::Role::Citizen).map(|(person, _)| *person)
    }

    /// What the screens of a document depend on: itself, and what people are called.
    pub(crate) fn topics_of(&self, documents: impl IntoIterator<Item = DocumentId>) -> Vec<Topic> {
        let people = self.people_documents().map(|(document, _)| document);
        let all = documents.into_iter().chain(people).map(Topic::Document);
        [Topic::Documents].into_iter().chain(all).collect()
    }
}

/// Whether documents of this kind say what people are called.
fn says_names(kind: Kind) -> bool {
    matches!(kind, Kind::House | Kind::Course | Kind::Consents)
}

/// Whether the first record of a document has come.
fn is_read((_, sheet): (DocumentId, &Sheet)) -> bool {
    !sheet.is_unread()
}
