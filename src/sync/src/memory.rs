//! A shelf in memory: the model the databases are held against, and the hub of the Town.
//!
//! There is one copy of everything and no rollback: a failure cannot happen here.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use trust::{CodeHash, DeviceId, DocumentId, Hash, InvitationId, Membership, PersonId, Record};

use crate::message::{Held, Placed};
use crate::shelf::{Account, Invitation, Shelf, Shelved, SnapshotPlace};

/// All rows of a hub.
#[derive(Clone, Default, Debug)]
pub struct MemoryShelf {
    /// Which log this is; set it to pretend that a backup was restored.
    pub generation: u64,
    devices: BTreeMap<DeviceId, PersonId>,
    documents: BTreeMap<DocumentId, Log>,
    former: BTreeSet<(DocumentId, PersonId)>,
    places: BTreeMap<(DeviceId, u64), (DocumentId, u64)>,
    aside: BTreeMap<(DeviceId, u64), Record>,
    invitations: BTreeMap<InvitationId, Invitation>,
    spent: BTreeMap<(Account, u32), u64>,
}

#[derive(Clone, Debug)]
struct Log {
    membership: Membership,
    records: Vec<Record>,
    snapshot: Option<SnapshotPlace>,
}

impl MemoryShelf {
    /// What was kept outside the logs.
    pub fn aside(&self) -> impl Iterator<Item = &Record> {
        self.aside.values()
    }

    /// Who is in a document, by its chain so far.
    pub fn membership(&self, document: DocumentId) -> Option<&Membership> {
        self.documents.get(&document).map(|log| &log.membership)
    }

    /// Every document there is.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        self.documents.keys().copied()
    }

    /// Every record of a document, position 1 first.
    pub fn log(&self, document: DocumentId) -> &[Record] {
        self.documents.get(&document).map_or(&[], |log| &log.records)
    }
}

impl Shelf for MemoryShelf {
    type Failure = Infallible;

    fn generation(&mut self) -> Result<u64, Infallible> {
        Ok(self.generation)
    }

    fn person_of(&mut self, device: DeviceId) -> Result<Option<PersonId>, Infallible> {
        Ok(self.devices.get(&device).copied())
    }

    fn bind(&mut self, device: DeviceId, person: PersonId) -> Result<(), Infallible> {
        self.devices.insert(device, person);
        Ok(())
    }

    fn unbind(&mut self, device: DeviceId) -> Result<(), Infallible> {
        self.devices.remove(&device);
        Ok(())
    }

    fn lock(&mut self, document: DocumentId) -> Result<Option<Shelved>, Infallible> {
        self.look(document)
    }

    fn look(&mut self, document: DocumentId) -> Result<Option<Shelved>, Infallible> {
        Ok(self.documents.get(&document).map(|log| Shelved {
            membership: log.membership.clone(),
            head: log.records.len() as u64,
            snapshot: log.snapshot,
        }))
    }

    fn keep_membership(
        &mut self,
        document: DocumentId,
        membership: &Membership,
    ) -> Result<(), Infallible> {
        let new = Log { membership: membership.clone(), records: Vec::new(), snapshot: None };
        self.documents.entry(document).or_insert(new).membership = membership.clone();
        Ok(())
    }

    fn note_former(&mut self, document: DocumentId, person: PersonId) -> Result<(), Infallible> {
        self.former.insert((document, person));
        Ok(())
    }

    fn was_member(&mut self, document: DocumentId, person: PersonId) -> Result<bool, Infallible> {
        let stands = self.documents.get(&document);
        let ended = stands.is_some_and(|log| log.membership.members.contains_key(&person));
        Ok(ended || self.former.contains(&(document, person)))
    }

    fn documents_of(&mut self, person: PersonId) -> Result<Vec<Held>, Infallible> {
        let held = |(document, log): (&DocumentId, &Log)| {
            let member = *log.membership.members.get(&person)?;
            let head = log.records.len() as u64;
            Some(Held { document: *document, kind: log.membership.kind, head, member })
        };
        Ok(self.documents.iter().filter_map(held).collect())
    }

    fn find(&mut self, device: DeviceId, counter: u64) -> Result<Option<(u64, Hash)>, Infallible> {
        let place = self.places.get(&(device, counter));
        Ok(place.and_then(|(document, seq)| {
            let record = self.log(*document).get(usize::try_from(*seq).ok()? - 1)?;
            Some((*seq, Hash::of(record)))
        }))
    }

    fn last_counter(&mut self, device: DeviceId) -> Result<u64, Infallible> {
        let mine = self.places.range((device, 0)..=(device, u64::MAX));
        Ok(mine.last().map_or(0, |((_, counter), _)| *counter))
    }

    fn append(&mut self, seq: u64, record: &Record) -> Result<(), Infallible> {
        let header = *record.header();
        let Some(log) = self.documents.get_mut(&header.document) else { return Ok(()) };
        assert_eq!(log.records.len() as u64 + 1, seq, "the log has no gaps");
        log.records.push(record.clone());
        if let Some(covers) = record.covers() {
            log.snapshot = Some(SnapshotPlace { seq, covers });
        }
        self.places.insert((header.device, header.counter), (header.document, seq));
        Ok(())
    }

    fn keep_aside(&mut self, record: &Record) -> Result<(), Infallible> {
        let header = record.header();
        self.aside.entry((header.device, header.counter)).or_insert_with(|| record.clone());
        Ok(())
    }

    fn records(
        &mut self,
        document: DocumentId,
        after: u64,
        skip_covered_by: Option<SnapshotPlace>,
        bytes_max: usize,
    ) -> Result<Vec<Placed>, Infallible> {
        let covers = skip_covered_by.map_or(0, |place| place.covers);
        let mut page = Vec::new();
        let mut bytes = 0;
        for (seq, record) in (1..).zip(self.log(document)) {
            let covered = seq <= covers && record.header().kind.can_be_covered();
            if seq <= after || covered {
                continue;
            }
            bytes += record.bytes().len();
            if bytes > bytes_max && !page.is_empty() {
                break;
            }
            page.push(Placed { seq, record: record.bytes().to_vec().into() });
        }
        Ok(page)
    }

    fn invitation_by_code(&mut self, code: CodeHash) -> Result<Option<Invitation>, Infallible> {
        Ok(self.invitations.values().find(|invitation| invitation.code == code).cloned())
    }

    fn invitation(&mut self, name: InvitationId) -> Result<Option<Invitation>, Infallible> {
        Ok(self.invitations.get(&name).cloned())
    }

    fn keep_invitation(&mut self, invitation: &Invitation) -> Result<(), Infallible> {
        self.invitations.insert(invitation.invitation, invitation.clone());
        Ok(())
    }

    fn spend(&mut self, account: Account, day: u32, amount: u64) -> Result<u64, Infallible> {
        let sum = self.spent.entry((account, day)).or_default();
        *sum += amount;
        Ok(*sum)
    }
}
