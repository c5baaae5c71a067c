//! The town itself: what people in it can do, and what can befall them.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;

use client::view::{InvitationOf, Me, Saved, Saving, SavingView};
use client::{Deed, FirstCommand, Input, Made, Query, Refusal, ToolCommand};
use domain::Programme;
use sync::Stamp;
use sync::guide::Published;
use trust::{DocumentId, PersonId};

use crate::chance::{Chance, Seed};
use crate::device::{Device, Faults};
use crate::happening::Event;
use crate::hub::Hub;
use crate::trace::Trace;
use crate::watch::{self, Watched};

/// When the town's clock begins: 2026-11-21 09:00 UTC.
pub(crate) const START_MS: i64 = 1_795_251_600_000;
/// Nothing takes longer than this to come to rest.
const SETTLE_MS: u64 = 600_000;

/// Somebody's tab on somebody's device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Walker {
    pub(crate) device: usize,
    pub(crate) tab: usize,
}

/// Many apps and a hub.
pub struct Town {
    pub(crate) chance: Chance,
    /// How badly things go from now on.
    pub faults: Faults,
    pub(crate) now_ms: u64,
    /// How much later it is by every clock than all that has happened took.
    pub(crate) slept_ms: u64,
    pub(crate) hub: Hub,
    pub(crate) hub_up: bool,
    lead_code: String,
    pub(crate) devices: Vec<Device>,
    pub(crate) queue: BTreeMap<(u64, u64), Event>,
    pub(crate) queued: u64,
    pub(crate) trace: Trace,
    screens: Vec<Box<dyn Watched>>,
}

impl Town {
    /// A town with a hub and nobody in it.
    pub fn new(seed: Seed) -> Self {
        let mut chance = Chance::new(seed);
        let (hub, lead_code) = Hub::new(&mut chance, stamp(0));
        Self {
            chance,
            faults: Faults::default(),
            now_ms: 0,
            slept_ms: 0,
            hub,
            hub_up: true,
            lead_code,
            devices: Vec::new(),
            queue: BTreeMap::new(),
            queued: 0,
            trace: Trace::default(),
            screens: Vec::new(),
        }
    }

    /// A new device with the app open in one tab, and nobody let in.
    pub fn device(&mut self, name: &'static str) -> Walker {
        self.devices.push(Device::new(name));
        self.open_tab(self.devices.len() - 1)
    }

    /// Another tab on the same device.
    pub fn second_tab(&mut self, beside: Walker) -> Walker {
        self.open_tab(beside.device)
    }

    /// The daily lead, called Bo.
    pub fn lead(&mut self) -> Walker {
        let lead = self.device("lead");
        self.settle();
        let code = self.lead_code.clone();
        self.run(lead, FirstCommand::Redeem { typed: code, tentative: false });
        self.settle();
        self.run(
            lead,
            ToolCommand::CallMe { name: Some("Bo".to_owned()), phone: Some(String::new()) },
        );
        lead
    }

    /// A daily lead, a coordinator called Mette and a citizen called Kirsten with a course.
    pub fn course(&mut self) -> (Walker, Walker) {
        let lead = self.lead();
        let made = self.run(lead, ToolCommand::MakeCoordinator { name: "Mette".to_owned() });
        let Some(Made::Person(mette)) = made else { panic!("no coordinator was made") };
        self.settle();
        let coordinator = self.let_in(lead, mette, "laptop");
        let command =
            ToolCommand::MakeCourse { name: "Kirsten".to_owned(), programme: Programme::Elders };
        self.run(coordinator, command);
        self.settle();
        let kirsten = self.look(coordinator, &client::view::Citizens)[0].person;
        let citizen = self.let_in(coordinator, kirsten, "phone");
        self.close(lead);
        (citizen, coordinator)
    }

    /// A new device, let in as this person by the newest code that `inviter` has for them.
    pub fn let_in(&mut self, inviter: Walker, person: PersonId, name: &'static str) -> Walker {
        let invitation = self.look(inviter, &InvitationOf(person)).expect("an invitation");
        let walker = self.device(name);
        self.settle();
        self.run(walker, FirstCommand::Redeem { typed: invitation.code, tentative: false });
        self.settle();
        walker
    }

