//! Consents: letting somebody see a part of life, and taking that back.
//!
//! A consent is a membership in the document of its life area, and nothing else is. What was declared
//! stands in a document of its own for each person who is let in, which they may read too: it says what
//! everybody is called, and it is where the code for their device is made.

use documents::consents;
use domain::{
    CONSENT_MONTHS, Consent, Day, ItemId, LifeArea, Person, Purpose, ResourcePerson, legible,
};
use trust::{Act, Change, DocumentId, Kind, Member, PersonId, Role};

use crate::client::{Client, Made, who};

use crate::founding::{named, spoken};
use crate::held::HeldDeed;
use crate::refusal::Refusal;
use crate::run::Outcome;
use crate::sheet::Sheet;
use crate::tool::NewConsent;

impl Client {
    /// Lets somebody on the map see these life areas, in a moment.
    pub(crate) fn give_consent(
        &mut self,
        on_map: (DocumentId, ItemId),
        consent: NewConsent,
    ) -> Outcome {
        self.may_let_see(on_map, &consent)?;
        let (network, person) = on_map;
        self.hold(HeldDeed::Consent { network, person, consent })
    }

    /// The course, and whom it is about, where this consent can be given.
    fn may_let_see(
        &self,
        (network, item): (DocumentId, ItemId),
        consent: &NewConsent,
    ) -> Result<(DocumentId, ResourcePerson), Refusal> {
        let course = self.course_with_rights(network)?;
        self.may_let_in()?;
        checked(consent)?;
        self.knows_who_is_in(course)?;
        consent.parent.as_deref().map(named).transpose()?;
        if consent.parent.is_some() && !self.may_have_parent(course) {
            return Err(Refusal::NotAllowed);
        }
        let found = self.on_map(network, item).ok_or(Refusal::NotThere)?;
        let known = self.known_on_map(&found, course);
        let sheet = self.sheets.get(&course);
        let sees_all =
            |person| sheet.is_some_and(|sheet| sheet.membership.members.contains_key(&person));
        if known.is_some_and(sees_all) { Err(Refusal::NotAllowed) } else { Ok((course, found)) }
    }

    /// Whether the citizen of a course can be so young that a parent says yes for them.
    pub(crate) fn may_have_parent(&self, course: DocumentId) -> bool {
        let sheet = self.sheets.get(&course);
        sheet.is_some_and(|sheet| {
            documents::course::read(&sheet.paper).0.programme.is_for_young_people()
        })
    }

    /// Lets them see it now.
    pub(crate) fn consent_now(
        &mut self,
        (network, item): (DocumentId, ItemId),
        consent: &NewConsent,
    ) -> Outcome {
        let (course, found) = self.may_let_see((network, item), consent)?;
        let parent = consent.parent.as_deref().map(named).transpose()?;
        let known = self.known_on_map(&found, course);
        let person = known.unwrap_or_else(|| PersonId(self.chance.bytes()));
        let today = self.servers_day();
        let until = today.plus_months(consent.months);
        let document = self.consents_about(course, (person, &found))?;
        for area in &consent.areas {
            let first = self.area_to_write_in(course, area)?;
            let twins = self.documents_of_area(course, area);
            for document in twins.into_iter().chain([first]) {
                self.let_in(document, person, until);
            }
            let id = self.chance.item();
            let (area, purpose, parent) = (area.clone(), consent.purpose.clone(), parent.clone());
            self.change(document, |sheet, author| {
                let (at_ms, by, withdrawn_ms) = (author.at_ms, Some(author.who), None);
                let given = Consent { id, area, purpose, until, parent, at_ms, by, withdrawn_ms };
                consents::add(&mut sheet.paper, &given, author);
                Ok(None)
            })?;
        }
        let longest = self.sheets.get(&document).and_then(|sheet| {
            let held = sheet.membership.members.get(&person)?.until?;
            Some(Day::from_days(i32::try_from(held).ok()?))
        });
        self.let_in(document, person, until.max(longest.unwrap_or(until)));
        self.ask_to_persist();
        Ok(Some(Made::Document(document)))
    }

