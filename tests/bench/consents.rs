//! A citizen lets ten people see eight parts of life, and takes it back, in any order, with and without a
//! network, while days pass, people leave, the coordinator moves and some of them try to see more: the figure
//! `consents`. A witness who believes none of our rules sees everything that is given out.
#![expect(clippy::print_stdout, reason = "the figure is what this program is for")]
#![expect(clippy::expect_used, reason = "a figure that cannot be taken says why")]

mod consents_expected;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use client::view::{ConsentFor, SharedWithMe, ThisDay};
use client::{Command, DocumentId, Made, NewConsent, PersonId, TextField, ToolCommand};
use domain::{CONSENT_MONTHS, Half, ItemId, LifeArea, Purpose, Splice};
use sync::message::Ask;
use tests::pen::{self, Pen};
use tests::{Seed, Town, Walker};
use trust::{Change, Member, Membership, Role};

const SEEDS_WHOLE_AND_QUICK: [u64; 2] = [10, 2];
const STEPS: u64 = 1_000;
const PEOPLE: usize = 10;
const AREAS: [&str; 8] =
    ["work", "housing", "money", "network", "body", "mind", "substances", "law"];
/// After so many steps everybody has a network again, and what they see is held against what was meant.
const REST_AFTER: u64 = 25;

/// Somebody on the map, with a phone that runs the app and another device that does not.
struct Guest {
    on_map: (DocumentId, ItemId),
    phone: Walker,
    person: PersonId,
    consents: DocumentId,
    pen: Pen,
    is_cut_off: bool,
}

struct Life {
    seed: u64,
    town: Town,
    citizen: Walker,
    course: DocumentId,
    goals: Vec<(DocumentId, ItemId)>,
    guests: Vec<Guest>,
    coordinator: (Pen, PersonId),
    /// A device of the citizen's that no app runs on.
    hers: Pen,
    /// What the citizen means: which guest sees which area, through which day.
    open: BTreeMap<(usize, usize), i32>,
    is_cut_off: bool,
    done: BTreeMap<&'static str, u64>,
    faults: Vec<String>,
}

