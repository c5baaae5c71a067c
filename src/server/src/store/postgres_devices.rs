//! Whose device is whose, in PostgreSQL.

use sync::devices::{Device, Owner, PutOut};
use tokio_postgres::Row;
use trust::{DeviceId, PersonId};

use super::numbers::{signed, unsigned};
use super::postgres_rows::{bytes, maybe_person, person};
use super::postgres_shelf::PostgresTransaction;
use crate::trouble::Trouble;

fn device(row: &Row) -> Result<(DeviceId, Device), Trouble> {
    let owner =
        Owner { person: person(row, 1, "devices.person")?, group: person(row, 2, "devices.own")? };
    let by = maybe_person(row, 4, "devices.by_person")?;
    let device = Device { owner, since: unsigned(row.get(3)), by };
    Ok((DeviceId(bytes(row, 0, "devices.device")?), device))
}

impl PostgresTransaction<'_> {
    pub(super) fn read_device(&mut self, name: DeviceId) -> Result<Option<Device>, Trouble> {
        let known = "SELECT device, person, own, since, by_person FROM devices WHERE device = $1";
        let row = self.one(known, &[&&name.0[..]])?;
        row.map(|row| device(&row).map(|(_, device)| device)).transpose()
    }

    pub(super) fn read_devices(
        &mut self,
        person: PersonId,
    ) -> Result<Vec<(DeviceId, Device)>, Trouble> {
        let theirs = "SELECT device, person, own, since, by_person FROM devices WHERE person = $1";
        self.all(theirs, &[&&person.0[..]])?.iter().map(device).collect()
    }

    pub(super) fn write_device(&mut self, name: DeviceId, of: Device) -> Result<(), Trouble> {
        let Device { owner, since, by } = of;
        let by = by.as_ref().map(|by| &by.0[..]);
        self.run(
            "INSERT INTO devices (device, person, own, since, by_person) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (device) DO UPDATE SET person = $2, own = $3, since = $4, by_person = $5",
            &[
                &&name.0[..],
                &&owner.person.0[..],
                &&owner.group.0[..],
                &signed(since),
                &by,
            ],
        )?;
        self.run("DELETE FROM devices_out WHERE device = $1", &[&&name.0[..]])?;
        Ok(())
    }

    pub(super) fn write_put_out(
        &mut self,
        name: DeviceId,
        person: PersonId,
        out: PutOut,
    ) -> Result<(), Trouble> {
        self.run("DELETE FROM devices WHERE device = $1", &[&&name.0[..]])?;
        let by = out.by.as_ref().map(|by| &by.0[..]);
        self.run(
            "INSERT INTO devices_out (device, person, at, by_person) VALUES ($1, $2, $3, $4)
             ON CONFLICT (device) DO UPDATE SET person = $2, at = $3, by_person = $4",
            &[&&name.0[..], &&person.0[..], &signed(out.at), &by],
        )?;
        Ok(())
    }

    pub(super) fn read_put_out(
        &mut self,
        name: DeviceId,
    ) -> Result<Option<(PersonId, PutOut)>, Trouble> {
        let note = "SELECT person, at, by_person FROM devices_out WHERE device = $1";
        let row = self.one(note, &[&&name.0[..]])?;
        let read = |row: &Row| {
            let by = maybe_person(row, 2, "devices_out.by_person")?;
            Ok((person(row, 0, "devices_out.person")?, PutOut { at: unsigned(row.get(1)), by }))
        };
        row.as_ref().map(read).transpose()
    }
}
