//! Tabs that are stopped for a while: a phone lays them to sleep, a debugger holds them.

use client::Input;

use crate::happening::Event;
use crate::town::{Town, Walker};

impl Town {
    /// Stops a tab: what it has given to the disk is written, and it hears nothing.
    pub fn lay_to_sleep(&mut self, walker: Walker) {
        if let Some(tab) = self.tab(walker) {
            tab.asleep.get_or_insert_default();
        }
    }

    /// Lets it go on. That another tab has taken the lead it hears long after everything else, which is the worst
    /// order.
    pub fn wake_up(&mut self, walker: Walker) {
        let unheard = self.tab(walker).and_then(|tab| tab.asleep.take()).unwrap_or_default();
        let (last, first): (Vec<Input>, Vec<Input>) =
            unheard.into_iter().partition(|input| *input == Input::Deposed);
        for input in first.into_iter().chain([Input::Woke]) {
            self.input(walker, input);
        }
        last.into_iter().for_each(|input| self.later(1_500, Event::Said(walker, input)));
    }

    /// How many tabs of somebody's device have a connection.
    pub fn lines_of(&self, walker: Walker) -> usize {
        let tabs = self.devices[walker.device].tabs.iter().flatten();
        tabs.filter(|tab| tab.line.is_some()).count()
    }

    /// Whether a tab is stopped.
    pub fn is_asleep(&self, walker: Walker) -> bool {
        let tab = self.devices[walker.device].tabs[walker.tab].as_ref();
        tab.is_some_and(|tab| tab.asleep.is_some())
    }
}
