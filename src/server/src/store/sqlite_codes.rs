//! Invitations, in SQLite.

use sync::Invitation;
use trust::{CodeHash, DeviceId, InvitationId};

use super::numbers::{signed, to_number};
use super::sqlite_rows::invitation;
use super::sqlite_shelf::SqliteTransaction;
use crate::trouble::Trouble;

/// The columns in the order in which they are read.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT invitation, code, person, document, by_person, expires, standing, device,
               made, again_until, spent FROM invitations ",
            $which
        )
    };
}

impl SqliteTransaction<'_> {
    pub(super) fn read_invitation_by_code(
        &self,
        code: CodeHash,
    ) -> Result<Option<Invitation>, Trouble> {
        let by_code = select!("WHERE code = ?1 OR spent = ?1 ORDER BY invitation LIMIT 1");
        self.one(by_code, [code.0], invitation)
    }

    pub(super) fn read_invitation_of(
        &self,
        device: DeviceId,
    ) -> Result<Option<Invitation>, Trouble> {
        let newest = select!("WHERE device = ? ORDER BY made DESC, invitation DESC LIMIT 1");
        self.one(newest, [device.0], invitation)
    }

    pub(super) fn read_invitation(
        &self,
        name: InvitationId,
    ) -> Result<Option<Invitation>, Trouble> {
        self.one(select!("WHERE invitation = ?"), [name.0], invitation)
    }

    pub(super) fn write_invitation(&self, made: &Invitation) -> Result<(), Trouble> {
        self.run(
            "INSERT INTO invitations
             (invitation, code, person, document, by_person, expires, standing, device, made,
               again_until, spent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (invitation) DO UPDATE SET
             code = ?2, person = ?3, document = ?4, by_person = ?5, expires = ?6, standing = ?7,
             device = ?8, made = ?9, again_until = ?10, spent = ?11",
            (
                made.invitation.0,
                made.code.0,
                made.person.0,
                made.document.0,
                made.by.0,
                signed(made.expires),
                to_number(made.standing),
                made.device.map(|device| device.0),
                signed(made.made),
                signed(made.again_until),
                made.spent.map(|spent| spent.0),
            ),
        )?;
        Ok(())
    }
}
