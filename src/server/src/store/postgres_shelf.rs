//! `sync`'s rows in PostgreSQL.

use std::collections::HashMap;
use std::fmt;

use postgres::types::ToSql;
use postgres::{Client, Row, Statement};
use sync::message::{Held, Placed};
use sync::{Account, Invitation, Shelf, Shelved, SnapshotPlace};
use trust::{
    CodeHash, DeviceId, DocumentId, HEADER_BYTES, Hash, InvitationId, Membership, PersonId, Record,
    SIGNATURE_BYTES,
};

use super::numbers::{from_number, member, number_about, signed, to_number, unsigned};
use super::postgres_rows::{bytes, invitation, last_that_fits, person, shelved};
use super::{Changes, GENERATION, Transaction, accounts, beyond};
use crate::trouble::Trouble;
use crate::wake::Wake;

type Values<'v> = [&'v (dyn ToSql + Sync)];

/// An open transaction on one connection.
pub struct PostgresTransaction<'s> {
    client: &'s mut Client,
    statements: &'s mut HashMap<&'static str, Statement>,
    changes: Changes,
    node: u64,
    marked: bool,
    open: bool,
}

impl<'s> PostgresTransaction<'s> {
    pub(super) fn begin(
        client: &'s mut Client,
        statements: &'s mut HashMap<&'static str, Statement>,
        (how, node): (&str, u64),
    ) -> Result<Self, Trouble> {
        client.batch_execute(how)?;
        let changes = Changes::default();
        Ok(Self { client, statements, changes, node, marked: false, open: true })
    }

    /// Every statement is prepared once on its connection.
    fn prepared(&mut self, sql: &'static str) -> Result<Statement, Trouble> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    fn run(&mut self, sql: &'static str, values: &Values<'_>) -> Result<u64, Trouble> {
        let statement = self.prepared(sql)?;
        Ok(self.client.execute(&statement, values)?)
    }

    fn one(&mut self, sql: &'static str, values: &Values<'_>) -> Result<Option<Row>, Trouble> {
        let statement = self.prepared(sql)?;
        Ok(self.client.query_opt(&statement, values)?)
    }

    fn all(&mut self, sql: &'static str, values: &Values<'_>) -> Result<Vec<Row>, Trouble> {
        let statement = self.prepared(sql)?;
        Ok(self.client.query(&statement, values)?)
    }
}

impl Transaction for PostgresTransaction<'_> {
    fn mark(&mut self) -> Result<(), Trouble> {
        let again = "RELEASE SAVEPOINT mark; SAVEPOINT mark";
        let set = if self.marked { again } else { "SAVEPOINT mark" };
        self.client.batch_execute(set)?;
        self.marked = true;
        Ok(())
    }

    fn back_to_mark(&mut self) -> Result<(), Trouble> {
        Ok(self.client.batch_execute("ROLLBACK TO SAVEPOINT mark")?)
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
        self.client.batch_execute("COMMIT")?;
        self.open = false;
        Ok(())
    }
}

impl Drop for PostgresTransaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // A connection that is gone has rolled back by going.
            let _ = self.client.batch_execute("ROLLBACK");
        }
    }
}

