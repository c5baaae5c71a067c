//! Who hears what.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use sync::invitation::AGAIN_SECONDS;
use sync::message::{Ask, Frame, NotRedeemed, Tell};
use tests::hosted::Visitor;
use tests::pen::{self, Pen};
use trust::{DocumentId, Member, RecordKind, Role};

use crate::Scene;

fn live(document: DocumentId, payload: &[u8]) -> Ask {
    Ask::Live { document, payload: payload.to_vec().into() }
}

fn is_record(tell: &Tell, bytes: &[u8]) -> Option<u64> {
    match tell {
        Tell::Records(page) if page.records[0].record.as_slice() == bytes => Some(page.through),
        _ => None,
    }
}

#[test]
fn what_one_writes_the_other_hears_stored_and_live() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    let citizen = &mut scene.course.citizen;
    citizen.ask(&live(document, b"mi"));
    let heard = scene.coordinator.wait_for(|tell| match tell {
        Tell::Live { device, payload, .. } => Some((*device, payload.to_vec())),
        _ => None,
    });
    assert_eq!(heard, (citizen.pen.device(), b"mi".to_vec()));
    let record = citizen.pen.write(document, "min bolig");
    let seq = citizen.keep(&record);
    let heard = scene.coordinator.wait_for(|tell| is_record(tell, record.bytes()));
    assert_eq!(heard, seq);
    citizen.hears_nothing();
}

#[test]
fn a_record_of_a_later_version_is_stored_and_passed_on_as_it_is() {
    let mut scene = Scene::new();
    let citizen = &mut scene.course.citizen;
    let later = citizen.pen.record(scene.course.document, RecordKind::Later(200), b"fra i morgen");
    citizen.keep(&later);
    scene.coordinator.wait_for(|tell| is_record(tell, later.bytes()));
    let log = citizen.log(scene.course.document);
    assert_eq!(log.last().map(|(_, bytes)| bytes.as_slice()), Some(later.bytes()));
}

#[test]
fn what_is_stored_while_somebody_comes_in_is_never_missed() {
    let mut scene = Scene::new();
    let (document, address) = (scene.course.document, scene.hosted.address());
    let pen = scene.coordinator.pen.clone();
    for _ in 0..30 {
        let record = scene.course.citizen.pen.write(document, "imens");
        scene.course.citizen.ask(&pen::push([&record]));
        let mut coming = Visitor::come(address, pen.clone());
        let Tell::Welcome { documents, .. } = &coming.welcome else { panic!("no welcome") };
        let held = documents.iter().find(|held| held.document == document).expect("a member");
        let head = held.head;
        let seq = scene.course.citizen.wait_for(|tell| match tell {
            Tell::Stored { seq, .. } => Some(*seq),
            _ => None,
        });
        if head < seq {
            assert_eq!(coming.wait_for(|tell| is_record(tell, record.bytes())), seq);
        }
    }
}

#[test]
fn who_is_removed_hears_nothing_from_that_moment() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    let mut other = scene.staff.coordinator(scene.hosted.address());
    let person = other.person().expect("a coordinator");
    let member = Member::always(Role::Coordinator);
    scene.course.add(person, member);
    other.wait_for(|tell| matches!(tell, Tell::Joined(_)).then_some(()));
    scene.coordinator.ask(&live(document, b"1"));
    other.wait_for(|tell| matches!(tell, Tell::Live { .. }).then_some(()));

    let mut citizen = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    scene.course.remove(&mut citizen, person);
    // The answer has come: from here on not one frame more.
    scene.coordinator.ask(&live(document, b"2"));
    let record = scene.coordinator.pen.write(document, "efter");
    scene.coordinator.keep(&record);
    loop {
        match other.hear() {
            Tell::Gone(gone) if gone == document => break,
            Tell::Live { payload, .. } => assert_eq!(payload.as_slice(), b"1"),
            Tell::Records(page) => assert_ne!(page.records[0].record.as_slice(), record.bytes()),
            _ => {}
        }
    }
    other.hears_nothing();
    other.ask(&live(document, b"3"));
    assert_eq!(other.hear(), Tell::Gone(document));
    other.ask(&pen::pull(document, 0));
    assert_eq!(other.hear(), Tell::Gone(document));
}

#[test]
fn a_membership_that_ends_today_ends_for_live_frames_too() {
    let mut scene = Scene::new();
    let document = scene.course.document;
    let mut adult = scene.staff.coordinator(scene.hosted.address());
    let person = adult.person().expect("somebody");
    let today = scene.clock.load(Ordering::Relaxed) / 86_400;
    let until = u32::try_from(today).ok();
    let mut citizen = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    let member = Member { role: Role::TrustedAdult, until };
    scene.course.add(person, member);
    citizen.ask(&live(document, b"i dag"));
    adult.wait_for(|tell| matches!(tell, Tell::Live { .. }).then_some(()));
    scene.clock.fetch_add(86_400, Ordering::Relaxed);
    citizen.ask(&live(document, b"i morgen"));
    scene.coordinator.wait_for(|tell| match tell {
        Tell::Live { payload, .. } => (payload.as_slice() == "i morgen".as_bytes()).then_some(()),
        _ => None,
    });
    adult.hears_nothing();
}

