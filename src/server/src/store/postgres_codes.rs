//! Invitations, in PostgreSQL.

use sync::Invitation;
use trust::{CodeHash, DeviceId, InvitationId};

use super::numbers::{signed, to_number};
use super::postgres_rows::invitation;
use super::postgres_shelf::PostgresTransaction;
use crate::trouble::Trouble;

/// The columns in the order in which they are read, locked.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT invitation, code, person, document, by_person, expires, standing, device,
               made, again_until, spent FROM invitations ",
            $which,
            " FOR UPDATE"
        )
    };
}

impl PostgresTransaction<'_> {
    pub(super) fn read_invitation_by_code(
        &mut self,
        code: CodeHash,
    ) -> Result<Option<Invitation>, Trouble> {
        let by_code = select!("WHERE code = $1 OR spent = $1 ORDER BY invitation LIMIT 1");
        self.one(by_code, &[&&code.0[..]])?.as_ref().map(invitation).transpose()
    }

    pub(super) fn read_invitation_of(
        &mut self,
        device: DeviceId,
    ) -> Result<Option<Invitation>, Trouble> {
        let newest = select!("WHERE device = $1 ORDER BY made DESC, invitation DESC LIMIT 1");
        self.one(newest, &[&&device.0[..]])?.as_ref().map(invitation).transpose()
    }

    pub(super) fn read_invitation(
        &mut self,
        name: InvitationId,
    ) -> Result<Option<Invitation>, Trouble> {
        let by_name = select!("WHERE invitation = $1");
        self.one(by_name, &[&&name.0[..]])?.as_ref().map(invitation).transpose()
    }

    pub(super) fn write_invitation(&mut self, made: &Invitation) -> Result<(), Trouble> {
        let device = made.device.as_ref().map(|device| &device.0[..]);
        let spent = made.spent.as_ref().map(|spent| &spent.0[..]);
        self.run(
            "INSERT INTO invitations
             (invitation, code, person, document, by_person, expires, standing, device, made,
               again_until, spent)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (invitation) DO UPDATE SET
             code = $2, person = $3, document = $4, by_person = $5, expires = $6, standing = $7,
             device = $8, made = $9, again_until = $10, spent = $11",
            &[
                &&made.invitation.0[..],
                &&made.code.0[..],
                &&made.person.0[..],
                &&made.document.0[..],
                &&made.by.0[..],
                &signed(made.expires),
                &to_number(made.standing),
                &device,
                &signed(made.made),
                &signed(made.again_until),
                &spent,
            ],
        )?;
        Ok(())
    }
}
