//! What is refused, and what is noticed, when a data folder is opened.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;

const DATABASE: &str = "medspil.db";

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("medspil-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn generation(store: &mut SqliteStore) -> u64 {
    store.progress().unwrap().generation
}

fn write_something(store: &mut SqliteStore) {
    let mut transaction = store.begin().unwrap();
    transaction.set_about("test", &[1]).unwrap();
    transaction.commit().unwrap();
}

#[test]
fn a_restored_backup_is_another_log() {
    let folder = folder("restored");
    let mut store = SqliteStore::open(&folder, None).unwrap();
    assert!(!store.notice_a_restored_backup().unwrap());
    write_something(&mut store);
    let first = generation(&mut store);
    let backup = folder.join("backup.db");
    store.connection.execute("VACUUM INTO ?", [backup.to_str().unwrap()]).unwrap();
    write_something(&mut store);
    store.note_progress().unwrap();
    drop(store);

    let mut store = SqliteStore::open(&folder, None).unwrap();
    assert!(!store.notice_a_restored_backup().unwrap(), "a plain restart is the same log");
    assert_eq!(generation(&mut store), first);
    drop(store);

    fs::set_permissions(&backup, fs::Permissions::from_mode(0o600)).unwrap();
    fs::rename(backup, folder.join(DATABASE)).unwrap();
    let mut store = SqliteStore::open(&folder, None).unwrap();
    assert!(store.notice_a_restored_backup().unwrap());
    assert_ne!(generation(&mut store), first);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_newer_database_is_refused_in_a_sentence() {
    let folder = folder("newer");
    let store = SqliteStore::open(&folder, None).unwrap();
    store.connection.execute("INSERT INTO version (number) VALUES (99)", []).unwrap();
    drop(store);
    let refused = SqliteStore::open(&folder, None).unwrap_err().to_string();
    assert!(refused.contains("version 99"), "{refused}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn two_servers_do_not_share_a_folder() {
    let folder = folder("lock");
    let held = SqliteStore::lock_folder(&folder).unwrap();
    assert!(matches!(SqliteStore::lock_folder(&folder), Err(Trouble::InUse)));
    drop(held);
    SqliteStore::lock_folder(&folder).unwrap();
    fs::remove_dir_all(folder).unwrap();
}

/// A database that has come somewhere, closed.
fn used(name: &str) -> PathBuf {
    let folder = folder(name);
    let mut store = SqliteStore::open(&folder, None).unwrap();
    store.notice_a_restored_backup().unwrap();
    let mut rows = store.begin().unwrap();
    for number in 0..2_000_u64 {
        rows.set_about(&number.to_string(), &[1; 1000]).unwrap();
    }
    rows.commit().unwrap();
    store.note_progress().unwrap();
    folder
}

fn refused(folder: &Path) -> Trouble {
    SqliteStore::open(folder, None).and_then(|store| store.look_for_damage()).unwrap_err()
}

#[test]
fn a_database_that_is_gone_is_not_begun_anew() {
    for how in ["deleted", "emptied", "another"] {
        let folder = used(how);
        let database = folder.join(DATABASE);
        match how {
            "deleted" => fs::remove_file(&database).unwrap(),
            "emptied" => fs::write(&database, "").unwrap(),
            _ => {
                fs::remove_file(&database).unwrap();
                let empty = Connection::open(&database).unwrap();
                empty.execute_batch("CREATE TABLE other (b BLOB)").unwrap();
                fs::set_permissions(&database, fs::Permissions::from_mode(0o600)).unwrap();
            }
        }
        assert!(matches!(refused(&folder), Trouble::Missing), "{how}");
        assert!(matches!(refused(&folder), Trouble::Missing), "{how}, and again");
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn a_truncated_or_damaged_file_is_found_at_the_start() {
    let folder = used("damaged");
    let database = folder.join(DATABASE);
    let whole = fs::read(&database).unwrap();
    for how in ["cut in the middle", "without its last page", "overwritten"] {
        let mut bytes = whole.clone();
        match how {
            "overwritten" => bytes[200_000..400_000].fill(7),
            "cut in the middle" => bytes.truncate(whole.len() / 2),
            _ => bytes.truncate(whole.len() - 4096),
        }
        fs::write(&database, bytes).unwrap();
        let refused = refused(&folder).to_string();
        assert!(refused.starts_with("The database is damaged"), "{how}: {refused}");
    }
    fs::write(&database, whole).unwrap();
    SqliteStore::open(&folder, None).unwrap().look_for_damage().unwrap();
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn files_that_are_not_where_they_were_are_noticed() {
    let folder = used("moved");
    for name in [DATABASE, "medspil.db-wal", "medspil.db-shm"] {
        let mut store = SqliteStore::open(&folder, None).unwrap();
        write_something(&mut store);
        store.is_there().unwrap();
        let (own, away) = (folder.join(name), folder.join("away"));
        fs::rename(&own, &away).unwrap();
        assert!(matches!(store.is_there(), Err(Trouble::Gone)), "{name}");
        assert!(matches!(store.another().map(drop), Err(Trouble::Gone)), "{name}");
        fs::copy(&away, &own).unwrap();
        assert!(matches!(store.is_there(), Err(Trouble::Gone)), "another {name}");
        fs::rename(&away, &own).unwrap();
        store.is_there().unwrap();
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_others_may_read_is_not_opened() {
    let folder = used("open");
    let mode = |name: &str| fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
    let set = |name: &str, mode| {
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    let lock = SqliteStore::lock_folder(&folder).unwrap();
    let store = SqliteStore::open(&folder, None).unwrap();
    assert_eq!(mode(""), 0o700);
    for name in [DATABASE, "medspil.db-wal", "medspil.db-shm", "medspil.progress", "medspil.lock"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    drop((store, lock));
    for (name, open, own) in [("", 0o750, 0o700), (DATABASE, 0o640, 0o600)] {
        set(name, open);
        let refused = refused(&folder).to_string();
        assert!(refused.contains(&format!("chmod {own:o} {}", folder.display())), "{refused}");
        set(name, own);
    }
    SqliteStore::open(&folder, None).unwrap();
    fs::remove_dir_all(folder).unwrap();
}
