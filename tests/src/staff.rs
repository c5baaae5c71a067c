//! Those who are in a house, for tests: a daily lead, coordinators, and citizens with their courses.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::net::SocketAddr;

use sync::message::Tell;
use trust::{Change, Code, DocumentId, Hash, Kind, Member, PersonId, Role};

use crate::hosted::Visitor;
use crate::pen::{self, Pen};

/// A house with its daily lead in it, and the means to bring in more.
pub struct Staff {
    /// The daily lead.
    pub lead: Visitor,
    /// The house.
    pub house: DocumentId,
    head: Hash,
    next: u64,
}

impl Staff {
    /// Lets the first lead in.
    pub fn first(address: SocketAddr, code: Code) -> Self {
        let mut lead = Visitor::come(address, Pen::new(1_000_000));
        lead.redeem(code);
        let Tell::Welcome { documents, .. } = &lead.welcome else { panic!("not welcome") };
        let house = documents[0].document;
        let log = lead.log(house);
        let (_, newest) = log.last().expect("a founding");
        let head = Hash::of(&trust::Record::read(newest.clone()).expect("a record"));
        Self { lead, house, head, next: 1_000_000 }
    }

    /// A number nobody has.
    pub fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Brings in a coordinator.
    pub fn coordinator(&mut self, address: SocketAddr) -> Visitor {
        let number = self.number();
        let person = pen::person(number);
        let member = Member::always(Role::Coordinator);
        let link = self.lead.pen.link(self.house, self.head, &Change::Add { person, member });
        self.lead.keep(&link);
        self.head = Hash::of(&link);
        self.lead.invite(number, pen::code(number), person, self.house);
        let mut visitor = Visitor::come(address, Pen::new(number));
        visitor.redeem(pen::code(number));
        visitor
    }

    /// A course that this coordinator founds, and its citizen.
    pub fn course(&mut self, coordinator: &mut Visitor, address: SocketAddr) -> Course {
        let number = self.number();
        let (document, citizen) = (pen::document(number), pen::person(number));
        let me = coordinator.person().expect("a coordinator");
        let found = Change::Found {
            kind: Kind::Course,
            parent: Some(self.house),
            members: vec![(citizen, Role::Citizen), (me, Role::Coordinator)],
        };
        let link = coordinator.pen.link(document, Hash::default(), &found);
        coordinator.keep(&link);
        coordinator.invite(number, pen::code(number), citizen, document);
        let mut visitor = Visitor::come(address, Pen::new(number));
        visitor.redeem(pen::code(number));
        Course { document, head: Hash::of(&link), citizen: visitor }
    }
}

/// A course and its citizen.
pub struct Course {
    /// The course document.
    pub document: DocumentId,
    /// The newest link of its chain.
    pub head: Hash,
    /// The citizen's device.
    pub citizen: Visitor,
}

impl Course {
    /// Makes this person a member. Only the citizen lets anybody in.
    pub fn add(&mut self, person: PersonId, member: Member) {
        let change = Change::Add { person, member };
        let link = self.citizen.pen.link(self.document, self.head, &change);
        self.citizen.keep(&link);
        self.head = Hash::of(&link);
    }

    /// Ends a membership, in the hand of one who may.
    pub fn remove(&mut self, by: &mut Visitor, person: PersonId) {
        let link = by.pen.link(self.document, self.head, &Change::Remove { person });
        by.keep(&link);
        self.head = Hash::of(&link);
    }
}
