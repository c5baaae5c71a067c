//! The network map: who is put on it, and where.

use documents::{TextField, network};
use domain::{Half, ItemId, Nearness, PEOPLE_MAX, Spot, legible};
use trust::{DocumentId, Kind, Role};

use crate::client::{Client, Made, who};

use crate::refusal::Refusal;
use crate::run::{Outcome, checked, fill};
use crate::sheet::Sheet;
use crate::tool::NetworkCommand;

impl Client {
    /// Puts somebody on the map, or keeps a place for somebody who is missing. The first one is also the
    /// beginning of the map, on which the coordinators stand.
    pub(crate) fn add_person(
        &mut self,
        course: DocumentId,
        name: &str,
        (half, is_missing): (Half, bool),
    ) -> Outcome {
        let id = self.chance.item();
        let name = &*legible(name);
        checked(TextField::PersonName(id), name)?;
        let document = match self.network_of(course) {
            Some(document) => document,
            None => self.found_network(course)?,
        };
        self.ask_to_persist();
        self.put_on_map(document, (id, name), (half, is_missing), None)?;
        Ok(Some(Made::Item(document, id)))
    }

    fn found_network(&mut self, course: DocumentId) -> Result<DocumentId, Refusal> {
        let document = self.found_part(course, Kind::Network)?;
        let members = self.sheets.get(&course).map(|sheet| &sheet.membership.members);
        let coordinators = members.into_iter().flat_map(|members| members.iter());
        let today = self.today();
        let coordinators = coordinators
            .filter(|(_, member)| member.role == Role::Coordinator && member.holds(today));
        let coordinators: Vec<_> = coordinators.map(|(person, _)| who(*person)).collect();
        for coordinator in coordinators {
            let (id, name) = (self.chance.item(), self.named(coordinator).name);
            let place = (Half::Professional, false);
            self.put_on_map(document, (id, &name), place, Some(coordinator))?;
        }
        Ok(document)
    }

    fn put_on_map(
        &mut self,
        document: DocumentId,
        (id, name): (ItemId, &str),
        (half, is_missing): (Half, bool),
        member: Option<domain::Who>,
    ) -> Outcome {
        self.change(document, |sheet, author| {
            let people = network::read(&sheet.paper).0.people;
            if people.len() >= PEOPLE_MAX {
                return Err(Refusal::TooMany);
            }
            let taken: Vec<Spot> = people.iter().map(|person| person.spot).collect();
            let spot = Spot::free(half, Nearness::Near, &taken);
            network::add_person(&mut sheet.paper, id, (spot, is_missing), author);
            if let Some(member) = member {
                network::set_member(&mut sheet.paper, id, member);
            }
            // Of a coordinator nobody may have said the name yet; the course does, later.
            if !name.trim().is_empty() {
                fill(sheet, TextField::PersonName(id), name, author)?;
            }
            Ok(None)
        })
    }

    pub(crate) fn network(&mut self, document: DocumentId, command: NetworkCommand) -> Outcome {
        if let NetworkCommand::SetTrusted(person) = command {
            return self.set_trusted(document, person);
        }
        let moved = self.chance.item();
        self.change(document, |sheet, author| {
            let Sheet { paper, .. } = sheet;
            match command {
                NetworkCommand::Put(id, spot) => network::put(paper, (moved, id), spot, author),
                NetworkCommand::Seat(id, half, nearness) => {
                    let people = network::read(paper).0.people;
                    let (them, others): (Vec<_>, Vec<_>) =
                        people.into_iter().partition(|person| person.id == id);
                    let person = them.first().ok_or(Refusal::NotThere)?;
                    let taken: Vec<Spot> = others.iter().map(|person| person.spot).collect();
                    let spot = person.spot.or_free(half, nearness, &taken);
                    network::put(paper, (moved, id), spot, author);
                }
                NetworkCommand::SetTie(id, tie) => network::set_tie(paper, id, tie),
                NetworkCommand::SetArea(id, area) => network::set_area(paper, id, area.as_ref()),
                NetworkCommand::SetPhone(id, phone) => {
                    checked_phone(&phone)?;
                    network::set_phone(paper, id, phone.trim());
                }
                NetworkCommand::ForgetPhone(id) => network::set_phone(paper, id, ""),
                NetworkCommand::SetTrusted(id) => network::set_trusted(paper, id),
            }
            Ok(None)
        })
    }

    /// There is one, also where two devices began a map each.
    fn set_trusted(&mut self, document: DocumentId, person: Option<ItemId>) -> Outcome {
        let course = self.sheets.get(&document).and_then(|sheet| sheet.membership.parent);
        let course = course.ok_or(Refusal::NotThere)?;
        let others = self.parts(Some(course), Kind::Network).map(|(other, _)| other);
        let others: Vec<DocumentId> = others.filter(|other| *other != document).collect();
        for (document, person) in
            [(document, person)].into_iter().chain(others.into_iter().map(|other| (other, None)))
        {
            self.change(document, |sheet, _| {
                network::set_trusted(&mut sheet.paper, person);
                Ok(None)
            })?;
        }
        Ok(None)
    }

    fn network_of(&self, course: DocumentId) -> Option<DocumentId> {
        self.parts(Some(course), Kind::Network).map(|(document, _)| document).next()
    }
}

/// As long as a telephone number may be, with all that people put between its digits.
const PHONE_SIGNS_MAX: usize = 40;

fn checked_phone(phone: &str) -> Result<(), Refusal> {
    match phone.chars().count() {
        _ if phone.trim().is_empty() => Err(Refusal::Empty),
        count if count > PHONE_SIGNS_MAX => Err(Refusal::TooLong),
        _ => Ok(()),
    }
}
