//! Who sees what: by person and by life area, and all that was declared about one person.

use documents::{consents, network};
use domain::{Consent, Day, ItemId, LifeArea, Purpose};
use trust::{DocumentId, Kind, Member, PersonId, Role};

use super::chains::Undeclared;
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// Who sees what in a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WhoSees {
    /// The course.
    pub course: DocumentId,
}

/// Who sees what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhoSeesView {
    /// Those who see everything but what is only the citizen's, I first.
    pub always: Vec<Named>,
    /// Those whom the citizen has let in, and to what.
    pub people: Vec<LetIn>,
    /// Those who see something by a chain, and about whom nothing was declared.
    pub undeclared: Vec<Undeclared>,
    /// Those who were let in and are not any longer.
    pub before: Vec<LetIn>,
    /// Every life area of the programme and any other that has a document, with all who read it.
    pub areas: Vec<AreaReaders>,
}

/// Somebody whom the citizen has let in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LetIn {
    /// The document of what was declared about them.
    pub document: DocumentId,
    /// Who.
    pub person: Named,
    /// What they see.
    pub areas: Vec<SeenArea>,
}

/// A life area that somebody sees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenArea {
    /// Which; `None` where its document does not say.
    pub area: Option<LifeArea>,
    /// The last day of it; `None` for no end.
    pub until: Option<Day>,
    /// What it is for, where it was said.
    pub purpose: Option<Purpose>,
}

/// A life area and who reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AreaReaders {
    /// The area.
    pub area: LifeArea,
    /// Who reads it, I first; who will, when nothing is in it yet.
    pub readers: Vec<Named>,
}

/// All that was declared about somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConsentsOf {
    /// The document of it.
    pub document: DocumentId,
}

/// All that was declared about somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsentsView {
    /// Whose course it is.
    pub citizen: Named,
    /// The course.
    pub course: DocumentId,
    /// Whom it is about.
    pub person: Named,
    /// Where they stand on the network map, if they do.
    pub on_map: Option<(DocumentId, ItemId)>,
    /// Their name where invitations are made.
    pub invited: PersonId,
    /// What they see now.
    pub now: Vec<SeenArea>,
    /// Everything that was ever declared, the newest first.
    pub declared: Vec<Declared>,
    /// Whether the server has not heard the last of it.
    pub is_waiting: bool,
    /// Whether I may take it back.
    pub can_withdraw: bool,
    /// Whether I may make a code for them.
    pub can_invite: bool,
}

/// One consent, as it was declared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// Its name.
    pub id: ItemId,
    /// The area.
    pub area: LifeArea,
    /// What for.
    pub purpose: Purpose,
    /// The last day of it.
    pub until: Day,
    /// The day it was given.
    pub given: Day,
    /// The parent who gave it; `None` for the citizen.
    pub parent: Option<String>,
    /// The day it was withdrawn.
    pub withdrawn: Option<Day>,
}

/// What somebody on the map sees, and what they could be let see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConsentFor {
    /// The document of the network.
    pub network: DocumentId,
    /// Somebody on it.
    pub person: ItemId,
}

/// What somebody could be let see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsentForView {
    /// The course.
    pub course: DocumentId,
    /// What they are called.
    pub name: String,
    /// Whether they see all of it in any case: a coordinator.
    pub sees_all: bool,
    /// What was declared about them before.
    pub consents: Option<DocumentId>,
    /// Every life area there is to choose, and whether they see it now.
    pub areas: Vec<(LifeArea, bool)>,
    /// Whether the citizen can be so young that a parent says yes for them.
    pub may_have_parent: bool,
    /// Which day it is.
    pub today: Day,
    /// Whether I may let them in: nobody but the citizen may.
    pub can_give: bool,
}

impl ConsentsView {
    /// Whether it is so everywhere that they see nothing: what was closed without a network, or is still on its way,
    /// can be read until the server knows.
    pub fn sees_nothing(&self) -> bool {
        self.now.is_empty() && !self.is_waiting
    }
}

