//! Pages of a log, in PostgreSQL.

use sync::message::Placed;
use tokio_postgres::Row;
use trust::{DocumentId, HEADER_BYTES, SIGNATURE_BYTES};

use super::numbers::{signed, unsigned};
use super::postgres_rows::how_many_fit;
use super::postgres_shelf::PostgresTransaction;
use crate::trouble::Trouble;

impl PostgresTransaction<'_> {
    pub(super) fn read_records(
        &mut self,
        document: DocumentId,
        (after, covers): (u64, u64),
        bytes_max: usize,
    ) -> Result<Vec<Placed>, Trouble> {
        let covers = signed(covers);
        let (document, after) = (&document.0[..], signed(after));
        // First how long they are, so that no more is fetched than is sent. No record is shorter
        // than its header and signature, so no page has more rows than this.
        let rows_max = (bytes_max / (HEADER_BYTES + SIGNATURE_BYTES) + 1) as i64;
        // Below what a snapshot covers only links are read, by an index of their own.
        let lengths = self.all(
            "SELECT seq, octet_length(bytes) FROM records
             WHERE document = $1 AND link = 1 AND seq > $2 AND seq <= $3
             UNION ALL
             SELECT seq, octet_length(bytes) FROM records
             WHERE document = $1 AND seq > $2 AND seq > $3
             ORDER BY seq LIMIT $4",
            &[&document, &after, &covers, &rows_max],
        )?;
        let fit = how_many_fit(lengths.iter().map(|row| row.get(1)), bytes_max);
        let Some(last) = lengths.get(..fit).and_then(<[Row]>::last) else { return Ok(Vec::new()) };
        let last: i64 = last.get(0);
        let rows = self.all(
            "SELECT seq, bytes FROM records
             WHERE document = $1 AND link = 1 AND seq > $2 AND seq <= $3 AND seq <= $4
             UNION ALL
             SELECT seq, bytes FROM records
             WHERE document = $1 AND seq > $2 AND seq > $3 AND seq <= $4
             ORDER BY seq",
            &[&document, &after, &covers, &last],
        )?;
        let placed = |row: &Row| Placed {
            seq: unsigned(row.get(0)),
            record: row.get::<_, Vec<u8>>(1).into(),
        };
        Ok(rows.iter().map(placed).collect())
    }
}
