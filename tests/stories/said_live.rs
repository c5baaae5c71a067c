//! What somebody says live who means harm, to an app that reads it.

use client::view::{Agenda, Me, Meetings, Saved, Saving};
use client::{Command, FirstCommand, TextField};
use documents::{Paper, contents};
use domain::{Role, Splice, Who};
use sync::message::{Frame, Tell};
use tests::hostile::{Bare, Base};
use tests::pen::Pen;
use trust::{DocumentId, Kind, sign_live};

fn meeting(app: &Bare) -> DocumentId {
    let all = app.look(&Meetings { course: None });
    all.upcoming.into_iter().chain(all.past).next().expect("a meeting").document
}

fn purpose(app: &Bare, document: DocumentId) -> String {
    app.look(&Agenda(document)).unwrap().purpose.text
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(0x5a);
    out.extend((bytes.len() as u32).to_be_bytes());
    out.extend(bytes);
}

/// As an app writes it: who, no caret, the words, that it stays, and a signature.
fn live(document: DocumentId, pen: &Pen, update: &[u8]) -> Vec<u8> {
    let mut payload = vec![0x85];
    put(&mut payload, &[9; 16]);
    payload.push(0xf6);
    put(&mut payload, update);
    payload.push(0xf4);
    put(&mut payload, &sign_live(document, update, &pen.key).0);
    let (device, person) = (pen.device(), None);
    Tell::Live { document, device, payload: payload.into(), person }.to_frame()
}

/// A letter in the purpose, and beside it so many of another session's in a text that no screen shows.
fn with_more(session: u64, letters: usize) -> Vec<u8> {
    let mut paper = Paper::new(session);
    let splice = Splice { at: 0, delete: 0, insert: ".".to_owned() };
    assert!(TextField::Purpose.write(&mut paper, &splice, Who([9; 16])));
    let update = paper.take_fresh().unwrap();
    assert_eq!((update[0], update[update.len() - 1]), (1, 0), "one session, nothing deleted");
    let varint = |out: &mut Vec<u8>, mut number: u64| {
        while number >= 128 {
            out.push(number as u8 | 128);
            number >>= 7;
        }
        out.push(number as u8);
    };
    let mut both = vec![2];
    both.extend(&update[1..update.len() - 1]);
    both.push(1);
    varint(&mut both, session + 1);
    both.extend([0, 4, 1, 1, b'p']);
    varint(&mut both, letters as u64);
    both.extend(std::iter::repeat_n(b'a', letters));
    both.push(0);
    assert!(contents(&both).is_ok());
    // Behind it stands a proof, here of no session.
    both.extend([0x82, 0x80, 0xf6]);
    both
}

#[test]
fn what_she_writes_beside_more_than_a_record_holds_is_seen_by_others() {
    let base = Base::new();
    let mut app = Bare::open(&base);
    let document = meeting(&app);
    app.run(FirstCommand::Open(document));
    app.frame(&live(document, &base.pen, &with_more(777, 300_000)));
    app.pass(500);
    let splice = Splice { at: 0, delete: 0, insert: "Mine egne ord".to_owned() };
    app.run(Command::Write { document, field: TextField::Purpose, splice });
    (0..60).for_each(|_| app.pass(1_000));
    assert_eq!(app.look(&Saving).saved, Saved::Safely);
    let mut other = Bare::open(&base);
    app.pushed.iter().for_each(|record| other.record(record));
    other.pass(10_000);
    assert_eq!(purpose(&other, document), purpose(&app, document));
    assert!(purpose(&other, document).contains("Mine egne ord"));
}

#[test]
fn words_that_fit_are_read_live_and_kept_by_whoever_heard_them() {
    let base = Base::new();
    let mut app = Bare::open(&base);
    let document = meeting(&app);
    app.run(FirstCommand::Open(document));
    app.frame(&live(document, &base.pen, &with_more(777, 3_000)));
    app.pass(500);
    assert_eq!(purpose(&app, document), ".");
    (0..30).for_each(|_| app.pass(1_000));
    assert!(app.pushed.iter().any(|record| record.bytes().len() > 3_000));
}

#[test]
fn what_others_say_live_and_keep_in_no_record_uses_up_nothing_of_hers() {
    let base = Base::new();
    let mut app = Bare::open(&base);
    let document = meeting(&app);
    for number in 0..100_u64 {
        app.frame(&live(document, &base.pen, &with_more(10_000 + 2 * number, 60_000)));
        app.pass(4_000);
    }
    let pushed: usize = app.pushed.iter().map(|record| record.bytes().len()).sum();
    assert!((60_000..300_000).contains(&pushed), "{pushed} of 6,000,000 bytes");
}

#[test]
fn whoever_is_let_in_to_a_strangers_course_keeps_her_own_screens() {
    let mut base = Base::new();
    let me = |base: &Base| {
        let mut app = Bare::open(base);
        app.pass(5_000);
        let me = app.look(&Me);
        (me.role, me.course.is_some())
    };
    assert_eq!(me(&base), (Some(Role::Citizen), true));
    // Before hers in any order.
    base.let_in_to(DocumentId([0; 16]), Kind::Course);
    assert_eq!(me(&base), (Some(Role::Citizen), true));
}
