//! The disk under a running server: its files deleted, damaged, or without room when it starts.

use std::fs;
use std::time::{Duration, Instant};

use server::{Database, Trouble};
use sync::message::{Tell, WaitFor};
use tests::cluster::Cluster;
use tests::hosted::{Hosted, Visitor, folder};
use tests::pen;
use tests::small_disk::SmallDisk;
use trust::DocumentId;

use crate::plain::get;
use crate::{Scene, config};

const FILES: [&str; 5] =
    ["medspil.db", "medspil.db-wal", "medspil.db-shm", "medspil.progress", "medspil.lock"];

/// Whether a record is kept; it is refused for want of room, or for nothing.
fn is_kept(visitor: &mut Visitor, document: DocumentId) -> bool {
    let record = visitor.pen.write(document, "skrevet nu");
    visitor.ask_for(&pen::push([&record]), |tell| match tell {
        Tell::Stored { .. } => Some(true),
        Tell::Wait { why: WaitFor::NoRoom, .. } => Some(false),
        Tell::Refused { .. } | Tell::Wait { .. } => panic!("{tell:?}"),
        _ => None,
    })
}

/// What is said within a second.
fn soon(says: impl Fn() -> bool) {
    #[expect(clippy::disallowed_methods, reason = "the test measures time")]
    let start = Instant::now();
    while !says() {
        assert!(start.elapsed() < Duration::from_secs(1), "not within a second");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_database_that_is_deleted_under_the_server_is_noticed_and_nothing_more_promised() {
    let data = folder("deleted");
    let (mut start, _) = config();
    start.data = data.clone();
    let mut scene = Scene::with(|config| *config = start.clone());
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let citizen = &mut scene.course.citizen;
    assert!(is_kept(citizen, document));
    let away = data.join("away");
    fs::rename(data.join("medspil.db"), &away).expect("the database");
    assert!(!is_kept(citizen, document), "not even what comes at once");
    soon(|| get(address, "/readyz", "").status() == 503);
    let said = String::from_utf8(get(address, "/readyz", "").body).expect("a sentence");
    assert!(said.starts_with("The database's files are not where they were."), "{said}");
    assert_eq!(citizen.page(document, 0).head, 2, "what was kept can be read");
    Visitor::come(address, scene.coordinator.pen.clone());

    // Put back it is as before.
    fs::rename(&away, data.join("medspil.db")).expect("the database");
    soon(|| get(address, "/readyz", "").status() == 200);
    assert!(is_kept(citizen, document));

    // Started without it, nothing is begun anew.
    fs::remove_file(data.join("medspil.db")).expect("the database");
    assert!(!is_kept(citizen, document));
    scene.hosted.stop();
    for _ in 0..2 {
        let refused = Hosted::try_start(start.clone()).map(drop).expect_err("a database to miss");
        assert!(matches!(refused, Trouble::Missing), "{refused}");
    }
    let _ = fs::remove_dir_all(data);
}

#[test]
fn a_file_that_is_cut_short_under_the_server_costs_nobody_an_answer() {
    let data = folder("cut");
    let (mut start, _) = config();
    start.data = data.clone();
    let mut scene = Scene::with(|config| *config = start.clone());
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let text = "a".repeat(100_000);
    for _ in 0..30 {
        let record = scene.course.citizen.pen.write(document, &text);
        scene.course.citizen.keep(&record);
    }
    let rows = rusqlite::Connection::open(data.join("medspil.db")).expect("the same file");
    rows.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("a checkpoint");
    drop(rows);
    let file = fs::OpenOptions::new().write(true).open(data.join("medspil.db")).expect("the file");
    file.set_len(file.metadata().expect("its length").len() / 2).expect("a shorter file");
    let mut citizen = Visitor::come(address, scene.course.citizen.pen.clone());
    let (mut after, mut refused) = (0, false);
    while after < 31 && !refused {
        citizen.ask(&pen::pull(document, after));
        match citizen.hear() {
            Tell::Records(page) => after = page.through,
            Tell::Wait { why: WaitFor::NoRoom, .. } => refused = true,
            other => panic!("{other:?}"),
        }
    }
    assert!(refused, "half of it is gone");
    soon(|| get(address, "/readyz", "").status() == 503);
    let said = String::from_utf8(get(address, "/readyz", "").body).expect("a sentence");
    assert!(said.starts_with("The database is damaged"), "{said}");
    assert!(!is_kept(&mut citizen, document), "nothing is written to what is damaged");
    scene.hosted.stop();
    let refused = Hosted::try_start(start).map(drop).expect_err("a damaged file");
    assert!(matches!(refused, Trouble::Damaged(_)), "{refused}");
    let _ = fs::remove_dir_all(data);
}

#[test]
fn another_postgresql_that_is_empty_is_not_begun_anew() {
    let cluster = Cluster::start();
    let (mut start, _) = config();
    start.database = Database::Postgres(cluster.database());
    Hosted::start(start.clone()).stop();
    Hosted::start(start.clone()).stop();
    start.database = Database::Postgres(cluster.database());
    let refused = Hosted::try_start(start).map(drop).expect_err("another database");
    assert!(matches!(refused, Trouble::Missing), "{refused}");
}

#[test]
fn on_a_full_disk_a_server_that_was_killed_or_stopped_starts_and_is_read() {
    let Some(disk) = SmallDisk::mount(12) else {
        eprintln!("Not tried: nobody may mount a small disk here.");
        return;
    };
    let data = folder("killed");
    let (mut start, _) = config();
    start.data = data.clone();
    let mut scene = Scene::with(|config| *config = start.clone());
    let document = scene.course.document;
    let citizen = &mut scene.course.citizen;
    assert!(is_kept(citizen, document));
    // What a server that is killed leaves behind.
    for name in FILES {
        fs::copy(data.join(name), disk.folder().join(name)).expect("a copy");
    }
    let pen = citizen.pen.clone();
    scene.hosted.stop();
    disk.fill();
    start.data = disk.folder().to_owned();
    for how in ["killed", "stopped"] {
        let hosted = Hosted::start(start.clone());
        let mut citizen = Visitor::come(hosted.address(), pen.clone());
        assert_eq!(citizen.page(document, 0).head, 2, "read after it was {how}");
        assert!(!is_kept(&mut citizen, document), "nothing is promised");
        hosted.stop();
    }
    disk.make_room();
    let hosted = Hosted::start(start.clone());
    let mut citizen = Visitor::come(hosted.address(), pen.clone());
    assert!(is_kept(&mut citizen, document));
    // And one that was stopped before somebody else filled it.
    hosted.stop();
    let wal = fs::metadata(disk.folder().join("medspil.db-wal")).expect("a file beside it");
    assert_eq!(wal.len(), 0, "all of it is in the one file");
    disk.fill();
    let hosted = Hosted::start(start);
    let mut citizen = Visitor::come(hosted.address(), pen);
    assert_eq!(citizen.page(document, 0).head, 3);
    disk.make_room();
    assert!(is_kept(&mut citizen, document), "there is room again");
    hosted.stop();
    let _ = fs::remove_dir_all(data);
}
