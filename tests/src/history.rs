//! A random history: people write, move, throw out and promise while networks, tabs, disks and the
//! hub come and go. At the end everybody must see the same, with all that was ever called saved.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;

use client::view::{Agenda, AgreementRow, GoalOf, Me, Saved};
use client::{
    AgendaCommand, Command, Deed, FirstCommand, Made, PlanCommand, TextField, Thing, ToolCommand,
};
use domain::{AgreementState, Doer, ItemId, LifeArea, Meeting, Splice};
use trust::DocumentId;

use crate::chance::Seed;
use crate::device::Faults;
use crate::town::{Town, Walker};

/// More topics than anybody has.
const TOPICS: usize = 12;
/// The citizen lets in this many other phones; a server restored from before does not know them.
const NEWCOMERS: usize = 2;

/// What came of a history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The number of the trace.
    pub trace: u64,
    /// How many things people did.
    pub operations: u64,
    /// How many words and promises the app had called saved.
    pub acknowledged: usize,
    /// Those of them that somebody does not see in the end, or sees twice.
    pub lost: Vec<String>,
    /// Whether everybody sees the same in the end.
    pub converged: bool,
}

mod adversary;
mod ending;
mod help;
mod meeting;
mod milestones;
mod said;
mod trial;

struct History {
    town: Town,
    course: DocumentId,
    meetings: Vec<DocumentId>,
    area: DocumentId,
    goal: ItemId,
    words: u64,
    /// What has been done and is not yet called saved, by whom.
    pending: BTreeMap<Walker, Vec<String>>,
    saved: Vec<String>,
    hub_down: bool,
    /// What the hub had at some earlier time.
    backup: Option<sync::MemoryShelf>,
    newcomers: Vec<Walker>,
    /// The hub is never restored, and no phone is lost.
    only_hostile: bool,
}

/// How badly things go in a history.
const FAULTS: Faults =
    Faults { frame_lost: 150, frame_twice: 60, frame_late: 40, disk_full: 80, hint_lost: 30 };

/// Lives through a history of this many operations.
pub fn live_through(seed: Seed, operations: u64) -> Report {
    let mut history = History::begin(seed);
    history.town.faults = FAULTS;
    for _ in 0..operations {
        history.step();
    }
    history.end(operations)
}

/// What came of a history in which one member means harm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostileReport {
    /// What came of it for everybody else.
    pub report: Report,
    /// What the adversary, or somebody through it, was given that was not theirs.
    pub given_away: Vec<String>,
    /// What the adversary did.
    pub deeds: u64,
    /// How many people's tabs say that something of the adversary's was left out.
    pub told: usize,
}

/// Lives through a history of this many operations while somebody who works there does whatever the keys of a device
/// of theirs allow. The hub is not restored and no phone is lost: those are in the other histories.
pub fn live_through_hostility(seed: Seed, operations: u64) -> HostileReport {
    let mut history = History::begin(seed);
    history.town.faults = FAULTS;
    history.only_hostile = true;
    let mut adversary = history.let_an_adversary_in();
    for _ in 0..operations {
        if history.town.below(3) == 0 {
            history.adversary_acts(&mut adversary);
        }
        history.step();
    }
    let report = history.end(operations);
    let told = history.who_names(&adversary);
    let breaches = history.town.witness().breaches.iter().cloned();
    let (deeds, gained) = (adversary.deeds, adversary.gained.into_iter());
    HostileReport { report, given_away: gained.chain(breaches).collect(), deeds, told }
}

/// Lives through one with an eye on every screen of everybody: none may be left with an old answer.
///
/// # Panics
/// When one is.
pub fn watch_through(seed: Seed, operations: u64) {
    let mut history = History::begin(seed);
    history.town.faults = FAULTS;
    for _ in 0..operations {
        history.step();
        for walker in history.town.walkers() {
            history.town.watch(walker);
        }
    }
}

