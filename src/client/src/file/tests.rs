//! What is no file, or none for this device, is said in a way that a screen can put into words.

use super::read::read;
use super::write::sealed;
use super::{FILE_BYTES_MAX, FileFault};

/// A file of version 1 as people have it, which every later app reads. `tests/stories/file.rs` made it.
fn golden() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/file-1.json");
    std::fs::read_to_string(path).expect("the file is there")
}

fn fault(bytes: &[u8]) -> FileFault {
    read(bytes).expect_err("a file that cannot be read")
}

fn line_with(words: &str) -> usize {
    1 + golden().lines().position(|line| line.contains(words)).expect("it stands there")
}

fn first_record() -> usize {
    1 + line_with("\"records\"")
}

/// The same file with another seal, as somebody would make it who wanted to be believed.
fn sealed_again(text: &str) -> String {
    let covered = text.rfind(super::write::SEAL).map(|at| &text[..at]);
    sealed(covered.expect("a seal"))
}

#[test]
fn a_file_of_version_1_is_read_for_ever() {
    let golden = golden();
    let file = read(golden.as_bytes()).unwrap();
    assert!(file.records.len() > 5, "{}", file.records.len());
    assert!(file.documents.len() > 2, "the course and its parts");
    let lines: Vec<usize> = file.records.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, (first_record()..first_record() + lines.len()).collect::<Vec<_>>());
}

#[test]
fn what_medspil_has_not_made_is_foreign() {
    let others: [&[u8]; 7] = [
        b"",
        b"{}",
        b"[1, 2]",
        b"hello",
        b"{\"medspil\": \"1\"}",
        b"%PDF-1.7\n\xff\xfe",
        b"\x89PNG\r\n\x1a\n",
    ];
    for foreign in others {
        assert_eq!(fault(foreign), FileFault::Foreign);
    }
    let deep = "[".repeat(1_000_000);
    assert_eq!(fault(deep.as_bytes()), FileFault::Foreign);
}

#[test]
fn a_file_of_a_newer_app_is_left_to_it() {
    let golden = golden();
    let newer = sealed_again(&golden.replace("\"medspil\": 1", "\"medspil\": 2"));
    assert_eq!(fault(newer.as_bytes()), FileFault::Newer);
}

#[test]
fn half_a_file_says_where_it_ends() {
    let golden = golden();
    let place = golden.find("\"records\"").unwrap() + 60;
    let FileFault::Cut { line } = fault(&golden.as_bytes()[..place]) else { panic!() };
    assert_eq!(line, first_record());
}

#[test]
fn a_file_twice_over_says_where_the_second_begins() {
    let golden = golden();
    let twice = format!("{golden}{golden}");
    let line = golden.lines().count() + 1;
    assert_eq!(fault(twice.as_bytes()), FileFault::Broken { line });
}

#[test]
fn a_record_that_stands_there_twice_or_not_in_its_place_is_named_by_its_line() {
    let golden = golden();
    let mut lines: Vec<&str> = golden.lines().collect();
    let at = first_record() - 1;
    lines.insert(at + 3, lines[at + 1]);
    let doubled = sealed_again(&lines.join("\n"));
    assert_eq!(fault(doubled.as_bytes()), FileFault::Broken { line: at + 4 });
    let mut lines: Vec<&str> = golden.lines().collect();
    lines.remove(at);
    let without_beginning = sealed_again(&lines.join("\n"));
    assert_eq!(fault(without_beginning.as_bytes()), FileFault::Broken { line: at + 1 });
}

#[test]
fn a_letter_that_was_changed_is_found_wherever_it_stands() {
    let golden = golden();
    let at = golden.find("\"records\"").unwrap() + 400;
    let mut changed = golden.as_bytes().to_vec();
    changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
    let FileFault::Broken { line } = fault(&changed) else { panic!() };
    assert_eq!(line, 1 + golden[..at].matches('\n').count());
    let renamed = golden.replacen("Kirsten", "Karsten", 1);
    assert_eq!(fault(renamed.as_bytes()), FileFault::Changed);
}

#[test]
fn what_is_larger_than_any_plan_is_not_read() {
    assert_eq!(fault(&vec![b' '; FILE_BYTES_MAX + 1]), FileFault::TooLarge);
}

#[test]
fn a_file_without_the_course_of_its_citizen_is_none() {
    let golden = golden();
    let line = golden.lines().find(|line| line.starts_with(" \"person\"")).unwrap();
    let another = format!(" \"person\": \"{}\",", "ab".repeat(16));
    let text = sealed_again(&golden.replace(line, &another));
    assert_eq!(fault(text.as_bytes()), FileFault::Changed);
}
