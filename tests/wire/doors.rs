//! Somebody without an account tries to shut the doors: everybody else comes in, and is answered, all the while.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use sync::message::{Ask, Frame, Tell, join_frames};
use tests::hosted::{Visitor, connect_over, folder, stream_from};
use tests::pen::{self, Pen};
use trust::Pass;
use tungstenite::Message;

use crate::Scene;
use crate::plain::{get, pass};

/// The stranger's own address; everybody else comes from 127.0.0.1.
const STRANGER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// In a house with room for a hundred, strangers have 47 places.
const CONNECTIONS: usize = 100;
const SOON: Duration = Duration::from_secs(2);

fn small_house() -> Scene {
    Scene::with(|config| config.limits.connections = CONNECTIONS)
}

fn request(address: SocketAddr, head: &str) -> TcpStream {
    let mut stream = stream_from(STRANGER, address).expect("a connection");
    let _ = stream.write_all(head.as_bytes());
    stream
}

/// Others are answered, those who are in write, and a new phone comes in. What else this machine does may make it slow
/// once, but not three times: where a door is shut it takes for ever.
fn all_is_well(scene: &mut Scene, phone: u64) {
    let times: Vec<Duration> = (0..3)
        .map(|number| {
            #[expect(clippy::disallowed_methods, reason = "the test measures time")]
            let start = Instant::now();
            comes_and_goes(scene, 10 * phone + number);
            start.elapsed()
        })
        .collect();
    assert!(times.iter().any(|time| *time < SOON), "{times:?}");
}

fn comes_and_goes(scene: &mut Scene, phone: u64) {
    let address = scene.hosted.address();
    assert_eq!(get(address, "/readyz", "").status(), 200);
    let citizen = &mut scene.course.citizen;
    let record = citizen.pen.write(scene.course.document, "jeg er her");
    citizen.keep(&record);
    let person = citizen.person().expect("the citizen");
    scene.coordinator.invite(phone, pen::code(phone), person, scene.course.document);
    let mut visitor = Visitor::come(address, Pen::new(phone));
    visitor.redeem(pen::code(phone));
}

#[test]
fn bodies_that_never_end_hold_up_nobody() {
    let mut scene = small_house();
    let address = scene.hosted.address();
    let mut held = Vec::new();
    for round in 0..3 {
        for _ in 0..CONNECTIONS {
            let head = "POST /sync HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n\0\0";
            held.push(request(address, head));
        }
        all_is_well(&mut scene, 600 + round);
    }
    drop(held);
}

#[test]
fn a_body_has_its_time_and_the_pass_comes_first() {
    let scene = small_house();
    let address = scene.hosted.address();
    let head = "POST /sync HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n";
    let until_closed = |mut stream: TcpStream| {
        let mut said = Vec::new();
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        let _ = stream.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    };
    // Not a pass, a pass of nobody's and more than a code behind it: no more than that is waited for.
    let mut none = request(address, head);
    none.write_all(&join_frames([vec![1; 200]])).expect("a body");
    assert!(until_closed(none).starts_with("HTTP/1.1 400"));
    let mut long = request(address, head);
    long.write_all(&[0, 1, 0, 0]).expect("a body");
    assert!(until_closed(long).starts_with("HTTP/1.1 400"));
    let mut nobody = request(address, head);
    nobody.write_all(&join_frames([pass(address, &Pen::new(610))])).expect("a body");
    assert!(until_closed(nobody).starts_with("HTTP/1.1 413"));
    // And what does not come is not waited for either.
    #[expect(clippy::disallowed_methods, reason = "the test measures time")]
    let start = Instant::now();
    assert!(until_closed(request(address, head)).starts_with("HTTP/1.1 408"));
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn answers_that_nobody_reads_and_heads_that_never_come_hold_up_nobody() {
    let site = folder("large");
    std::fs::write(site.join("index.html"), vec![b'x'; 8 << 20]).expect("a large page");
    let mut scene = Scene::with(|config| {
        config.limits.connections = CONNECTIONS;
        config.site = site.clone();
    });
    let address = scene.hosted.address();
    let heads = [
        "",
        "GET / HTTP/1.1\r\nhost: ",
        "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /challenge HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n",
        "GET /live HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    ];
    let mut held = Vec::new();
    for (round, head) in (620..).zip(heads) {
        held.extend((0..2 * CONNECTIONS).map(|_| request(address, head)));
        all_is_well(&mut scene, round);
    }
    drop(held);
    let _ = std::fs::remove_dir_all(site);
}

#[test]
fn strangers_who_only_stand_there_take_nobodys_place() {
    let mut scene = small_house();
    let address = scene.hosted.address();
    let mut idle = Vec::new();
    for number in 0..3 * CONNECTIONS as u64 {
        // Each has a key of its own, and signs the challenge.
        let stream = stream_from(STRANGER, address).expect("a connection");
        let socket = connect_over(stream, address).expect("a socket");
        idle.push(Visitor::try_enter(socket, Pen::new(10_000 + number)).expect("a welcome"));
    }
    all_is_well(&mut scene, 640);
    // Whoever came in before them is still there.
    let record = scene.coordinator.pen.write(scene.course.document, "og mig");
    scene.coordinator.keep(&record);
}

#[test]
fn a_stranger_on_the_same_address_takes_nobodys_place_either() {
    let mut scene = small_house();
    let address = scene.hosted.address();
    let idle: Vec<_> = (0..3 * CONNECTIONS as u64)
        .map(|number| Visitor::come(address, Pen::new(20_000 + number)))
        .collect();
    all_is_well(&mut scene, 650);
    drop(idle);
}

#[test]
fn a_stranger_says_little_or_is_cut_off() {
    let mut scene = small_house();
    let address = scene.hosted.address();
    let mut large = Visitor::come(address, Pen::new(660));
    let _ = large.try_send(Message::Binary(vec![1; 100_000].into()));
    assert_eq!(large.wait_for_close().0, 0, "cut off");
    let mut noisy = Visitor::come(address, Pen::new(661));
    let noise = (0..100_000).map(|_| noisy.try_send(Message::Ping(vec![0; 100].into())));
    assert!(noise.take_while(Result::is_ok).count() < 100_000);
    all_is_well(&mut scene, 662);
}

#[test]
fn passes_of_nobodys_are_not_remembered_and_those_of_somebodys_are() {
    let scene = small_house();
    let address = scene.hosted.address();
    let post = |pass: &[u8]| {
        let answer =
            crate::plain::request(address, "POST /sync HTTP/1.1", &join_frames([pass.to_vec()]));
        answer.status()
    };
    let stranger = pass(address, &Pen::new(670));
    assert_eq!((post(&stranger), post(&stranger)), (200, 200), "it can do nothing");
    let citizen = pass(address, &scene.course.citizen.pen);
    assert_eq!((post(&citizen), post(&citizen)), (200, 401));
    let forged = Ask::Pass(Pass::sign(trust::Challenge([3; 32]), &Pen::new(670).key)).to_frame();
    assert_eq!(post(&forged), 401);
    assert!(matches!(
        Tell::from_frame(&get(address, "/challenge", "").body),
        Ok(Tell::Challenge(_))
    ));
}
