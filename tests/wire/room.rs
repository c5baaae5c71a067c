//! A full disk on the server: nothing is promised, nothing is lost, reading goes on, and when there
//! is room again so does writing. A real database with a real limit.

use server::Database;
use sync::message::{Tell, WaitFor};
use tests::cluster::Cluster;
use tests::hosted::{Visitor, folder};
use tests::pen;

use std::time::Duration;

use crate::Scene;

const ROOM: u64 = 3 << 20;

#[test]
fn a_full_disk_costs_nobody_anything() {
    let data = folder("room");
    let mut scene = Scene::with(|config| {
        config.data = data.clone();
        config.database = Database::Sqlite { room: Some(ROOM) };
    });
    // Something else takes a megabyte of the same room, and gives it back later.
    let other = rusqlite::Connection::open(data.join("medspil.db")).expect("the same file");
    other
        .execute_batch("CREATE TABLE other (b BLOB); INSERT INTO other VALUES (zeroblob(1000000))")
        .expect("room for something else");
    let document = scene.course.document;
    let citizen = &mut scene.course.citizen;
    let text = "a".repeat(100_000);
    let mut kept = Vec::new();
    let refused = loop {
        let record = citizen.pen.write(document, &text);
        citizen.ask(&pen::push([&record]));
        match citizen.hear() {
            Tell::Stored { counter, .. } => kept.push(counter),
            Tell::Wait { why: WaitFor::NoRoom, seconds } => {
                assert!(seconds > 0);
                break record;
            }
            other => panic!("{other:?}"),
        }
    };
    assert!(kept.len() > 5, "{} fitted", kept.len());
    // Reading goes on, for those who are in and for those who come.
    let mut again = Visitor::come(scene.hosted.address(), citizen.pen.clone());
    assert_eq!(again.log(document).len(), kept.len() + 1);
    scene.coordinator.page(document, 0);
    citizen.ask(&pen::push([&refused]));
    assert!(matches!(citizen.hear(), Tell::Wait { why: WaitFor::NoRoom, .. }));

    other.execute_batch("DROP TABLE other").expect("room again");
    let seq = citizen.keep(&refused);
    assert_eq!(seq, kept.len() as u64 + 2, "no gap and nothing lost");
    let _ = std::fs::remove_dir_all(data);
}

/// PostgreSQL takes a full disk harder than SQLite: it ends all its connections, and may end itself.
#[test]
fn a_full_disk_under_postgresql_costs_nobody_anything() {
    let Some(cluster) = Cluster::on_small_disk(100) else {
        eprintln!("Not tried: nobody may mount a small disk here.");
        return;
    };
    let database = Database::Postgres(cluster.database());
    let mut scene = Scene::with(|config| config.database = database);
    let document = scene.course.document;
    let citizen = &mut scene.course.citizen;
    let text = "a".repeat(100_000);
    cluster.fill_disk();
    let mut kept = Vec::new();
    let refused = loop {
        let record = citizen.pen.write(document, &text);
        citizen.ask(&pen::push([&record]));
        match citizen.hear() {
            Tell::Stored { .. } => kept.push(record),
            Tell::Wait { seconds, .. } => {
                assert!(seconds > 0);
                break record;
            }
            other => panic!("{other:?}"),
        }
        assert!(kept.len() < 1_000, "the disk is not full");
    };
    cluster.make_room();
    let mut tries = 0;
    loop {
        citizen.ask(&pen::push([&refused]));
        match citizen.hear() {
            Tell::Stored { .. } => break,
            Tell::Wait { .. } => std::thread::sleep(Duration::from_millis(200)),
            other => panic!("{other:?}"),
        }
        tries += 1;
        assert!(tries < 100, "writing goes on when there is room");
    }
    kept.push(refused);
    let log = citizen.log(document);
    let mine: Vec<&[u8]> = log[1..].iter().map(|(_, bytes)| bytes.as_slice()).collect();
    assert_eq!(mine, kept.iter().map(trust::Record::bytes).collect::<Vec<_>>());
}
