//! `sync`'s rows in SQLite.

use rusqlite::{CachedStatement, Connection, Row};
use sync::devices::{Device, PutOut};
use sync::message::{AsideRecord, Held, Placed, RecordName};
use sync::{Account, Ancestor, Invitation, Shelf, Shelved, SnapshotPlace, Stamp};
use trust::{
    CodeHash, DeviceId, DocumentId, Hash, InvitationId, Membership, PersonId, Record, Role,
};

use super::numbers::{from_number, number_about, signed, to_number, unsigned};
use super::sqlite::COMMITS;
use super::sqlite_rows::{bytes, shelved};
use super::{Changes, GENERATION, Transaction, accounts};
use crate::trouble::Trouble;
use crate::wake::Wake;

/// An open transaction on one connection.
#[derive(Debug)]
pub struct SqliteTransaction<'s> {
    connection: &'s Connection,
    changes: Changes,
    rows_before: u64,
    marked: bool,
    open: bool,
}

impl<'s> SqliteTransaction<'s> {
    pub(super) fn begin(connection: &'s Connection, how: &str) -> Result<Self, Trouble> {
        connection.execute_batch(how)?;
        let rows_before = connection.total_changes();
        let changes = Changes::default();
        Ok(Self { connection, changes, rows_before, marked: false, open: true })
    }

    pub(super) fn run(&self, sql: &str, with: impl rusqlite::Params) -> Result<usize, Trouble> {
        Ok(self.prepare(sql)?.execute(with)?)
    }

    pub(super) fn prepare(&self, sql: &str) -> Result<CachedStatement<'s>, Trouble> {
        Ok(self.connection.prepare_cached(sql)?)
    }

    /// The one row, read; `None` when there is none.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Trouble>,
    ) -> Result<Option<T>, Trouble> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(with)?;
        rows.next()?.map(read).transpose()
    }

    /// Every row, read.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        mut read: impl FnMut(&Row<'_>) -> Result<T, Trouble>,
    ) -> Result<Vec<T>, Trouble> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(with)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }

    fn count_commit(&mut self) -> Result<(), Trouble> {
        let commits = number_about(self.about(COMMITS)?, "about.commits")?;
        self.set_about(COMMITS, &(commits + 1).to_be_bytes())
    }
}

