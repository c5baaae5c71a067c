//! Founding: courses, their parts, and the people who are let into them.

use documents::{course, house};
use domain::{Person, PersonChange, Phase, Programme, legible};
use trust::{Act, Change, DocumentId, Kind, Member, Membership, PersonId, Role};

use crate::client::{Client, Made, Topic, who};
use crate::refusal::Refusal;
use crate::run::Outcome;
use crate::sheet::Sheet;

impl Client {
    /// Founds a document beneath a course, with those in it that belong there and nobody else.
    pub(crate) fn found_part(
        &mut self,
        course: DocumentId,
        kind: Kind,
    ) -> Result<DocumentId, Refusal> {
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let today = self.today();
        let sheet =
            self.sheets.get(&course).filter(|sheet| !sheet.gone).ok_or(Refusal::NotThere)?;
        let members = self.members_of_part(sheet, kind);
        let child = Membership::beginning(kind, course, &members);
        if !sheet.membership.may_found(&child, me, today) {
            return Err(Refusal::NotAllowed);
        }
        Ok(self.found_new(Change::Found { kind, parent: Some(course), members }))
    }

    /// Who is in a new document beneath this course: the citizen and the coordinators; in a notebook I
    /// alone.
    pub(crate) fn members_of_part(&self, course: &Sheet, kind: Kind) -> Vec<(PersonId, Role)> {
        let today = self.today();
        let belongs = |(who, member): (&PersonId, &Member)| {
            let belongs = match kind {
                Kind::Notebook => self.me.person == Some(*who),
                _ => matches!(member.role, Role::Citizen | Role::Coordinator),
            };
            (belongs && member.holds(today)).then_some((*who, member.role))
        };
        course.membership.members.iter().filter_map(belongs).collect()
    }

    fn found_new(&mut self, change: Change) -> DocumentId {
        let document = DocumentId(self.chance.bytes());
        self.begin(document, &change);
        self.link(document, change);
        document
    }

    fn house(&self) -> Result<(DocumentId, &Sheet), Refusal> {
        let is = |(_, sheet): &(&DocumentId, &Sheet)| sheet.membership.kind == Kind::House;
        let (document, sheet) = self.sheets.iter().find(is).ok_or(Refusal::NotAllowed)?;
        // A link can only be made on top of the newest one.
        if sheet.is_unread() { Err(Refusal::Opening) } else { Ok((*document, sheet)) }
    }

    pub(crate) fn make_course(&mut self, name: &str, programme: Programme) -> Outcome {
        let name = named(name)?;
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        self.may_let_in()?;
        let (house, sheet) = self.house()?;
        let staff = house::read(&sheet.paper).0;
        let mine = staff.into_iter().find(|person| person.who == who(me));
        let citizen = PersonId(self.chance.bytes());
        let members = vec![(citizen, Role::Citizen), (me, Role::Coordinator)];
        let course =
            self.found_new(Change::Found { kind: Kind::Course, parent: Some(house), members });
        self.change(course, |sheet, author| {
            let paper = &mut sheet.paper;
            course::set_programme(paper, programme, Phase::default(), author);
            let role = domain::Role::Citizen;
            let person = Person { who: who(citizen), name, role, phone: String::new() };
            course::set_person(paper, &person, author);
            if let Some(mine) = mine {
                let role = domain::Role::Coordinator;
                course::set_person(paper, &Person { role, ..mine }, author);
            }
            Ok(None)
        })?;
        self.invite(citizen, course)?;
        Ok(Some(Made::Document(course)))
    }

    pub(crate) fn make_coordinator(&mut self, name: &str) -> Outcome {
        let name = named(name)?;
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let today = self.today();
        let (house, sheet) = self.house()?;
        if !sheet.membership.may(me, today, Act::Add(Role::Coordinator)) {
            return Err(Refusal::NotAllowed);
        }
        if sheet.membership.has_later_link {
            return Err(Refusal::NeedsNewerApp);
        }
        self.may_let_in()?;
        let person = PersonId(self.chance.bytes());
        self.link(house, Change::Add { person, member: Member::always(Role::Coordinator) });
        self.change(house, |sheet, author| {
            let role = domain::Role::Coordinator;
            let person = Person { who: who(person), name, role, phone: String::new() };
            house::set_person(&mut sheet.paper, &person, author);
            Ok(None)
        })?;
        self.invite(person, house)?;
        Ok(Some(Made::Person(person)))
    }

    pub(crate) fn call_me(&mut self, name: Option<&str>, phone: Option<&str>) -> Outcome {
        let name = name.map(named).transpose()?;
        let phone = phone.map(|phone| phone.trim().to_owned());
        if name.is_none() && phone.is_none() {
            return Ok(None);
        }
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let today = self.today();
        let documents: Vec<(DocumentId, Role)> = self
            .sheets
            .iter()
            .filter(|(_, sheet)| matches!(sheet.membership.kind, Kind::House | Kind::Course))
            .filter_map(|(document, sheet)| Some((*document, sheet.membership.role(me, today)?)))
            // Whoever has begun another course in a citizen's name is not told more of her.
            .filter(|(document, role)| {
                *role != Role::Citizen || Some(*document) == self.own_course()
            })
            .collect();
        for (document, role) in documents {
            let role = spoken(role);
            let person =
                PersonChange { who: who(me), role, name: name.clone(), phone: phone.clone() };
            self.change(document, |sheet, author| {
                match sheet.membership.kind {
                    Kind::House => house::change_person(&mut sheet.paper, &person, author),
                    _ => course::change_person(&mut sheet.paper, &person, author),
                }
                Ok(None)
            })?;
        }
        self.changed(Topic::Me);
        Ok(None)
    }
}

/// The same role in the words of `domain`.
pub(crate) fn spoken(role: Role) -> domain::Role {
    match role {
        Role::Citizen => domain::Role::Citizen,
        Role::Coordinator => domain::Role::Coordinator,
        Role::TrustedAdult => domain::Role::TrustedAdult,
        Role::Participant => domain::Role::Participant,
        Role::DailyLead => domain::Role::DailyLead,
    }
}

/// A name that is one: not empty, and short enough for a line. What nobody sees is no part of it.
pub(crate) fn named(name: &str) -> Result<String, Refusal> {
    let name = legible(name);
    match name.chars().count() {
        0 => Err(Refusal::Empty),
        1..=80 => Ok(name),
        _ => Err(Refusal::TooLong),
    }
}