    /// Takes back what somebody was let see: one area, or all of it. It holds here at once.
    pub(crate) fn withdraw_consent(
        &mut self,
        document: DocumentId,
        area: Option<&LifeArea>,
    ) -> Outcome {
        let course = self.course_with_rights(document)?;
        let sheet = self.sheets.get(&document).ok_or(Refusal::NotThere)?;
        let (declared, _) = consents::read(&sheet.paper);
        let person = declared.person.map(|who| PersonId(who.0)).ok_or(Refusal::NotThere)?;
        if let Some(item) = declared.on_map {
            self.take_back_consents(item, area);
        }
        let seen = self.areas_seen_by(course, person);
        let is_meant = |other: Option<&LifeArea>| area.is_none_or(|area| other == Some(area));
        let (ends, stays): (Vec<_>, Vec<_>) =
            seen.into_iter().partition(|(_, area)| is_meant(area.as_ref()));
        let ends = ends.into_iter().map(|(document, _)| document);
        // Who sees nothing more has nothing more to read here either.
        for document in ends.chain(stays.is_empty().then_some(document)) {
            self.show_out(document, person);
        }
        self.change(document, |sheet, author| {
            let stands = declared.given.iter().filter(|given| given.withdrawn_ms.is_none());
            for given in stands.filter(|given| is_meant(Some(&given.area))) {
                consents::withdraw(&mut sheet.paper, given.id, author);
            }
            Ok(None)
        })
    }

    /// Shows somebody out of everything of a course that a chain lets them into, whatever was declared about them.
    pub(crate) fn show_out_of_all(&mut self, course: DocumentId, person: PersonId) -> Outcome {
        let is_guest = |sheet: &Sheet| {
            let member = sheet.membership.members.get(&person);
            member.is_some_and(|m| matches!(m.role, Role::Participant | Role::TrustedAdult))
        };
        let (me, today) = (self.me.person.ok_or(Refusal::NotIn)?, self.today());
        let mut documents = Vec::new();
        for kind in [Kind::Course, Kind::LifeArea, Kind::Meeting, Kind::Network, Kind::Consents] {
            let all = self.of_kind(kind).filter(|(document, sheet)| {
                *document == course || sheet.membership.parent == Some(course)
            });
            for (document, sheet) in all.filter(|(_, sheet)| is_guest(sheet)) {
                let role = sheet.membership.members.get(&person).map(|member| member.role);
                if role.is_some_and(|role| !sheet.membership.may(me, today, Act::Remove(role))) {
                    return Err(Refusal::NotAllowed);
                }
                documents.push(document);
            }
        }
        documents.into_iter().for_each(|document| self.show_out(document, person));
        Ok(None)
    }

    /// Somebody who was let in would rather not see it any longer.
    pub(crate) fn leave_consents(&mut self, document: DocumentId) -> Outcome {
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let course = self.sheets.get(&document).and_then(|sheet| sheet.membership.parent);
        let course = course.ok_or(Refusal::NotThere)?;
        let today = self.today();
        let areas = self.areas_seen_by(course, me).into_iter().map(|(document, _)| document);
        for document in areas.chain([document]).collect::<Vec<_>>() {
            // What has run out has ended by itself.
            let holds = |sheet: &Sheet| sheet.membership.role(me, today).is_some();
            if self.sheets.get(&document).is_some_and(holds) {
                self.show_out(document, me);
            }
            // The server tells everybody but the one who says it.
            self.let_go(document);
            self.gone(document);
        }
        Ok(None)
    }

    /// The course of a part, where I am the citizen: nobody else lets anybody in.
    fn course_with_rights(&self, part: DocumentId) -> Result<DocumentId, Refusal> {
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let sheet = self.sheets.get(&part).filter(|sheet| !sheet.gone).ok_or(Refusal::NotThere)?;
        let may = sheet.membership.may(me, self.today(), Act::Add(Role::Participant));
        let course = sheet.membership.parent.ok_or(Refusal::NotThere)?;
        if may { Ok(course) } else { Err(Refusal::NotAllowed) }
    }

    /// A link of a newer app may have changed who is in a part of this course: nobody is let in on top of what
    /// is not known here.
    fn knows_who_is_in(&self, course: DocumentId) -> Result<(), Refusal> {
        let mut parts = [Kind::LifeArea, Kind::Consents]
            .into_iter()
            .flat_map(|kind| self.parts(Some(course), kind));
        let is_behind = parts.any(|(_, sheet)| sheet.membership.has_later_link);
        if is_behind { Err(Refusal::NeedsNewerApp) } else { Ok(()) }
    }

