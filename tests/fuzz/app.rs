//! What comes over the wire to a phone that has a course: records of a coordinator who means harm, and anything at all.
#![no_main]

mod dice;

use std::sync::OnceLock;

use dice::Bytes;
use libfuzzer_sys::fuzz_target;
use sync::message::{Frame, Tell};
use tests::hostile::{Bare, Base, Dice, hostile_update};
use trust::RecordKind;

static BASE: OnceLock<Base> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let base = BASE.get_or_init(Base::new);
    let mut dice = Bytes::new(data);
    let mut app = Bare::open(base);
    let mut pen = base.pen.clone();
    while !dice.is_empty() {
        let (document, aim) = dice.one_of(&base.documents);
        let update = hostile_update(&mut dice, &aim);
        match dice.below(8) {
            0..3 => {
                let behind = dice.rest_of_some();
                let payload = if dice.once_in(3) { [update, behind].concat() } else { update };
                app.record(&pen.record(document, RecordKind::Update, &payload));
            }
            3 => {
                let covers = dice.below(40).to_be_bytes();
                let payload = [&covers[..], &update].concat();
                app.record(&pen.record(document, RecordKind::Snapshot, &payload));
            }
            4 => {
                let payload = dice.rest_of_some();
                app.record(&pen.record(document, RecordKind::Membership, &payload));
            }
            5 => {
                let (payload, person) = (dice.rest_of_some().into(), None);
                let device = pen.device();
                app.frame(&Tell::Live { document, device, payload, person }.to_frame());
            }
            6 => app.frame(&[&[1], &dice.rest_of_some()[..]].concat()),
            _ => app.pass(dice.below(20_000)),
        }
    }
    app.look_at_everything();
    app.pass(80_000);
    app.look_at_everything();
    app.open_again();
    app.pass(80_000);
    app.look_at_everything();
    app.write();
});