#[test]
fn a_device_that_was_in_the_wrong_place_is_out_when_the_right_one_is_in() {
    let mut scene = Scene::new();
    let (document, address) = (scene.course.document, scene.hosted.address());
    let person = scene.course.citizen.person().expect("the citizen");
    scene.coordinator.invite(500, pen::code(500), person, document);
    let code = pen::code(500).to_string().replace(' ', "");
    let mut tab = Visitor::come(address, Pen::new(500));
    let tentative = Ask::Redeem { code, tentative: true };
    tab.ask_for(&tentative, |tell| matches!(tell, Tell::Welcome { .. }).then_some(()));
    let record = scene.coordinator.pen.write(document, "1");
    scene.coordinator.keep(&record);
    tab.wait_for(|tell| is_record(tell, record.bytes()));

    let mut installed = Visitor::come(address, Pen::new(501));
    installed.redeem(pen::code(500));
    let record = scene.coordinator.pen.write(document, "2");
    scene.coordinator.keep(&record);
    installed.wait_for(|tell| is_record(tell, record.bytes()));
    tab.hears_nothing();
}

#[test]
fn whoever_was_put_out_hears_so_and_comes_in_again_by_a_new_code() {
    let mut scene = Scene::new();
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let (pen, person) = (scene.course.citizen.pen.clone(), scene.course.citizen.person());
    let person = person.expect("the citizen");
    scene.coordinator.ask(&Ask::PutOut(pen.device()));
    scene.coordinator.wait_for(|tell| matches!(tell, Tell::Devices { .. }).then_some(()));
    let mut out = Visitor::come(address, pen);
    assert!(matches!(out.welcome, Tell::PutOut(_)), "{:?}", out.welcome);
    scene.coordinator.invite(150, pen::code(150), person, document);
    assert_eq!(out.redeem(pen::code(150)), person);
    let record = out.pen.write(document, "tilbage");
    out.keep(&record);
}

#[test]
fn who_sees_a_used_code_later_shows_nobody_out() {
    let mut scene = Scene::new();
    let (document, address) = (scene.course.document, scene.hosted.address());
    let person = scene.course.citizen.person().expect("the citizen");
    for (number, carries) in [(510, false), (520, true)] {
        scene.coordinator.invite(number, pen::code(number), person, document);
        let code = pen::code(number).to_string().replace(' ', "");
        let mut tab = Visitor::come(address, Pen::new(number));
        let tentative = Ask::Redeem { code, tentative: true };
        tab.ask_for(&tentative, |tell| matches!(tell, Tell::Welcome { .. }).then_some(()));
        if carries {
            let ask = Ask::CarryOver { code: pen::code(number + 1).hash() };
            tab.ask_for(&ask, |tell| matches!(tell, Tell::CarriesOver { .. }).then_some(()));
        } else {
            scene.clock.fetch_add(AGAIN_SECONDS, Ordering::Relaxed);
        }
        let mut finder = Visitor::come(address, Pen::new(number + 2));
        let told = finder.ask_for(&pen::redeem(pen::code(number)), |tell| Some(tell.clone()));
        assert_eq!(told, Tell::NotRedeemed(NotRedeemed::Used));
        let record = scene.coordinator.pen.write(document, &number.to_string());
        scene.coordinator.keep(&record);
        tab.wait_for(|tell| is_record(tell, record.bytes()));
        if carries {
            let mut app = Visitor::come(address, Pen::new(number + 3));
            app.redeem(pen::code(number + 1));
            tab.ask(&pen::pull(document, 0));
            tab.hears_nothing();
        }
    }
}

#[test]
fn a_stranger_cannot_tell_a_document_that_exists_from_one_that_does_not() {
    let mut scene = Scene::new();
    let mut stranger = scene.staff.coordinator(scene.hosted.address());
    let there = scene.course.document;
    let missing = DocumentId([9; 16]);
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..400 {
        for (place, document) in [there, missing].into_iter().enumerate() {
            let ask = if round % 2 == 0 { pen::pull(document, 0) } else { live(document, b"?") };
            #[expect(clippy::disallowed_methods, reason = "the test measures time")]
            let start = Instant::now();
            stranger.ask(&ask);
            let told = stranger.hear();
            times[place].push(start.elapsed());
            assert_eq!(told.to_frame(), Tell::Gone(document).to_frame());
        }
    }
    let [there, missing] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    let apart = there.abs_diff(missing);
    assert!(apart < Duration::from_micros(250), "{there:?} and {missing:?}");
}

#[test]
fn a_large_page_arrives_whole() {
    let mut scene = Scene::new();
    let citizen = &mut scene.course.citizen;
    let texts: Vec<String> = (0..5).map(|number| number.to_string().repeat(200_000)).collect();
    for text in &texts {
        let record = citizen.pen.write(scene.course.document, text);
        citizen.keep(&record);
    }
    let log = citizen.log(scene.course.document);
    assert_eq!(log.len(), 6);
    for ((_, bytes), text) in log[1..].iter().zip(&texts) {
        let record = trust::Record::read(bytes.clone()).expect("a record, whole");
        assert_eq!(record.payload(), text.as_bytes());
    }
}
