//! `sync`'s rows in PostgreSQL.

use std::collections::HashMap;
use std::fmt;

use sync::devices::{Device, PutOut};
use sync::message::{AsideRecord, Held, Placed, RecordName};
use sync::{Account, Ancestor, Invitation, Shelf, Shelved, SnapshotPlace, Stamp};
use tokio_postgres::{Row, Statement};
use trust::{
    CodeHash, DeviceId, DocumentId, Hash, InvitationId, Membership, PersonId, Record, Role,
};

use super::numbers::{from_number, member, number_about, signed, to_number, unsigned};
use super::postgres_link::{Link, Values};
use super::postgres_rows::{bytes, person, shelved};
use super::{Changes, GENERATION, Transaction, accounts, beyond};
use crate::trouble::Trouble;
use crate::wake::Wake;

/// An open transaction on one connection.
pub struct PostgresTransaction<'s> {
    link: &'s mut Link,
    statements: &'s mut HashMap<&'static str, Statement>,
    changes: Changes,
    node: u64,
    marked: bool,
    open: bool,
}

impl<'s> PostgresTransaction<'s> {
    pub(super) fn begin(
        link: &'s mut Link,
        statements: &'s mut HashMap<&'static str, Statement>,
        (how, node): (&str, u64),
    ) -> Result<Self, Trouble> {
        link.batch_execute(how)?;
        let changes = Changes::default();
        Ok(Self { link, statements, changes, node, marked: false, open: true })
    }

    /// Every statement is prepared once on its connection.
    fn prepared(&mut self, sql: &'static str) -> Result<Statement, Trouble> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.link.prepare(sql)?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    pub(super) fn run(&mut self, sql: &'static str, values: &Values<'_>) -> Result<u64, Trouble> {
        let statement = self.prepared(sql)?;
        self.link.execute(&statement, values)
    }

    pub(super) fn one(
        &mut self,
        sql: &'static str,
        values: &Values<'_>,
    ) -> Result<Option<Row>, Trouble> {
        let statement = self.prepared(sql)?;
        self.link.query_opt(&statement, values)
    }

    pub(super) fn all(
        &mut self,
        sql: &'static str,
        values: &Values<'_>,
    ) -> Result<Vec<Row>, Trouble> {
        let statement = self.prepared(sql)?;
        self.link.query(&statement, values)
    }
}

impl Transaction for PostgresTransaction<'_> {
    fn mark(&mut self) -> Result<(), Trouble> {
        let again = "RELEASE SAVEPOINT mark; SAVEPOINT mark";
        let set = if self.marked { again } else { "SAVEPOINT mark" };
        self.link.batch_execute(set)?;
        self.marked = true;
        Ok(())
    }

    fn back_to_mark(&mut self) -> Result<(), Trouble> {
        self.link.batch_execute("ROLLBACK TO SAVEPOINT mark")
    }

    fn changes(&self) -> &Changes {
        &self.changes
    }

    fn wake_others(&mut self, wakes: &[Wake]) -> Result<(), Trouble> {
        let words = beyond::words(self.node, wakes);
        if !words.is_empty() {
            self.all(beyond::NOTIFY, &[&words])?;
        }
        Ok(())
    }

    fn about(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let row = self.one("SELECT value FROM about WHERE name = $1", &[&name])?;
        Ok(row.map(|row| row.get(0)))
    }

    fn set_about(&mut self, name: &str, value: &[u8]) -> Result<(), Trouble> {
        self.run(
            "INSERT INTO about (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = $2",
            &[&name, &value],
        )?;
        Ok(())
    }

    fn commit(mut self) -> Result<(), Trouble> {
        self.link.batch_execute("COMMIT")?;
        self.open = false;
        Ok(())
    }
}

impl Drop for PostgresTransaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // A connection that is gone has rolled back by going.
            let _ = self.link.batch_execute("ROLLBACK");
        }
    }
}

