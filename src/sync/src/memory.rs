//! A shelf in memory: the model the databases are held against, and the hub of the Town.
//!
//! There is one copy of everything and no rollback: a failure cannot happen here.

use std::collections::BTreeMap;
use std::convert::Infallible;

use trust::{
    CodeHash, DeviceId, DocumentId, Hash, InvitationId, Membership, PersonId, Record, Role,
};

use crate::devices::Device;
use crate::message::{AsideRecord, Held, Placed, PutOut, RecordName};
use crate::shelf::{Account, Ancestor, Invitation, Shelf, Shelved, SnapshotPlace, Stamp};

/// All rows of a hub.
#[derive(Clone, Default, Debug)]
pub struct MemoryShelf {
    /// Which log this is; set it to pretend that a backup was restored.
    pub generation: u64,
    devices: BTreeMap<DeviceId, Device>,
    out: BTreeMap<DeviceId, (PersonId, PutOut)>,
    documents: BTreeMap<DocumentId, Log>,
    former: BTreeMap<(DocumentId, PersonId), Role>,
    places: BTreeMap<(DeviceId, u64), (DocumentId, u64)>,
    aside: BTreeMap<RecordName, Aside>,
    invitations: BTreeMap<InvitationId, Invitation>,
    spent: BTreeMap<(Account, u32), u64>,
}

#[derive(Clone, Debug)]
struct Aside {
    person: PersonId,
    kept: u64,
    record: Record,
}

#[derive(Clone, Debug)]
struct Log {
    membership: Membership,
    records: Vec<Record>,
    snapshot: Option<SnapshotPlace>,
}

impl Aside {
    fn bytes(&self) -> u64 {
        self.record.bytes().len() as u64
    }

    fn is_of(&self, (document, person): (DocumentId, Option<PersonId>)) -> bool {
        self.record.header().document == document && person.is_none_or(|own| own == self.person)
    }
}

