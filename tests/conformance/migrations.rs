//! A database of version 1, opened by this program: somebody who was put out has left much in it, and two invitations
//! have one code.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use server::store::postgres::PostgresStore;
use server::store::sqlite::SqliteStore;
use server::store::{Store, Transaction};
use sync::Shelf;
use sync::aside::ASIDE_BYTES_MAX;
use sync::devices;
use sync::invitation::INVITATION_SECONDS;
use sync::message::{AsideRecord, RecordName};
use tests::hosted::folder;
use tests::pen::{Pen, code, document, person};
use trust::{InvitationId, RECORD_BYTES_MAX, Record, Role};

const SQLITE: &str = include_str!("../../src/server/migrations/sqlite/1.sql");
const POSTGRES: &str = include_str!("../../src/server/migrations/postgres/1.sql");

/// Of one who pushed much, of one who pushed little, and of a device that is nobody's any longer.
fn records() -> [Vec<Record>; 3] {
    let text = "a".repeat(RECORD_BYTES_MAX - 126);
    let (mut angry, mut late, mut lost) = (Pen::new(1), Pen::new(2), Pen::new(3));
    [
        (0..12).map(|_| angry.write(document(1), &text)).collect(),
        vec![late.write(document(1), "skrevet i tide")],
        vec![lost.write(document(1), "fra en telefon, der er væk")],
    ]
}

pub(crate) fn on_sqlite() {
    let folder = folder("migration");
    let old = rusqlite::Connection::open(folder.join("medspil.db")).expect("a file");
    let version = "CREATE TABLE version (number INTEGER NOT NULL) STRICT;
        INSERT INTO version (number) VALUES (1);
        INSERT INTO about (name, value) VALUES ('generation', x'0000000000000001'),
          ('commits', x'0000000000000001');";
    old.execute_batch(&format!("{SQLITE}{version}")).expect("the tables of version 1");
    let bind = "INSERT INTO devices (device, person) VALUES (?, ?)";
    for number in [1, 2] {
        old.execute(bind, (Pen::new(number).device().0, person(number).0)).expect("a device");
    }
    old.execute(bind, (Pen::new(4).device().0, person(1).0)).expect("a second device");
    for (number, kind) in [(8, 4), (9, 1)] {
        let row = "INSERT INTO documents (document, kind, chain) VALUES (?, ?, zeroblob(32))";
        old.execute(row, (document(number).0, kind)).expect("a document");
        let member = "INSERT INTO members (document, person, role) VALUES (?, ?, 0)";
        old.execute(member, (document(number).0, person(1).0)).expect("a member");
    }
    let was = "INSERT INTO former_members (document, person) VALUES (?, ?)";
    old.execute(was, (document(1).0, person(2).0)).expect("somebody who left");
    let aside = "INSERT INTO kept_aside (device, counter, document, bytes) VALUES (?, ?, ?, ?)";
    for record in records().iter().flatten() {
        let name = RecordName::of(record);
        let counter = i64::try_from(name.counter).expect("a small number");
        let row = (name.device.0, counter, document(1).0, record.bytes());
        old.execute(aside, row).expect("a row");
    }
    for number in [1, 2] {
        let row = "INSERT INTO invitations (invitation, code, person, document, by_person, expires, standing)
                   VALUES (?1, ?2, ?1, ?1, ?1, 1800000000, 0)";
        old.execute(row, (person(number).0, code(7).hash().0)).expect("one of two with one code");
    }
    drop(old);
    let own = Permissions::from_mode(0o600);
    fs::set_permissions(folder.join("medspil.db"), own).expect("a file of one's own");
    check(SqliteStore::open(&folder, None).expect("a database that is brought up to date"));
    let _ = std::fs::remove_dir_all(folder);
}

