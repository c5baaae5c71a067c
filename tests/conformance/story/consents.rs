//! The part about those whom a citizen lets in.

use tests::pen::{Pen, code, document, invite, person, pull};
use trust::{Change, DocumentId, Hash, Kind, Member, PARTICIPANT_DAYS_MAX, Record, Role};

use super::{NOW, Story};
use sync::message::{Refusal, Tell};

impl Story<'_> {
    fn founding(&self, kind: Kind, members: &[(u64, Role)]) -> Change {
        let members = members.iter().map(|&(number, role)| (person(number), role)).collect();
        Change::Found { kind, parent: Some(self.course), members }
    }

    /// A document of consents with this number, founded by the citizen.
    fn consents(&mut self, number: u64) -> (DocumentId, Hash) {
        let citizen = self.citizen.clone();
        let members = [(3, Role::Citizen), (2, Role::Coordinator)];
        let founding = self.founding(Kind::Consents, &members);
        let link = self.citizen.link(document(number), Hash::default(), &founding);
        assert_eq!(self.stored(&citizen, &link), 1);
        (document(number), Hash::of(&link))
    }

    fn let_in(&mut self, number: u64, place: (DocumentId, Hash), until: Option<u32>) -> Record {
        let member = Member { role: Role::Participant, until };
        self.citizen.link(place.0, place.1, &Change::Add { person: person(number), member })
    }

    pub(super) fn nobody_takes_part_without_an_end(&mut self) {
        let citizen = self.citizen.clone();
        let consents = self.consents(400);
        let last = NOW.day() + PARTICIPANT_DAYS_MAX;
        for until in [None, Some(last + 1)] {
            let link = self.let_in(100, consents, until);
            assert_eq!(self.refused(&citizen, &link), Refusal::NotAllowed, "{until:?}");
        }
        let link = self.let_in(100, consents, Some(last));
        self.stored(&citizen, &link);
        let guest = Pen::new(100);
        self.hub.bind(guest.device(), 100);
        assert_eq!(self.page(&guest, pull(consents.0, 0)).head, 2);
        let record = guest.clone().write(consents.0, "ikke mit");
        assert_eq!(self.refused(&guest, &record), Refusal::NotAllowed);
        // The course itself was never shown.
        let told = self.hub.ask(guest.device(), pull(self.course, 0), NOW).tells;
        assert_eq!(told, [Tell::Gone(self.course)]);
    }

    pub(super) fn a_code_lets_nobody_read_more_than_its_maker_answers_for(&mut self) {
        let citizen = self.citizen.clone();
        let until = Some(NOW.day() + 100);
        // The lead and the coordinator, in whose name a device would read other people's courses.
        for (number, place) in [(1, 401), (101, 402)] {
            let consents = self.consents(place);
            let link = self.let_in(number, consents, until);
            self.stored(&citizen, &link);
            for maker in [self.citizen.device(), self.coordinator.device()] {
                let name = 330 + 10 * place + u64::from(maker == self.citizen.device());
                let ask = invite(name, code(name), person(number), consents.0);
                let told = self.hub.ask(maker, ask, NOW).tells;
                let is_made = matches!(told[..], [Tell::Invitation { .. }]);
                assert_eq!(is_made, number == 101, "person {number}: {told:?}");
            }
        }
    }

    pub(super) fn what_somebody_founded_who_has_left_can_be_given_back(&mut self) {
        let (citizen, coordinator) = (self.citizen.clone(), self.coordinator.clone());
        let mut left = Pen { counter: 10, ..Pen::new(60) };
        let all = [(3, Role::Citizen), (2, Role::Coordinator), (60, Role::Coordinator)];
        let founding = self.founding(Kind::LifeArea, &all);
        let link = left.link(document(410), Hash::default(), &founding);
        assert_eq!(self.refused(&left, &link), Refusal::NotAllowed, "not by themself");
        assert_eq!(self.stored(&citizen, &link), 1);
        assert_eq!(self.stored(&coordinator, &link), 1);
        // Nobody comes in that way who never was in the course.
        let stranger = [(3, Role::Citizen), (60, Role::Coordinator), (102, Role::Coordinator)];
        let founding = self.founding(Kind::LifeArea, &stranger);
        let link = left.link(document(411), Hash::default(), &founding);
        assert_eq!(self.refused(&citizen, &link), Refusal::NotAllowed);
    }
}
