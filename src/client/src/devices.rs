//! The devices of a person: what the server has said of them, and what the person wants of them. A new one is asked
//! about until it is answered, also where there is no network just now.

use litemap::LiteMap;
use minicbor::Encode;
use sync::message::{Ask, KnownDevice};
use sync::read_in_order;
use trust::{DeviceId, DeviceKey, PersonId};

use crate::client::{Client, Topic};
use crate::command::Deed;
use crate::effect::{Effect, Range, Row, Store, Write};
use crate::hint::Hint;
use crate::put_out::PutOutRow;
use crate::refusal::Refusal;
use crate::run::Outcome;
use crate::stored::read;

/// `notes`, under this and the person: their devices. Only my own stand on the disk.
const LIST: &[u8] = b"devices/";
/// `notes`, under this and the device: what is wanted of it.
const DECISION: &[u8] = b"device-decision/";

/// What is known of devices here.
#[derive(Default)]
pub(crate) struct Devices {
    /// As the server last said them, oldest first.
    lists: LiteMap<PersonId, Vec<KnownDevice>>,
    decisions: LiteMap<DeviceId, DecisionRow>,
    /// That this one was put out.
    pub(crate) put_out: Option<PutOutRow>,
}

/// What is wanted of a device. It stays when it is done: a server that was restored may not know of it any longer.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub(crate) struct DecisionRow {
    #[n(0)]
    device: DeviceId,
    /// Whose it is.
    #[n(1)]
    person: PersonId,
    /// When it came: one that comes once more, by a new code, is asked about anew.
    #[n(2)]
    since: u64,
    /// It is to be put out; else it is mine.
    #[n(3)]
    is_out: bool,
}

read_in_order!(DecisionRow { device, person, since, is_out });

impl DecisionRow {
    fn ask(&self) -> Ask {
        if self.is_out { Ask::PutOut(self.device) } else { Ask::Vouch(self.device) }
    }

    fn is_of(&self, known: &KnownDevice) -> bool {
        (self.device, self.since) == (known.device, known.since)
    }
}

impl Client {
    /// The server says which devices somebody has.
    pub(crate) fn heard_devices(&mut self, person: PersonId, devices: &[KnownDevice]) {
        if self.devices_of(person) == Some(devices) {
            return;
        }
        let key = [LIST, &person.0].concat();
        if self.me.person == Some(person) {
            self.keep_note(&key, &devices);
        } else {
            let value = minicbor::to_vec(devices).unwrap_or_default();
            self.effect(Effect::Hint(Hint::Note { key: key.into(), value: value.into() }.bytes()));
        }
        self.devices.lists.insert(person, devices.to_vec());
        self.changed(Topic::Devices);
    }

    /// Where another tab leaves what it wants of devices.
    pub(crate) fn decisions() -> Range {
        let (first, last) = (DECISION.to_vec(), [DECISION, &[0xff; 32]].concat());
        Range { store: Store::Notes, first, last }
    }

    /// Asks the server for what is wanted of devices and is not so yet. Others' devices were not told with the welcome,
    /// and one of them may have been let in again since: how they stand is asked first.
    pub(crate) fn send_decisions(&mut self) {
        let all = self.devices.decisions.values().map(|decision| (decision.person, ()));
        for (person, ()) in all.collect::<LiteMap<_, _>>() {
            if self.me.person == Some(person) {
                self.send_decisions_about(person);
            } else {
                self.ask(&Ask::Devices(person));
            }
        }
    }