pub(crate) fn on_postgresql(address: &str) {
    let mut old = postgres::Client::connect(address, postgres::NoTls).expect("a database");
    let version = "CREATE TABLE version (number BIGINT NOT NULL);
        INSERT INTO version (number) VALUES (1);
        INSERT INTO about (name, value) VALUES ('generation', '\\x0000000000000001');";
    old.batch_execute(&format!("{POSTGRES}{version}")).expect("the tables of version 1");
    let bind = "INSERT INTO devices (device, person) VALUES ($1, $2)";
    for number in [1, 2] {
        let (device, person) = (Pen::new(number).device(), person(number));
        old.execute(bind, &[&&device.0[..], &&person.0[..]]).expect("a device");
    }
    let (device, first) = (Pen::new(4).device(), person(1));
    old.execute(bind, &[&&device.0[..], &&first.0[..]]).expect("a second device");
    for (number, kind) in [(8, 4_i64), (9, 1)] {
        let row = "INSERT INTO documents (document, kind, chain) VALUES ($1, $2, decode(repeat('00', 32), 'hex'))";
        old.execute(row, &[&&document(number).0[..], &kind]).expect("a document");
        let row = "INSERT INTO members (document, person, role) VALUES ($1, $2, 0)";
        old.execute(row, &[&&document(number).0[..], &&first.0[..]]).expect("a member");
    }
    let was = "INSERT INTO former_members (document, person) VALUES ($1, $2)";
    old.execute(was, &[&&document(1).0[..], &&person(2).0[..]]).expect("somebody who left");
    let aside = "INSERT INTO kept_aside (device, counter, document, bytes) VALUES ($1, $2, $3, $4)";
    for record in records().iter().flatten() {
        let name = RecordName::of(record);
        let counter = i64::try_from(name.counter).expect("a small number");
        let (device, document) = (&name.device.0[..], &document(1).0[..]);
        old.execute(aside, &[&device, &counter, &document, &record.bytes()]).expect("a row");
    }
    for number in [1, 2] {
        let row = "INSERT INTO invitations (invitation, code, person, document, by_person, expires, standing)
                   VALUES ($1, $2, $1, $1, $1, 1800000000, 0)";
        let (name, code) = (person(number), code(7).hash());
        old.execute(row, &[&&name.0[..], &&code.0[..]]).expect("one of two with one code");
    }
    check(PostgresStore::open(address).expect("a database that is brought up to date"));
}

fn check(mut store: impl Store) {
    let mut rows = store.begin().expect("a transaction");
    let fit = ASIDE_BYTES_MAX as usize / RECORD_BYTES_MAX;
    let [angry, late, lost] = records();
    let mut expected: Vec<RecordName> =
        angry[..fit].iter().chain(&late).chain(&lost).map(RecordName::of).collect();
    expected.sort();
    let there = all(&mut rows);
    assert_eq!(there.iter().map(|(name, _)| *name).collect::<Vec<_>>(), expected);
    let mut whose: Vec<_> = there.iter().map(|(_, row)| row.person).collect();
    whose.sort();
    whose.dedup();
    assert_eq!(whose, [None, Some(person(1)), Some(person(2))]);
    assert!(there.iter().all(|(_, row)| row.kept > 1_700_000_000), "their 90 days begin");
    let bytes = |records: &[Record]| records.iter().map(|r| r.bytes().len() as u64).sum::<u64>();
    let (full, little) = (bytes(&angry[..fit]), bytes(&late));
    assert_eq!(rows.bytes_aside(person(1), document(1)).expect("sums"), (full, full));
    assert_eq!(rows.bytes_aside(person(2), document(1)).expect("sums"), (little, little));
    let role = rows.former_role(document(1), person(2)).expect("a role");
    assert_eq!(role, Some(Role::Coordinator), "what they wrote in time is still kept");
    let made = rows.invitation_by_code(code(7).hash()).expect("rows").expect("one of them");
    assert_eq!((made.invitation.0, made.made), (person(1).0, 1_800_000_000 - INVITATION_SECONDS));
    let other = rows.invitation(InvitationId(person(2).0)).expect("rows");
    assert_eq!(other, None, "one code is one invitation's");
    check_devices(&mut rows);
    rows.commit().expect("a transaction that commits");
}

/// All devices of before are one group, which has the notebook; everything else is the person's as it was.
fn check_devices<T: Transaction>(rows: &mut T) {
    let mut device = |number| rows.device(Pen::new(number).device()).expect("a row").expect("it");
    let (first, second, other) = (device(1), device(4), device(2));
    assert_eq!((first, first.owner.person, first.since, first.by), (second, person(1), 0, None));
    assert_ne!(first.owner.group, other.owner.group);
    let known = devices::list(rows, person(1)).expect("a list");
    assert_eq!(known.iter().map(|known| known.confirmed).collect::<Vec<_>>(), [true, true]);
    let held = |rows: &mut T, who| {
        let all = rows.documents_of(who).expect("rows");
        all.iter().map(|held| held.document).collect::<Vec<_>>()
    };
    assert_eq!(held(rows, person(1)), [document(9)]);
    assert_eq!(held(rows, first.owner.group), [document(8)]);
}

fn all<T: Transaction>(rows: &mut T) -> Vec<(RecordName, AsideRecord)> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = rows.aside((document(1), None), after, 512 * 1024).expect("a page");
        let Some((last, _)) = page.last() else { return all };
        after = Some(*last);
        all.extend(page);
    }
}
