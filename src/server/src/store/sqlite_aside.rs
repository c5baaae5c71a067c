//! What is kept beside the logs, in SQLite.

use sync::Stamp;
use sync::message::{AsideRecord, RecordName};
use trust::{DeviceId, DocumentId, PersonId, Record};

use super::numbers::{signed, unsigned};
use super::sqlite_rows::{bytes, maybe_person};
use super::sqlite_shelf::SqliteTransaction;
use crate::trouble::Trouble;

impl SqliteTransaction<'_> {
    pub(super) fn has_aside(&self, name: RecordName) -> Result<bool, Trouble> {
        let find = "SELECT EXISTS (SELECT 1 FROM kept_aside WHERE device = ? AND counter = ?)";
        let found = self.one(find, (name.device.0, signed(name.counter)), |row| Ok(row.get(0)?))?;
        Ok(found.unwrap_or(false))
    }

    pub(super) fn sums_aside(
        &self,
        person: PersonId,
        document: DocumentId,
    ) -> Result<(u64, u64), Trouble> {
        let sum = |of: &[u8]| {
            let sum = "SELECT bytes FROM aside_sums WHERE person = ? AND document = ?";
            self.one(sum, (person.0, of), |row| Ok(unsigned(row.get(0)?)))
        };
        Ok((sum(&document.0)?.unwrap_or(0), sum(&[])?.unwrap_or(0)))
    }

    fn add_to_sums(
        &self,
        person: Option<PersonId>,
        document: DocumentId,
        bytes: i64,
    ) -> Result<(), Trouble> {
        let Some(person) = person else { return Ok(()) };
        for of in [&document.0[..], &[]] {
            self.run(
                "INSERT INTO aside_sums (person, document, bytes) VALUES (?1, ?2, ?3)
                 ON CONFLICT (person, document) DO UPDATE SET bytes = bytes + ?3",
                (person.0, of, bytes),
            )?;
        }
        Ok(())
    }

    pub(super) fn write_aside(
        &self,
        record: &Record,
        person: PersonId,
        now: Stamp,
    ) -> Result<(), Trouble> {
        let (header, bytes) = (record.header(), record.bytes());
        self.run(
            "INSERT INTO kept_aside (device, counter, document, bytes, person, kept)
             VALUES (?, ?, ?, ?, ?, ?)",
            (
                header.device.0,
                signed(header.counter),
                header.document.0,
                bytes,
                person.0,
                signed(now.seconds),
            ),
        )?;
        self.add_to_sums(Some(person), header.document, signed(bytes.len() as u64))
    }

    pub(super) fn read_aside(
        &self,
        (document, person): (DocumentId, Option<PersonId>),
        after: Option<RecordName>,
        bytes_max: usize,
    ) -> Result<Vec<(RecordName, AsideRecord)>, Trouble> {
        let mut statement = self.prepare(
            "SELECT device, counter, person, kept, bytes FROM kept_aside
             WHERE document = ?1 AND (device, counter) > (?2, ?3) AND (?4 IS NULL OR person = ?4)
             ORDER BY device, counter",
        )?;
        let device = after.map_or(Vec::new(), |name| name.device.0.to_vec());
        let counter = signed(after.map_or(0, |name| name.counter));
        let person = person.map(|person| person.0);
        let mut rows = statement.query((document.0, device, counter, person))?;
        let (mut page, mut size) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let record: Vec<u8> = row.get(4)?;
            size += record.len();
            if size > bytes_max && !page.is_empty() {
                break;
            }
            let device = DeviceId(bytes(row, 0, "kept_aside.device")?);
            let name = RecordName { device, counter: unsigned(row.get(1)?) };
            let person = maybe_person(row, 2, "kept_aside.person")?;
            let kept = unsigned(row.get(3)?);
            page.push((name, AsideRecord { person, kept, record: record.into() }));
        }
        Ok(page)
    }

    pub(super) fn delete_aside(
        &self,
        (document, person): (DocumentId, Option<PersonId>),
        name: RecordName,
    ) -> Result<bool, Trouble> {
        let gone = self.one(
            "DELETE FROM kept_aside
             WHERE device = ?1 AND counter = ?2 AND document = ?3 AND (?4 IS NULL OR person = ?4)
             RETURNING person, length(bytes)",
            (name.device.0, signed(name.counter), document.0, person.map(|person| person.0)),
            |row| Ok((maybe_person(row, 0, "kept_aside.person")?, row.get::<_, i64>(1)?)),
        )?;
        let Some((person, bytes)) = gone else { return Ok(false) };
        self.add_to_sums(person, document, -bytes)?;
        Ok(true)
    }

    pub(super) fn update_aside(&self, after: u64, to: u64) -> Result<(), Trouble> {
        let update = "UPDATE kept_aside SET kept = ? WHERE kept > ?";
        self.run(update, (signed(to), signed(after)))?;
        Ok(())
    }

    pub(super) fn delete_old_aside(&self, until: u64, most: usize) -> Result<usize, Trouble> {
        let gone = self.all(
            "DELETE FROM kept_aside WHERE (device, counter) IN (
               SELECT device, counter FROM kept_aside WHERE kept <= ? ORDER BY kept LIMIT ?)
             RETURNING person, document, length(bytes)",
            (signed(until), signed(most as u64)),
            |row| {
                let document = DocumentId(bytes(row, 1, "kept_aside.document")?);
                Ok((maybe_person(row, 0, "kept_aside.person")?, document, row.get::<_, i64>(2)?))
            },
        )?;
        for &(person, document, bytes) in &gone {
            self.add_to_sums(person, document, -bytes)?;
        }
        Ok(gone.len())
    }
}
