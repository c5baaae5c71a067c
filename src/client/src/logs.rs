//! What the hub says about logs, done on this device.

use sync::Step;
use sync::message::{Held, Placed, Refusal, Tell, WaitFor};
use trust::{Change, DocumentId, Kind, Membership, PersonId, Record, RecordKind, Role};

use crate::aside::NotTaken;
use crate::authored::{as_summary, said_again};
use crate::client::{Bond, Client, Topic};
use crate::effect::{Effect, Row, Store, Write};
use crate::hint::Hint;
use crate::sheet::Sheet;
use crate::stored::{PositionRow, arrival_key};

impl Client {
    pub(crate) fn follow(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Ask(ask) => self.ask(&ask),
                Step::Took { document, records, .. } => self.took(document, records),
                Step::Skipped { document, after, through } => {
                    self.skipped(document, (after, through))
                }
                Step::Filled { document, records, through, is_all } => {
                    self.fill_by_tools((document, records, (through, is_all)));
                }
                Step::Writers(known) => self.learn_writers(known),
                Step::Stored { counter, document, .. } => self.stored(counter, document),
                Step::Refused { counter, record, why } => self.refused(counter, record, why),
                Step::Member(held) => self.member(&held),
                Step::Gone(document) => self.gone(document),
                Step::Restored => self.restored(),
                Step::Owed(record) => self.owe(record),
                Step::NameTaken(record) => self.say_by_another_name(record),
                Step::Returned { device, counter } => self.returned(device, counter),
                Step::GivenBack(generation) => self.given_back(generation),
                Step::Wait(seconds, why) => self.wait(seconds, why),
                Step::Heard(tell) => self.heard(tell),
            }
        }
    }

    fn took(&mut self, document: DocumentId, records: Vec<Placed>) {
        for placed in records {
            match Record::read(placed.record.to_vec()) {
                Ok(record) if record.header().document == document => {
                    self.note_summary(&record, placed.seq);
                    self.receive(&record);
                }
                _ => self.put_aside(document, placed.record, None),
            }
        }
        self.keep_position(document);
        self.tell_tabs_of(document);
        self.changed(Topic::Document(document));
    }

    /// Keeps a record that came from the hub, and takes it in.
    pub(crate) fn receive(&mut self, record: &Record) {
        let document = record.header().document;
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        sheet.is_newest_mine =
            Some(record.header().device) == self.me.key.as_ref().map(|key| key.device());
        let arrival = sheet.next_arrival();
        let (key, value) = (arrival_key(document, arrival), record.bytes().to_vec());
        self.keeper.keep(Write::Put(Row { store: Store::Records, key, value }));
        if record.header().kind.can_be_covered() {
            self.read_when_marked(arrival, record.clone());
        } else {
            self.read_received(record);
        }
    }

    /// Takes in a record that came from the hub and is kept here, or sets it aside.
    pub(crate) fn read_received(&mut self, record: &Record) {
        let document = record.header().document;
        let taken = self.absorb(record);
        if let Err(why) = taken {
            self.put_aside_untaken(record, why);
        } else {
            if let Some(update) = self.update_to_say_again(record) {
                let hint = Hint::Update { document, update: update.into(), drafts: Vec::new() };
                self.effect(Effect::Hint(hint.bytes()));
            }
        }
    }

    /// Takes a record in. It stays in the log all the same when it cannot be.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub(crate) fn absorb(&mut self, record: &Record) -> Result<(), NotTaken> {
        let document = record.header().document;
        match record.header().kind {
            RecordKind::Membership => {
                let sheet = self.sheets.get_mut(&document).ok_or(NotTaken::Unreadable)?;
                // A link that does not follow is one that was read before, or that another one won
                // over: the hub has already said so to its author.
                let _ = sheet.membership.follow(record);
                self.changed(Topic::Documents);
                return Ok(());
            }
            // Kept aside, and read by the newer app that comes after this one.
            RecordKind::Later(_) => return Err(NotTaken::Unreadable),
            RecordKind::Update => self.may_take_in(record)?,
            RecordKind::Snapshot if !self.needs_summary(record)? => return Ok(()),
            RecordKind::Snapshot => {}
        }
        let update = self.update_of(record).ok_or(NotTaken::Unreadable)?;
        let held = self.apply(document, update).ok_or(NotTaken::Unreadable)?;
        self.repay(document, held);
        Ok(())
    }

    fn update_of<'a>(&self, record: &'a Record) -> Option<&'a [u8]> {
        match record.header().kind {
            RecordKind::Update => Some(record.payload()),
            RecordKind::Snapshot => record.payload().get(8..),
            RecordKind::Membership | RecordKind::Later(_) => None,
        }
    }

    /// What other tabs merge of a record that was taken in, with its writer's own signature: should this tab end, one
    /// of them may have to put it in a record of this device.
    fn update_to_say_again(&self, record: &Record) -> Option<Vec<u8>> {
        let is_mine = Some(record.header().device) == self.own_device();
        match record.header().kind {
            RecordKind::Update if is_mine => Some(record.payload().to_vec()),
            RecordKind::Update => Some(said_again(record)),
            RecordKind::Snapshot => {
                let sheet = self.sheets.get(&record.header().document)?;
                let state = record.payload().get(8..)?;
                sheet.needs_summary().then(|| as_summary(state.to_vec()))
            }
            RecordKind::Membership | RecordKind::Later(_) => None,
        }
    }

    fn stored(&mut self, counter: u64, document: DocumentId) {
        self.keeper.keep(Write::Delete(Store::Outbox, counter.to_be_bytes().to_vec()));
        self.keep_position(document);
        self.changed(Topic::Saving);
    }

    /// My record was not kept: it is set aside and shown to me, and the queue goes on. A link that
    /// came too late is made again, and so is a record whose counter was used before, by a copy of
    /// this device or by itself with a full disk.
    fn refused(&mut self, counter: u64, bytes: Vec<u8>, why: Refusal) {
        self.changed(Topic::Saving);
        let Ok(record) = Record::trust_own_disk(bytes) else { return };
        let header = *record.header();
        if why == Refusal::ChainMoved
            && let Ok(change) = Change::read(&record)
        {
            // It may have lain there under the name of one that is owed.
            let key = counter.to_be_bytes().to_vec();
            let value = record.into_bytes();
            self.keeper.keep(Write::Put(Row { store: Store::Outbox, key, value }));
            return self.link_moved(header.document, counter, change);
        }
        self.keeper.keep(Write::Delete(Store::Outbox, counter.to_be_bytes().to_vec()));
        // It holds nothing that no other record holds; most likely somebody else was quicker.
        if header.kind == RecordKind::Snapshot {
            return;
        }
        if why != Refusal::Cloned && self.owes_notebook(&record, why) {
            return;
        }
        if why != Refusal::Cloned {
            if header.kind == RecordKind::Membership {
                self.read_chain_again(header.document);
            }
            self.put_aside(header.document, record.into_bytes().into(), Some(why));
            if why == Refusal::KeptAside {
                self.gone(header.document);
            }
            return;
        }
        // A copy is counting too: the next number it will use is not ours either.
        self.me.counter += 1 + self.chance.number() % 1000;
        match Change::read(&record) {
            Ok(change) => self.link_again(&record, &change),
            Err(_) => {
                self.record_updates(header.document, &[record.payload().to_vec()], Vec::new());
            }
        }
    }

    /// A notebook of mine that the server does not give to this device may be given to it yet, when another of mine says
    /// yes: until then what is written in it waits.
    fn owes_notebook(&mut self, record: &Record, why: Refusal) -> bool {
        let is_out = matches!(why, Refusal::NotMember | Refusal::NotAllowed | Refusal::KeptAside);
        let Some(me) = self.me.person.filter(|_| is_out) else { return false };
        let Some(sheet) = self.sheets.get_mut(&record.header().document) else { return false };
        let is_mine =
            sheet.membership.kind == Kind::Notebook && sheet.membership.members.contains_key(&me);
        if is_mine {
            sheet.is_apart = true;
            self.replica.owe_still(record, why == Refusal::KeptAside);
            self.owe(record.bytes().to_vec());
        }
        is_mine
    }

    fn member(&mut self, held: &Held) {
        let me = self.me.person;
        let mut unread = Membership::unread(held.kind, None);
        unread.members.extend(me.map(|me| (me, held.member)));
        let new = !self.sheets.contains_key(&held.document);
        let sheet = self.sheet(held.document, unread);
        let back = std::mem::take(&mut sheet.gone) | std::mem::take(&mut sheet.is_apart);
        if new || back {
            self.keep_position(held.document);
            self.tell_tabs_of(held.document);
            self.changed(Topic::Documents);
        }
    }

    /// This device is theirs from now on; what was somebody else's is nothing they may see.
    pub(crate) fn become_person(&mut self, person: PersonId) {
        if self.me.person.replace(person).is_some_and(|before| before != person) {
            self.all_documents().into_iter().for_each(|document| self.gone(document));
            self.forget_devices();
        }
        self.name_all_writers();
    }

    pub(crate) fn gone(&mut self, document: DocumentId) {
        let holds = self.me.bond == Bond::Holds;
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        let role = self.me.person.and_then(|me| sheet.membership.members.get(&me));
        // Its words may be nowhere else that this device can reach, and they are nobody else's.
        sheet.is_apart = holds && role.is_some() && sheet.membership.kind == Kind::Notebook;
        sheet.gone = !sheet.is_apart;
        if role.is_some_and(|member| matches!(member.role, Role::Participant | Role::TrustedAdult))
        {
            self.let_go(document);
        }
        self.keep_position(document);
        self.tell_tabs_of(document);
        self.changed(Topic::Documents);
        self.changed(Topic::Document(document));
    }

    /// What I was only let see does not stay on this device when I am not any longer. I wrote nothing in it.
    pub(crate) fn let_go(&mut self, document: DocumentId) {
        let session = self.session_in(document);
        let Some(sheet) = self.sheets.get_mut(&document) else { return };
        self.replica.let_go(document);
        let records = 1..=sheet.arrival;
        *sheet = Sheet::new(Membership::unread(sheet.membership.kind, None), session);
        sheet.gone = true;
        let records = records.map(|arrival| (Store::Records, arrival_key(document, arrival)));
        for (store, key) in records.chain([(Store::Merged, document.0.to_vec())]) {
            self.keeper.keep(Write::Delete(store, key));
        }
    }

    pub(crate) fn tell_tabs_of(&mut self, document: DocumentId) {
        let Some(sheet) = self.sheets.get(&document) else { return };
        let through = self.replica.through(document);
        let position = PositionRow::new(sheet, through);
        self.effect(Effect::Hint(Hint::Document { document, position }.bytes()));
    }

    fn wait(&mut self, seconds: u64, _why: WaitFor) {
        self.wait_until = Some(self.now.steady_ms + seconds * 1000);
    }

    fn heard(&mut self, tell: Tell) {
        match tell {
            Tell::Welcome { generation, person, counter, later, seconds, devices, .. } => {
                self.hear_time(seconds);
                self.me.counter = self.me.counter.max(counter.unwrap_or_default());
                if later > 0 {
                    self.note_later();
                }
                if let Some((person, devices)) = person.zip(devices) {
                    self.heard_devices(person, &devices);
                }
                self.welcomed(generation, person);
            }
            Tell::Devices { person, devices } => {
                self.heard_devices(person, &devices);
                self.send_decisions_about(person);
            }
            Tell::PutOut(put_out) => self.put_out(put_out),
            Tell::Live { document, device, payload, person } => {
                self.learn_writers(person.map(|person| (device, person)));
                self.heard_live(document, device, &payload);
                if self.is_read_live(device) {
                    self.effect(Effect::Hint(Hint::Live { document, device, payload }.bytes()));
                }
            }
            Tell::Invitation { invitation, standing, .. } => self.stands(invitation, standing),
            Tell::Redeemed(person) => self.redeemed(person),
            Tell::NotRedeemed(why) => self.not_redeemed(why),
            Tell::Guide(guide) => self.heard_guide(guide),
            // The rest is about logs, and has become steps of its own.
            _ => {}
        }
    }

    fn welcomed(&mut self, generation: u64, person: Option<PersonId>) {
        let is_restored = self.me.generation.is_some_and(|before| before != generation);
        let bond = match person {
            // Once put out, always put out: only a new code lets it in.
            None if self.me.bond == Bond::Ended => Bond::Ended,
            None if self.me.person.is_some() && is_restored => Bond::Forgotten,
            None if self.me.person.is_some() => Bond::Ended,
            _ => Bond::Holds,
        };
        if bond == Bond::Holds {
            self.forget_put_out();
        }
        let news = (person.is_some() && self.me.person != person) || self.me.bond != bond;
        self.me.bond = bond;
        if news || self.me.generation.is_none() {
            self.me.generation.get_or_insert(generation);
            person.into_iter().for_each(|person| self.become_person(person));
            self.keep_me();
            self.effect(Effect::Hint(Hint::Rows.bytes()));
        }
        self.connected_ms = self.connected_ms.or(person.map(|_| self.now.steady_ms));
        self.changed(Topic::Me);
        self.changed(Topic::Saving);
        self.redeem_if_asked();
        // By posts every answer begins with a welcome; what is said at each would be one more post.
        if person.is_some() && self.presence.may_greet() {
            self.greet_again();
            self.welcome_tools();
            self.send_decisions();
        }
    }
}
