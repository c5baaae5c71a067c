//! Whose device is whose, in SQLite.

use rusqlite::Row;
use sync::devices::{Device, Owner, PutOut};
use trust::{DeviceId, PersonId};

use super::numbers::{signed, unsigned};
use super::sqlite_rows::{bytes, maybe_person, person};
use super::sqlite_shelf::SqliteTransaction;
use crate::trouble::Trouble;

fn device(row: &Row<'_>) -> Result<(DeviceId, Device), Trouble> {
    let owner =
        Owner { person: person(row, 1, "devices.person")?, group: person(row, 2, "devices.own")? };
    let by = maybe_person(row, 4, "devices.by_person")?;
    let device = Device { owner, since: unsigned(row.get(3)?), by };
    Ok((DeviceId(bytes(row, 0, "devices.device")?), device))
}

impl SqliteTransaction<'_> {
    pub(super) fn read_device(&self, name: DeviceId) -> Result<Option<Device>, Trouble> {
        let known = "SELECT device, person, own, since, by_person FROM devices WHERE device = ?";
        self.one(known, [name.0], |row| device(row).map(|(_, device)| device))
    }

    pub(super) fn read_devices(
        &self,
        person: PersonId,
    ) -> Result<Vec<(DeviceId, Device)>, Trouble> {
        let theirs = "SELECT device, person, own, since, by_person FROM devices WHERE person = ?";
        self.all(theirs, [person.0], device)
    }

    pub(super) fn write_device(&self, name: DeviceId, of: Device) -> Result<(), Trouble> {
        let Device { owner, since, by } = of;
        let bind = "INSERT OR REPLACE INTO devices (device, person, own, since, by_person)
                    VALUES (?, ?, ?, ?, ?)";
        let by = by.map(|by| by.0);
        self.run(bind, (name.0, owner.person.0, owner.group.0, signed(since), by))?;
        self.run("DELETE FROM devices_out WHERE device = ?", [name.0])?;
        Ok(())
    }

    pub(super) fn write_put_out(
        &self,
        name: DeviceId,
        person: PersonId,
        out: PutOut,
    ) -> Result<(), Trouble> {
        self.run("DELETE FROM devices WHERE device = ?", [name.0])?;
        let note = "INSERT OR REPLACE INTO devices_out (device, person, at, by_person)
                    VALUES (?, ?, ?, ?)";
        self.run(note, (name.0, person.0, signed(out.at), out.by.map(|by| by.0)))?;
        Ok(())
    }

    pub(super) fn read_put_out(
        &self,
        name: DeviceId,
    ) -> Result<Option<(PersonId, PutOut)>, Trouble> {
        let note = "SELECT person, at, by_person FROM devices_out WHERE device = ?";
        self.one(note, [name.0], |row| {
            let by = maybe_person(row, 2, "devices_out.by_person")?;
            let out = PutOut { at: unsigned(row.get(1)?), by };
            Ok((person(row, 0, "devices_out.person")?, out))
        })
    }
}
