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

pub(super) struct Adversary {
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

impl Adversary {
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
pub(super) fn is_an_adversarys(letter: char) -> bool {
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
    pub(super) fn let_an_adversary_in(&mut self) -> Adversary {
        let walkers = self.town.walkers();
        let citizens = walkers.iter().find_map(|who| self.town.look(*who, &Citizens).pop());
        let citizen = citizens.expect("a coordinator with a citizen").person;
        let plan = Plan { course: self.course };
        let readers = walkers.iter().find_map(|who| self.town.look(*who, &plan));
        let readers = readers.map(|plan| plan.readers).unwrap_or_default();
        let other = readers.iter().find(|reader| reader.who.0 != citizen.0);
        let coordinator = PersonId(other.expect("a course of two").who.0);
        let adversary = Adversary::new(coordinator, citizen);
        self.town.bind(&adversary.pen, coordinator);
        adversary
    }

    /// How many tabs say that something of the adversary's was left out.
    pub(super) fn who_names(&self, adversary: &Adversary) -> usize {
        let is_the_adversary = |from: &Option<Named>| {
            from.as_ref().is_some_and(|named| named.who.0 == adversary.person.0)
        };
        let names = |row: &SetAsideRow| match &row.why {
            WhyAside::Unreadable(from) | WhyAside::Later(from) | WhyAside::Untrue(from) => {
                is_the_adversary(from)
            }
            _ => false,
        };
        let says = |who: &Walker| self.town.look(*who, &SetAside).iter().any(names);
        self.town.walkers().iter().filter(|who| says(who)).count()
    }

    /// It does something.
    pub(super) fn adversary_acts(&mut self, adversary: &mut Adversary) {
        if adversary.deeds.is_multiple_of(LOOKS_EVERY) {
            self.adversary_looks(adversary);
        }
        adversary.deeds += 1;
        let all: Vec<DocumentId> = adversary.known.keys().copied().collect();
        let document = self.town.chance.one_of(&all);
        match self.town.below(24) {
            0..9 => self.adversary_writes(adversary, document),
            9..12 => self.adversary_repeats(adversary, document),
            12..14 => self.adversary_sums_up(adversary, document),
            14 | 15 => self.adversary_changes_members(adversary, document),
            16 => self.adversary_is_from_the_future(adversary, document),
            17 | 18 => self.adversary_says(adversary, document),
            19 | 20 => self.adversary_asks(adversary, document),
            21 => self.adversary_floods(adversary, document),
            22 => self.adversary_takes_a_phone(adversary),
            _ => self.adversary_founds(adversary, document),
        }
    }

    fn adversary_looks(&mut self, adversary: &mut Adversary) {
        let shelf = self.town.shelf();
        for document in shelf.documents() {
            let Some(membership) = shelf.membership(document) else { continue };
            let aim = Aim { words: words(), spares: true, ..aim_at(shelf.log(document)) };
            adversary.known.insert(document, (membership.kind, aim));
        }
    }

    /// Says it as the adversary or as one of its phones in the citizen's name, and takes what is answered.
    fn adversary_tells(&mut self, adversary: &mut Adversary, as_phone: bool, ask: Ask) {
        let pen = match as_phone {
            true if !adversary.phones.is_empty() => self.town.chance.one_of(&adversary.phones),
            _ => adversary.pen.clone(),
        };
        for tell in self.town.ask_hub(&pen, ask) {
            let document = match &tell {
                Tell::Records(page) => page.document,
                Tell::Live { document, .. } => *document,
                Tell::Joined(held) => held.document,
                _ => continue,
            };
            let is_own = adversary.founded.contains(&document);
            if adversary.known.get(&document).is_some_and(|(kind, _)| *kind == Kind::Notebook)
                && !is_own
            {
                adversary.gained.push(format!("{tell:?}"));
            }
        }
    }

    /// The next record of the adversary's, or of a phone in the citizen's name.
    fn adversary_pushes(
        &mut self,
        adversary: &mut Adversary,
        document: DocumentId,
        kind: RecordKind,
        payload: &[u8],
    ) {
        let at = self.town.below(adversary.phones.len() as u64 + 3) as usize;
        let pen = adversary.phones.get_mut(at).unwrap_or(&mut adversary.pen);
        let record = pen.record(document, kind, payload);
        let (pen, ask) = (pen.clone(), push([&record]));
        self.town.ask_hub(&pen, ask);
    }

    fn adversary_update(&mut self, adversary: &Adversary, document: DocumentId) -> Vec<u8> {
        let aim = adversary.known.get(&document).map(|(_, aim)| aim.clone()).unwrap_or_default();
        hostile_update(&mut self.town.chance, &aim)
    }

    fn adversary_writes(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let update = self.adversary_update(adversary, document);
        self.adversary_pushes(adversary, document, RecordKind::Update, &update);
    }

    /// Says what somebody else has said, as if it were the adversary's, here or elsewhere, or with a byte changed.
    fn adversary_repeats(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let Some(mut payload) = self.adversary_finds(document) else { return };
        if self.town.below(2) == 0 && !payload.is_empty() {
            let at = self.town.below(payload.len() as u64) as usize;
            payload[at] ^= 1 << self.town.below(8);
            // A byte may turn into letters of others' words, which then seem to stand there twice, or into what takes
            // words out.
            if payload.contains(&b'<') || takes_away(&payload) {
                return;
            }
        }
        let all: Vec<DocumentId> = adversary.known.keys().copied().collect();
        let to = if self.town.below(3) == 0 { self.town.chance.one_of(&all) } else { document };
        if to == document || !payload.contains(&b'<') {
            self.adversary_pushes(adversary, to, RecordKind::Update, &payload);
        }
    }

    fn adversary_finds(&mut self, document: DocumentId) -> Option<Vec<u8>> {
        let count = self.town.shelf().log(document).len() as u64;
        let at = self.town.below(count.max(1)) as usize;
        let record = self.town.shelf().log(document).get(at)?;
        (record.header().kind == RecordKind::Update).then(|| record.payload().to_vec())
    }

    /// A snapshot that says more or less than what it covers.
    fn adversary_sums_up(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let head = self.town.shelf().log(document).len() as u64;
        let covers = head.saturating_sub(self.town.below(3));
        let state = match self.town.below(4) {
            0 => vec![0, 0],
            1 => self.adversary_update(adversary, document),
            2 => self.adversary_finds(document).unwrap_or_default(),
            _ => vec![0xff; 40],
        };
        let payload = [&covers.to_be_bytes()[..], &state].concat();
        self.adversary_pushes(adversary, document, RecordKind::Snapshot, &payload);
    }

    fn adversary_changes_members(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let Some(membership) = self.town.shelf().membership(document) else { return };
        let (kind, parent, head) = (membership.kind, membership.parent, membership.head);
        let head = if self.town.chance.once_in(4) { Hash::default() } else { head };
        let stranger = crate::pen::person(adversary.number());
        let whom = self.town.chance.one_of(&[adversary.person, adversary.citizen, stranger]);
        let role = self.town.chance.one_of(&Role::ALL);
        let until = self.town.chance.one_of(&[None, Some(u32::MAX), Some(20_900)]);
        let change = match self.town.below(3) {
            0 if whom != adversary.person => Change::Remove { person: whom },
            1 => Change::Found { kind, parent, members: vec![(whom, role)] },
            _ => Change::Add { person: whom, member: Member { role, until } },
        };
        self.adversary_pushes(adversary, document, RecordKind::Membership, &change.payload(head));
    }

    fn adversary_is_from_the_future(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let Some(head) = self.town.shelf().membership(document).map(|chain| chain.head) else {
            return;
        };
        if self.town.chance.once_in(2) {
            let link = adversary.pen.later_link(document, head);
            let pen = adversary.pen.clone();
            self.town.ask_hub(&pen, push([&link]));
        } else {
            self.adversary_pushes(adversary, document, RecordKind::Later(9), b"\x82\x01\x02");
        }
    }

    /// What is stored nowhere.
    fn adversary_says(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let update = self.adversary_update(adversary, document);
        let payload = match self.town.below(3) {
            0 => update,
            1 => [&[0x82, 0, 0x81, 0x58, update.len() as u8][..], &update].concat(),
            _ => vec![0x9f; 300],
        };
        let as_phone = self.town.chance.once_in(3);
        self.adversary_tells(adversary, as_phone, Ask::Live { document, payload: payload.into() });
    }

    fn adversary_asks(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let own = adversary.phones.first().map_or(adversary.pen.device(), Pen::device);
        let ask = match self.town.below(6) {
            0 => pull(document, 0),
            1 => Ask::Pull { document, after: u64::MAX, whole: true },
            2 => Ask::Aside { document, after: None },
            3 => Ask::Vouch(own),
            4 => Ask::Devices(adversary.citizen),
            _ => Ask::CarryOver { code: code(adversary.number()).hash() },
        };
        let as_phone = self.town.chance.once_in(2);
        self.adversary_tells(adversary, as_phone, ask);
    }

    fn adversary_floods(&mut self, adversary: &mut Adversary, document: DocumentId) {
        let (count, length) = FLOOD;
        let records: Vec<_> = (0..count)
            .map(|_| adversary.pen.record(document, RecordKind::Update, &vec![0x81; length]))
            .collect();
        let pen = adversary.pen.clone();
        self.town.ask_hub(&pen, push(&records));
    }

    fn adversary_takes_a_phone(&mut self, adversary: &mut Adversary) {
        if adversary.phones.len() as u64 >= PHONES_MAX {
            return;
        }
        let number = adversary.number();
        let pen = adversary.pen.clone();
        self.town.ask_hub(&pen, invite(number, code(number), adversary.citizen, self.course));
        let phone = Pen::new(number);
        self.town.ask_hub(&phone, redeem(code(number)));
        adversary.phones.push(phone);
    }

    /// A course of the citizen's that is none, a part of the course without the citizen, a notebook in her name.
    fn adversary_founds(&mut self, adversary: &mut Adversary, parent: DocumentId) {
        let document = crate::pen::document(adversary.number());
        let kind = self.town.chance.one_of(&Kind::ALL);
        let members =
            vec![(adversary.citizen, Role::Citizen), (adversary.person, Role::Coordinator)];
        let members = members.into_iter().skip(self.town.below(2) as usize).collect();
        let found = Change::Found { kind, parent: Some(parent), members };
        let at = self.town.below(adversary.phones.len() as u64 + 1) as usize;
        let pen = adversary.phones.get_mut(at).unwrap_or(&mut adversary.pen);
        let link = pen.link(document, Hash::default(), &found);
        let pen = pen.clone();
        adversary.founded.insert(document);
        self.town.ask_hub(&pen, push([&link]));
    }
}
