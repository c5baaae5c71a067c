//! Whose device wrote a record. Until devices carry certificates the server says so, and what it has said first
//! stands.

use litemap::LiteMap;
use trust::{DeviceId, PersonId};

use crate::client::{Client, who};
use crate::effect::Row;
use crate::stored::read;

/// `notes`, under this and the device: whose it is.
const NOTE: &[u8] = b"writer/";

/// Whose devices are known here.
pub(crate) type Writers = LiteMap<DeviceId, PersonId>;

impl Client {
    /// The server says whose these devices are.
    pub(crate) fn learn_writers(&mut self, known: impl IntoIterator<Item = (DeviceId, PersonId)>) {
        for (device, person) in known {
            if !self.writers.contains_key(&device) {
                self.writers.insert(device, person);
                self.keep_note(&[NOTE, &device.0].concat(), &person);
                self.name_writer(device, who(person));
            }
        }
    }

    /// Whose device it is, if anybody has said.
    pub(crate) fn writer(&self, device: DeviceId) -> Option<PersonId> {
        let is_own = self.me.key.as_ref().is_some_and(|key| key.device() == device);
        let own = self.me.person.filter(|_| is_own);
        own.or_else(|| self.writers.get(&device).copied())
    }

    /// Nothing of it is known here any longer. These notes say so.
    pub(crate) fn forget_writers(&mut self) -> Vec<Vec<u8>> {
        let keys = self.writers.keys().map(|device| [NOTE, &device.0].concat()).collect();
        self.writers.clear();
        keys
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_writer(&mut self, row: &Row) {
        let name = row.key.strip_prefix(NOTE).and_then(|name| name.first_chunk());
        if let Some((name, person)) = name.zip(read(&row.value)) {
            self.writers.insert(DeviceId(*name), person);
            self.name_writer(DeviceId(*name), who(person));
        }
    }
}
