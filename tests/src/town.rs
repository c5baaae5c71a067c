//! The town itself: a queue of things that will happen, and people who do things in between.

use std::collections::BTreeMap;

use client::view::{InvitationOf, Me, Saving, SavingView};
use client::{
    Batch, Client, Command, Done, Effect, Input, Made, NotSaved, Now, Query, Range, Refusal, Row,
};
use domain::Programme;
use sync::Stamp;
use trust::{DocumentId, PersonId};

use crate::chance::{Chance, Seed};
use crate::device::{Device, Faults, Tab};
use crate::hub::Hub;
use crate::trace::Trace;

/// When the town's clock begins: 2026-11-21 09:00 UTC.
const START_MS: i64 = 1_795_251_600_000;
/// Nothing takes longer than this to come to rest.
const SETTLE_MS: u64 = 600_000;

/// Somebody's tab on somebody's device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Walker {
    device: usize,
    tab: usize,
}

/// Many apps and a hub.
pub struct Town {
    chance: Chance,
    /// How badly things go from now on.
    pub faults: Faults,
    now_ms: u64,
    hub: Hub,
    hub_up: bool,
    lead_code: String,
    devices: Vec<Device>,
    queue: BTreeMap<(u64, u64), Event>,
    queued: u64,
    trace: Trace,
}

#[derive(Debug)]
enum Event {
    Written(Walker, Batch),
    Full(Walker, u64),
    Read(Walker, u64, Vec<Range>),
    Start(Walker),
    Dial(Walker),
    ToHub(u64, Vec<u8>),
    ToApp(Walker, u64, Vec<u8>),
    LineDies(Walker, u64),
    Wake(Walker, u64),
    Hint(Walker, Vec<u8>),
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
            hub,
            hub_up: true,
            lead_code,
            devices: Vec::new(),
            queue: BTreeMap::new(),
            queued: 0,
            trace: Trace::default(),
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