    /// The server has just said which devices this person has.
    pub(crate) fn send_decisions_about(&mut self, person: PersonId) {
        let theirs = self.devices.decisions.values().filter(|decision| decision.person == person);
        let wanted = theirs.filter(|decision| !self.is_done(decision)).map(DecisionRow::ask);
        for ask in wanted.collect::<Vec<_>>() {
            self.ask(&ask);
        }
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_devices(&mut self, row: &Row) {
        let person = row.key.strip_prefix(LIST).and_then(|name| name.first_chunk());
        if let Some((person, list)) = person.zip(read(&row.value)) {
            self.devices.lists.insert(PersonId(*person), list);
            self.changed(Topic::Devices);
        }
        if row.key.starts_with(DECISION)
            && let Some(decision) = read::<DecisionRow>(&row.value)
            && self.devices.decisions.get(&decision.device) != Some(&decision)
        {
            self.take_decision(decision);
        }
        self.take_put_out(row);
    }

    fn take_decision(&mut self, decision: DecisionRow) {
        // By the tab that has the connection; where there is none, when there is one.
        if self.lead.leads() {
            self.ask(&decision.ask());
        }
        self.devices.decisions.insert(decision.device, decision);
        self.changed(Topic::Devices);
    }

    /// Nothing of anybody's devices is known here any longer.
    pub(crate) fn forget_devices(&mut self) {
        let lists = self.devices.lists.keys().map(|person| [LIST, &person.0].concat());
        let decisions = self.devices.decisions.keys().map(|device| [DECISION, &device.0].concat());
        let keys: Vec<Vec<u8>> = lists.chain(decisions).collect();
        for key in keys {
            self.keeper.keep(Write::Delete(Store::Notes, key));
        }
        self.devices.lists.clear();
        self.devices.decisions.clear();
        self.changed(Topic::Devices);
    }

    /// The devices of somebody, oldest first; `None` where the server has not said.
    pub(crate) fn devices_of(&self, person: PersonId) -> Option<&[KnownDevice]> {
        self.devices.lists.get(&person).map(Vec::as_slice)
    }

    /// What is wanted of a device and is not so yet: whether it is to be put out.
    pub(crate) fn decided(&self, known: &KnownDevice) -> Option<bool> {
        let decision =
            self.devices.decisions.get(&known.device).filter(|decision| decision.is_of(known))?;
        (!self.is_done(decision)).then_some(decision.is_out)
    }

    /// Whether one of my older devices has said yes to this one, or there is none that could. An older server says
    /// nothing, and asks for nothing.
    pub(crate) fn is_confirmed(&self) -> bool {
        let me = self.me.key.as_ref().map(DeviceKey::device);
        let mine = self.me.person.and_then(|person| self.devices_of(person));
        let this = mine.and_then(|all| all.iter().find(|known| Some(known.device) == me));
        this.is_none_or(|known| known.confirmed)
    }

    /// Nobody is let in from a device that is not known to be its owner's.
    pub(crate) fn may_let_in(&self) -> Result<(), Refusal> {
        if self.is_confirmed() { Ok(()) } else { Err(Refusal::Unconfirmed) }
    }

    fn is_done(&self, decision: &DecisionRow) -> bool {
        let Some(list) = self.devices_of(decision.person) else { return false };
        let known = list.iter().find(|known| decision.is_of(known));
        known.is_none_or(|known| !decision.is_out && known.confirmed)
    }
}

/// What a person can do about devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeviceCommand {
    /// Ask the server which devices somebody has.
    AskFor(PersonId),
    /// This device of mine is mine.
    SayYes(DeviceId),
    /// This device of somebody's must not come in any longer.
    PutOut(PersonId, DeviceId),
}

impl Deed for DeviceCommand {
    fn done_by(self: Box<Self>, client: &mut Client) -> Outcome {
        match *self {
            Self::AskFor(person) => client.just(|me| me.ask(&Ask::Devices(person))),
            Self::SayYes(device) => {
                let me = client.me.person.ok_or(Refusal::NotIn)?;
                client.decide((me, device), false)
            }
            Self::PutOut(person, device) => client.decide((person, device), true),
        }
    }
}

impl Client {
    /// Kept until the server has done it.
    fn decide(&mut self, (person, device): (PersonId, DeviceId), is_out: bool) -> Outcome {
        self.may_let_in()?;
        let all = self.devices_of(person);
        let known = all.and_then(|all| all.iter().find(|known| known.device == device));
        let since = known.ok_or(Refusal::NotThere)?.since;
        let decision = DecisionRow { device, person, since, is_out };
        self.keep_note(&[DECISION, &device.0].concat(), &decision);
        self.take_decision(decision);
        Ok(None)
    }
}
