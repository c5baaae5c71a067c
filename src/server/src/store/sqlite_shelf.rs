//! `sync`'s rows in SQLite.

use rusqlite::{CachedStatement, Connection, Row};
use sync::message::{Held, Placed, Standing};
use sync::{Account, Invitation, Shelf, Shelved, SnapshotPlace};
use trust::{CodeHash, DeviceId, DocumentId, Hash, InvitationId, Membership, PersonId, Record};

use super::numbers::{
    chain, fixed, from_number, member, number_about, signed, to_number, unsigned,
};
use super::sqlite::COMMITS;
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

    fn run(&self, sql: &str, with: impl rusqlite::Params) -> Result<usize, Trouble> {
        Ok(self.prepare(sql)?.execute(with)?)
    }

    fn prepare(&self, sql: &str) -> Result<CachedStatement<'s>, Trouble> {
        Ok(self.connection.prepare_cached(sql)?)
    }

    /// The one row, read; `None` when there is none.
    fn one<T>(
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
    fn all<T>(
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

    fn person_of(&mut self, device: DeviceId) -> Result<Option<PersonId>, Trouble> {
        self.one("SELECT person FROM devices WHERE device = ?", [device.0], |row| {
            person(row, 0, "devices.person")
        })
    }

    fn bind(&mut self, device: DeviceId, person: PersonId) -> Result<(), Trouble> {
        let bind = "INSERT OR REPLACE INTO devices (device, person) VALUES (?, ?)";
        self.run(bind, (device.0, person.0))?;
        self.changes.devices.push((device, Some(person)));
        Ok(())
    }

    fn unbind(&mut self, device: DeviceId) -> Result<(), Trouble> {
        self.run("DELETE FROM devices WHERE device = ?", [device.0])?;
        self.changes.devices.push((device, None));
        Ok(())
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
        let members = "SELECT person, role, until FROM members WHERE document = ?";
        let members = self.all(members, [document.0], |row| {
            Ok((person(row, 0, "members.person")?, member(row.get(1)?, row.get(2)?)?))
        })?;
        shelved.membership.members.extend(members);
        Ok(Some(shelved))
    }

    fn keep_membership(
        &mut self,
        document: DocumentId,
        membership: &Membership,
    ) -> Result<(), Trouble> {
        let kind = to_number(membership.kind);
        let parent = membership.parent.map(|parent| parent.0);
        self.run(
            "INSERT INTO documents (document, kind, parent, chain) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (document) DO UPDATE SET kind = ?2, parent = ?3, chain = ?4",
            (document.0, kind, parent, membership.head.0),
        )?;
        self.run("DELETE FROM members WHERE document = ?", [document.0])?;
        for (person, member) in &membership.members {
            self.run(
                "INSERT INTO members (document, person, role, until) VALUES (?, ?, ?, ?)",
                (document.0, person.0, to_number(member.role), member.until),
            )?;
        }
        self.changes.chains.push(document);
        Ok(())
    }

    fn note_former(&mut self, document: DocumentId, person: PersonId) -> Result<(), Trouble> {
        let note = "INSERT OR IGNORE INTO former_members (document, person) VALUES (?, ?)";
        self.run(note, (document.0, person.0))?;
        Ok(())
    }

    fn was_member(&mut self, document: DocumentId, person: PersonId) -> Result<bool, Trouble> {
        let stands = "SELECT EXISTS (SELECT 1 FROM members WHERE document = ?1 AND person = ?2)
                      OR EXISTS (SELECT 1 FROM former_members WHERE document = ?1 AND person = ?2)";
        let found = self.one(stands, (document.0, person.0), |row| Ok(row.get(0)?))?;
        Ok(found.unwrap_or(false))
    }

    fn documents_of(&mut self, person: PersonId) -> Result<Vec<Held>, Trouble> {
        self.all(
            "SELECT document, kind, head, role, until FROM members
             JOIN documents USING (document) WHERE person = ? ORDER BY document",
            [person.0],
            |row| {
                Ok(Held {
                    document: DocumentId(bytes(row, 0, "members.document")?),
                    kind: from_number(row.get(1)?, "documents.kind")?,
                    head: unsigned(row.get(2)?),
                    member: member(row.get(3)?, row.get(4)?)?,
                })
            },
        )
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

    fn keep_aside(&mut self, record: &Record) -> Result<(), Trouble> {
        let header = record.header();
        self.run(
            "INSERT OR IGNORE INTO kept_aside (device, counter, document, bytes)
             VALUES (?, ?, ?, ?)",
            (header.device.0, signed(header.counter), header.document.0, record.bytes()),
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
        let covers = skip_covered_by.map_or(0, |place| place.covers);
        let mut statement = self.prepare(
            "SELECT seq, bytes FROM records
             WHERE document = ? AND seq > ? AND (seq > ? OR link) ORDER BY seq",
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
        let by_code = "SELECT * FROM invitations WHERE code = ? ORDER BY invitation LIMIT 1";
        self.one(by_code, [code.0], invitation)
    }

    fn invitation(&mut self, name: InvitationId) -> Result<Option<Invitation>, Trouble> {
        self.one("SELECT * FROM invitations WHERE invitation = ?", [name.0], invitation)
    }

    fn keep_invitation(&mut self, made: &Invitation) -> Result<(), Trouble> {
        self.run(
            "INSERT OR REPLACE INTO invitations
             (invitation, code, person, document, by_person, expires, standing, device)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made.invitation.0,
                made.code.0,
                made.person.0,
                made.document.0,
                made.by.0,
                signed(made.expires),
                to_number(made.standing),
                made.device.map(|device| device.0),
            ),
        )?;
        Ok(())
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
}

fn bytes<const N: usize>(
    row: &Row<'_>,
    place: usize,
    column: &'static str,
) -> Result<[u8; N], Trouble> {
    let found = row.get_ref(place)?.as_blob().map_err(|_| Trouble::Unreadable(column))?;
    fixed(found, column)
}

fn person(row: &Row<'_>, place: usize, column: &'static str) -> Result<PersonId, Trouble> {
    bytes(row, place, column).map(PersonId)
}

fn shelved(row: &Row<'_>) -> Result<Shelved, Trouble> {
    let parent: Option<Vec<u8>> = row.get(1)?;
    let head: Vec<u8> = row.get(2)?;
    let snapshot: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
    let place = |(seq, covers)| SnapshotPlace { seq: unsigned(seq), covers: unsigned(covers) };
    Ok(Shelved {
        membership: chain(row.get(0)?, parent.as_deref(), &head)?,
        head: unsigned(row.get(3)?),
        snapshot: snapshot.0.zip(snapshot.1).map(place),
    })
}

/// The columns of `invitations` in the order in which the table has them.
fn invitation(row: &Row<'_>) -> Result<Invitation, Trouble> {
    let device: Option<Vec<u8>> = row.get(7)?;
    let device = device.map(|bytes| fixed(&bytes, "invitations.device")).transpose()?;
    let standing: Standing = from_number(row.get(6)?, "invitations.standing")?;
    Ok(Invitation {
        invitation: InvitationId(bytes(row, 0, "invitations.invitation")?),
        code: CodeHash(bytes(row, 1, "invitations.code")?),
        person: person(row, 2, "invitations.person")?,
        document: DocumentId(bytes(row, 3, "invitations.document")?),
        by: person(row, 4, "invitations.by_person")?,
        expires: unsigned(row.get(5)?),
        standing,
        device: device.map(DeviceId),
    })
}