impl Shelf for PostgresTransaction<'_> {
    type Failure = Trouble;

    fn generation(&mut self) -> Result<u64, Trouble> {
        number_about(self.about(GENERATION)?, "about.generation")
    }

    fn person_of(&mut self, device: DeviceId) -> Result<Option<PersonId>, Trouble> {
        let row = self.one("SELECT person FROM devices WHERE device = $1", &[&&device.0[..]])?;
        row.map(|row| person(&row, 0, "devices.person")).transpose()
    }

    fn bind(&mut self, device: DeviceId, person: PersonId) -> Result<(), Trouble> {
        self.run(
            "INSERT INTO devices (device, person) VALUES ($1, $2)
             ON CONFLICT (device) DO UPDATE SET person = $2",
            &[&&device.0[..], &&person.0[..]],
        )?;
        self.changes.devices.push((device, Some(person)));
        Ok(())
    }

    fn unbind(&mut self, device: DeviceId) -> Result<(), Trouble> {
        self.run("DELETE FROM devices WHERE device = $1", &[&&device.0[..]])?;
        self.changes.devices.push((device, None));
        Ok(())
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
        let document_bytes = &document.0[..];
        let parent = membership.parent.as_ref().map(|parent| &parent.0[..]);
        self.run(
            "INSERT INTO documents (document, kind, parent, chain) VALUES ($1, $2, $3, $4)
             ON CONFLICT (document) DO UPDATE SET kind = $2, parent = $3, chain = $4",
            &[&document_bytes, &to_number(membership.kind), &parent, &&membership.head.0[..]],
        )?;
        self.run("DELETE FROM members WHERE document = $1", &[&document_bytes])?;
        for (person, member) in &membership.members {
            let until = member.until.map(i64::from);
            self.run(
                "INSERT INTO members (document, person, role, until) VALUES ($1, $2, $3, $4)",
                &[&document_bytes, &&person.0[..], &to_number(member.role), &until],
            )?;
        }
        self.changes.chains.push(document);
        Ok(())
    }

    fn note_former(&mut self, document: DocumentId, person: PersonId) -> Result<(), Trouble> {
        self.run(
            "INSERT INTO former_members (document, person) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[&&document.0[..], &&person.0[..]],
        )?;
        Ok(())
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
        let rows = self.all(
            "SELECT document, kind, head, role, until FROM members
             JOIN documents USING (document) WHERE person = $1 ORDER BY document",
            &[&&person.0[..]],
        )?;
        let held = |row: &Row| {
            Ok(Held {
                document: DocumentId(bytes(row, 0, "members.document")?),
                kind: from_number(row.get(1), "documents.kind")?,
                head: unsigned(row.get(2)),
                member: member(row.get(3), row.get(4))?,
            })
        };
        rows.iter().map(held).collect()
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

    fn keep_aside(&mut self, record: &Record) -> Result<(), Trouble> {
        let header = record.header();
        let (device, counter) = (&header.device.0[..], signed(header.counter));
        self.run(
            "INSERT INTO kept_aside (device, counter, document, bytes) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            &[&device, &counter, &&header.document.0[..], &record.bytes()],
        )?;
        Ok(())
    }

    fn records(
        &mut self,
        document: DocumentId,
        after: u64,
        skip_covered_by: Option<SnapshotPlace>,
        bytes_max: usize,
    ) -> Result<Vec<Placed>, Trouble> {
        let covers = signed(skip_covered_by.map_or(0, |place| place.covers));
        let (document, after) = (&document.0[..], signed(after));
        // First how long they are, so that no more is fetched than is sent. No record is shorter
        // than its header and signature, so no page has more rows than this.
        let rows_max = (bytes_max / (HEADER_BYTES + SIGNATURE_BYTES) + 1) as i64;
        let lengths = self.all(
            "SELECT seq, octet_length(bytes) FROM records
             WHERE document = $1 AND seq > $2 AND (seq > $3 OR link = 1)
             ORDER BY seq LIMIT $4",
            &[&document, &after, &covers, &rows_max],
        )?;
        let Some(last) = last_that_fits(&lengths, bytes_max) else { return Ok(Vec::new()) };
        let rows = self.all(
            "SELECT seq, bytes FROM records
             WHERE document = $1 AND seq > $2 AND seq <= $4 AND (seq > $3 OR link = 1)
             ORDER BY seq",
            &[&document, &after, &covers, &last],
        )?;
        let placed = |row: &Row| Placed {
            seq: unsigned(row.get(0)),
            record: row.get::<_, Vec<u8>>(1).into(),
        };
        Ok(rows.iter().map(placed).collect())
    }

    fn invitation_by_code(&mut self, code: CodeHash) -> Result<Option<Invitation>, Trouble> {
        let row = self.one(
            "SELECT invitation, code, person, document, by_person, expires, standing, device
             FROM invitations WHERE code = $1 ORDER BY invitation LIMIT 1 FOR UPDATE",
            &[&&code.0[..]],
        )?;
        row.as_ref().map(invitation).transpose()
    }

    fn invitation(&mut self, name: InvitationId) -> Result<Option<Invitation>, Trouble> {
        let row = self.one(
            "SELECT invitation, code, person, document, by_person, expires, standing, device
             FROM invitations WHERE invitation = $1 FOR UPDATE",
            &[&&name.0[..]],
        )?;
        row.as_ref().map(invitation).transpose()
    }

    fn keep_invitation(&mut self, made: &Invitation) -> Result<(), Trouble> {
        let device = made.device.as_ref().map(|device| &device.0[..]);
        self.run(
            "INSERT INTO invitations
             (invitation, code, person, document, by_person, expires, standing, device)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (invitation) DO UPDATE SET
             code = $2, person = $3, document = $4, by_person = $5, expires = $6, standing = $7,
             device = $8",
            &[
                &&made.invitation.0[..],
                &&made.code.0[..],
                &&made.person.0[..],
                &&made.document.0[..],
                &&made.by.0[..],
                &signed(made.expires),
                &to_number(made.standing),
                &device,
            ],
        )?;
        Ok(())
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
}

impl fmt::Debug for PostgresTransaction<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PostgresTransaction with {:?}", self.changes)
    }
}