impl Query for WhoSees {
    type View = Option<WhoSeesView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of_areas(self.course)
    }

    fn look(&self, client: &Client) -> Option<WhoSeesView> {
        client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let always = client.always_readers(self.course);
        let all = client.parts(Some(self.course), Kind::Consents);
        let mut all: Vec<LetIn> =
            all.filter_map(|(document, sheet)| client.let_in_by(document, sheet)).collect();
        all.sort_by_key(|row| domain::letters::order(&row.person.name));
        let (people, before): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|row| !row.areas.is_empty());
        let areas = client.life_areas(self.course).into_iter();
        let row = |area: LifeArea| {
            let readers = client.readers_of_area(self.course, &area);
            AreaReaders { area, readers: if readers.is_empty() { always.clone() } else { readers } }
        };
        let undeclared = client.undeclared(self.course, &people);
        Some(WhoSeesView { people, undeclared, before, areas: areas.map(row).collect(), always })
    }
}

impl Query for ConsentsOf {
    type View = Option<ConsentsView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let course = client.sheets.get(&self.document).and_then(|sheet| sheet.membership.parent);
        let mut topics = course.map(|course| client.topics_of_areas(course)).unwrap_or_default();
        let maps = client.parts(course, Kind::Network).map(|(document, _)| document);
        topics.extend(maps.map(Topic::Document));
        topics.extend([Topic::Documents, Topic::Document(self.document), Topic::Saving]);
        topics
    }

    fn look(&self, client: &Client) -> Option<ConsentsView> {
        let sheet = client.sheets.get(&self.document).filter(|sheet| !sheet.gone)?;
        let course = sheet.membership.parent?;
        let (declared, _) = consents::read(&sheet.paper);
        let row = client.let_in_by(self.document, sheet)?;
        let invited = PersonId(row.person.who.0);
        let may =
            |act| client.me.person.is_some_and(|me| sheet.membership.may(me, client.today(), act));
        let areas = client.areas_seen_by(course, invited).into_iter().map(|(document, _)| document);
        let mut all = areas.chain([self.document]);
        let is_in = sheet.membership.role(invited, client.today()).is_some();
        Some(ConsentsView {
            citizen: client.citizen_of(sheet).map(|citizen| client.named(who(citizen)))?,
            course,
            person: row.person,
            on_map: declared.on_map.and_then(|item| client.place_on_map(course, item)),
            invited,
            now: row.areas,
            declared: declared.given.into_iter().rev().map(|one| client.declared(one)).collect(),
            is_waiting: all.any(|document| client.is_on_its_way(document)),
            can_withdraw: may(trust::Act::Remove(Role::Participant)),
            can_invite: is_in && may(trust::Act::Invite(Role::Participant)),
        })
    }
}

impl Query for ConsentFor {
    type View = Option<ConsentForView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let course = client.sheets.get(&self.network).and_then(|sheet| sheet.membership.parent);
        let mut topics = course.map(|course| client.topics_of_areas(course)).unwrap_or_default();
        topics.extend([Topic::Documents, Topic::Document(self.network)]);
        topics
    }

    fn look(&self, client: &Client) -> Option<ConsentForView> {
        let sheet = client.sheets.get(&self.network).filter(|sheet| !sheet.gone)?;
        let course = sheet.membership.parent?;
        let (map, _) = network::read(&sheet.paper);
        let found = map.people.into_iter().find(|person| person.id == self.person)?;
        let consents = client.consents_on_map(course, self.person);
        let declared = consents.and_then(|document| client.sheets.get(&document));
        let seen =
            consents.zip(declared).and_then(|(document, sheet)| client.let_in_by(document, sheet));
        let seen = seen.map(|row| row.areas).unwrap_or_default();
        let sees = |area: &LifeArea| seen.iter().any(|row| row.area.as_ref() == Some(area));
        let members = client.sheets.get(&course).map(|sheet| &sheet.membership.members);
        let is_member =
            |who: domain::Who| members.is_some_and(|all| all.contains_key(&PersonId(who.0)));
        let sees_all = found.who.is_some_and(is_member);
        let on_map = domain::legible(&found.name.text);
        let name = match found.who {
            Some(who) if on_map.is_empty() => client.named(who).name,
            _ => on_map,
        };
        let may = |me| sheet.membership.may(me, client.today(), trust::Act::Add(Role::Participant));
        Some(ConsentForView {
            course,
            name,
            sees_all,
            consents,
            areas: client
                .life_areas(course)
                .into_iter()
                .map(|area| (area.clone(), sees(&area)))
                .collect(),
            may_have_parent: client.may_have_parent(course),
            today: client.servers_day(),
            can_give: client.me.person.is_some_and(may) && !found.is_missing && !sees_all,
        })
    }
}

