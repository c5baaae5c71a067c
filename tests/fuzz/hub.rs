//! What devices ask of a hub: frames of any sort, in the order they come, of members and strangers.
#![no_main]

mod dice;

use dice::Bytes;
use libfuzzer_sys::fuzz_target;
use sync::devices::{Device, Owner};
use sync::message::{Ask, Frame, split_frames};
use sync::{MemoryShelf, Request, Shelf, Stamp};
use tests::hostile::Dice;
use tests::pen::{Pen, code, document, invite, person, pull, push, redeem};
use trust::{Change, Hash, Kind, Member, RecordKind, Role};

/// An organisation, a coordinator, and a citizen with a course.
fn shelf(pens: &mut [Pen; 4]) -> MemoryShelf {
    let mut shelf = MemoryShelf::default();
    let members = vec![(person(1), Role::DailyLead), (person(2), Role::Coordinator)];
    let house = Change::Found { kind: Kind::House, parent: None, members };
    let first = Pen::new(99).link(document(1), Hash::default(), &house);
    let Ok(_) = sync::hub::found_house(&mut shelf, &first);
    for (number, pen) in (1..).zip(pens.iter()).take(3) {
        let owner = Owner { person: person(number), group: person(1_000 + number) };
        let Ok(()) = shelf.bind(pen.device(), Device { owner, since: 0, by: None });
    }
    let members = vec![(person(3), Role::Citizen), (person(2), Role::Coordinator)];
    let course = Change::Found { kind: Kind::Course, parent: Some(document(1)), members };
    let link = pens[1].link(document(2), Hash::default(), &course);
    answer(&mut shelf, &pens[1], push([&link]));
    shelf
}

fn answer(shelf: &mut MemoryShelf, pen: &Pen, ask: Ask) {
    let now = Stamp { seconds: 1_800_000_000 };
    let Ok(answer) = sync::answer(shelf, pen.device(), Request::from(ask), now);
    answer.tells.iter().for_each(|tell| drop(tell.to_frame()));
}

fuzz_target!(|data: &[u8]| {
    let mut dice = Bytes::new(data);
    let mut pens = [1, 2, 3, 4].map(Pen::new);
    let mut shelf = shelf(&mut pens);
    while !dice.is_empty() {
        let which = dice.below(4) as usize;
        let (of, who) = (document(1 + dice.below(6)), person(1 + dice.below(5)));
        let pen = &mut pens[which];
        let ask = match dice.below(8) {
            0 => pull(of, dice.below(20)),
            1 => invite(dice.below(4), code(dice.below(3)), who, of),
            2 => redeem(code(dice.below(3))),
            3 | 4 => {
                let Ok(known) = shelf.look(of);
                let head = known.map_or(Hash::default(), |known| known.membership.head);
                let roles = Role::ALL;
                let role = dice.one_of(&roles);
                let member = Member { role, until: Some(20_900).filter(|_| dice.once_in(2)) };
                let change = match dice.below(4) {
                    0 => Change::Remove { person: who },
                    1 => Change::Found {
                        kind: dice.one_of(&Kind::ALL),
                        parent: Some(document(1 + dice.below(6))),
                        members: vec![(who, role), (person(1 + dice.below(5)), Role::Citizen)],
                    },
                    _ => Change::Add { person: who, member },
                };
                push([&pen.link(of, head, &change)])
            }
            5 => {
                let (payload, kinds) = (dice.rest_of_some(), [1, 2, 3, 77]);
                let kind = match dice.one_of(&kinds) {
                    1 => RecordKind::Update,
                    2 => RecordKind::Snapshot,
                    3 => RecordKind::Membership,
                    later => RecordKind::Later(later),
                };
                push([&pen.record(of, kind, &payload)])
            }
            6 => Ask::Push { records: vec![dice.rest_of_some().into()] },
            _ => {
                let bytes = [&[1], &dice.rest_of_some()[..]].concat();
                let _ = split_frames(&bytes);
                match Ask::from_frame(&bytes) {
                    Ok(ask) => ask,
                    Err(_) => continue,
                }
            }
        };
        answer(&mut shelf, &pens[which], ask);
    }
});
