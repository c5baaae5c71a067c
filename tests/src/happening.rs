//! How the town goes: effects are performed, frames travel, disks write, and some of it fails.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use client::{Batch, Client, Done, Effect, Input, NotSaved, Now, Range, Row, Tools, Write};

use crate::device::Tab;
use crate::town::{START_MS, Town, Walker, stamp};

/// Something that will happen.
#[derive(Debug)]
pub(crate) enum Event {
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
    Said(Walker, Input),
    Reload(Walker),
}

impl Town {
    pub(crate) fn open_tab(&mut self, device: usize) -> Walker {
        let tab = self.new_tab();
        self.devices[device].tabs.push(Some(tab));
        let walker = Walker { device, tab: self.devices[device].tabs.len() - 1 };
        self.later(2, Event::Start(walker));
        walker
    }

    fn new_tab(&mut self) -> Tab {
        Tab {
            client: Client::new(self.chance.bytes(), self.chance.bytes()),
            wants_line: false,
            line: None,
            wake_at: None,
            disk_free_at: self.now_ms,
            asleep: None,
        }
    }

    /// The page loads again by itself.
    fn reload(&mut self, walker: Walker) {
        self.kill(walker);
        let tab = self.new_tab();
        self.devices[walker.device].tabs[walker.tab] = Some(tab);
        self.later(2, Event::Start(walker));
    }

    fn take_lead(&mut self, walker: Walker) {
        let device = &mut self.devices[walker.device];
        let before = device.leader().filter(|tab| *tab != walker.tab);
        device.taken_by = Some(walker.tab);
        if let Some(tab) = before {
            self.later(1, Event::Said(Walker { tab, ..walker }, Input::Deposed));
        }
        self.later(1, Event::Said(walker, Input::Leading));
    }

    pub(crate) fn lead_on(&mut self, device: usize) {
        if let Some(tab) = self.devices[device].leader() {
            self.input(Walker { device, tab }, Input::Leading);
        }
    }

    pub(crate) fn tab(&mut self, walker: Walker) -> Option<&mut Tab> {
        self.devices[walker.device].tabs[walker.tab].as_mut()
    }

    pub(crate) fn client(&mut self, walker: Walker) -> &mut Client {
        &mut self.tab(walker).expect("the tab is open").client
    }

    pub(crate) fn now_of(&self, walker: Walker) -> Now {
        let error_ms = self.devices[walker.device].clock_error_ms;
        let wall_ms = START_MS + (self.now_ms + self.slept_ms) as i64 + error_ms;
        Now { steady_ms: self.now_ms, wall_ms, zone_minutes: 60 }
    }

    /// Lets days pass in which nobody does anything.
    pub fn sleep_days(&mut self, days: u64) {
        self.sleep_hours(days * 24);
    }

    /// Lets hours pass in which nobody does anything.
    pub fn sleep_hours(&mut self, hours: u64) {
        self.slept_ms += hours * 60 * 60 * 1000;
    }

    /// Now, by the hub's clock.
    pub(crate) fn stamp(&self) -> sync::Stamp {
        stamp(self.now_ms + self.slept_ms)
    }

    pub(crate) fn later(&mut self, ms: u64, event: Event) {
        self.queued += 1;
        self.queue.insert((self.now_ms + ms, self.queued), event);
    }

    pub(crate) fn perform(&mut self, walker: Walker, done: Done) {
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
                self.drop_line(walker);
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
            Effect::TakeLead => self.take_lead(walker),
            Effect::LetGoLead if self.devices[walker.device].leader() == Some(walker.tab) => {
                self.later(1, Event::Said(walker, Input::Leading));
            }
            Effect::LetGoLead => {}
            Effect::Reload => {
                // A page that goes says so, and what it then gives to the disk is written.
                self.later(1, Event::Said(walker, Input::Hidden));
                self.later(60, Event::Reload(walker));
            }
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

    pub(crate) fn dial_all(&mut self) {
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

    pub(crate) fn drop_lines(&mut self, device: usize) {
        for tab in 0..self.devices[device].tabs.len() {
            self.drop_line(Walker { device, tab });
        }
    }

    fn drop_line(&mut self, walker: Walker) {
        if let Some(line) = self.tab(walker).and_then(|tab| tab.line.take()) {
            self.hub.close(line);
            self.input(walker, Input::Disconnected);
        }
    }

    pub(crate) fn happen(&mut self) {
        let Some(((at, _), event)) = self.queue.pop_first() else { return };
        self.now_ms = at;
        self.trace.note(at, &event);
        match event {
            Event::Written(walker, batch) => {
                if !self.devices[walker.device].write(&batch) {
                    return self.input(walker, Input::Overtaken(batch.number));
                }
                let puts = |store| {
                    batch.writes.iter().any(|w| matches!(w, Write::Put(row) if row.store == store))
                };
                if self.devices[walker.device].ends_on.take_if(|store| puts(*store)).is_some() {
                    self.devices[walker.device].has_ended = true;
                    return self.kill(walker);
                }
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
            Event::ToHub(line, frame) => self.reach_hub(line, &frame),
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
            Event::Said(walker, input) => self.input(walker, input),
            Event::Reload(walker) => self.reload(walker),
        }
    }

    fn start(&mut self, walker: Walker) {
        let device = &mut self.devices[walker.device];
        let (rows, version) = (device.read_at_start(), device.version.clone());
        let has_ended = std::mem::take(&mut device.has_ended);
        self.input(walker, Input::Began { version, has_ended });
        self.input(walker, Input::Loaded(0, rows));
        if self.devices[walker.device].has_later_half {
            // In a browser it comes when the first screen stands.
            self.later(500, Event::Said(walker, Input::Tools(Tools::all())));
        }
        if self.devices[walker.device].leader() == Some(walker.tab) {
            self.input(walker, Input::Leading);
        }
    }

    fn reach_hub(&mut self, line: u64, frame: &[u8]) {
        if !self.hub_up {
            return;
        }
        let frames = self.hub.hear(line, frame, self.stamp());
        self.deliver(frames);
        for line in std::mem::take(&mut self.hub.ended) {
            if let Some(walker) = self.holder_of(line) {
                self.later(25, Event::LineDies(walker, line));
            }
        }
    }

    fn holder_of(&self, line: u64) -> Option<Walker> {
        let holds = |walker: &Walker| {
            let tab = self.devices[walker.device].tabs[walker.tab].as_ref();
            tab.is_some_and(|tab| tab.line == Some(line))
        };
        self.walkers().into_iter().find(holds)
    }

    /// Sends what the hub says on its way.
    pub(crate) fn deliver(&mut self, frames: Vec<(u64, Vec<u8>)>) {
        for (line, frame) in frames {
            let Some(walker) = self.holder_of(line) else { continue };
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
    pub(crate) fn walker(&self) -> Option<Walker> {
        match self {
            Self::Written(walker, _)
            | Self::Full(walker, _)
            | Self::Read(walker, ..)
            | Self::Start(walker)
            | Self::Dial(walker)
            | Self::ToApp(walker, ..)
            | Self::LineDies(walker, _)
            | Self::Wake(walker, _)
            | Self::Said(walker, _)
            | Self::Reload(walker)
            | Self::Hint(walker, _) => Some(*walker),
            Self::ToHub(..) => None,
        }
    }
}