impl History {
    fn begin(seed: Seed) -> Self {
        let mut town = Town::new(seed);
        let (citizen, coordinator) = town.course();
        let course = town.course_of(citizen);
        let mut meetings = Vec::new();
        for maker in [citizen, coordinator] {
            let starts = "2026-11-26T10:00".parse().unwrap();
            let meeting = Meeting::at(starts, 60, "").unwrap();
            let made = town.run(maker, ToolCommand::MakeMeeting { course, meeting });
            let Some(Made::Document(meeting)) = made else { panic!("no meeting was made") };
            town.run(
                maker,
                ToolCommand::Agenda(meeting, AgendaCommand::AddTopic("Bolig".to_owned())),
            );
            meetings.push(meeting);
        }
        let area = LifeArea::from_key("housing").unwrap();
        let goal = Command::AddGoal { course, area, title: "Et sted at bo".to_owned() };
        let Some(Made::Item(area, goal)) = town.run(citizen, goal) else { panic!("no goal") };
        town.settle();
        Self {
            town,
            course,
            meetings,
            area,
            goal,
            words: 0,
            pending: BTreeMap::new(),
            saved: Vec::new(),
            hub_down: false,
            backup: None,
            newcomers: Vec::new(),
            only_hostile: false,
        }
    }

    fn step(&mut self) {
        let walkers = self.town.walkers();
        let who = walkers[self.town.below(walkers.len() as u64) as usize];
        match self.town.below(100) {
            0..54 => self.write(who),
            54..60 => self.add_note(who),
            60..64 => self.add_topic(who),
            64..66 => self.milestone(who),
            66..72 => self.move_topic(who),
            72..76 => self.throw_out_or_take_back(who),
            76..80 => self.promise(who),
            80 => self.change_meeting(who),
            81 => self.learn(who),
            82..84 => self.help(who),
            84..87 => self.assess(who),
            87..90 => self.open(who),
            other => self.fate(who, other),
        }
        let ms = self.town.below(220);
        self.town.pass(ms);
        self.note_saved();
    }

    /// Does it if it can be done: in the middle of a start, or without a document, it cannot.
    fn try_it(&mut self, who: Walker, command: impl Deed + 'static) -> Option<Made> {
        self.town.try_run(who, command).ok().flatten()
    }

    /// The course that somebody's app is in; who works there may have begun others with the same person.
    fn course_of(&self, who: Walker) -> DocumentId {
        self.town.look(who, &Me).course.unwrap_or(self.course)
    }

    fn topic(&mut self, who: Walker) -> Option<(DocumentId, ItemId, usize)> {
        let meeting = self.meetings[self.town.below(2) as usize];
        let agenda = self.town.look(who, &Agenda(meeting))?;
        let count = agenda.topics.len();
        let at = self.town.below(count as u64) as usize;
        Some((meeting, agenda.topics.get(at)?.id, count))
    }

    fn write(&mut self, who: Walker) {
        let Some((document, topic, _)) = self.topic(who) else { return };
        let agenda = self.town.look(who, &Agenda(document));
        let rows = agenda.map(|agenda| agenda.topics).unwrap_or_default();
        let Some(row) = rows.iter().find(|row| row.id == topic) else { return };
        let length = row.why.text.encode_utf16().count() as u32;
        self.words += 1;
        let word = format!("<{} æ🐕>", self.words);
        let at = if self.town.below(2) == 0 { 0 } else { length };
        let field = TextField::TopicWhy(topic);
        let splice = Splice { at, delete: 0, insert: word.clone() };
        if self.town.try_run(who, Command::Write { document, field, splice }).is_ok() {
            self.pending.entry(who).or_default().push(word);
        }
    }

    fn add_topic(&mut self, who: Walker) {
        let Some((document, _, count)) = self.topic(who) else { return };
        if count < TOPICS {
            self.words += 1;
            let title = format!("<{}>", self.words);
            let command = AgendaCommand::AddTopic(title.clone());
            if self.try_it(who, ToolCommand::Agenda(document, command)).is_some() {
                self.pending.entry(who).or_default().push(title);
            }
        }
    }

    fn add_note(&mut self, who: Walker) {
        self.words += 1;
        let (text, course) = (format!("{}<{}>", ending::NOTE, self.words), self.course);
        if self.try_it(who, ToolCommand::AddNote { course, text: text.clone() }).is_some() {
            self.pending.entry(who).or_default().push(text);
        }
    }

    fn move_topic(&mut self, who: Walker) {
        let Some((document, topic, count)) = self.topic(who) else { return };
        let place = self.town.below(count as u64 + 1) as usize;
        self.try_it(who, ToolCommand::Agenda(document, AgendaCommand::MoveTopic(topic, place)));
    }

    fn throw_out_or_take_back(&mut self, who: Walker) {
        let Some((document, topic, _)) = self.topic(who) else { return };
        let thing = Thing::Meeting(documents::meeting::List::Topics, topic);
        self.try_it(who, Command::ThrowOut(document, thing));
        let ms = self.town.below(900);
        self.town.pass(ms);
        if self.town.walkers().contains(&who) {
            self.try_it(who, Command::TakeBack(document, thing));
        }
    }

