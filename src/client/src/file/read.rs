//! A file, read and checked as far as it can be without a disk. Nobody is believed: not the head, not the
//! order, not the names.

use std::collections::BTreeSet;

use base64ct::{Base64, Encoding};
use litemap::LiteMap;
use nojson::{JsonParseError, RawJson, RawJsonValue};
use trust::{DocumentId, Kind, Membership, PersonId, Record, RecordKind, Role};

use super::write::{SEAL, sealed};
use super::{FILE_BYTES_MAX, FILE_RECORDS_MAX, FILE_VERSION, FileFault};

/// How much of a file must be seen to know that it is one of ours, however broken the rest is.
const BEGINNING: &[u8] = b"{\n \"medspil\": ";

/// A file that holds together.
#[derive(Clone, Debug)]
pub(crate) struct FileRead {
    /// Whose it says it is.
    pub(super) person: PersonId,
    /// Its records, whose signatures have not been checked, each with its line.
    pub(super) records: Vec<(usize, Record)>,
    /// How each document stands at the end of its chain.
    pub(super) documents: LiteMap<DocumentId, Membership>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<FileRead, FileFault> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(FileFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| broken_at(bytes, error.valid_up_to()))?;
    let json = RawJson::parse(text).map_err(|error| not_json(text, &error))?;
    let file = json.value();
    match number(file, "medspil") {
        None | Some(0) => return Err(FileFault::Foreign),
        Some(version) if version > FILE_VERSION => return Err(FileFault::Newer),
        Some(_) => {}
    }
    let is_whole = text.rfind(SEAL).is_some_and(|place| sealed(&text[..place]) == text);
    let found = contents(text, file);
    if is_whole { found } else { Err(where_changed(found)) }
}

/// A file that is not what it was: the line where that can be seen.
fn where_changed(found: Result<FileRead, FileFault>) -> FileFault {
    match found {
        Err(fault) => fault,
        Ok(found) => {
            let is_bad = |record: &Record| Record::read(record.bytes().to_vec()).is_err();
            let bad = found.records.iter().find(|(_, record)| is_bad(record));
            bad.map_or(FileFault::Changed, |(line, _)| FileFault::Broken { line: *line })
        }
    }
}

fn contents(text: &str, file: RawJsonValue<'_, '_>) -> Result<FileRead, FileFault> {
    let words = |name| member(file, name).and_then(|value| value.to_unquoted_string_str().ok());
    let person = words("person").and_then(|hex| PersonId::from_hex(&hex));
    let course = words("course").and_then(|hex| DocumentId::from_hex(&hex));
    let lines = member(file, "records").and_then(|value| value.to_array().ok());
    let ((Some(person), Some(course)), Some(lines)) = ((person, course), lines) else {
        return Err(FileFault::Changed);
    };
    let mut found = FileRead { person, records: Vec::new(), documents: LiteMap::new() };
    let mut known = BTreeSet::new();
    for value in lines {
        let line = line_of(text.as_bytes(), value.position());
        if found.records.len() == FILE_RECORDS_MAX {
            return Err(FileFault::TooLarge);
        }
        let record = record(value).ok_or(FileFault::Broken { line })?;
        let name = (record.header().device, record.header().counter);
        if !known.insert(name) || !found.follow(&record) {
            return Err(FileFault::Broken { line });
        }
        found.records.push((line, record));
    }
    let is_theirs = |chain: &Membership| {
        let member = chain.members.get(&person);
        chain.kind == Kind::Course && member.is_some_and(|member| member.role == Role::Citizen)
    };
    match found.documents.get(&course) {
        Some(chain) if is_theirs(chain) => Ok(found),
        _ => Err(FileFault::Changed),
    }
}

impl FileRead {
    /// Whether a record may stand where it stands: behind the founding of its document, a link on the one
    /// before it.
    fn follow(&mut self, record: &Record) -> bool {
        let document = record.header().document;
        let is_link = record.header().kind == RecordKind::Membership;
        match self.documents.get_mut(&document) {
            Some(chain) if is_link => chain.follow(record).is_ok(),
            Some(_) => true,
            None => Membership::found(record)
                .map(|chain| self.documents.insert(document, chain))
                .is_ok(),
        }
    }
}

fn record(value: RawJsonValue<'_, '_>) -> Option<Record> {
    let bytes = Base64::decode_vec(value.as_string_str().ok()?).ok()?;
    Record::trust_own_disk(bytes).ok()
}

fn member<'t, 'r>(of: RawJsonValue<'t, 'r>, name: &str) -> Option<RawJsonValue<'t, 'r>> {
    of.to_member(name).ok()?.optional()
}

fn number(of: RawJsonValue<'_, '_>, name: &str) -> Option<u32> {
    member(of, name)?.as_integer_str().ok()?.parse().ok()
}

fn not_json(text: &str, error: &JsonParseError) -> FileFault {
    let at = error.position();
    match error {
        JsonParseError::UnexpectedEos { .. } if is_ours(text.as_bytes()) => {
            FileFault::Cut { line: line_of(text.as_bytes(), at) }
        }
        _ => broken_at(text.as_bytes(), at),
    }
}

fn broken_at(bytes: &[u8], at: usize) -> FileFault {
    if is_ours(bytes) { FileFault::Broken { line: line_of(bytes, at) } } else { FileFault::Foreign }
}

fn is_ours(bytes: &[u8]) -> bool {
    bytes.starts_with(BEGINNING)
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or(bytes);
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}
