//! Whoever watches what a hub gives out, and to whom. It believes no rule of ours: it reads the links that were
//! stored, one after the other, and knows who was let in by them and until when.

use std::collections::BTreeMap;

use sync::message::{Ask, Tell};
use sync::{MemoryShelf, Stamp};
use trust::{Change, DocumentId, PersonId};

use crate::pen::Pen;
use crate::town::Town;

impl Town {
    /// A device that no app runs on says this to the hub.
    pub fn say(&mut self, pen: &Pen, ask: Ask) {
        drop(self.ask_hub(pen, ask));
    }

    /// A device that no app runs on says this to the hub, and hears what it answers.
    pub fn ask_hub(&mut self, pen: &Pen, ask: Ask) -> Vec<Tell> {
        let (tells, frames) = self.hub.answer(pen.device(), ask, self.stamp());
        self.deliver(frames);
        tells
    }

    /// What the hub has given out, and to whom it should not have.
    pub fn witness(&self) -> &Witness {
        &self.hub.witness
    }
}

/// Who may hear of a document, and until which day.
type Inside = BTreeMap<PersonId, Option<u32>>;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    inside: BTreeMap<DocumentId, Inside>,
    read: BTreeMap<DocumentId, usize>,
    /// How many records, live frames and positions were given out.
    pub given_out: u64,
    /// What was given to somebody who was not let in just then.
    pub breaches: Vec<String>,
}

impl Witness {
    /// The hub was restored from a backup: what it knew after that is forgotten.
    pub(crate) fn begin_again(&mut self) {
        self.inside.clear();
        self.read.clear();
    }

    /// Reads the links that have come into a document since it was read last.
    fn read(&mut self, shelf: &MemoryShelf, document: DocumentId) {
        let known = self.read.entry(document).or_default();
        let inside = self.inside.entry(document).or_default();
        for record in shelf.log(document).iter().skip(*known) {
            match Change::read(record) {
                Ok(Change::Found { members, .. }) => {
                    inside.extend(members.into_iter().map(|(person, _)| (person, None)));
                }
                Ok(Change::Add { person, member }) => {
                    inside.insert(person, member.until);
                }
                Ok(Change::Remove { person }) => {
                    inside.remove(&person);
                }
                Err(_) => {}
            }
        }
        *known = shelf.log(document).len();
    }

    /// Sees what is sent to somebody's device, once what led to it is in the log.
    pub(crate) fn see(
        &mut self,
        shelf: &MemoryShelf,
        (person, tell): (PersonId, &Tell),
        now: Stamp,
    ) {
        let documents: Vec<DocumentId> = match tell {
            Tell::Records(page) => vec![page.document],
            Tell::Live { document, .. } => vec![*document],
            Tell::Joined(held) => vec![held.document],
            Tell::Welcome { documents, .. } => documents.iter().map(|held| held.document).collect(),
            _ => Vec::new(),
        };
        for document in documents {
            self.given_out += 1;
            self.read(shelf, document);
            let until = self.inside.get(&document).and_then(|inside| inside.get(&person));
            let is_let_in = until.is_some_and(|until| until.is_none_or(|last| now.day() <= last));
            if !is_let_in {
                self.breaches.push(format!("{person:?} heard of {document:?}: {tell:?}"));
            }
        }
    }
}
