//! A member who means harm, on a device that no app runs on: it says to the hub whatever its keys let it say, while
//! everybody else lives on. What it writes as words is of letters that nobody else writes, so that they can be told from
//! words it has merely written into; to take others' words out, or put others' phones out, is its right as a
//! coordinator, so it does not.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::{BTreeMap, BTreeSet};

use client::view::{Citizens, Named, Plan, SetAside, SetAsideRow, WhyAside};
use documents::contents;
use sync::message::{Ask, Tell};
use trust::{Change, DocumentId, Hash, Kind, Member, PersonId, RecordKind, Role};

use super::History;
use crate::hostile::{Aim, Dice, aim_at, hostile_update};
use crate::pen::{Pen, code, invite, pull, push, redeem};
use crate::town::Walker;

/// Codes it makes in the citizen's name; each is a phone more.
const PHONES_MAX: u64 = 3;
/// Records of one flood, and the bytes of each.
const FLOOD: (usize, usize) = (40, 2_000);
/// After so many deeds it looks again at what there is.
const LOOKS_EVERY: u64 = 40;

pub(super) struct Foe {
    pen: Pen,
    person: PersonId,
    citizen: PersonId,
    /// Phones it has in the citizen's name.
    phones: Vec<Pen>,
    /// Everything there is, also what it may not read, and what an update of it can be aimed at.
    known: BTreeMap<DocumentId, (Kind, Aim)>,
    founded: BTreeSet<DocumentId>,
    pub(super) deeds: u64,
    numbers: u64,
    /// What it was given and should not have been.
    pub(super) gained: Vec<String>,
}

impl Foe {
    pub(super) fn new(person: PersonId, citizen: PersonId) -> Self {
        Self {
            pen: Pen::new(666),
            person,
            citizen,
            phones: Vec::new(),
            known: BTreeMap::new(),
            founded: BTreeSet::new(),
            deeds: 0,
            numbers: 0,
            gained: Vec::new(),
        }
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        66_000 + self.numbers
    }
}