    fn promise(&mut self, who: Walker) {
        // Nobody can say how an agreement stands that they do not see.
        let seen = self.agreements_of(who);
        let old = self.town.below(seen.len() as u64 + 1) as usize;
        let command = match seen.get(old) {
            Some(agreement) => {
                let states = AgreementState::ALL;
                let state = states[self.town.below(states.len() as u64) as usize];
                PlanCommand::SetState(agreement.id, state)
            }
            None if seen.len() < 8 => PlanCommand::AddAgreement {
                goal: Some(self.goal),
                what: "Ring".to_owned(),
                doer: Doer::Named("Ali".to_owned()),
                by_day: None,
                is_trial: true,
            },
            None => return,
        };
        if let Some(Made::Item(_, id)) = self.try_it(who, Command::Plan(self.area, command)) {
            self.pending.entry(who).or_default().push(format!("promise {id}"));
        }
    }

    fn agreements_of(&self, who: Walker) -> Vec<AgreementRow> {
        let goal = GoalOf { document: self.area, goal: self.goal };
        self.town.look(who, &goal).map(|goal| goal.agreements).unwrap_or_default()
    }

    fn open(&mut self, who: Walker) {
        let meeting = self.meetings[self.town.below(2) as usize];
        let leave = self.town.below(3) == 0;
        self.try_it(who, if leave { FirstCommand::Leave } else { FirstCommand::Open(meeting) });
    }

    /// What befalls people: `dice` is from 90 to 99.
    fn fate(&mut self, who: Walker, dice: u64) {
        match dice {
            90..92 => self.town.cut_off(who),
            92..94 => self.town.reconnect(who),
            94 if self.town.walkers().len() < 5 => {
                self.town.second_tab(who);
            }
            94 | 95 => self.kill(who),
            96 => {
                self.hub_down = true;
                self.town.stop_hub();
            }
            97 => self.town.input(who, client::Input::Hidden),
            98 => {
                let hours = self.town.below(200_000) as i64 - 100_000;
                self.town.set_clock_wrong(who, hours * 3_600_000);
            }
            _ if self.hub_down => {
                self.hub_down = false;
                self.town.start_hub();
            }
            _ if self.town.below(4) == 0 && self.newcomers.len() < NEWCOMERS => {
                let phone = self.town.device("another phone");
                self.newcomers.push(phone);
                self.let_in(phone);
            }
            _ if self.only_hostile => {}
            _ if self.town.below(6) == 0 && !self.newcomers.is_empty() => self.lose_a_phone(),
            _ => match self.backup.take() {
                Some(backup) => self.town.restore_hub(backup),
                None => self.backup = Some(self.town.back_up_hub()),
            },
        }
    }

    fn kill(&mut self, who: Walker) {
        self.pending.remove(&who);
        self.town.kill(who);
        self.town.open_again(who);
        self.town.pass(40);
    }

    /// A phone is gone for good, at a time when others have all that it called saved.
    fn lose_a_phone(&mut self) {
        self.come_to_rest();
        self.note_saved();
        let newest = self.newcomers.last().map(|phone| phone.device);
        let is_it = |who: &Walker| Some(who.device) == newest;
        let tabs: Vec<Walker> = self.town.walkers().into_iter().filter(is_it).collect();
        if tabs.iter().all(|tab| self.town.saving(*tab).saved == Saved::Safely) {
            tabs.iter().for_each(|tab| self.town.kill(*tab));
            tabs.iter().for_each(|tab| drop(self.pending.remove(tab)));
        }
        self.town.faults = FAULTS;
    }

    /// What the app calls saved is noted down, to be held against it.
    fn note_saved(&mut self) {
        for who in self.town.walkers() {
            if !self.pending.contains_key(&who) {
                continue;
            }
            if matches!(self.town.saving(who).saved, Saved::Safely | Saved::OnDevice) {
                self.saved.extend(self.pending.remove(&who).unwrap_or_default());
            }
        }
    }

    /// Nothing goes wrong any longer, until everybody has everything.
    fn come_to_rest(&mut self) {
        self.town.faults = Faults::default();
        self.town.start_hub();
        for who in self.town.walkers() {
            self.town.reconnect(who);
        }
        self.town.pass(60_000);
        self.let_everybody_in();
        self.say_yes();
        self.town.settle();
    }
}
