//! The hub of a town: the rules of `sync` over a shelf in memory, and lines to devices.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;

use sync::devices::Owner;
use sync::guide::Published;
use sync::message::{Ask, Frame, Tell};
use sync::{Answer, MemoryShelf, Request, Stamp};
use trust::{
    Challenge, Change, Code, DeviceId, DeviceKey, DocumentId, Hash, Header, InvitationId, Kind,
    PersonId, Record, RecordKind, Role, VERSION,
};

use crate::chance::Chance;
use crate::witness::Witness;

pub(crate) struct Hub {
    pub(crate) shelf: MemoryShelf,
    /// Open lines, and whose they are once a pass has been shown.
    lines: BTreeMap<u64, (Challenge, Option<DeviceId>)>,
    next_line: u64,
    /// Lines that must end: their device is nobody's any longer.
    pub(crate) ended: Vec<u64>,
    pub(crate) witness: Witness,
    /// The municipality's guide, once there is one.
    pub(crate) guide: Option<Published>,
    /// How many times it was sent.
    pub(crate) guides_sent: usize,
}

impl Hub {
    /// A hub with a house and one daily lead; the code lets the lead in.
    pub(crate) fn new(chance: &mut Chance, now: Stamp) -> (Self, String) {
        let mut shelf = MemoryShelf::default();
        shelf.generation = chance.number();
        let key = DeviceKey::from_seed(&chance.bytes());
        let lead = PersonId(chance.bytes());
        let house = DocumentId(chance.bytes());
        let change = Change::Found {
            kind: Kind::House,
            parent: None,
            members: vec![(lead, Role::DailyLead)],
        };
        let header = Header {
            version: VERSION,
            kind: RecordKind::Membership,
            document: house,
            device: key.device(),
            counter: 1,
            epoch: 0,
        };
        let first = Record::sign(header, &change.payload(Hash::default()), &key).unwrap();
        sync::hub::found_house(&mut shelf, &first).unwrap();
        let code = Code::from_chance(chance.bytes());
        let wanted = (InvitationId(chance.bytes()), code.hash(), lead, house);
        sync::invitation::invite(&mut shelf, lead, wanted, now).unwrap();
        let witness = Witness::default();
        let (lines, next_line, guide, guides_sent) = (BTreeMap::new(), 0, None, 0);
        let ended = Vec::new();
        let hub = Self { shelf, lines, next_line, ended, witness, guide, guides_sent };
        (hub, code.to_string())
    }

    /// Opens a line; the first thing said on it is a challenge.
    pub(crate) fn open(&mut self, chance: &mut Chance) -> (u64, Vec<u8>) {
        self.next_line += 1;
        let challenge = Challenge(chance.bytes());
        self.lines.insert(self.next_line, (challenge, None));
        (self.next_line, Tell::Challenge(challenge).to_frame())
    }

    pub(crate) fn close(&mut self, line: u64) {
        self.lines.remove(&line);
    }

    pub(crate) fn close_all(&mut self) {
        self.lines.clear();
    }

    /// Answers a frame: what to send, and on which lines.
    pub(crate) fn hear(&mut self, line: u64, frame: &[u8], now: Stamp) -> Vec<(u64, Vec<u8>)> {
        let Ok(ask) = Ask::from_frame(frame) else { return Vec::new() };
        let Some((challenge, device)) = self.lines.get_mut(&line) else { return Vec::new() };
        if let Ask::Pass(pass) = ask {
            if pass.challenge != *challenge || !pass.holds() {
                return Vec::new();
            }
            *device = Some(pass.device);
            let tell = sync::welcome(&mut self.shelf, pass.device, now).unwrap();
            self.see(pass.device, &tell, now);
            return vec![(line, tell.to_frame())];
        }
        let Some(device) = *device else { return Vec::new() };
        if let Ask::Guide { have } = ask {
            let tell = self.guide.as_ref().and_then(|guide| guide.answer(have));
            self.guides_sent += usize::from(tell.is_some());
            return tell.into_iter().map(|tell| (line, tell.to_frame())).collect();
        }
        let (tells, others) = self.answer(device, ask, now);
        tells.iter().map(|tell| (line, tell.to_frame())).chain(others).collect()
    }

    /// Answers a device: what it hears, and what others hear, on which lines.
    pub(crate) fn answer(
        &mut self,
        device: DeviceId,
        ask: Ask,
        now: Stamp,
    ) -> (Vec<Tell>, Vec<(u64, Vec<u8>)>) {
        let before = self.lines_of_somebody();
        let mut answer = sync::answer(&mut self.shelf, device, Request::from(ask), now).unwrap();
        let after = self.lines_of_somebody();
        self.ended.extend(before.into_iter().filter(|line| !after.contains(line)));
        let tells = std::mem::take(&mut answer.tells);
        tells.iter().for_each(|tell| self.see(device, tell, now));
        (tells, self.spread(device, answer, now))
    }

    fn lines_of_somebody(&mut self) -> Vec<u64> {
        let Self { lines, shelf, .. } = self;
        let is_somebodys = |(line, (_, device)): (&u64, &(Challenge, Option<DeviceId>))| {
            let owner = device.and_then(|device| sync::Shelf::device(shelf, device).unwrap());
            owner.map(|_| *line)
        };
        lines.iter().filter_map(is_somebodys).collect()
    }

    fn see(&mut self, device: DeviceId, tell: &Tell, now: Stamp) {
        if let Some(person) = sync::Shelf::person_of(&mut self.shelf, device).unwrap() {
            self.witness.see(&self.shelf, (person, tell), now);
        }
    }

    fn spread(&mut self, asker: DeviceId, answer: Answer, now: Stamp) -> Vec<(u64, Vec<u8>)> {
        let mut out = Vec::new();
        for notice in answer.notices {
            let frame = notice.tell.to_frame();
            for (&line, &(_, device)) in &self.lines {
                let Some(device) = device.filter(|device| *device != asker) else { continue };
                let device = sync::Shelf::device(&mut self.shelf, device).unwrap();
                let Some(Owner { person, group }) = device.map(|device| device.owner) else {
                    continue;
                };
                if !notice.people.iter().any(|who| [person, group].contains(who)) {
                    continue;
                }
                self.witness.see(&self.shelf, (person, &notice.tell), now);
                out.push((line, frame.clone()));
            }
        }
        out
    }
}