impl MemoryShelf {
    /// What was kept outside the logs.
    pub fn aside(&self) -> impl Iterator<Item = &Record> {
        self.aside.values().map(|aside| &aside.record)
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

    fn device(&mut self, device: DeviceId) -> Result<Option<Device>, Infallible> {
        Ok(self.devices.get(&device).copied())
    }

    fn devices_of(&mut self, person: PersonId) -> Result<Vec<(DeviceId, Device)>, Infallible> {
        let all = self.devices.iter().filter(|(_, device)| device.owner.person == person);
        Ok(all.map(|(name, device)| (*name, *device)).collect())
    }

    fn bind(&mut self, device: DeviceId, of: Device) -> Result<(), Infallible> {
        self.devices.insert(device, of);
        self.out.remove(&device);
        Ok(())
    }

    fn put_out(
        &mut self,
        device: DeviceId,
        person: PersonId,
        out: PutOut,
    ) -> Result<(), Infallible> {
        self.devices.remove(&device);
        self.out.insert(device, (person, out));
        Ok(())
    }

    fn was_put_out(&mut self, device: DeviceId) -> Result<Option<(PersonId, PutOut)>, Infallible> {
        Ok(self.out.get(&device).copied())
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

    fn note_former(
        &mut self,
        document: DocumentId,
        (person, role): (PersonId, Role),
    ) -> Result<(), Infallible> {
        self.former.insert((document, person), role);
        Ok(())
    }

    fn former_role(
        &mut self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<Option<Role>, Infallible> {
        Ok(self.former.get(&(document, person)).copied())
    }

    fn was_member(&mut self, document: DocumentId, person: PersonId) -> Result<bool, Infallible> {
        let stands = self.documents.get(&document);
        let ended = stands.is_some_and(|log| log.membership.members.contains_key(&person));
        Ok(ended || self.former.contains_key(&(document, person)))
    }

    fn documents_of(&mut self, person: PersonId) -> Result<Vec<Held>, Infallible> {
        let held = |(document, log): (&DocumentId, &Log)| {
            let member = *log.membership.members.get(&person)?;
            let head = log.records.len() as u64;
            Some(Held { document: *document, kind: log.membership.kind, head, member })
        };
        Ok(self.documents.iter().filter_map(held).collect())
    }

    fn documents_and_ancestors(
        &mut self,
        person: PersonId,
        other: PersonId,
    ) -> Result<Vec<Ancestor>, Infallible> {
        let holds = |log: &&Log| log.membership.members.contains_key(&person);
        let stands = self.documents.iter().filter(|(_, log)| holds(log));
        let mut wanted: Vec<DocumentId> = stands.map(|(document, _)| *document).collect();
        let mut found = BTreeMap::new();
        while let Some(document) = wanted.pop() {
            let Some(Log { membership, .. }) = self.documents.get(&document) else { continue };
            let of = |who| membership.members.get(&who).copied();
            let (kind, parent) = (membership.kind, membership.parent);
            let row = Ancestor { document, kind, parent, person: of(person), other: of(other) };
            if found.insert(document, row).is_none() {
                wanted.extend(parent);
            }
        }
        Ok(found.into_values().collect())
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

    fn is_aside(&mut self, name: RecordName) -> Result<bool, Infallible> {
        Ok(self.aside.contains_key(&name))
    }

    fn bytes_aside(
        &mut self,
        person: PersonId,
        document: DocumentId,
    ) -> Result<(u64, u64), Infallible> {
        let theirs = || self.aside.values().filter(|aside| aside.person == person);
        let here = theirs().filter(|aside| aside.record.header().document == document);
        Ok((here.map(Aside::bytes).sum(), theirs().map(Aside::bytes).sum()))
    }

    fn keep_aside(
        &mut self,
        record: &Record,
        person: PersonId,
        now: Stamp,
    ) -> Result<(), Infallible> {
        let aside = Aside { person, kept: now.seconds, record: record.clone() };
        self.aside.insert(RecordName::of(record), aside);
        Ok(())
    }

    fn aside(
        &mut self,
        of: (DocumentId, Option<PersonId>),
        after: Option<RecordName>,
        bytes_max: usize,
    ) -> Result<Vec<(RecordName, AsideRecord)>, Infallible> {
        let (mut page, mut bytes) = (Vec::new(), 0);
        for (&name, aside) in self.aside.iter().filter(|(_, aside)| aside.is_of(of)) {
            if after.is_some_and(|after| name <= after) {
                continue;
            }
            bytes += aside.record.bytes().len();
            if bytes > bytes_max && !page.is_empty() {
                break;
            }
            let record = aside.record.bytes().to_vec().into();
            let (person, kept) = (Some(aside.person), aside.kept);
            page.push((name, AsideRecord { person, kept, record }));
        }
        Ok(page)
    }

    fn erase_aside(
        &mut self,
        of: (DocumentId, Option<PersonId>),
        name: RecordName,
    ) -> Result<bool, Infallible> {
        let is_there = self.aside.get(&name).is_some_and(|aside| aside.is_of(of));
        Ok(is_there && self.aside.remove(&name).is_some())
    }

    fn redate_aside(&mut self, after: u64, to: u64) -> Result<(), Infallible> {
        for aside in self.aside.values_mut().filter(|aside| aside.kept > after) {
            aside.kept = to;
        }
        Ok(())
    }

    fn forget_aside(&mut self, until: u64, most: usize) -> Result<usize, Infallible> {
        let old = self.aside.iter().filter(|(_, aside)| aside.kept <= until);
        let old: Vec<RecordName> = old.map(|(name, _)| *name).take(most).collect();
        old.iter().for_each(|name| drop(self.aside.remove(name)));
        Ok(old.len())
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
        let is = |made: &&Invitation| made.code == code || made.spent == Some(code);
        Ok(self.invitations.values().find(is).cloned())
    }

    fn invitation_of(&mut self, device: DeviceId) -> Result<Option<Invitation>, Infallible> {
        let theirs = self.invitations.values().filter(|made| made.device == Some(device));
        Ok(theirs.max_by_key(|made| (made.made, made.invitation)).cloned())
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

    fn forget_spent(&mut self, before: u32, most: usize) -> Result<usize, Infallible> {
        let old = self.spent.keys().filter(|(_, day)| *day < before).copied().take(most);
        let old: Vec<_> = old.collect();
        self.spent.retain(|key, _| !old.contains(key));
        Ok(old.len())
    }
}
