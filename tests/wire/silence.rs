//! A database that says nothing, or that was away.

use std::time::{Duration, Instant};

use server::Database;
use sync::message::{Frame, Tell};
use tests::cluster::Cluster;
use tests::hosted::Visitor;
use tests::pen;
use tests::silent::Network;

use crate::Scene;
use crate::plain::{get, pass, sync};

/// A scene whose database is behind this network.
fn behind(cluster: &Cluster) -> (Scene, Network) {
    let address = cluster.database();
    let (before, rest) = address.split_once('@').expect("somebody's");
    let (place, name) = rest.split_once('/').expect("a name");
    let network = Network::to(place.parse().expect("an address"));
    let through = format!("{before}@{}/{name}", network.address());
    (Scene::with(|config| config.database = Database::Postgres(through)), network)
}

#[expect(clippy::disallowed_methods, reason = "the test measures time")]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn connections_that_were_swallowed_are_given_up_within_30_seconds() {
    let cluster = Cluster::start();
    let (scene, network) = behind(&cluster);
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let mut pen = scene.course.citizen.pen.clone();
    network.swallow();
    let start = now();
    let record = pen.write(document, "i stilhed");
    let (mut kept, mut read) = (false, false);
    while !(kept && read) {
        assert!(start.elapsed() < Duration::from_secs(30), "kept {kept}, read {read}");
        let asks = [pen::push([&record]), pen::pull(document, 1)];
        let frames = std::iter::once(pass(address, &pen)).chain(asks.iter().map(Frame::to_frame));
        let (_, tells) = sync(address, frames.collect());
        assert!(start.elapsed() < Duration::from_secs(30), "an answer, whatever it is");
        kept |= tells.iter().any(|tell| matches!(tell, Tell::Stored { seq: 2, .. }));
        read |= tells.iter().any(|tell| matches!(tell, Tell::Records(page) if page.head == 2));
    }
    assert_eq!(get(address, "/readyz", "").status(), 200);
}

#[test]
fn a_server_whose_database_says_nothing_ends_within_10_seconds() {
    let cluster = Cluster::start();
    let (mut scene, network) = behind(&cluster);
    network.swallow_all();
    let record = scene.course.citizen.pen.write(scene.course.document, "i stilhed");
    scene.course.citizen.ask(&pen::push([&record]));
    scene.coordinator.ask(&pen::pull(scene.course.document, 0));
    std::thread::sleep(Duration::from_millis(300));
    let took = scene.hosted.stop();
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[test]
fn after_a_restart_of_the_database_the_first_pull_is_answered() {
    let Some(cluster) = Cluster::own() else {
        eprintln!("Not tried: there is no PostgreSQL here but the one that is named.");
        return;
    };
    let database = Database::Postgres(cluster.database());
    let scene = Scene::with(|config| config.database = database);
    let (address, document) = (scene.hosted.address(), scene.course.document);
    for round in 0..2 {
        cluster.restart();
        let mut pen = scene.course.citizen.pen.clone();
        pen.counter += round;
        // Each reader, and the one who writes.
        for _ in 0..6 {
            let pull = pen::pull(document, 0).to_frame();
            let (_, tells) = sync(address, vec![pass(address, &pen), pull]);
            assert!(matches!(&tells[..], [Tell::Welcome { .. }, Tell::Records(_)]), "{tells:?}");
        }
        let record = pen.write(document, "efter en pause");
        let push = pen::push([&record]).to_frame();
        let (_, tells) = sync(address, vec![pass(address, &pen), push]);
        assert!(matches!(&tells[..], [_, Tell::Stored { .. }]), "{tells:?}");
    }
    Visitor::come(address, scene.coordinator.pen.clone());
}