impl Transaction for SqliteTransaction<'_> {
    fn mark(&mut self) -> Result<(), Trouble> {
        let again = "RELEASE mark; SAVEPOINT mark";
        let set = if self.marked { again } else { "SAVEPOINT mark" };
        self.connection.execute_batch(set)?;
        self.marked = true;
        Ok(())
    }

    fn back_to_mark(&mut self) -> Result<(), Trouble> {
        Ok(self.connection.execute_batch("ROLLBACK TO mark")?)
    }

    fn changes(&self) -> &Changes {
        &self.changes
    }

    fn wake_others(&mut self, _wakes: &[Wake]) -> Result<(), Trouble> {
        Ok(())
    }

    fn about(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.one("SELECT value FROM about WHERE name = ?", [name], |row| Ok(row.get(0)?))
    }

    fn set_about(&mut self, name: &str, value: &[u8]) -> Result<(), Trouble> {
        self.run("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", (name, value))?;
        Ok(())
    }

    fn commit(mut self) -> Result<(), Trouble> {
        if self.connection.total_changes() != self.rows_before {
            self.count_commit()?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        // A full disk may have rolled it back already.
        if self.open && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl Shelf for SqliteTransaction<'_> {
    type Failure = Trouble;

    fn generation(&mut self) -> Result<u64, Trouble> {
        number_about(self.about(GENERATION)?, "about.generation")
    }

    fn device(&mut self, name: DeviceId) -> Result<Option<Device>, Trouble> {
        self.read_device(name)
    }

    fn devices_of(&mut self, person: PersonId) -> Result<Vec<(DeviceId, Device)>, Trouble> {
        self.read_devices(person)
    }

    fn bind(&mut self, name: DeviceId, of: Device) -> Result<(), Trouble> {
        self.write_device(name, of)?;
        self.changes.devices.push((name, Some(of.owner)));
        Ok(())
    }

    fn put_out(&mut self, name: DeviceId, person: PersonId, out: PutOut) -> Result<(), Trouble> {
        self.write_put_out(name, person, out)?;
        self.changes.devices.push((name, None));
        Ok(())
    }

    fn was_put_out(&mut self, name: DeviceId) -> Result<Option<(PersonId, PutOut)>, Trouble> {
        self.read_put_out(name)
    }

    fn lock(&mut self, document: DocumentId) -> Result<Option<Shelved>, Trouble> {
        // A writing transaction has the whole file to itself.
        self.look(document)
    }

    fn look(&mut self, document: DocumentId) -> Result<Option<Shelved>, Trouble> {
        let found = self.one(
            "SELECT kind, parent, chain, head, snapshot_seq, snapshot_covers
             FROM documents WHERE document = ?",
            [document.0],
            shelved,
        )?;
        let Some(mut shelved) = found else { return Ok(None) };
        shelved.membership.members = self.members(document)?;
        Ok(Some(shelved))
    }

    fn keep_membership(
        &mut self,
        document: DocumentId,
        membership: &Membership,
    ) -> Result<(), Trouble> {
        self.write_membership(document, membership)?;
        self.changes.chains.push(document);
        Ok(())
    }

    fn note_former(
        &mut self,
        document: DocumentId,
        (person, role): (PersonId, Role),
    ) -> Result<(), Trouble> {
        let note =
            "INSERT OR REPLACE INTO former_members (document, person, role) VALUES (?, ?, ?)";
        self.run(note, (document.0, person.0, to_number(role)))?;
        Ok(())
    }

    fn former_role(
        &mut self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<Option<Role>, Trouble> {
        let role = "SELECT role FROM former_members WHERE document = ? AND person = ?";
        self.one(role, (document.0, person.0), |row| {
            from_number(row.get(0)?, "former_members.role")
        })
    }

    fn was_member(&mut self, document: DocumentId, person: PersonId) -> Result<bool, Trouble> {
        let stands = "SELECT EXISTS (SELECT 1 FROM members WHERE document = ?1 AND person = ?2)
                      OR EXISTS (SELECT 1 FROM former_members WHERE document = ?1 AND person = ?2)";
        let found = self.one(stands, (document.0, person.0), |row| Ok(row.get(0)?))?;
        Ok(found.unwrap_or(false))
    }

    fn documents_of(&mut self, person: PersonId) -> Result<Vec<Held>, Trouble> {
        self.read_held(person)
    }

    fn documents_and_ancestors(
        &mut self,
        person: PersonId,
        other: PersonId,
    ) -> Result<Vec<Ancestor>, Trouble> {
        self.read_ancestors(person, other)
    }

    fn find(&mut self, device: DeviceId, counter: u64) -> Result<Option<(u64, Hash)>, Trouble> {
        let find = "SELECT seq, hash FROM records WHERE device = ? AND counter = ?";
        self.one(find, (device.0, signed(counter)), |row| {
            Ok((unsigned(row.get(0)?), Hash(bytes(row, 1, "records.hash")?)))
        })
    }

    fn last_counter(&mut self, device: DeviceId) -> Result<u64, Trouble> {
        let last = "SELECT coalesce(max(counter), 0) FROM records WHERE device = ?";
        let found = self.one(last, [device.0], |row| Ok(unsigned(row.get(0)?)))?;
        Ok(found.unwrap_or_default())
    }

    fn append(&mut self, seq: u64, record: &Record) -> Result<(), Trouble> {
        let header = record.header();
        let (document, seq) = (header.document.0, signed(seq));
        let link = !header.kind.can_be_covered();
        let counter = signed(header.counter);
        self.run(
            "INSERT INTO records (document, seq, device, counter, link, hash, bytes)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            (document, seq, header.device.0, counter, link, Hash::of(record).0, record.bytes()),
        )?;
        self.run("UPDATE documents SET head = ? WHERE document = ?", (seq, document))?;
        if let Some(covers) = record.covers() {
            let place = "UPDATE documents SET snapshot_seq = ?, snapshot_covers = ?
                         WHERE document = ?";
            self.run(place, (seq, signed(covers), document))?;
        }
        Ok(())
    }

    fn is_aside(&mut self, name: RecordName) -> Result<bool, Trouble> {
        self.has_aside(name)
    }

    fn bytes_aside(
        &mut self,
        person: PersonId,
        document: DocumentId,
    ) -> Result<(u64, u64), Trouble> {
        self.sums_aside(person, document)
    }

    fn keep_aside(&mut self, record: &Record, person: PersonId, now: Stamp) -> Result<(), Trouble> {
        self.write_aside(record, person, now)
    }

    fn aside(
        &mut self,
        of: (DocumentId, Option<PersonId>),
        after: Option<RecordName>,
        bytes_max: usize,
    ) -> Result<Vec<(RecordName, AsideRecord)>, Trouble> {
        self.read_aside(of, after, bytes_max)
    }

    fn erase_aside(
        &mut self,
        of: (DocumentId, Option<PersonId>),
        name: RecordName,
    ) -> Result<bool, Trouble> {
        self.delete_aside(of, name)
    }

    fn redate_aside(&mut self, after: u64, to: u64) -> Result<(), Trouble> {
        self.update_aside(after, to)
    }

    fn forget_aside(&mut self, until: u64, most: usize) -> Result<usize, Trouble> {
        self.delete_old_aside(until, most)
    }

    fn records(
        &mut self,
        document: DocumentId,
        after: u64,
        skip_covered_by: Option<SnapshotPlace>,
        bytes_max: usize,
    ) -> Result<Vec<Placed>, Trouble> {
        let covers = skip_covered_by.map_or(0, |place| place.covers);
        // Below what a snapshot covers only links are read, by an index of their own.
        let mut statement = self.prepare(
            "SELECT seq, bytes FROM records
             WHERE document = ?1 AND link = 1 AND seq > ?2 AND seq <= ?3
             UNION ALL
             SELECT seq, bytes FROM records WHERE document = ?1 AND seq > max(?2, ?3)
             ORDER BY seq",
        )?;
        let mut rows = statement.query((document.0, signed(after), signed(covers)))?;
        let mut page = Vec::new();
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let record: Vec<u8> = row.get(1)?;
            bytes += record.len();
            if bytes > bytes_max && !page.is_empty() {
                break;
            }
            page.push(Placed { seq: unsigned(row.get(0)?), record: record.into() });
        }
        Ok(page)
    }

    fn invitation_by_code(&mut self, code: CodeHash) -> Result<Option<Invitation>, Trouble> {
        self.read_invitation_by_code(code)
    }

    fn invitation_of(&mut self, device: DeviceId) -> Result<Option<Invitation>, Trouble> {
        self.read_invitation_of(device)
    }

    fn invitation(&mut self, name: InvitationId) -> Result<Option<Invitation>, Trouble> {
        self.read_invitation(name)
    }

    fn keep_invitation(&mut self, made: &Invitation) -> Result<(), Trouble> {
        self.write_invitation(made)
    }

    fn spend(&mut self, account: Account, day: u32, amount: u64) -> Result<u64, Trouble> {
        let sum = self.one(
            "INSERT INTO spent (account, day, amount) VALUES (?1, ?2, ?3)
             ON CONFLICT (account) DO UPDATE SET
               amount = ?3 + CASE WHEN day = ?2 THEN amount ELSE 0 END, day = ?2
             RETURNING amount",
            (accounts::key(account), day, signed(amount)),
            |row| Ok(row.get(0)?),
        )?;
        Ok(unsigned(sum.unwrap_or(0)))
    }

    fn forget_spent(&mut self, before: u32, most: usize) -> Result<usize, Trouble> {
        let old =
            "DELETE FROM spent WHERE account IN (SELECT account FROM spent WHERE day < ? LIMIT ?)";
        self.run(old, (before, signed(most as u64)))
    }
}
