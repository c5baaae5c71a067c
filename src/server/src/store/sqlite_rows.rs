//! What SQLite's rows mean.

use rusqlite::Row;
use sync::message::Standing;
use sync::{Ancestor, Invitation, Shelved, SnapshotPlace};
use trust::{CodeHash, DeviceId, DocumentId, InvitationId, PersonId};

use super::numbers::{chain, fixed, from_number, member, unsigned};
use crate::trouble::Trouble;

pub(super) fn bytes<const N: usize>(
    row: &Row<'_>,
    place: usize,
    column: &'static str,
) -> Result<[u8; N], Trouble> {
    let found = row.get_ref(place)?.as_blob().map_err(|_| Trouble::Unreadable(column))?;
    fixed(found, column)
}

pub(super) fn person(
    row: &Row<'_>,
    place: usize,
    column: &'static str,
) -> Result<PersonId, Trouble> {
    bytes(row, place, column).map(PersonId)
}

pub(super) fn maybe_person(
    row: &Row<'_>,
    place: usize,
    column: &'static str,
) -> Result<Option<PersonId>, Trouble> {
    let found: Option<Vec<u8>> = row.get(place)?;
    found.map(|found| fixed(&found, column).map(PersonId)).transpose()
}

pub(super) fn shelved(row: &Row<'_>) -> Result<Shelved, Trouble> {
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

pub(super) fn ancestor(row: &Row<'_>) -> Result<Ancestor, Trouble> {
    let parent: Option<Vec<u8>> = row.get(2)?;
    let parent = parent.map(|bytes| fixed(&bytes, "documents.parent")).transpose()?;
    let member_at = |role: usize| match row.get(role)? {
        Some(found) => member(found, row.get(role + 1)?).map(Some),
        None => Ok(None),
    };
    Ok(Ancestor {
        document: DocumentId(bytes(row, 0, "documents.document")?),
        kind: from_number(row.get(1)?, "documents.kind")?,
        parent: parent.map(DocumentId),
        person: member_at(3)?,
        other: member_at(5)?,
    })
}

/// The columns of `invitations` in the order in which `sqlite_codes` asks for them.
pub(super) fn invitation(row: &Row<'_>) -> Result<Invitation, Trouble> {
    let device: Option<Vec<u8>> = row.get(7)?;
    let device = device.map(|bytes| fixed(&bytes, "invitations.device")).transpose()?;
    let spent: Option<Vec<u8>> = row.get(10)?;
    let spent = spent.map(|bytes| fixed(&bytes, "invitations.spent")).transpose()?;
    let standing: Standing = from_number(row.get(6)?, "invitations.standing")?;
    Ok(Invitation {
        invitation: InvitationId(bytes(row, 0, "invitations.invitation")?),
        code: CodeHash(bytes(row, 1, "invitations.code")?),
        person: person(row, 2, "invitations.person")?,
        document: DocumentId(bytes(row, 3, "invitations.document")?),
        by: person(row, 4, "invitations.by_person")?,
        made: unsigned(row.get(8)?),
        expires: unsigned(row.get(5)?),
        standing,
        device: device.map(DeviceId),
        again_until: unsigned(row.get(9)?),
        spent: spent.map(CodeHash),
    })
}
