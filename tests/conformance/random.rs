//! Random operations, each answered by the model and by a database: the answers are the same.

use sync::Stamp;
use sync::message::Ask;
use tests::pen::{Pen, code, document, invite, person, pull, push, redeem};
use trust::{Change, DocumentId, Hash, InvitationId, Kind, Member, Record, RecordKind, Role};

use crate::shelves::{Hub, OnModel};

const PEOPLE: u64 = 6;
const DOCUMENTS: u64 = 5;

/// A small generator of its own, so that a run is the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

struct World {
    chance: Chance,
    pens: Vec<Pen>,
    heads: Vec<Hash>,
    past: Vec<Record>,
    now: Stamp,
}

/// Asks both the same, and compares every answer and, now and then, every welcome.
pub(crate) fn compare(real: &mut dyn Hub, operations: u64) {
    let mut model = OnModel::default();
    let mut world = World {
        chance: Chance(7),
        pens: (0..PEOPLE * 2).map(Pen::new).collect(),
        heads: vec![Hash::default(); DOCUMENTS as usize],
        past: Vec::new(),
        now: Stamp { seconds: 1_800_000_000 },
    };
    let roles = [Role::DailyLead, Role::Coordinator, Role::Coordinator, Role::Coordinator];
    let members = (0..).map(person).zip(roles).collect();
    let found = Change::Found { kind: Kind::House, parent: None, members };
    let first = Pen::new(1000).link(document(0), Hash::default(), &found);
    world.heads[0] = Hash::of(&first);
    for hub in [&mut model as &mut dyn Hub, real] {
        hub.found_house(&first);
        (0..4).for_each(|number| hub.bind(world.pens[number as usize].device(), number));
    }
    for step in 0..operations {
        let (who, ask) = world.ask();
        let device = world.pens[who].device();
        let expected = model.ask(device, ask.clone(), world.now);
        let answer = real.ask(device, ask.clone(), world.now);
        assert_eq!(answer, expected, "step {step}: {ask:?}");
        if step % 50 == 0 {
            for pen in &world.pens {
                let expected = model.welcome(pen.device(), world.now);
                assert_eq!(real.welcome(pen.device(), world.now), expected, "step {step}");
            }
        }
    }
}

impl World {
    fn ask(&mut self) -> (usize, Ask) {
        let who = self.chance.below(self.pens.len() as u64) as usize;
        let place = self.chance.below(DOCUMENTS);
        let at = document(place);
        self.now.seconds += self.chance.below(3000);
        let ask = match self.chance.below(13) {
            0..=3 => self.write(who, at),
            4 => self.write_again(),
            5 => self.change(who, place),
            6 => self.found(who, place),
            7 => self.snapshot(who, at),
            8 => self.pull(at),
            9 => {
                let (number, whom) = (self.chance.below(40), self.chance.below(PEOPLE));
                invite(number, code(self.chance.below(20)), person(whom), at)
            }
            12 => Ask::CarryOver { code: code(self.chance.below(20)).hash() },
            10 => Ask::Redeem {
                code: match redeem(code(self.chance.below(20))) {
                    Ask::Redeem { code, .. } => code,
                    _ => String::new(),
                },
                tentative: self.chance.below(2) == 0,
            },
            _ => self.afterwards(),
        };
        (who, ask)
    }

    fn write(&mut self, who: usize, at: DocumentId) -> Ask {
        let length = self.chance.below(3000) as usize;
        let kind = if length.is_multiple_of(7) { RecordKind::Later(9) } else { RecordKind::Update };
        let record = self.pens[who].record(at, kind, &vec![length as u8; length]);
        self.past.push(record.clone());
        push([&record])
    }

    fn write_again(&mut self) -> Ask {
        let past = self.past.len() as u64;
        if past == 0 {
            return Ask::Push { records: vec![vec![1, 2, 3].into()] };
        }
        let one = self.chance.below(past) as usize;
        let other = self.chance.below(past) as usize;
        push([&self.past[one], &self.past[other]])
    }

    fn change(&mut self, who: usize, place: u64) -> Ask {
        let whom = person(self.chance.below(PEOPLE));
        let role = Role::ALL[self.chance.below(5) as usize];
        let until =
            (self.chance.below(3) == 0).then(|| self.now.day() + self.chance.below(4) as u32);
        let change = match self.chance.below(3) {
            0 => Change::Remove { person: whom },
            _ => Change::Add { person: whom, member: Member { role, until } },
        };
        self.link(who, place, &change)
    }

    fn found(&mut self, who: usize, place: u64) -> Ask {
        let kind = Kind::ALL[self.chance.below(7) as usize];
        let members = (0..2)
            .map(|_| (person(self.chance.below(PEOPLE)), Role::ALL[self.chance.below(3) as usize]));
        let members = members.collect();
        let parent = Some(document(self.chance.below(2)));
        let previous = self.heads[place as usize];
        self.heads[place as usize] = Hash::default();
        let ask = self.link(who, place, &Change::Found { kind, parent, members });
        if previous != Hash::default() {
            self.heads[place as usize] = previous;
        }
        ask
    }

    /// Takes it that the link holds; when it does not, the next ones are refused as well, until one
    /// is made on the right head by chance.
    fn link(&mut self, who: usize, place: u64, change: &Change) -> Ask {
        let previous = self.heads[place as usize];
        let record = self.pens[who].link(document(place), previous, change);
        if self.chance.below(2) == 0 {
            self.heads[place as usize] = Hash::of(&record);
        }
        self.past.push(record.clone());
        push([&record])
    }

    fn snapshot(&mut self, who: usize, at: DocumentId) -> Ask {
        let covers = self.chance.below(60);
        let record = self.pens[who].snapshot(at, covers);
        push([&record])
    }

    fn pull(&mut self, document: DocumentId) -> Ask {
        let after = self.chance.below(30);
        match self.chance.below(2) {
            0 => pull(document, after),
            _ => Ask::Pull { document, after: 0, whole: true },
        }
    }

    fn afterwards(&mut self) -> Ask {
        let name = InvitationId(person(self.chance.below(40)).0);
        match self.chance.below(3) {
            0 => Ask::Invitation(name),
            1 => Ask::Cancel(name),
            _ => Ask::Confirm(name),
        }
    }
}
