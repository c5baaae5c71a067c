//! What is larger than the house allows, and known to be. The list may only shrink: a line that is no
//! longer needed must go, and a line may not allow more than is there.
use crate::house::{no_complaints, read};

const LIST: &str = "tests/tidy/exceptions.txt";

/// How many lines the list holds. Lower it when one goes; never raise it.
const EXCEPTIONS: usize = 0;

/// One measured thing: what was measured, where, how large it is, and how large it may be.
pub(crate) struct Measured {
    pub(crate) what: &'static str,
    /// `path` or `path::name`: as it stands in the list.
    pub(crate) place: String,
    pub(crate) line: usize,
    pub(crate) size: usize,
    pub(crate) limit: usize,
}

struct Exception {
    what: String,
    place: String,
    size: usize,
}

/// Complains about everything too large that is not excepted, and about exceptions not used fully.
pub(crate) fn hold(what: &'static str, measured: &[Measured]) {
    let exceptions = list();
    let mut complaints = Vec::new();
    for thing in measured.iter().filter(|thing| thing.size > thing.limit) {
        let allowed = exceptions.iter().find(|line| line.what == what && line.place == thing.place);
        if allowed.is_none_or(|allowed| thing.size > allowed.size) {
            let Measured { what, place, line, size, limit } = thing;
            complaints.push(format!(
                "{place} (line {line}): {what} is {size}, at most {limit} is allowed."
            ));
        }
    }
    for exception in exceptions.iter().filter(|line| line.what == what) {
        let there = measured.iter().find(|thing| thing.place == exception.place);
        let needed = there.filter(|thing| thing.size > thing.limit).map(|thing| thing.size);
        if needed.is_none_or(|needed| needed < exception.size) {
            let Exception { place, size, .. } = exception;
            complaints.push(match needed {
                None => format!("{LIST}: {what} {place} is within the limit now; remove the line."),
                Some(now) => {
                    format!("{LIST}: {what} {place} is {now} now, no longer {size}; lower it.")
                }
            });
        }
    }
    no_complaints(&complaints);
}

fn list() -> Vec<Exception> {
    let lines = read(LIST);
    let lines = lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(exception).collect()
}

fn exception(line: &str) -> Exception {
    match line.split(" | ").collect::<Vec<_>>().as_slice() {
        [what, place, size] => Exception {
            what: (*what).to_owned(),
            place: (*place).to_owned(),
            size: size.parse().unwrap_or_else(|_| panic!("{LIST}: `{size}` is not a number.")),
        },
        _ => panic!("{LIST}: `{line}` is not `what | place | size`."),
    }
}

#[test]
fn the_list_of_exceptions_only_shrinks() {
    let length = list().len();
    assert_eq!(
        length, EXCEPTIONS,
        "{LIST} has {length} lines. Is it longer than before? Mend, do not except. Is it shorter? \
         Lower EXCEPTIONS."
    );
}
