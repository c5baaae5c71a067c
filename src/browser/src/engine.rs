//! Performs what the client wants, and brings it what happened.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use client::{Client, Deed, Done, Effect, Input, Made, Refusal, Tools, Topic};

use crate::Say;
use crate::clock::now;
use crate::disk::Disk;
use crate::lead::Lead;
use crate::line::Line;
use crate::tabs::Tabs;
use crate::timer::Alarm;
use crate::{choice, life, page};

/// The running app without its screen.
#[derive(Clone)]
pub struct Engine(Rc<Works>);

type OnChanged = Box<dyn Fn(&[Topic])>;

struct Works {
    client: Rc<RefCell<Client>>,
    on_changed: OnChanged,
    heard: RefCell<VecDeque<Input>>,
    is_listening: Cell<bool>,
    say: Say,
    disk: Disk,
    line: Line,
    tabs: Tabs,
    lead: Lead,
    alarm: Rc<Alarm>,
}

/// Starts the client on this page: the disk is read first, then the rest of the world is heard.
/// `on_changed` is told each time views have changed; the client is not borrowed meanwhile.
pub fn start(client: Rc<RefCell<Client>>, on_changed: impl Fn(&[Topic]) + 'static) -> Engine {
    let works = Rc::new_cyclic(|own: &Weak<Works>| {
        let own = own.clone();
        let say: Say = Rc::new(move |input| {
            if let Some(works) = own.upgrade() {
                works.hear(input);
            }
        });
        let woke = say.clone();
        Works {
            client,
            on_changed: Box::new(on_changed),
            heard: RefCell::default(),
            is_listening: Cell::new(false),
            disk: Disk::open(say.clone()),
            line: Line::new(say.clone()),
            tabs: Tabs::new(),
            lead: Lead::new(say.clone()),
            alarm: Alarm::new(move || woke(Input::Woke)),
            say,
        }
    });
    works.hear(life::began());
    Engine(works)
}

impl Engine {
    /// Does what a person asks for, and performs what follows from it. Answers what was made.
    ///
    /// # Errors
    /// The client's refusal; then nothing has happened.
    pub fn run(&self, deed: Box<dyn Deed>) -> Result<Option<Made>, Refusal> {
        let done = self.0.client.borrow_mut().run(deed, now())?;
        let made = done.made;
        self.0.follow(done);
        Ok(made)
    }

    /// The part of the program with the tools is here.
    pub fn have_tools(&self, tools: Tools) {
        self.0.hear(Input::Tools(tools));
    }
}

impl Works {
    /// What happens while something else is being heard waits its turn.
    fn hear(&self, input: Input) {
        self.heard.borrow_mut().push_back(input);
        if self.is_listening.replace(true) {
            return;
        }
        loop {
            let next = self.heard.borrow_mut().pop_front();
            let Some(input) = next else { break };
            let is_start = matches!(input, Input::Loaded(0, _));
            let done = self.client.borrow_mut().accept(input, now());
            self.follow(done);
            if is_start {
                self.open_to_the_world();
            }
        }
        self.is_listening.set(false);
    }

    fn open_to_the_world(&self) {
        page::watch(self.say.clone());
        self.tabs.listen(self.say.clone());
        self.lead.wait();
    }

    fn follow(&self, done: Done) {
        for effect in done.effects {
            self.perform(effect);
        }
        if !done.changed.is_empty() {
            (self.on_changed)(&done.changed);
        }
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Save(batch) => self.disk.save(batch),
            Effect::Load(number, ranges) => self.disk.load(number, ranges),
            Effect::Connect => self.line.connect(),
            Effect::Disconnect => self.line.disconnect(),
            Effect::Send(frame) => self.line.send(&frame),
            Effect::WakeAt(due_ms) => self.alarm.set(due_ms, now().steady_ms),
            Effect::Hint(bytes) => self.tabs.hint(&bytes),
            Effect::Persist => page::persist(),
            Effect::TakeLead => self.lead.take(),
            Effect::LetGoLead => self.lead.let_go(),
            Effect::Reload => choice::load_again(),
        }
    }
}