    /// Another device of somebody who is let in already.
    pub fn another_device(&mut self, inviter: Walker, person: PersonId) -> Walker {
        let document = self.look(inviter, &client::view::Team).house.expect("a house");
        self.run(inviter, ToolCommand::Invite { person, document });
        self.settle();
        self.let_in(inviter, person, "another device")
    }

    /// The citizen's course, as this walker sees it.
    pub fn course_of(&self, walker: Walker) -> DocumentId {
        let me = self.look(walker, &Me);
        let first = || self.look(walker, &client::view::Citizens)[0].course;
        me.course.unwrap_or_else(first)
    }

    /// Does what somebody asks for.
    ///
    /// # Errors
    /// The client's own refusal.
    pub fn try_run(
        &mut self,
        walker: Walker,
        command: impl Deed + 'static,
    ) -> Result<Option<Made>, Refusal> {
        let now = self.now_of(walker);
        self.trace.note(self.now_ms, &(walker, &command));
        let done = self.client(walker).run(Box::new(command), now)?;
        let made = done.made;
        self.ask_screens(walker, &done.changed);
        self.perform(walker, done);
        Ok(made)
    }

    /// Does what somebody asks for, which must be possible.
    pub fn run(&mut self, walker: Walker, command: impl Deed + 'static) -> Option<Made> {
        let name = self.devices[walker.device].name;
        let said = format!("{command:?}");
        self.try_run(walker, command).unwrap_or_else(|refusal| panic!("{name}: {said}: {refusal}"))
    }

    /// What somebody sees.
    pub fn look<Q: Query>(&self, walker: Walker, query: &Q) -> Q::View {
        let tab = self.devices[walker.device].tabs[walker.tab].as_ref();
        tab.expect("the tab is open").client.look(query)
    }

    /// What is saved where, for somebody.
    pub fn saving(&self, walker: Walker) -> SavingView {
        self.look(walker, &Saving)
    }

    /// Takes away somebody's network.
    pub fn cut_off(&mut self, walker: Walker) {
        self.devices[walker.device].cut_off = true;
        self.drop_lines(walker.device);
    }

    /// Gives it back.
    pub fn reconnect(&mut self, walker: Walker) {
        self.devices[walker.device].cut_off = false;
        self.dial_all();
    }

    /// Stops the hub: what it has answered is on its disk, and nothing else is.
    pub fn stop_hub(&mut self) {
        self.hub_up = false;
        self.hub.close_all();
        (0..self.devices.len()).for_each(|device| self.drop_lines(device));
    }

    /// Starts it again.
    pub fn start_hub(&mut self) {
        self.hub_up = true;
        self.dial_all();
    }

    /// From now on the municipality says this of its programmes and open places; whoever comes hears it.
    pub fn publish(&mut self, guide: Published) {
        self.hub.guide = Some(guide);
    }

    /// How many times somebody was sent what the municipality says.
    pub fn guides_sent(&self) -> usize {
        self.hub.guides_sent
    }

    /// A copy of everything the hub has.
    pub fn back_up_hub(&self) -> sync::MemoryShelf {
        self.hub.shelf.clone()
    }

    /// Puts an old copy in place of what the hub has.
    pub fn restore_hub(&mut self, mut backup: sync::MemoryShelf) {
        self.stop_hub();
        backup.generation = self.chance.number();
        self.hub.shelf = backup;
        self.hub.witness.begin_again();
        self.start_hub();
    }

    /// What the hub has.
    pub fn shelf(&self) -> &sync::MemoryShelf {
        &self.hub.shelf
    }

    /// Kills a tab without a word: what is not on the disk is gone.
    pub fn kill(&mut self, walker: Walker) {
        let tab = self.devices[walker.device].tabs[walker.tab].take();
        if let Some(line) = tab.and_then(|tab| tab.line) {
            self.hub.close(line);
        }
        self.queue.retain(|_, event| event.walker() != Some(walker));
        self.lead_on(walker.device);
    }

    /// The app ends by a fault of its own in this tab, and the page loads again.
    pub fn end(&mut self, walker: Walker) -> Walker {
        self.kill(walker);
        self.devices[walker.device].has_ended = true;
        self.open_again(walker)
    }

