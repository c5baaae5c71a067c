//! The file as it is written: a head, a copy that people and other programs can read, the records themselves
//! one a line, and a seal over all of it.

use std::collections::BTreeSet;

use base64ct::{Base64, Encoding};
use documents::Loan;
use trust::{DocumentId, Hash, Kind, PersonId, Record, RecordKind};

use super::chain::links_to;
use super::readable::Readable;
use super::{FILE_VERSION, HandedOut};
use crate::client::{Client, Query};
use crate::effect::Row;
use crate::refusal::Refusal;
use crate::sheet::Sheet;
use crate::view::{Everything, EverythingView};

/// What stands before the seal, which covers everything in front of this.
pub(super) const SEAL: &str = ",\n \"seal\": ";

/// The kinds of documents that belong to a citizen, what others build on first.
const KINDS: [Kind; 6] =
    [Kind::Course, Kind::LifeArea, Kind::Meeting, Kind::Network, Kind::Consents, Kind::Notebook];

/// The file of a course, whose citizen I am.
pub(super) fn file(
    client: &Client,
    rows: &[Row],
    (course, with_notes): (DocumentId, bool),
) -> Result<HandedOut, Refusal> {
    let me = client.me.person.ok_or(Refusal::NotIn)?;
    let all = Everything { course, with_notes }.look(client).ok_or(Refusal::NotAllowed)?;
    let log: Vec<Record> =
        rows.iter().filter_map(|row| Record::trust_own_disk(row.value.clone()).ok()).collect();
    let mut records = Vec::new();
    for (document, sheet) in belonging(client, course, with_notes) {
        let own: Vec<Record> =
            log.iter().filter(|record| record.header().document == document).cloned().collect();
        records.extend(of_document(&own, sheet));
    }
    let name = format!("medspil-{}.json", all.day);
    let bytes = text(&all, (me, course), &records).into_bytes().into();
    Ok(HandedOut { name, kind: "application/json", bytes })
}

fn belonging(
    client: &Client,
    course: DocumentId,
    with_notes: bool,
) -> impl Iterator<Item = (DocumentId, &Sheet)> {
    let kinds = KINDS.into_iter().filter(move |kind| with_notes || *kind != Kind::Notebook);
    kinds.flat_map(move |kind| client.of_kind(kind)).filter(move |(document, sheet)| {
        *document == course || sheet.membership.parent == Some(course)
    })
}

/// The chain of a document, then what was written in it. A document whose beginning is not on this device
/// has no place in a file: nobody could take it in.
fn of_document(log: &[Record], sheet: &Sheet) -> Vec<Vec<u8>> {
    let chain = links_to(log, sheet.membership.head);
    if chain.is_empty() {
        return Vec::new();
    }
    let words = log.iter().filter(|record| {
        !matches!(record.header().kind, RecordKind::Membership | RecordKind::Snapshot)
    });
    // The same record may have come by two ways.
    let mut known = BTreeSet::new();
    let all = chain.into_iter().chain(words).chain(needed_snapshot(log));
    let news = all.filter(|record| known.insert((record.header().device, record.header().counter)));
    news.map(|record| record.bytes().to_vec()).collect()
}

/// The newest snapshot, where it holds words that are in no record here.
fn needed_snapshot(log: &[Record]) -> Option<&Record> {
    let newest = log.iter().rfind(|record| record.covers().is_some())?;
    let mut unknown = Loan::of(newest.payload().get(8..)?).ok()?;
    let words = log.iter().filter(|record| record.header().kind == RecordKind::Update);
    for held in words.filter_map(|record| Loan::of(record.payload()).ok()) {
        unknown.repay(&held);
    }
    (!unknown.is_repaid()).then_some(newest)
}

fn text(
    all: &EverythingView,
    (person, course): (PersonId, DocumentId),
    records: &[Vec<u8>],
) -> String {
    let body = nojson::json(|f| {
        f.set_indent_size(1);
        f.set_spacing(true);
        f.object(|f| {
            f.member("medspil", FILE_VERSION)?;
            f.member("made", all.day.to_string())?;
            f.member("person", person.to_string())?;
            f.member("course", course.to_string())?;
            f.member("readable", Readable(all))?;
            let lines = records.iter().map(|record| Base64::encode_string(record));
            f.member("records", nojson::array(|f| f.elements(lines.clone())))
        })
    })
    .to_string();
    sealed(body.strip_suffix("\n}").unwrap_or(&body))
}

/// All of a file, by what the seal covers.
pub(super) fn sealed(covered: &str) -> String {
    let seal = Base64::encode_string(&Hash::of_bytes(covered.as_bytes()).0);
    format!("{covered}{SEAL}\"{seal}\"\n}}\n")
}
