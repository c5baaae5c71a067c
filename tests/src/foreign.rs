//! What comes into a town's logs with no app of today around it.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use sync::Shelf;
use sync::devices::Device;
use trust::{Change, DocumentId, Hash, Member, PersonId, Role};

use crate::pen::Pen;
use crate::town::Town;

impl Town {
    /// Ends somebody's membership, as if a link in the chain had said so.
    pub fn show_out(&mut self, document: DocumentId, person: PersonId) {
        let Ok(shelved) = self.hub.shelf.look(document);
        let mut membership = shelved.expect("the hub has it").membership;
        let member = membership.members.remove(&person).expect("somebody who is in it");
        let Ok(()) = self.hub.shelf.keep_membership(document, &membership);
        let Ok(()) = self.hub.shelf.note_former(document, (person, member.role));
    }

    /// Gives somebody a device that no app runs on, and to which their oldest device has said yes.
    pub fn bind(&mut self, pen: &Pen, person: PersonId) {
        let Ok(all) = self.hub.shelf.devices_of(person);
        let oldest = all.iter().map(|(_, device)| device).min_by_key(|device| device.since);
        let owner = oldest.map(|device| device.owner);
        let now = self.stamp();
        let Ok(new) = Device::new(&mut self.hub.shelf, pen.device(), (person, person), now);
        let owner = owner.unwrap_or(new.owner);
        let Ok(()) = self.hub.shelf.bind(pen.device(), Device { owner, ..new });
    }

    /// Makes somebody a coordinator of a document, by a link that the citizen signs with a device of theirs.
    pub fn take_in(
        &mut self,
        document: DocumentId,
        person: PersonId,
        citizen: (&mut Pen, PersonId),
    ) {
        let member = Member::always(Role::Coordinator);
        self.change_members(document, &Change::Add { person, member }, citizen);
    }

    /// Changes who is in a document, by a link that `by` signs with a device that is theirs.
    pub fn change_members(
        &mut self,
        document: DocumentId,
        change: &Change,
        (pen, by): (&mut Pen, PersonId),
    ) {
        let Ok(shelved) = self.hub.shelf.look(document);
        let mut membership = shelved.expect("the hub has it").membership;
        let link = pen.link(document, membership.head, change);
        membership.extend(&link, by, self.stamp().day()).expect("a link that holds");
        let Ok(()) = self.hub.shelf.keep_membership(document, &membership);
        self.put_in_log(document, &link);
    }

    /// Puts a link in a chain that a newer hub has taken in and no version of today knows.
    pub fn put_later_link(&mut self, document: DocumentId, pen: &mut Pen) {
        let Ok(shelved) = self.hub.shelf.look(document);
        let mut membership = shelved.expect("the hub has it").membership;
        let link = pen.later_link(document, membership.head);
        membership.head = Hash::of(&link);
        let Ok(()) = self.hub.shelf.keep_membership(document, &membership);
        self.put_in_log(document, &link);
    }

    /// Puts a record in a document's log that no client of today would write.
    pub fn put_in_log(&mut self, document: DocumentId, record: &trust::Record) {
        let seq = self.hub.shelf.log(document).len() as u64 + 1;
        let Ok(()) = self.hub.shelf.append(seq, record);
    }
}
