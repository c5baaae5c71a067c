//! What is kept beside the logs, in PostgreSQL.

use sync::Stamp;
use sync::message::{AsideRecord, RecordName};
use trust::{DeviceId, DocumentId, HEADER_BYTES, PersonId, Record, SIGNATURE_BYTES};

use super::numbers::{signed, unsigned};
use super::postgres_rows::{bytes, how_many_fit, maybe_person};
use super::postgres_shelf::PostgresTransaction;
use crate::trouble::Trouble;

impl PostgresTransaction<'_> {
    pub(super) fn has_aside(&mut self, name: RecordName) -> Result<bool, Trouble> {
        let find = "SELECT 1 FROM kept_aside WHERE device = $1 AND counter = $2";
        Ok(self.one(find, &[&&name.device.0[..], &signed(name.counter)])?.is_some())
    }

    pub(super) fn sums_aside(
        &mut self,
        person: PersonId,
        document: DocumentId,
    ) -> Result<(u64, u64), Trouble> {
        let sum = "SELECT bytes FROM aside_sums WHERE person = $1 AND document = $2";
        let mut sum_of = |of: &[u8]| {
            let row = self.one(sum, &[&&person.0[..], &of])?;
            Ok::<_, Trouble>(row.map_or(0, |row| unsigned(row.get(0))))
        };
        Ok((sum_of(&document.0)?, sum_of(&[])?))
    }

    fn add_to_sums(
        &mut self,
        person: Option<PersonId>,
        document: DocumentId,
        bytes: i64,
    ) -> Result<(), Trouble> {
        let Some(person) = person else { return Ok(()) };
        for of in [&document.0[..], &[]] {
            self.run(
                "INSERT INTO aside_sums AS old (person, document, bytes) VALUES ($1, $2, $3)
                 ON CONFLICT (person, document) DO UPDATE SET bytes = old.bytes + $3",
                &[&&person.0[..], &of, &bytes],
            )?;
        }
        Ok(())
    }

    pub(super) fn write_aside(
        &mut self,
        record: &Record,
        person: PersonId,
        now: Stamp,
    ) -> Result<(), Trouble> {
        let (header, bytes) = (record.header(), record.bytes());
        self.run(
            "INSERT INTO kept_aside (device, counter, document, bytes, person, kept)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                &&header.device.0[..],
                &signed(header.counter),
                &&header.document.0[..],
                &bytes,
                &&person.0[..],
                &signed(now.seconds),
            ],
        )?;
        self.add_to_sums(Some(person), header.document, signed(bytes.len() as u64))
    }

    pub(super) fn read_aside(
        &mut self,
        (document, person): (DocumentId, Option<PersonId>),
        after: Option<RecordName>,
        bytes_max: usize,
    ) -> Result<Vec<(RecordName, AsideRecord)>, Trouble> {
        let device = after.as_ref().map_or(&[][..], |name| &name.device.0[..]);
        let counter = signed(after.map_or(0, |name| name.counter));
        let (document, person) = (&document.0[..], person.as_ref().map(|person| &person.0[..]));
        // First how long they are, so that no more is fetched than is sent.
        let most = (bytes_max / (HEADER_BYTES + SIGNATURE_BYTES) + 1) as i64;
        let lengths = self.all(
            "SELECT octet_length(bytes) FROM kept_aside
             WHERE document = $1 AND (device, counter) > ($2, $3)
               AND ($4::BYTEA IS NULL OR person = $4)
             ORDER BY device, counter LIMIT $5",
            &[&document, &device, &counter, &person, &most],
        )?;
        let fit = how_many_fit(lengths.iter().map(|row| row.get(0)), bytes_max) as i64;
        let rows = self.all(
            "SELECT device, counter, person, kept, bytes FROM kept_aside
             WHERE document = $1 AND (device, counter) > ($2, $3)
               AND ($4::BYTEA IS NULL OR person = $4)
             ORDER BY device, counter LIMIT $5",
            &[&document, &device, &counter, &person, &fit],
        )?;
        let mut page = Vec::with_capacity(rows.len());
        for row in &rows {
            let device = DeviceId(bytes(row, 0, "kept_aside.device")?);
            let name = RecordName { device, counter: unsigned(row.get(1)) };
            let person = maybe_person(row, 2, "kept_aside.person")?;
            let (kept, record) = (unsigned(row.get(3)), row.get::<_, Vec<u8>>(4).into());
            page.push((name, AsideRecord { person, kept, record }));
        }
        Ok(page)
    }

    pub(super) fn delete_aside(
        &mut self,
        (document, person): (DocumentId, Option<PersonId>),
        name: RecordName,
    ) -> Result<bool, Trouble> {
        let person = person.as_ref().map(|person| &person.0[..]);
        let gone = self.one(
            "DELETE FROM kept_aside
             WHERE device = $1 AND counter = $2 AND document = $3
               AND ($4::BYTEA IS NULL OR person = $4)
             RETURNING person, octet_length(bytes)",
            &[&&name.device.0[..], &signed(name.counter), &&document.0[..], &person],
        )?;
        let Some(row) = gone else { return Ok(false) };
        let person = maybe_person(&row, 0, "kept_aside.person")?;
        self.add_to_sums(person, document, -i64::from(row.get::<_, i32>(1)))?;
        Ok(true)
    }

    pub(super) fn update_aside(&mut self, after: u64, to: u64) -> Result<(), Trouble> {
        let update = "UPDATE kept_aside SET kept = $1 WHERE kept > $2";
        self.run(update, &[&signed(to), &signed(after)])?;
        Ok(())
    }

    pub(super) fn delete_old_aside(&mut self, until: u64, most: usize) -> Result<usize, Trouble> {
        let gone = self.all(
            "DELETE FROM kept_aside WHERE (device, counter) IN (
               SELECT device, counter FROM kept_aside WHERE kept <= $1 ORDER BY kept LIMIT $2)
             RETURNING person, document, octet_length(bytes)",
            &[&signed(until), &(most as i64)],
        )?;
        for row in &gone {
            let document = DocumentId(bytes(row, 1, "kept_aside.document")?);
            let person = maybe_person(row, 0, "kept_aside.person")?;
            self.add_to_sums(person, document, -i64::from(row.get::<_, i32>(2)))?;
        }
        Ok(gone.len())
    }
}
