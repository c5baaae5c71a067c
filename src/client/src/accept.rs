//! What happened: one input, one thing done about it.

use sync::message::{Frame, Tell};
use trust::{Challenge, Pass};

use crate::client::{Client, Done, Topic};
use crate::effect::{Effect, Input, NotSaved, Now};
use crate::errand::Happened;
use crate::keeper::Then;

impl Client {
    /// Takes in what happened. It cannot fail: what makes no sense is left out.
    pub fn accept(&mut self, input: Input, now: Now) -> Done {
        self.pass_time(now);
        match input {
            Input::Began { version, has_ended } => self.began(version, has_ended),
            Input::Loaded(number, rows) => self.loaded(number, rows),
            Input::Saved(number) => self.saved(number),
            Input::NotSaved(number, why) => self.not_saved(number, why),
            Input::Connected => self.connected(),
            Input::Received(frame) => self.received(&frame),
            Input::Disconnected => self.disconnected(),
            Input::Woke => {}
            Input::Hidden => self.hidden(),
            Input::Shown => self.shown(),
            Input::Leading => self.may_lead(),
            Input::Hinted(bytes) => self.hinted(&bytes),
            Input::Overtaken(number) => self.deposed(Some(number)),
            Input::Deposed => self.deposed(None),
            Input::Tools(tools) => self.have_tools(tools),
        }
        self.done(None)
    }

    fn saved(&mut self, number: u64) {
        let then = self.keeper.saved(number);
        self.do_then(then);
    }

    fn not_saved(&mut self, number: u64, why: NotSaved) {
        // It would be tried again, and this tab may not write it any longer.
        if self.lead.is_deposed() {
            return self.deposed(Some(number));
        }
        let then = self.keeper.not_saved(number, why, self.now.steady_ms);
        self.do_then(then);
    }

    fn do_then(&mut self, all: Vec<Then>) {
        for then in all {
            match then {
                // It lies in the outbox, and another tab leads.
                Then::Push(_) if self.lead.is_deposed() => {}
                Then::Push(record) => {
                    let steps = self.replica.add(&record);
                    self.follow(steps);
                }
                Then::Read(record) => self.read_marked(&record),
                Then::Try(key) => self.try_again(&key),
                Then::ReadLive(device) => self.read_live(device),
                Then::Lead => self.read_small_stores(),
            }
        }
        self.changed(Topic::Saving);
    }

    fn connected(&mut self) {
        self.connected = true;
        self.presence.must_greet();
        self.replica.lost();
        self.invitations.ask_again();
        self.changed(Topic::Saving);
    }

    pub(crate) fn disconnected(&mut self) {
        self.connected = false;
        self.connected_ms = None;
        self.wait_until = None;
        self.replica.lost();
        self.all_gone();
        self.invitations.connection_lost();
        self.changed(Topic::Saving);
        self.changed(Topic::Invitations);
    }

    fn received(&mut self, frame: &[u8]) {
        match Tell::from_frame(frame) {
            Ok(Tell::Challenge(challenge)) => self.pass(challenge),
            Ok(tell) => {
                self.go_on(Happened::Heard(&tell));
                let waiting = self.replica.waiting();
                let steps = self.replica.hear(tell);
                if self.replica.waiting() != waiting {
                    self.changed(Topic::Saving);
                }
                self.follow(steps);
            }
            // From a newer server. Should it be an answer to what is on its way, the rest goes on all the same.
            Err(sync::message::Unreadable) => {
                self.replica.hear_later();
                self.note_later();
            }
        }
    }

    /// Something came that only a newer app has a word for: the person is told that there is more.
    pub(crate) fn note_later(&mut self) {
        self.hears_later = true;
        self.changed(Topic::Saving);
    }

    fn pass(&mut self, challenge: Challenge) {
        if let Some(key) = &self.me.key {
            let pass = Pass::sign(challenge, key);
            self.ask(&sync::message::Ask::Pass(pass));
        }
    }

    fn shown(&mut self) {
        self.tabs.is_seen(true, self.now.steady_ms);
        self.changed(Topic::Clock);
        self.ask_the_time_again();
    }

    /// The page may be killed without another word: everything goes to the disk now.
    fn hidden(&mut self) {
        self.write_unsent();
        self.tabs.is_seen(false, self.now.steady_ms);
        for document in self.all_documents() {
            self.rest(document);
            if self.sheets.get(&document).is_some_and(|sheet| sheet.stale_since.is_some()) {
                self.cache(document);
            }
        }
    }

    /// Asks the browser to keep our data, once there is something worth keeping.
    pub(crate) fn ask_to_persist(&mut self) {
        self.effect(Effect::Persist);
    }
}