impl Client {
    /// Somebody whom a document of consents is about, and what they see by the areas' own chains.
    pub(crate) fn let_in_by(&self, document: DocumentId, sheet: &Sheet) -> Option<LetIn> {
        let course = sheet.membership.parent?;
        let (declared, _) = consents::read(&sheet.paper);
        let person = declared.person?;
        let today = self.today();
        let mut areas: Vec<SeenArea> = Vec::new();
        for (document, area) in self.areas_seen_by(course, PersonId(person.0)) {
            let members = self.sheets.get(&document).map(|sheet| &sheet.membership.members);
            let member = members.and_then(|members| members.get(&PersonId(person.0)));
            let Some(member) = member.filter(|member| member.holds(today)) else { continue };
            let given = declared.given.iter().rev();
            let mut given = given.filter(|given| Some(&given.area) == area.as_ref());
            let purpose = given.next().map(|given| given.purpose.clone());
            let row = SeenArea { area, until: last_day(member), purpose };
            // Two documents of one area are one area here.
            if areas.iter().all(|other| other.area != row.area) {
                areas.push(row);
            }
        }
        let order = self.life_areas(course);
        areas.sort_by_key(|row| order.iter().position(|area| Some(area) == row.area.as_ref()));
        Some(LetIn { document, person: self.named(person), areas })
    }

    /// The document of the network in which somebody stands who was not taken off the map.
    fn place_on_map(&self, course: DocumentId, item: ItemId) -> Option<(DocumentId, ItemId)> {
        let stands = |sheet: &Sheet| {
            network::read(&sheet.paper).0.people.iter().any(|person| person.id == item)
        };
        let mut maps = self.parts(Some(course), Kind::Network);
        maps.find(|(_, sheet)| stands(sheet)).map(|(document, _)| (document, item))
    }

    fn declared(&self, consent: Consent) -> Declared {
        let Consent { id, area, purpose, until, parent, at_ms, withdrawn_ms, .. } = consent;
        let (given, withdrawn) = (self.day_of(at_ms), withdrawn_ms.map(|ms| self.day_of(ms)));
        Declared { id, area, purpose, until, given, parent, withdrawn }
    }

    /// Every life area of a course's programme, and any other that has a document.
    pub(crate) fn life_areas(&self, course: DocumentId) -> Vec<LifeArea> {
        let sheet = self.sheets.get(&course);
        let programme = sheet.map(|sheet| documents::course::read(&sheet.paper).0.programme);
        let mut areas: Vec<LifeArea> =
            programme.into_iter().flat_map(|programme| programme.life_areas()).collect();
        for (_, sheet) in self.parts(Some(course), Kind::LifeArea) {
            let area = documents::area::read(&sheet.paper).0.area;
            areas.extend(area.filter(|area| !areas.contains(area)));
        }
        areas
    }

    /// Who reads any of the documents of a life area, I first.
    pub(crate) fn readers_of_area(&self, course: DocumentId, area: &LifeArea) -> Vec<Named> {
        let mut readers: Vec<Named> = Vec::new();
        for document in self.documents_of_area(course, area) {
            let named = self.sheets.get(&document).map(|sheet| self.readers(sheet));
            readers.extend(named.unwrap_or_default());
        }
        readers.sort_by_key(|named| (!named.is_me, named.role, named.who));
        readers.dedup();
        readers
    }

    /// Whether something done in a document has not come to the server.
    fn is_on_its_way(&self, document: DocumentId) -> bool {
        let links = self.sheets.get(&document).map_or(0, |sheet| sheet.links.len());
        // Which of the documents it is, only the tab that has the connection knows.
        let elsewhere = !self.lead.leads() && self.waiting() > 0;
        links > 0 || elsewhere || !self.keeper.is_safe() || self.replica.has_unsent(document)
    }
}

fn last_day(member: &Member) -> Option<Day> {
    member.until.and_then(|until| i32::try_from(until).ok()).map(Day::from_days)
}
