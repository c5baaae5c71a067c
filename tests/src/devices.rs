//! What people do about their devices.

use client::DeviceCommand;
use client::view::NewDevices;

use crate::town::{Town, Walker};

impl Town {
    /// The page is killed, and opened again.
    pub fn kill_and_open(&mut self, walker: Walker) -> Walker {
        self.kill(walker);
        self.open_again(walker)
    }

    /// Somebody says yes to every device of theirs that they are asked about.
    pub fn say_yes(&mut self, walker: Walker) {
        for row in self.look(walker, &NewDevices) {
            self.run(walker, DeviceCommand::SayYes(row.device));
        }
        self.settle();
    }

    /// Somebody says no to every device of theirs that they are asked about.
    pub fn say_no(&mut self, walker: Walker) {
        let me = self.look(walker, &client::view::Devices::Mine).map(|mine| mine.person.who.0);
        for row in self.look(walker, &NewDevices) {
            let me = trust::PersonId(me.unwrap_or_default());
            self.run(walker, DeviceCommand::PutOut(me, row.device));
        }
        self.settle();
    }
}