    /// The person behind somebody on the map; they get a name of their own when they are first let in. It
    /// stands in the consents and not on the map, where undoing a move could take it away.
    fn known_on_map(&self, found: &ResourcePerson, course: DocumentId) -> Option<PersonId> {
        let declared = self
            .consents_on_map(course, found.id)
            .and_then(|document| consents::read(&self.sheets.get(&document)?.paper).0.person);
        found.who.or(declared).map(|who| PersonId(who.0))
    }

    /// The document of what is declared about somebody, made when it is the first. What people are called
    /// is written anew each time: who reads it has no other place to know it from.
    fn consents_about(
        &mut self,
        course: DocumentId,
        (person, found): (PersonId, &ResourcePerson),
    ) -> Result<DocumentId, Refusal> {
        let known = self.consents_on_map(course, found.id);
        let document = known.map_or_else(|| self.found_part(course, Kind::Consents), Ok)?;
        let members =
            self.sheets.get(&course).map(|sheet| self.members_of_part(sheet, Kind::Consents));
        let mut people: Vec<Person> = Vec::new();
        for (member, role) in members.unwrap_or_default() {
            let known = self.named(who(member));
            // The citizen's own number is nobody's who was not given it.
            let phone = if role == Role::Coordinator { known.phone } else { String::new() };
            people.push(Person { who: who(member), name: known.name, role: spoken(role), phone });
        }
        let name = legible(&found.name.text);
        let (role, phone) = (domain::Role::Participant, String::new());
        people.push(Person { who: who(person), name, role, phone });
        self.change(document, |sheet, author| {
            consents::set_about(&mut sheet.paper, who(person), found.id);
            for person in &people {
                consents::set_person(&mut sheet.paper, person, author);
            }
            Ok(None)
        })?;
        Ok(document)
    }

    fn on_map(&self, network: DocumentId, item: ItemId) -> Option<ResourcePerson> {
        let map = documents::network::read(&self.sheets.get(&network)?.paper).0;
        map.people.into_iter().find(|person| person.id == item && !person.is_missing)
    }

    /// The document of what is declared about somebody on the map.
    pub(crate) fn consents_on_map(&self, course: DocumentId, item: ItemId) -> Option<DocumentId> {
        let mut all = self.parts(Some(course), Kind::Consents);
        let is =
            |(_, sheet): &(DocumentId, &Sheet)| consents::read(&sheet.paper).0.on_map == Some(item);
        all.find(is).map(|(document, _)| document)
    }

    /// Every life area's document that somebody reads who is neither citizen nor coordinator there.
    pub(crate) fn areas_seen_by(
        &self,
        course: DocumentId,
        person: PersonId,
    ) -> Vec<(DocumentId, Option<LifeArea>)> {
        let areas = self.parts(Some(course), Kind::LifeArea);
        let is_let_in = |sheet: &Sheet| {
            let member = sheet.membership.members.get(&person);
            member.is_some_and(|member| member.role == Role::Participant)
        };
        let seen = areas.filter(|(_, sheet)| is_let_in(sheet));
        seen.map(|(document, sheet)| (document, documents::area::read(&sheet.paper).0.area))
            .collect()
    }

    fn let_in(&mut self, document: DocumentId, person: PersonId, until: Day) {
        let member = Member { role: Role::Participant, until: u32::try_from(until.days()).ok() };
        let is_so = self
            .sheets
            .get(&document)
            .is_some_and(|sheet| sheet.membership.members.get(&person) == Some(&member));
        if !is_so {
            self.link(document, Change::Add { person, member });
        }
    }

    pub(crate) fn show_out(&mut self, document: DocumentId, person: PersonId) {
        let is_in = self
            .sheets
            .get(&document)
            .is_some_and(|sheet| sheet.membership.members.contains_key(&person));
        if is_in {
            self.link(document, Change::Remove { person });
        }
    }
}

fn checked(consent: &NewConsent) -> Result<(), Refusal> {
    let words = if let Purpose::Other(words) = &consent.purpose { Some(words) } else { None };
    match words {
        _ if consent.areas.is_empty() || !CONSENT_MONTHS.contains(&consent.months) => {
            Err(Refusal::Empty)
        }
        Some(words) if words.trim().is_empty() => Err(Refusal::Empty),
        Some(words) if words.chars().count() > Purpose::SIGNS_MAX => Err(Refusal::TooLong),
        _ => Ok(()),
    }
}
