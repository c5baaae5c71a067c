//! Phones to which only the first half of the app has come.

use client::{Input, Tools};

use crate::town::{Town, Walker};

impl Town {
    /// From now on the later half of the app, with the tools, comes to no tab that is opened on this device.
    pub fn withhold_later_half(&mut self, walker: Walker) {
        self.devices[walker.device].has_later_half = false;
    }

    /// The later half comes to this tab, and to all that are opened from now on.
    pub fn bring_later_half(&mut self, walker: Walker) {
        self.devices[walker.device].has_later_half = true;
        self.input(walker, Input::Tools(Tools::all()));
    }
}
