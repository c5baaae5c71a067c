//! The shape of the database: its name, its versions, and how it gets from one to the next.

use client::Store;
use wasm_bindgen::prelude::*;
use web_sys::IdbDatabase;

/// The name of the database on this device.
pub(crate) const NAME: &str = "medspil";

/// Room for repairs between two versions. IndexedDB makes stores only when its number rises, also
/// when it has to make again what the browser threw away.
const REPAIRS_PER_VERSION: u32 = 1000;

/// Each shape the database has had. A new one is added last, with its step in [`Version::reach`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Version {
    /// One store of bytes under bytes for each [`Store`].
    StorePerKind = 1,
}

impl Version {
    /// What this app reads and writes.
    pub(crate) const NEWEST: Self = Self::StorePerKind;
    const ALL: [Self; 1] = [Self::StorePerKind];

    /// The number IndexedDB has for it when nothing was ever repaired.
    pub(crate) fn number(self) -> u32 {
        self as u32 * REPAIRS_PER_VERSION
    }

    /// Takes the database one step, to this version.
    fn reach(self, database: &IdbDatabase) -> Result<(), JsValue> {
        match self {
            Self::StorePerKind => make_what_is_missing(database),
        }
    }
}

/// Brings a database with this number up to the newest version, with all its stores.
pub(crate) fn upgrade(database: &IdbDatabase, from: u32) -> Result<(), JsValue> {
    let reached = from / REPAIRS_PER_VERSION;
    for version in Version::ALL.into_iter().filter(|version| *version as u32 > reached) {
        version.reach(database)?;
    }
    make_what_is_missing(database)
}

/// Whether the app that made this number knew no more than we do.
pub(crate) fn is_ours(number: u32) -> bool {
    number / REPAIRS_PER_VERSION == Version::NEWEST as u32
}

/// Whether every store is there. Browsers throw data away when space is short, also by halves.
pub(crate) fn is_whole(database: &IdbDatabase) -> bool {
    let names = database.object_store_names();
    Store::ALL.iter().all(|store| names.contains(store.name()))
}

fn make_what_is_missing(database: &IdbDatabase) -> Result<(), JsValue> {
    let names = database.object_store_names();
    for store in Store::ALL.iter().filter(|store| !names.contains(store.name())) {
        database.create_object_store(store.name())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repair_raises_the_number_and_not_the_version() {
        let number = Version::NEWEST.number();
        assert!(is_ours(number) && is_ours(number + 1) && is_ours(number + 999));
        assert!(!is_ours(number + REPAIRS_PER_VERSION) && !is_ours(number - 1));
    }
}
