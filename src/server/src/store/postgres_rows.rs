//! What PostgreSQL's rows mean.

use sync::message::Standing;
use sync::{Ancestor, Invitation, Shelved, SnapshotPlace};
use tokio_postgres::Row;
use trust::{CodeHash, DeviceId, DocumentId, InvitationId, PersonId};

use super::numbers::{chain, fixed, from_number, member, unsigned};
use crate::trouble::Trouble;

/// How many of these lengths make a page: as many as fit, but at least one.
pub(super) fn how_many_fit(lengths: impl Iterator<Item = i32>, bytes_max: usize) -> usize {
    let mut bytes = 0_usize;
    let fits = lengths.enumerate().take_while(|(place, length)| {
        bytes = bytes.saturating_add(usize::try_from(*length).unwrap_or(usize::MAX));
        *place == 0 || bytes <= bytes_max
    });
    fits.count()
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

pub(super) fn maybe_person(
    row: &Row,
    place: usize,
    column: &'static str,
) -> Result<Option<PersonId>, Trouble> {
    let found: Option<&[u8]> = row.get(place);
    found.map(|found| fixed(found, column).map(PersonId)).transpose()
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

pub(super) fn ancestor(row: &Row) -> Result<Ancestor, Trouble> {
    let parent: Option<&[u8]> = row.get(2);
    let member_at = |role: usize| {
        let found: Option<i64> = row.get(role);
        found.map(|found| member(found, row.get(role + 1))).transpose()
    };
    Ok(Ancestor {
        document: DocumentId(bytes(row, 0, "documents.document")?),
        kind: from_number(row.get(1), "documents.kind")?,
        parent: parent.map(|id| fixed(id, "documents.parent").map(DocumentId)).transpose()?,
        person: member_at(3)?,
        other: member_at(5)?,
    })
}

pub(super) fn invitation(row: &Row) -> Result<Invitation, Trouble> {
    let device: Option<&[u8]> = row.get(7);
    let device = device.map(|bytes| fixed(bytes, "invitations.device")).transpose()?;
    let spent: Option<&[u8]> = row.get(10);
    let spent = spent.map(|bytes| fixed(bytes, "invitations.spent")).transpose()?;
    let standing: Standing = from_number(row.get(6), "invitations.standing")?;
    Ok(Invitation {
        invitation: InvitationId(bytes(row, 0, "invitations.invitation")?),
        code: CodeHash(bytes(row, 1, "invitations.code")?),
        person: person(row, 2, "invitations.person")?,
        document: DocumentId(bytes(row, 3, "invitations.document")?),
        by: person(row, 4, "invitations.by_person")?,
        made: unsigned(row.get(8)),
        expires: unsigned(row.get(5)),
        standing,
        device: device.map(DeviceId),
        again_until: unsigned(row.get(9)),
        spent: spent.map(CodeHash),
    })
}
