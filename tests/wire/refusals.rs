//! Bad input: each gets a clear refusal, and costs nobody anything.

use std::io::Read;
use std::time::Duration;

use server::Pace;
use sync::limits::LIVE_BYTES_MAX;
use sync::message::{Ask, FRAME_BYTES_MAX, Frame, Refusal, Tell, WaitFor};
use tests::hosted::{Visitor, connect};
use tests::pen::{self, Pen};
use trust::{Challenge, Change, Hash, Pass, RECORD_BYTES_MAX};
use tungstenite::Message;

use crate::Scene;

const UNREADABLE: Tell = Tell::Refused { counter: 0, why: Refusal::Malformed, device: None };

#[test]
fn who_does_not_sign_the_challenge_is_shown_out() {
    let scene = Scene::new();
    let wrong = Ask::Pass(Pass::sign(Challenge([0; 32]), &Pen::new(1).key)).to_frame();
    let early = pen::pull(scene.course.document, 0).to_frame();
    let first = [
        Message::Binary(wrong.into()),
        Message::Binary(early.into()),
        Message::Binary(vec![0xff; 40].into()),
        Message::Text("{\"hello\":1}".into()),
    ];
    for message in first {
        let mut socket = connect(scene.hosted.address()).expect("a socket");
        socket.read().expect("a challenge");
        socket.send(message).expect("somebody listens");
        let Ok(Message::Close(Some(close))) = socket.read() else { panic!("no farewell") };
        assert_eq!((u16::from(close.code), close.reason.as_str()), (4401, "no pass"));
    }
}

#[test]
fn a_frame_that_cannot_be_read_is_refused_and_the_rest_goes_on() {
    let mut scene = Scene::new();
    let citizen = &mut scene.course.citizen;
    let unknown = vec![1, 0x82, 0x18, 200, 0x80];
    for garbage in [vec![], vec![1], vec![0xff; 300], vec![2, 0x82, 0, 0], unknown] {
        citizen.send(Message::Binary(garbage.into()));
        assert_eq!(citizen.hear(), UNREADABLE);
    }
    citizen.send(Message::Text("hej".into()));
    assert_eq!(citizen.hear(), UNREADABLE);
    let record = citizen.pen.write(scene.course.document, "videre");
    citizen.keep(&record);
}

#[test]
fn who_sends_nothing_else_is_let_go() {
    let mut scene = Scene::new();
    let citizen = &mut scene.course.citizen;
    (0..100).for_each(|_| citizen.send(Message::Binary(vec![7; 9].into())));
    assert_eq!(citizen.wait_for_close(), (1007, "unreadable".to_owned()));
}

#[test]
fn a_frame_over_the_limit_ends_the_connection_and_nothing_else() {
    let mut scene = Scene::new();
    let citizen = &mut scene.course.citizen;
    citizen.send(Message::Binary(vec![1; FRAME_BYTES_MAX + 1].into()));
    assert_eq!(citizen.wait_for_close(), (1009, "too large".to_owned()));
    // Of something much larger the server reads no more than it must.
    let mut endless = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    let _ = endless.try_send(Message::Binary(vec![1; 8 * FRAME_BYTES_MAX].into()));
    let (why, _) = endless.wait_for_close();
    assert!([0, 1009].contains(&why), "cut off, or told why: {why}");
    let mut again = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    let record = again.pen.write(scene.course.document, "tilbage");
    again.keep(&record);
}