impl Shelf for PostgresTransaction<'_> {
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
        // Two statements: the second sees what whoever held the lock before us has committed.
        let lock = "SELECT 1 FROM documents WHERE document = $1 FOR UPDATE";
        match self.one(lock, &[&&document.0[..]])? {
            Some(_) => self.look(document),
            None => Ok(None),
        }
    }

    fn look(&mut self, document: DocumentId) -> Result<Option<Shelved>, Trouble> {
        // One statement, and so one snapshot: a row for each member, or one without any.
        let rows = self.all(
            "SELECT kind, parent, chain, head, snapshot_seq, snapshot_covers, person, role, until
             FROM documents LEFT JOIN members USING (document) WHERE document = $1",
            &[&&document.0[..]],
        )?;
        let Some(first) = rows.first() else { return Ok(None) };
        let mut shelved = shelved(first)?;
        for row in &rows {
            if let Some(role) = row.get(7) {
                let who = person(row, 6, "members.person")?;
                shelved.membership.members.insert(who, member(role, row.get(8))?);
            }
        }
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
        self.run(
            "INSERT INTO former_members (document, person, role) VALUES ($1, $2, $3)
             ON CONFLICT (document, person) DO UPDATE SET role = $3",
            &[&&document.0[..], &&person.0[..], &to_number(role)],
        )?;
        Ok(())
    }

    fn former_role(
        &mut self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<Option<Role>, Trouble> {
        let role = "SELECT role FROM former_members WHERE document = $1 AND person = $2";
        let row = self.one(role, &[&&document.0[..], &&person.0[..]])?;
        row.map(|row| from_number(row.get(0), "former_members.role")).transpose()
    }

    fn was_member(&mut self, document: DocumentId, person: PersonId) -> Result<bool, Trouble> {
        let row = self.one(
            "SELECT EXISTS (SELECT 1 FROM members WHERE document = $1 AND person = $2)
                 OR EXISTS (SELECT 1 FROM former_members WHERE document = $1 AND person = $2)",
            &[&&document.0[..], &&person.0[..]],
        )?;
        Ok(row.is_some_and(|row| row.get(0)))
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
        let find = "SELECT seq, hash FROM records WHERE device = $1 AND counter = $2";
        let row = self.one(find, &[&&device.0[..], &signed(counter)])?;
        row.map(|row| Ok((unsigned(row.get(0)), Hash(bytes(&row, 1, "records.hash")?)))).transpose()
    }

    fn last_counter(&mut self, device: DeviceId) -> Result<u64, Trouble> {
        let last = "SELECT coalesce(max(counter), 0) FROM records WHERE device = $1";
        let row = self.one(last, &[&&device.0[..]])?;
        Ok(row.map(|row| unsigned(row.get(0))).unwrap_or_default())
    }

    fn append(&mut self, seq: u64, record: &Record) -> Result<(), Trouble> {
        let header = record.header();
        let (document, seq) = (&header.document.0[..], signed(seq));
        let link = i64::from(!header.kind.can_be_covered());
        let (device, counter) = (&header.device.0[..], signed(header.counter));
        let hash = Hash::of(record).0;
        self.run(
            "INSERT INTO records (document, seq, device, counter, link, hash, bytes)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[&document, &seq, &device, &counter, &link, &&hash[..], &record.bytes()],
        )?;
        let covers = record.covers().map(signed);
        self.run(
            "UPDATE documents SET head = $1, snapshot_covers = coalesce($3, snapshot_covers),
                 snapshot_seq = CASE WHEN $3::BIGINT IS NULL THEN snapshot_seq ELSE $1 END
             WHERE document = $2",
            &[&seq, &document, &covers],
        )?;
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
        self.read_records(document, (after, covers), bytes_max)
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
        let row = self.one(
            "INSERT INTO spent AS old (account, day, amount) VALUES ($1, $2, $3)
             ON CONFLICT (account) DO UPDATE SET
               amount = $3 + CASE WHEN old.day = $2 THEN old.amount ELSE 0 END, day = $2
             RETURNING amount",
            &[&accounts::key(account), &i64::from(day), &signed(amount)],
        )?;
        Ok(row.map_or(0, |row| unsigned(row.get(0))))
    }

    fn forget_spent(&mut self, before: u32, most: usize) -> Result<usize, Trouble> {
        let old = "DELETE FROM spent WHERE account IN (
                   SELECT account FROM spent WHERE day < $1 LIMIT $2)";
        let gone = self.run(old, &[&i64::from(before), &(most as i64)])?;
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }
}

impl fmt::Debug for PostgresTransaction<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PostgresTransaction with {:?}", self.changes)
    }
}