    /// The app ends by a fault of its own as soon as the next row of this store is on the disk.
    pub fn end_on(&mut self, walker: Walker, store: client::Store) {
        self.devices[walker.device].ends_on = Some(store);
    }

    /// From now on another version of the app is opened on this device.
    pub fn update_app(&mut self, walker: Walker) {
        self.devices[walker.device].version.push('1');
    }

    /// Closes a tab as a person does: it is told that it will not be seen any longer.
    pub fn close(&mut self, walker: Walker) {
        self.input(walker, Input::Hidden);
        self.pass(1_000);
        self.kill(walker);
    }

    /// Opens the app again on the device of a tab that was killed.
    pub fn open_again(&mut self, walker: Walker) -> Walker {
        self.open_tab(walker.device)
    }

    /// Sets a device's clock wrong.
    pub fn set_clock_wrong(&mut self, walker: Walker, error_ms: i64) {
        self.devices[walker.device].clock_error_ms = error_ms;
    }

    /// The page is hidden or shown, or anything else a browser can say.
    pub fn input(&mut self, walker: Walker, input: Input) {
        let now = self.now_of(walker);
        let Some(tab) = self.tab(walker) else { return };
        if let Some(unheard) = &mut tab.asleep {
            return unheard.push(input);
        }
        let done = tab.client.accept(input, now);
        self.ask_screens(walker, &done.changed);
        self.perform(walker, done);
    }

    /// From now on every question a screen of this tab can ask is asked after each thing that happens, and
    /// must not have another answer unless its topic was named.
    pub fn watch(&mut self, walker: Walker) {
        self.screens.retain(|screen| screen.walker() != walker);
        let watched = watch::everything(walker, self.client(walker));
        self.screens.extend(watched);
    }

    fn ask_screens(&mut self, walker: Walker, changed: &[client::Topic]) {
        let tab = self.devices[walker.device].tabs[walker.tab].as_ref();
        let Some(client) = tab.map(|tab| &tab.client) else { return };
        for screen in self.screens.iter_mut().filter(|screen| screen.walker() == walker) {
            screen.ask(client, changed);
        }
    }

    /// Lets time pass.
    pub fn pass(&mut self, ms: u64) {
        let until = self.now_ms + ms;
        while let Some((&(at, _), _)) = self.queue.first_key_value() {
            if at > until {
                break;
            }
            self.happen();
        }
        self.now_ms = until;
    }

    /// Lets time pass until everything that was written is on the hub and everywhere it can be.
    pub fn settle(&mut self) {
        let until = self.now_ms + SETTLE_MS;
        let mut quiet_ms = 0;
        while quiet_ms < 3_000 {
            assert!(self.now_ms < until, "the town does not come to rest");
            let before = self.trace.length;
            self.pass(500);
            let holds = self.walkers().into_iter().any(|walker| self.saving(walker).is_holding);
            let still = (self.trace.length == before || self.is_settled()) && !holds;
            quiet_ms = if still { quiet_ms + 500 } else { 0 };
        }
    }

    /// The number of the trace so far: equal for equal runs.
    pub fn trace(&self) -> u64 {
        self.trace.number()
    }

    /// A number below `end`, by the town's own chance.
    pub fn below(&mut self, end: u64) -> u64 {
        self.chance.below(end)
    }

    fn is_settled(&self) -> bool {
        self.walkers().into_iter().all(|walker| {
            let saving = self.saving(walker);
            let offline = self.devices[walker.device].cut_off || !self.hub_up;
            saving.saved == Saved::Safely || offline
        })
    }

    /// Every open tab.
    pub fn walkers(&self) -> Vec<Walker> {
        let mut all = Vec::new();
        for (device, found) in self.devices.iter().enumerate() {
            let open = found.tabs.iter().enumerate().filter(|(_, tab)| tab.is_some());
            all.extend(open.map(|(tab, _)| Walker { device, tab }));
        }
        all
    }
}

pub(crate) fn stamp(now_ms: u64) -> Stamp {
    Stamp { seconds: (START_MS as u64 + now_ms) / 1000 }
}
