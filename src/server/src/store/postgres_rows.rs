//! What PostgreSQL's rows mean.

use postgres::Row;
use sync::message::Standing;
use sync::{Invitation, Shelved, SnapshotPlace};
use trust::{CodeHash, DeviceId, DocumentId, InvitationId, PersonId};

use super::numbers::{chain, fixed, from_number, unsigned};
use crate::trouble::Trouble;

/// The last position of a page: as many as fit, but at least one.
pub(super) fn last_that_fits(lengths: &[Row], bytes_max: usize) -> Option<i64> {
    let mut bytes = 0;
    let mut last = lengths.first();
    for row in lengths {
        bytes += usize::try_from(row.get::<_, i32>(1)).unwrap_or(usize::MAX);
        if bytes > bytes_max {
            break;
        }
        last = Some(row);
    }
    last.map(|row| row.get(0))
}

pub(super) fn bytes<const N: usize>(
    row: &Row,
    place: usize,
    column: &'static str,
) -> Result<[u8; N], Trouble> {
    fixed(row.get(place), column)
}

pub(super) fn person(row: &Row, place: usize, column: &'static str) -> Result<PersonId, Trouble> {
    bytes(row, place, column).map(PersonId)
}

pub(super) fn shelved(row: &Row) -> Result<Shelved, Trouble> {
    let snapshot: (Option<i64>, Option<i64>) = (row.get(4), row.get(5));
    let place = |(seq, covers)| SnapshotPlace { seq: unsigned(seq), covers: unsigned(covers) };
    Ok(Shelved {
        membership: chain(row.get(0), row.get(1), row.get(2))?,
        head: unsigned(row.get(3)),
        snapshot: snapshot.0.zip(snapshot.1).map(place),
    })
}

pub(super) fn invitation(row: &Row) -> Result<Invitation, Trouble> {
    let device: Option<&[u8]> = row.get(7);
    let device = device.map(|bytes| fixed(bytes, "invitations.device")).transpose()?;
    let standing: Standing = from_number(row.get(6), "invitations.standing")?;
    Ok(Invitation {
        invitation: InvitationId(bytes(row, 0, "invitations.invitation")?),
        code: CodeHash(bytes(row, 1, "invitations.code")?),
        person: person(row, 2, "invitations.person")?,
        document: DocumentId(bytes(row, 3, "invitations.document")?),
        by: person(row, 4, "invitations.by_person")?,
        expires: unsigned(row.get(5)),
        standing,
        device: device.map(DeviceId),
    })
}