/// Letters that nobody else writes.
pub(super) fn is_a_foes(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

/// Whether an update that can be read takes something out: its last byte is how many sessions it takes from.
fn takes_away(update: &[u8]) -> bool {
    contents(update).is_ok_and(|read| update.get(read.length - 1) != Some(&0))
}

fn words() -> Vec<String> {
    ["", "\u{e000}", "\u{e001}\u{e002}", "\u{e003} \u{e004}"].map(str::to_owned).into()
}

impl History {
    /// A device of the coordinator's that means harm.
    pub(super) fn let_a_foe_in(&mut self) -> Foe {
        let walkers = self.town.walkers();
        let citizens = walkers.iter().find_map(|who| self.town.look(*who, &Citizens).pop());
        let citizen = citizens.expect("a coordinator with a citizen").person;
        let plan = Plan { course: self.course };
        let readers = walkers.iter().find_map(|who| self.town.look(*who, &plan));
        let readers = readers.map(|plan| plan.readers).unwrap_or_default();
        let other = readers.iter().find(|reader| reader.who.0 != citizen.0);
        let coordinator = PersonId(other.expect("a course of two").who.0);
        let foe = Foe::new(coordinator, citizen);
        self.town.bind(&foe.pen, coordinator);
        foe
    }

    /// How many tabs say that something of the foe's was left out.
    pub(super) fn who_names(&self, foe: &Foe) -> usize {
        let is_the_foe =
            |from: &Option<Named>| from.as_ref().is_some_and(|named| named.who.0 == foe.person.0);
        let names = |row: &SetAsideRow| match &row.why {
            WhyAside::Unreadable(from) | WhyAside::Later(from) | WhyAside::Untrue(from) => {
                is_the_foe(from)
            }
            _ => false,
        };
        let says = |who: &Walker| self.town.look(*who, &SetAside).iter().any(names);
        self.town.walkers().iter().filter(|who| says(who)).count()
    }

    /// It does something.
    pub(super) fn foe_acts(&mut self, foe: &mut Foe) {
        if foe.deeds.is_multiple_of(LOOKS_EVERY) {
            self.foe_looks(foe);
        }
        foe.deeds += 1;
        let all: Vec<DocumentId> = foe.known.keys().copied().collect();
        let document = self.town.chance.one_of(&all);
        match self.town.below(24) {
            0..9 => self.foe_writes(foe, document),
            9..12 => self.foe_repeats(foe, document),
            12..14 => self.foe_sums_up(foe, document),
            14 | 15 => self.foe_changes_members(foe, document),
            16 => self.foe_is_from_the_future(foe, document),
            17 | 18 => self.foe_says(foe, document),
            19 | 20 => self.foe_asks(foe, document),
            21 => self.foe_floods(foe, document),
            22 => self.foe_takes_a_phone(foe),
            _ => self.foe_founds(foe, document),
        }
    }

    fn foe_looks(&mut self, foe: &mut Foe) {
        let shelf = self.town.shelf();
        for document in shelf.documents() {
            let Some(membership) = shelf.membership(document) else { continue };
            let aim = Aim { words: words(), spares: true, ..aim_at(shelf.log(document)) };
            foe.known.insert(document, (membership.kind, aim));
        }
    }

    /// Says it as the foe or as one of its phones in the citizen's name, and takes what is answered.
    fn foe_tells(&mut self, foe: &mut Foe, as_phone: bool, ask: Ask) {
        let pen = match as_phone {
            true if !foe.phones.is_empty() => self.town.chance.one_of(&foe.phones),
            _ => foe.pen.clone(),
        };
        for tell in self.town.ask_hub(&pen, ask) {
            let document = match &tell {
                Tell::Records(page) => page.document,
                Tell::Live { document, .. } => *document,
                Tell::Joined(held) => held.document,
                _ => continue,
            };
            let is_own = foe.founded.contains(&document);
            if foe.known.get(&document).is_some_and(|(kind, _)| *kind == Kind::Notebook) && !is_own
            {
                foe.gained.push(format!("{tell:?}"));
            }
        }
    }

    /// The next record of the foe's, or of a phone in the citizen's name.
    fn foe_pushes(
        &mut self,
        foe: &mut Foe,
        document: DocumentId,
        kind: RecordKind,
        payload: &[u8],
    ) {
        let at = self.town.below(foe.phones.len() as u64 + 3) as usize;
        let pen = foe.phones.get_mut(at).unwrap_or(&mut foe.pen);
        let record = pen.record(document, kind, payload);
        let (pen, ask) = (pen.clone(), push([&record]));
        self.town.ask_hub(&pen, ask);
    }

    fn foe_update(&mut self, foe: &Foe, document: DocumentId) -> Vec<u8> {
        let aim = foe.known.get(&document).map(|(_, aim)| aim.clone()).unwrap_or_default();
        hostile_update(&mut self.town.chance, &aim)
    }

    fn foe_writes(&mut self, foe: &mut Foe, document: DocumentId) {
        let update = self.foe_update(foe, document);
        self.foe_pushes(foe, document, RecordKind::Update, &update);
    }

    /// Says what somebody else has said, as if it were the foe's, here or elsewhere, or with a byte changed.
    fn foe_repeats(&mut self, foe: &mut Foe, document: DocumentId) {
        let Some(mut payload) = self.foe_finds(document) else { return };
        if self.town.below(2) == 0 && !payload.is_empty() {
            let at = self.town.below(payload.len() as u64) as usize;
            payload[at] ^= 1 << self.town.below(8);
            // A byte may turn into letters of others' words, which then seem to stand there twice, or into what takes
            // words out.
            if payload.contains(&b'<') || takes_away(&payload) {
                return;
            }
        }
        let all: Vec<DocumentId> = foe.known.keys().copied().collect();
        let to = if self.town.below(3) == 0 { self.town.chance.one_of(&all) } else { document };
        if to == document || !payload.contains(&b'<') {
            self.foe_pushes(foe, to, RecordKind::Update, &payload);
        }
    }

    fn foe_finds(&mut self, document: DocumentId) -> Option<Vec<u8>> {
        let count = self.town.shelf().log(document).len() as u64;
        let at = self.town.below(count.max(1)) as usize;
        let record = self.town.shelf().log(document).get(at)?;
        (record.header().kind == RecordKind::Update).then(|| record.payload().to_vec())
    }

    /// A snapshot that says more or less than what it covers.
    fn foe_sums_up(&mut self, foe: &mut Foe, document: DocumentId) {
        let head = self.town.shelf().log(document).len() as u64;
        let covers = head.saturating_sub(self.town.below(3));
        let state = match self.town.below(4) {
            0 => vec![0, 0],
            1 => self.foe_update(foe, document),
            2 => self.foe_finds(document).unwrap_or_default(),
            _ => vec![0xff; 40],
        };
        let payload = [&covers.to_be_bytes()[..], &state].concat();
        self.foe_pushes(foe, document, RecordKind::Snapshot, &payload);
    }

    fn foe_changes_members(&mut self, foe: &mut Foe, document: DocumentId) {
        let Some(membership) = self.town.shelf().membership(document) else { return };
        let (kind, parent, head) = (membership.kind, membership.parent, membership.head);
        let head = if self.town.chance.once_in(4) { Hash::default() } else { head };
        let stranger = crate::pen::person(foe.number());
        let whom = self.town.chance.one_of(&[foe.person, foe.citizen, stranger]);
        let role = self.town.chance.one_of(&Role::ALL);
        let until = self.town.chance.one_of(&[None, Some(u32::MAX), Some(20_900)]);
        let change = match self.town.below(3) {
            0 if whom != foe.person => Change::Remove { person: whom },
            1 => Change::Found { kind, parent, members: vec![(whom, role)] },
            _ => Change::Add { person: whom, member: Member { role, until } },
        };
        self.foe_pushes(foe, document, RecordKind::Membership, &change.payload(head));
    }

    fn foe_is_from_the_future(&mut self, foe: &mut Foe, document: DocumentId) {
        let Some(head) = self.town.shelf().membership(document).map(|chain| chain.head) else {
            return;
        };
        if self.town.chance.once_in(2) {
            let link = foe.pen.later_link(document, head);
            let pen = foe.pen.clone();
            self.town.ask_hub(&pen, push([&link]));
        } else {
            self.foe_pushes(foe, document, RecordKind::Later(9), b"\x82\x01\x02");
        }
    }

    /// What is stored nowhere.
    fn foe_says(&mut self, foe: &mut Foe, document: DocumentId) {
        let update = self.foe_update(foe, document);
        let payload = match self.town.below(3) {
            0 => update,
            1 => [&[0x82, 0, 0x81, 0x58, update.len() as u8][..], &update].concat(),
            _ => vec![0x9f; 300],
        };
        let as_phone = self.town.chance.once_in(3);
        self.foe_tells(foe, as_phone, Ask::Live { document, payload: payload.into() });
    }

    fn foe_asks(&mut self, foe: &mut Foe, document: DocumentId) {
        let own = foe.phones.first().map_or(foe.pen.device(), Pen::device);
        let ask = match self.town.below(6) {
            0 => pull(document, 0),
            1 => Ask::Pull { document, after: u64::MAX, whole: true },
            2 => Ask::Aside { document, after: None },
            3 => Ask::Vouch(own),
            4 => Ask::Devices(foe.citizen),
            _ => Ask::CarryOver { code: code(foe.number()).hash() },
        };
        let as_phone = self.town.chance.once_in(2);
        self.foe_tells(foe, as_phone, ask);
    }

    fn foe_floods(&mut self, foe: &mut Foe, document: DocumentId) {
        let (count, length) = FLOOD;
        let records: Vec<_> = (0..count)
            .map(|_| foe.pen.record(document, RecordKind::Update, &vec![0x81; length]))
            .collect();
        let pen = foe.pen.clone();
        self.town.ask_hub(&pen, push(&records));
    }

    fn foe_takes_a_phone(&mut self, foe: &mut Foe) {
        if foe.phones.len() as u64 >= PHONES_MAX {
            return;
        }
        let number = foe.number();
        let pen = foe.pen.clone();
        self.town.ask_hub(&pen, invite(number, code(number), foe.citizen, self.course));
        let phone = Pen::new(number);
        self.town.ask_hub(&phone, redeem(code(number)));
        foe.phones.push(phone);
    }

    /// A course of the citizen's that is none, a part of the course without the citizen, a notebook in her name.
    fn foe_founds(&mut self, foe: &mut Foe, parent: DocumentId) {
        let document = crate::pen::document(foe.number());
        let kind = self.town.chance.one_of(&Kind::ALL);
        let members = vec![(foe.citizen, Role::Citizen), (foe.person, Role::Coordinator)];
        let members = members.into_iter().skip(self.town.below(2) as usize).collect();
        let found = Change::Found { kind, parent: Some(parent), members };
        let at = self.town.below(foe.phones.len() as u64 + 1) as usize;
        let pen = foe.phones.get_mut(at).unwrap_or(&mut foe.pen);
        let link = pen.link(document, Hash::default(), &found);
        let pen = pen.clone();
        foe.founded.insert(document);
        self.town.ask_hub(&pen, push([&link]));
    }
}