fn main() -> ExitCode {
    let (mut steps, mut given_out, mut rests) = (0, 0, 0);
    let mut done: BTreeMap<&str, u64> = BTreeMap::new();
    let mut faults = Vec::new();
    let seeds = SEEDS_WHOLE_AND_QUICK[usize::from(std::env::var_os("MEDSPIL_QUICK").is_some())];
    for seed in 1..=seeds {
        let mut life = Life::begin(seed);
        for step in 1..=STEPS {
            life.step();
            steps += 1;
            if step % REST_AFTER == 0 {
                life.rest();
                rests += 1;
            }
        }
        for (what, times) in &life.done {
            *done.entry(what).or_default() += times;
        }
        given_out += life.town.witness().given_out;
        faults.extend(life.town.witness().breaches.iter().cloned());
        faults.append(&mut life.faults);
    }
    faults.iter().take(20).for_each(|fault| eprintln!("{fault}"));
    let held = steps == seeds * STEPS && faults.is_empty() && done.values().all(|n| *n > 5 * seeds);
    let done: Vec<String> = done.iter().map(|(what, times)| format!("{what} {times}")).collect();
    println!(
        "figure: consents | {PEOPLE} people × {} areas × {steps} steps ({}): {} of {given_out} things given out \
         outside a consent, or seen otherwise than meant at {rests} rests | none outside a consent, withdrawn at once \
         on the device | {}",
        AREAS.len(),
        done.join(", "),
        faults.len(),
        if held { "held" } else { "missed" }
    );
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn area(index: usize) -> LifeArea {
    LifeArea::from_key(AREAS[index]).expect("a life area")
}

fn item(made: Option<Made>) -> (DocumentId, ItemId) {
    match made {
        Some(Made::Item(document, item)) => (document, item),
        made => panic!("nothing was made: {made:?}"),
    }
}

impl Life {
    fn begin(seed: u64) -> Self {
        let mut town = Town::new(Seed(seed));
        let (citizen, coordinator) = town.course();
        let course = town.course_of(citizen);
        let mut goals = Vec::new();
        for index in 0..AREAS.len() {
            let title = format!("Mål {index}");
            goals.push(item(
                town.run(citizen, Command::AddGoal { course, area: area(index), title }),
            ));
        }
        let person = town.look(citizen, &client::view::WhomToCall { course })[0].who;
        let mine = (Pen::new(1_000 * seed), PersonId(person.0));
        town.bind(&mine.0, mine.1);
        let hers = Pen::new(1_000 * seed + 1);
        let kirsten = town.look(coordinator, &client::view::Citizens)[0].person;
        town.bind(&hers, kirsten);
        // From here on the coordinator is somebody whose app does nothing by itself.
        town.close(coordinator);
        let (guests, open, done, faults) = Default::default();
        let coordinator = mine;
        let is_cut_off = false;
        let mut life = Self {
            seed,
            town,
            citizen,
            course,
            goals,
            guests,
            coordinator,
            hers,
            open,
            is_cut_off,
            done,
            faults,
        };
        (0..PEOPLE).for_each(|index| life.let_in(index));
        life.rest();
        life
    }

    /// The first consent for somebody, and the code for their phone.
    fn let_in(&mut self, index: usize) {
        let (name, half) = (format!("Nr. {index}"), Half::Private);
        let add = ToolCommand::AddPerson { course: self.course, name, half, is_missing: false };
        let on_map = item(self.town.run(self.citizen, add));
        let consents = self.give(index, on_map, &[index % AREAS.len()]);
        let found = self.town.look(self.citizen, &client::view::ConsentsOf { document: consents });
        let person = found.expect("it was declared").invited;
        self.town.run(self.citizen, ToolCommand::Invite { person, document: consents });
        self.town.settle();
        let phone = self.town.let_in(self.citizen, person, "guest");
        let pen = Pen::new(500 + index as u64);
        self.town.bind(&pen, person);
        self.guests.push(Guest { on_map, phone, person, consents, pen, is_cut_off: false });
    }

    fn step(&mut self) {
        let (index, area) = (self.below(PEOPLE), self.below(AREAS.len()));
        let what = match self.below(100) {
            0..=25 => self.give_some(index),
            26..=42 => self.withdraw(index, Some(area)),
            43..=46 => self.withdraw(index, None),
            47..=66 => self.write(area),
            67..=74 => self.sleep(),
            75..=84 => self.cut_or_mend(index),
            85..=91 => self.cut_or_mend_citizen(),
            92..=93 => self.leave(index),
            94..=95 => self.move_coordinator(),
            _ => self.try_to_see_more(index, area),
        };
        *self.done.entry(what).or_default() += 1;
        // On the citizen's own device it is so at once, whatever the network does.
        self.expect(what, "she sees", self.seen_by_citizen());
        let ms = self.town.below(1_500);
        self.town.pass(ms);
    }

    fn give_some(&mut self, index: usize) -> &'static str {
        let count = 1 + self.below(3);
        let areas: BTreeSet<usize> = (0..count).map(|_| self.below(AREAS.len())).collect();
        let on_map = self.guests[index].on_map;
        self.give(index, on_map, &areas.into_iter().collect::<Vec<_>>());
        "given"
    }

    fn give(&mut self, index: usize, on_map: (DocumentId, ItemId), areas: &[usize]) -> DocumentId {
        let months = CONSENT_MONTHS[self.below(CONSENT_MONTHS.len())];
        let chosen = areas.iter().map(|index| area(*index)).collect();
        let consent = NewConsent { areas: chosen, purpose: Purpose::Help, months, parent: None };
        let (network, person) = on_map;
        self.town.run(self.citizen, ToolCommand::GiveConsent { network, person, consent });
        // It can be taken back for ten seconds.
        self.town.pass(11_000);
        let until = self.town.look(self.citizen, &ThisDay).plus_months(months).days();
        self.open.extend(areas.iter().map(|area| ((index, *area), until)));
        let found = self.town.look(self.citizen, &ConsentFor { network, person });
        found.and_then(|found| found.consents).expect("a consent")
    }

    fn withdraw(&mut self, index: usize, chosen: Option<usize>) -> &'static str {
        let document = self.guests[index].consents;
        let area = chosen.map(area);
        self.town.run(self.citizen, ToolCommand::WithdrawConsent { document, area });
        self.open
            .retain(|(guest, area), _| *guest != index || chosen.is_some_and(|it| it != *area));
        if chosen.is_some() { "withdrawn" } else { "all withdrawn" }
    }

    fn write(&mut self, area: usize) -> &'static str {
        let (document, goal) = self.goals[area];
        let insert = format!("{} ", self.below(1_000));
        let splice = Splice { at: 0, delete: 0, insert };
        let field = TextField::Goal(goal);
        // A title that is full takes no more; then it is written anew.
        if self.town.try_run(self.citizen, Command::Write { document, field, splice }).is_err() {
            let splice = Splice { at: 0, delete: 100, insert: String::new() };
            self.town.run(self.citizen, Command::Write { document, field, splice });
        }
        "written"
    }

    fn sleep(&mut self) -> &'static str {
        let days = 1 + self.town.below(40);
        self.town.sleep_days(days);
        // Every device looks at its clock.
        self.town.pass(6_000);
        "slept"
    }

    fn cut_or_mend(&mut self, index: usize) -> &'static str {
        let guest = &mut self.guests[index];
        guest.is_cut_off = !guest.is_cut_off;
        if guest.is_cut_off {
            self.town.cut_off(guest.phone)
        } else {
            self.town.reconnect(guest.phone)
        }
        "guest's network"
    }

    fn cut_or_mend_citizen(&mut self) -> &'static str {
        self.is_cut_off = !self.is_cut_off;
        if self.is_cut_off {
            self.town.cut_off(self.citizen);
        } else {
            self.town.reconnect(self.citizen);
        }
        "citizen's network"
    }

    /// Somebody would rather not see it. What the citizen gave before and could not send is said first.
    fn leave(&mut self, index: usize) -> &'static str {
        self.rest();
        let Guest { phone, consents, .. } = self.guests[index];
        if !self.town.look(phone, &SharedWithMe).is_empty() {
            self.town.run(phone, ToolCommand::LeaveConsents(consents));
            self.open.retain(|(guest, _), _| *guest != index);
            self.town.settle();
        }
        "left"
    }

    /// The citizen takes another coordinator in everywhere; the one before leaves, and then asks for everything once
    /// more.
    fn move_coordinator(&mut self) -> &'static str {
        let number = 10_000 + self.town.below(1 << 40);
        let next = (Pen::new(number), pen::person(number));
        self.town.bind(&next.0, next.1);
        let (mut mine, me) = self.coordinator.clone();
        let all = self.documents();
        let member = Member::always(Role::Coordinator);
        let mut hers = self.hers.clone();
        let moves = [
            (&mut hers, Change::Add { person: next.1, member }),
            (&mut mine, Change::Remove { person: me }),
        ];
        for (pen, change) in moves {
            for &document in &all {
                let Some(head) = self.chain(document).map(|chain| chain.head) else { continue };
                let link = pen.link(document, head, &change);
                self.town.say(pen, pen::push([&link]));
            }
        }
        self.hers = hers;
        self.ask_for_everything(&mine);
        self.coordinator = next;
        "moved"
    }

    /// Somebody's other device asks for everything there is, and makes links that would let it in.
    fn try_to_see_more(&mut self, index: usize, area: usize) -> &'static str {
        let mut pen = self.guests[index].pen.clone();
        let person = self.guests[index].person;
        self.ask_for_everything(&pen);
        let document = self.goals[area].0;
        let Some(chain) = self.chain(document) else { return "tried" };
        let until = Some(u32::MAX >> 1);
        for (role, until) in [(Role::Participant, until), (Role::Citizen, None)] {
            let change = Change::Add { person, member: Member { role, until } };
            let link = pen.link(document, chain.head, &change);
            self.town.say(&pen, pen::push([&link]));
        }
        let words = pen.write(document, "ikke mine ord");
        self.town.say(&pen, pen::push([&words]));
        self.town.say(&pen, Ask::Live { document, payload: vec![1].into() });
        let code = pen::code(pen.counter);
        self.town.say(&pen, pen::invite(pen.counter, code, person, document));
        self.guests[index].pen = pen;
        "tried"
    }

    fn ask_for_everything(&mut self, pen: &Pen) {
        for document in self.documents() {
            self.town.say(pen, pen::pull(document, 0));
        }
    }

    /// The course and every part of it that the hub has.
    fn documents(&self) -> Vec<DocumentId> {
        let areas = self.goals.iter().map(|(document, _)| *document);
        let consents = self.guests.iter().map(|guest| guest.consents);
        let network = self.guests.iter().map(|guest| guest.on_map.0);
        let all = [self.course].into_iter().chain(areas).chain(consents).chain(network);
        let all: BTreeSet<DocumentId> = all.collect();
        all.into_iter().filter(|document| !self.town.shelf().log(*document).is_empty()).collect()
    }

    fn chain(&self, document: DocumentId) -> Option<Membership> {
        self.town.shelf().membership(document).cloned()
    }

    fn below(&mut self, end: usize) -> usize {
        self.town.below(end as u64) as usize
    }
}

fn number(area: &LifeArea) -> Option<usize> {
    AREAS.iter().position(|key| *key == area.key())
}
