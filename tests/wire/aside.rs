//! Somebody who was put out takes revenge: it costs nobody anything, those whom it concerns can read and erase it, and
//! the server forgets it by itself.

use std::sync::atomic::Ordering;
use std::time::Duration;

use sync::aside::{ASIDE_BYTES_MAX, ASIDE_SECONDS};
use sync::message::{AsidePage, Ask, RecordName, Refusal, Tell};
use tests::hosted::{Visitor, folder};
use tests::pen;
use trust::{DocumentId, Member, RECORD_BYTES_MAX, Role};

use crate::Scene;

fn page(visitor: &mut Visitor, document: DocumentId) -> Option<AsidePage> {
    visitor.ask_for(&Ask::Aside { document, after: None }, |tell| match tell {
        Tell::Aside(page) => Some(Some(page.clone())),
        Tell::Gone(_) => Some(None),
        _ => None,
    })
}

#[test]
fn what_was_put_out_costs_nobody_anything_and_is_forgotten() {
    let data = folder("revenge");
    let mut scene = Scene::with(|config| config.data = data.clone());
    let document = scene.course.document;
    let mut angry = scene.staff.coordinator(scene.hosted.address());
    let person = angry.person().expect("a coordinator");
    scene.course.add(person, Member::always(Role::Coordinator));
    let mut citizen = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    scene.course.remove(&mut citizen, person);

    let text = "a".repeat(RECORD_BYTES_MAX - 126);
    let mut kept = Vec::new();
    for _ in 0..12 {
        let record = angry.pen.write(document, &text);
        let why = angry.ask_for(&pen::push([&record]), |tell| match tell {
            Tell::Refused { why, .. } => Some(*why),
            Tell::Wait { .. } | Tell::Stored { .. } => panic!("{tell:?}"),
            _ => None,
        });
        if why == Refusal::KeptAside {
            kept.push(record);
        }
    }
    assert_eq!(kept.len() as u64, ASIDE_BYTES_MAX / RECORD_BYTES_MAX as u64);
    let words = citizen.pen.write(document, "mine egne ord");
    citizen.keep(&words);

    // In pages, to the citizen and to its author; erased by either.
    let first = page(&mut citizen, document).expect("something");
    assert_eq!(first.records[0].record.as_slice(), kept[0].bytes());
    assert_eq!(first.records[0].person, Some(person));
    assert!(first.records.len() < kept.len() && first.next.is_some(), "more than one page");
    assert_eq!(page(&mut angry, document), Some(first));
    let erase = Ask::EraseAside { document, names: vec![RecordName::of(&kept[0])] };
    angry.ask_for(&erase, |tell| matches!(tell, Tell::AsideErased { .. }).then_some(()));
    let rest = page(&mut citizen, document).expect("the rest");
    assert_eq!(rest.records[0].record.as_slice(), kept[1].bytes());

    scene.clock.fetch_add(ASIDE_SECONDS + 1, Ordering::Relaxed);
    let rows = rusqlite::Connection::open(data.join("medspil.db")).expect("the same file");
    let left = || -> i64 {
        rows.query_row("SELECT count(*) FROM kept_aside", [], |row| row.get(0)).expect("a number")
    };
    let gone = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        left() == 0
    });
    assert!(gone, "{} rows are left", left());
    assert_eq!(page(&mut citizen, document).map(|page| page.records.len()), Some(0));
    let _ = std::fs::remove_dir_all(data);
}
