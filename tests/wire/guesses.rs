//! Somebody guesses at codes, with a new key for each: it costs where they come from a wait, and nobody else anything.

use std::net::{Ipv4Addr, SocketAddr};

use sync::message::{Ask, Frame, NotRedeemed, Tell, join_frames, split_frames};
use tests::hosted::{Visitor, connect_over, stream_from};
use tests::pen::{Pen, code, redeem};

use crate::Scene;
use crate::plain::{pass, request};

/// What somebody hears who comes from here with a new key and this code.
fn tries(host: u8, address: SocketAddr, number: u64, guess: u64) -> Option<NotRedeemed> {
    let own = Ipv4Addr::new(127, 0, 0, host);
    let socket = connect_over(stream_from(own, address).expect("a connection"), address);
    let visitor = Visitor::try_enter(socket.expect("a socket"), Pen::new(number));
    visitor.expect("a welcome").ask_for(&redeem(code(guess)), |tell| match tell {
        Tell::NotRedeemed(why) => Some(Some(*why)),
        Tell::Redeemed(_) => Some(None),
        _ => None,
    })
}

fn invite(scene: &mut Scene, number: u64) {
    let person = scene.course.citizen.person().expect("the citizen");
    scene.coordinator.invite(number, code(number), person, scene.course.document);
}

#[test]
fn a_right_code_works_whatever_anybody_else_has_guessed() {
    let mut scene = Scene::new();
    let address = scene.hosted.address();
    for number in 700..704 {
        invite(&mut scene, number);
    }
    let guesses = 0..200;
    let told: Vec<_> = guesses.map(|n| tries(2, address, 30_000 + n, 40_000 + n)).collect();
    let looked_at = told.iter().filter(|told| **told == Some(NotRedeemed::Wrong)).count();
    assert!((30..36).contains(&looked_at), "{looked_at} of 200");
    assert_eq!(told.last(), Some(&Some(NotRedeemed::TooMany)));
    assert_eq!(tries(1, address, 701, 701), None, "a right code from anywhere else");
    assert_eq!(tries(3, address, 702, 702), None, "next door too");
    // The same code that was mistyped costs an app that tries it again nothing.
    for _ in 0..50 {
        assert_eq!(tries(4, address, 703, 50_000), Some(NotRedeemed::Wrong));
    }
    assert_eq!(tries(4, address, 703, 703), None);
    // And where the guesses came from it works after a wait.
    let works = (0..2_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        tries(2, address, 700, 700).is_none()
    });
    assert!(works);
}

#[test]
fn what_is_posted_is_counted_too_and_a_header_only_behind_the_operators_proxy() {
    let post = |scene: &Scene, number: u64, said: &str| {
        let address = scene.hosted.address();
        let frames = [pass(address, &Pen::new(number)), redeem(code(number)).to_frame()];
        let head = format!("POST /sync HTTP/1.1\r\nx-forwarded-for: {said}");
        let answer = request(address, &head, &join_frames(frames));
        let frames = split_frames(&answer.body).expect("frames");
        frames.iter().rev().find_map(|frame| match Tell::from_frame(frame) {
            Ok(Tell::NotRedeemed(why)) => Some(why),
            _ => None,
        })
    };
    let waits = |scene: &Scene, says: fn(u64) -> String| {
        let told: Vec<_> = (0..50).map(|n| post(scene, 60_000 + n, &says(n))).collect();
        told.contains(&Some(NotRedeemed::TooMany))
    };
    let plain = Scene::new();
    assert!(waits(&plain, |number| format!("198.51.{number}.7")), "anybody may write a header");
    let proxied = Scene::with(|config| config.address_header = Some("x-forwarded-for".to_owned()));
    assert!(!waits(&proxied, |number| format!("198.51.{number}.7")));
    assert!(waits(&proxied, |number| format!("198.51.{number}.7, 203.0.113.9")));
    let ask = Ask::Redeem { code: "12".to_owned(), tentative: false };
    let mut visitor = Visitor::come(plain.hosted.address(), Pen::new(1));
    visitor.ask(&ask);
    assert_eq!(
        visitor.hear(),
        Tell::NotRedeemed(NotRedeemed::Wrong),
        "what is no code is no guess"
    );
}