#[test]
fn forged_oversized_and_foreign_records_are_refused_one_by_one() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    let citizen = &mut scene.course.citizen;
    let good = citizen.pen.write(document, "god");
    let mut forged = citizen.pen.write(document, "falsk").into_bytes();
    forged[70] ^= 1;
    // Words of a device that is gone may be brought back by whoever may write; its links may not.
    let out = Change::Remove { person: pen::person(1) };
    let foreign = Pen::new(77).link(document, Hash::default(), &out).into_bytes();
    let ask = Ask::Push {
        records: vec![
            forged.into(),
            vec![1; RECORD_BYTES_MAX + 1].into(),
            foreign.into(),
            good.bytes().to_vec().into(),
        ],
    };
    citizen.ask(&ask);
    let told: Vec<Tell> = (0..4).map(|_| citizen.hear()).collect();
    let why = |tell: &Tell| match tell {
        Tell::Refused { why, .. } => Some(*why),
        _ => None,
    };
    assert_eq!(why(&told[0]), Some(Refusal::Malformed));
    assert_eq!(why(&told[1]), Some(Refusal::TooLarge));
    assert_eq!(why(&told[2]), Some(Refusal::NotAllowed));
    assert!(matches!(told[3], Tell::Stored { .. }));
}

#[test]
fn who_sends_too_much_is_asked_to_wait_and_others_are_not() {
    let pace = Pace { frames: 20.0, bytes: 1e6, saved_seconds: 3.0 };
    let mut scene = Scene::with(|config| config.limits.pace = pace);
    let document = scene.course.document;
    let citizen = &mut scene.course.citizen;
    let look = pen::pull(document, 0);
    let mut waits = 0;
    for _ in 0..70 {
        citizen.ask(&look);
        if let Tell::Wait { seconds, why } = citizen.hear() {
            assert_eq!((seconds, why), (1, WaitFor::TooMuch));
            waits += 1;
        }
    }
    assert!((1..=30).contains(&waits), "{waits} of 70");
    scene.coordinator.page(document, 0);
    std::thread::sleep(Duration::from_millis(1100));
    scene.course.citizen.page(document, 0);
}

#[test]
fn who_does_not_read_is_let_go_and_holds_nobody_up() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    // The coordinator's device is connected and never reads.
    let text = "x".repeat(250_000);
    let mut written = 0;
    for _ in 0..80 {
        let record = scene.course.citizen.pen.write(document, &text);
        written = scene.course.citizen.keep(&record);
    }
    let mut stream = scene.coordinator.stream();
    let (mut received, mut buffer) = (0, vec![0; 1 << 16]);
    while let Ok(read @ 1..) = stream.read(&mut buffer) {
        received += read;
    }
    assert!(received < 15_000_000, "it ended before everything was sent: {received}");
    let mut again = Visitor::come(scene.hosted.address(), scene.coordinator.pen.clone());
    assert_eq!(again.page(document, 0).head, written);
}

#[test]
fn who_is_told_too_much_that_is_live_keeps_the_line() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    let payload = vec![5; 60_000];
    for _ in 0..500 {
        let live = Ask::Live { document, payload: payload.clone().into() };
        scene.course.citizen.ask(&live);
    }
    let record = scene.course.citizen.pen.write(document, "stadig her");
    let seq = scene.course.citizen.keep(&record);
    let mut lives = 0;
    loop {
        match scene.coordinator.hear() {
            Tell::Live { .. } => lives += 1,
            Tell::Records(page) if page.through == seq => break,
            _ => {}
        }
    }
    assert!((1..500).contains(&lives), "{lives} of 500");
}

#[test]
fn what_is_live_and_fits_in_no_record_of_others_is_heard_by_nobody() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    let payload = vec![5; LIVE_BYTES_MAX + 1].into();
    scene.course.citizen.ask(&Ask::Live { document, payload });
    let record = scene.course.citizen.pen.write(document, "stadig her");
    scene.course.citizen.keep(&record);
    scene.coordinator.wait_for(|tell| match tell {
        Tell::Live { .. } => panic!("heard"),
        Tell::Records(_) => Some(()),
        _ => None,
    });
}

#[test]
fn the_oldest_of_too_many_connections_of_one_person_makes_room() {
    let mut scene = Scene::with(|config| config.limits.connections_per_person = 3);
    let pen = scene.course.citizen.pen.clone();
    let address = scene.hosted.address();
    let _more: Vec<Visitor> = (0..3).map(|_| Visitor::come(address, pen.clone())).collect();
    assert_eq!(scene.course.citizen.wait_for_close().0, 4409);
}