    /// A daily lead, a coordinator called Mette and a citizen called Kirsten with a course.
    pub fn course(&mut self) -> (Walker, Walker) {
        let lead = self.device("lead");
        self.settle();
        let code = self.lead_code.clone();
        self.run(lead, Command::Redeem { typed: code, tentative: false });
        self.settle();
        self.run(lead, Command::CallMe { name: "Bo".to_owned(), phone: String::new() });
        let made = self.run(lead, Command::MakeCoordinator { name: "Mette".to_owned() });
        let Some(Made::Person(mette)) = made else { panic!("no coordinator was made") };
        self.settle();
        let coordinator = self.let_in(lead, mette, "laptop");
        let command =
            Command::MakeCourse { name: "Kirsten".to_owned(), programme: Programme::Elders };
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
        self.run(walker, Command::Redeem { typed: invitation.code, tentative: false });
        self.settle();
        walker
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
    pub fn try_run(&mut self, walker: Walker, command: Command) -> Result<Option<Made>, Refusal> {
        let now = self.now_of(walker);
        self.trace.note(self.now_ms, &(walker, &command));
        let done = self.client(walker).run(command, now)?;
        let made = done.made;
        self.perform(walker, done);
        Ok(made)
    }

    /// Does what somebody asks for, which must be possible.
    pub fn run(&mut self, walker: Walker, command: Command) -> Option<Made> {
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

    /// A copy of everything the hub has.
    pub fn back_up_hub(&self) -> sync::MemoryShelf {
        self.hub.shelf.clone()
    }

    /// Puts an old copy in place of what the hub has.
    pub fn restore_hub(&mut self, mut backup: sync::MemoryShelf) {
        self.stop_hub();
        backup.generation = self.chance.number();
        self.hub.shelf = backup;
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

    /// Throws away rows, as a browser does that is short of space.
    pub fn evict(&mut self, walker: Walker, store: client::Store) {
        self.devices[walker.device].disk.retain(|(kept, _), _| *kept != store);
    }

    /// Sets a device's clock wrong.
    pub fn set_clock_wrong(&mut self, walker: Walker, error_ms: i64) {
        self.devices[walker.device].clock_error_ms = error_ms;
    }

    /// The page is hidden or shown, or anything else a browser can say.
    pub fn input(&mut self, walker: Walker, input: Input) {
        let now = self.now_of(walker);
        let Some(tab) = self.tab(walker) else { return };
        let done = tab.client.accept(input, now);
        self.perform(walker, done);
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
            let still = self.trace.length == before || self.is_settled();
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
            saving.waiting == 0 || offline
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

    fn open_tab(&mut self, device: usize) -> Walker {
        let client = Client::new(self.chance.bytes(), self.chance.bytes());
        let tab =
            Tab { client, wants_line: false, line: None, wake_at: None, disk_free_at: self.now_ms };
        self.devices[device].tabs.push(Some(tab));
        let walker = Walker { device, tab: self.devices[device].tabs.len() - 1 };
        self.later(2, Event::Start(walker));
        walker
    }

    fn lead_on(&mut self, device: usize) {
        if let Some(tab) = self.devices[device].leader() {
            self.input(Walker { device, tab }, Input::Leading);
        }
    }

    fn tab(&mut self, walker: Walker) -> Option<&mut Tab> {
        self.devices[walker.device].tabs[walker.tab].as_mut()
    }

    fn client(&mut self, walker: Walker) -> &mut Client {
        &mut self.tab(walker).expect("the tab is open").client
    }

    fn now_of(&self, walker: Walker) -> Now {
        let error_ms = self.devices[walker.device].clock_error_ms;
        let wall_ms = START_MS + self.now_ms as i64 + error_ms;
        Now { steady_ms: self.now_ms, wall_ms, zone_minutes: 60 }
    }

    fn later(&mut self, ms: u64, event: Event) {
        self.queued += 1;
        self.queue.insert((self.now_ms + ms, self.queued), event);
    }

    fn perform(&mut self, walker: Walker, done: Done) {
        for effect in done.effects {
            self.perform_one(walker, effect);
        }
    }

    fn perform_one(&mut self, walker: Walker, effect: Effect) {
        match effect {
            Effect::Save(batch) => self.save(walker, batch),
            Effect::Load(number, ranges) => {
                let free_at = self.disk_turn(walker, 3);
                self.later(free_at, Event::Read(walker, number, ranges));
            }
            Effect::Connect => {
                if let Some(tab) = self.tab(walker) {
                    tab.wants_line = true;
                }
                self.later(1, Event::Dial(walker));
            }
            Effect::Disconnect => {
                if let Some(tab) = self.tab(walker) {
                    tab.wants_line = false;
                }
                self.drop_lines(walker.device);
            }
            Effect::Send(frame) => self.send(walker, frame),
            Effect::WakeAt(at) => {
                let ms = at.saturating_sub(self.now_ms).max(1);
                let known = self.tab(walker).map(|tab| tab.wake_at.replace(at));
                if known.is_some_and(|known| known != Some(at)) {
                    self.later(ms, Event::Wake(walker, at));
                }
            }
            Effect::Hint(bytes) => self.hint(walker, &bytes),
            Effect::Persist => {}
        }
    }

    fn save(&mut self, walker: Walker, batch: Batch) {
        let slow = 1 + self.chance.below(25);
        let ms = self.disk_turn(walker, slow);
        let full = self.chance.once_in(self.faults.disk_full);
        let event =
            if full { Event::Full(walker, batch.number) } else { Event::Written(walker, batch) };
        self.later(ms, event);
    }

    /// When the disk gets to it, in milliseconds from now: one thing after the other.
    fn disk_turn(&mut self, walker: Walker, ms: u64) -> u64 {
        let now_ms = self.now_ms;
        let Some(tab) = self.tab(walker) else { return ms };
        tab.disk_free_at = tab.disk_free_at.max(now_ms) + ms;
        tab.disk_free_at - now_ms
    }

    fn send(&mut self, walker: Walker, frame: Vec<u8>) {
        let Some(line) = self.tab(walker).and_then(|tab| tab.line) else { return };
        if self.chance.once_in(self.faults.frame_lost) {
            let ms = 50 + self.chance.below(2_000);
            return self.later(ms, Event::LineDies(walker, line));
        }
        let ms = self.travel();
        if self.chance.once_in(self.faults.frame_twice) {
            self.later(ms + 1, Event::ToHub(line, frame.clone()));
        }
        self.later(ms, Event::ToHub(line, frame));
    }

    fn travel(&mut self) -> u64 {
        let late = if self.chance.once_in(self.faults.frame_late) { 40 } else { 0 };
        20 + late
    }

    fn hint(&mut self, from: Walker, bytes: &[u8]) {
        for to in self.walkers() {
            let lost = self.chance.once_in(self.faults.hint_lost);
            if to.device == from.device && to.tab != from.tab && !lost {
                self.later(1, Event::Hint(to, bytes.to_vec()));
            }
        }
    }

    fn dial_all(&mut self) {
        for walker in self.walkers() {
            self.later(5, Event::Dial(walker));
        }
    }

    fn dial(&mut self, walker: Walker) {
        let cut_off = self.devices[walker.device].cut_off || !self.hub_up;
        let wants = self.tab(walker).is_some_and(|tab| tab.wants_line && tab.line.is_none());
        if cut_off || !wants {
            return;
        }
        let (line, challenge) = self.hub.open(&mut self.chance);
        if let Some(tab) = self.tab(walker) {
            tab.line = Some(line);
        }
        self.input(walker, Input::Connected);
        self.later(20, Event::ToApp(walker, line, challenge));
    }

    fn drop_lines(&mut self, device: usize) {
        for tab in 0..self.devices[device].tabs.len() {
            let walker = Walker { device, tab };
            if let Some(line) = self.tab(walker).and_then(|tab| tab.line.take()) {
                self.hub.close(line);
                self.input(walker, Input::Disconnected);
            }
        }
    }

    fn happen(&mut self) {
        let Some(((at, _), event)) = self.queue.pop_first() else { return };
        self.now_ms = at;
        self.trace.note(at, &event);
        match event {
            Event::Written(walker, batch) => {
                self.devices[walker.device].write(&batch);
                self.input(walker, Input::Saved(batch.number));
            }
            Event::Full(walker, number) => {
                self.input(walker, Input::NotSaved(number, NotSaved::Full));
            }
            Event::Read(walker, number, ranges) => {
                let device = &self.devices[walker.device];
                let rows: Vec<Row> = ranges.iter().flat_map(|range| device.read(range)).collect();
                self.input(walker, Input::Loaded(number, rows));
            }
            Event::Start(walker) => self.start(walker),
            Event::Dial(walker) => self.dial(walker),
            Event::ToHub(line, frame) => self.to_hub(line, &frame),
            Event::ToApp(walker, line, frame) => {
                if self.tab(walker).is_some_and(|tab| tab.line == Some(line)) {
                    self.input(walker, Input::Received(frame));
                }
            }
            Event::LineDies(walker, line) => {
                if self.tab(walker).is_some_and(|tab| tab.line == Some(line)) {
                    self.drop_lines(walker.device);
                    self.later(300, Event::Dial(walker));
                }
            }
            Event::Wake(walker, at) => {
                if let Some(tab) = self.tab(walker)
                    && tab.wake_at == Some(at)
                {
                    tab.wake_at = None;
                    self.input(walker, Input::Woke);
                }
            }
            Event::Hint(walker, bytes) => self.input(walker, Input::Hinted(bytes)),
        }
    }

    fn start(&mut self, walker: Walker) {
        let rows = self.devices[walker.device].read_at_start();
        self.input(walker, Input::Loaded(0, rows));
        if self.devices[walker.device].leader() == Some(walker.tab) {
            self.input(walker, Input::Leading);
        }
    }

    fn to_hub(&mut self, line: u64, frame: &[u8]) {
        if !self.hub_up {
            return;
        }
        for (line, frame) in self.hub.hear(line, frame, stamp(self.now_ms)) {
            let holds = |walker: &Walker| {
                let tab = self.devices[walker.device].tabs[walker.tab].as_ref();
                tab.is_some_and(|tab| tab.line == Some(line))
            };
            let Some(walker) = self.walkers().into_iter().find(holds) else { continue };
            if self.chance.once_in(self.faults.frame_lost) {
                self.later(400, Event::LineDies(walker, line));
                continue;
            }
            let ms = self.travel();
            if self.chance.once_in(self.faults.frame_twice) {
                self.later(ms + 1, Event::ToApp(walker, line, frame.clone()));
            }
            self.later(ms, Event::ToApp(walker, line, frame));
        }
    }
}

impl Event {
    fn walker(&self) -> Option<Walker> {
        match self {
            Self::Written(walker, _)
            | Self::Full(walker, _)
            | Self::Read(walker, ..)
            | Self::Start(walker)
            | Self::Dial(walker)
            | Self::ToApp(walker, ..)
            | Self::LineDies(walker, _)
            | Self::Wake(walker, _)
            | Self::Hint(walker, _) => Some(*walker),
            Self::ToHub(..) => None,
        }
    }
}

fn stamp(now_ms: u64) -> Stamp {
    Stamp { seconds: (START_MS as u64 + now_ms) / 1000 }
}
