//! What of a file is not on this device, and so perhaps not on the server.

use documents::Loan;
use litemap::LiteMap;
use trust::{Change, DocumentId, Kind, Record, RecordKind};

use super::FileFault;
use super::read::FileRead;
use crate::client::Client;
use crate::effect::{Row, Store};
use crate::sheet::Sheet;

/// What of a file is to be offered to the server, in order.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    /// Records as they are.
    pub(super) records: Vec<Record>,
    /// What may be known only by a snapshot: to be said as words of mine, if it still is when the rest is in.
    pub(super) words: Vec<(DocumentId, Vec<u8>)>,
    /// Whether somebody was let in who is not on this device.
    pub(super) asks_consent: bool,
    /// What notebooks say that are not on this device. The server may give them to it; else it is all the same mine.
    pub(super) notes: LiteMap<DocumentId, Vec<Vec<u8>>>,
}

/// What of a file this device does not have, every signature of it checked. Of the rest the device has the very
/// same bytes.
///
/// Who was let in by somebody does not come in from a file: the yes may have been taken back after the file was
/// made. So a chain comes in up to the first link that lets somebody in.
pub(super) fn lacking(
    client: &Client,
    file: &FileRead,
    rows: &[Row],
) -> Result<Lacking, FileFault> {
    let rows = rows.iter().chain(client.keeper.unwritten(Store::Records));
    let mut own: Vec<&[u8]> = rows.map(|row| row.value.as_slice()).collect();
    own.sort_unstable();
    let mut held = LiteMap::new();
    let mut ends = Vec::new();
    let mut lacking = Lacking::default();
    for (line, record) in &file.records {
        let document = record.header().document;
        let sheet = client.sheets.get(&document);
        let is_elsewhere = is_elsewhere(file, document, sheet);
        if !is_elsewhere && own.binary_search(&record.bytes()).is_ok() {
            continue;
        }
        let bytes = record.bytes().to_vec();
        let record = Record::read(bytes).map_err(|_| FileFault::Broken { line: *line })?;
        if is_elsewhere {
            lacking.notes.entry(document).or_insert_with(Vec::new).extend(words_of(&record));
        }
        // What I was put out of is not mine to give back.
        if sheet.is_some_and(|sheet| sheet.gone) {
            continue;
        }
        match record.header().kind {
            RecordKind::Snapshot if is_elsewhere => {}
            RecordKind::Snapshot => {
                let state = record.payload().get(8..).unwrap_or_default().to_vec();
                lacking.words.push((document, state));
            }
            RecordKind::Membership if ends.contains(&document) => {}
            RecordKind::Membership if matches!(Change::read(&record), Ok(Change::Add { .. })) => {
                lacking.asks_consent = true;
                ends.push(document);
            }
            RecordKind::Update
                if sheet.is_some_and(|sheet| stands_in(&mut held, sheet, &record)) => {}
            _ => lacking.records.push(record),
        }
    }
    Ok(lacking)
}

/// Whether it is a notebook that is not on this device.
fn is_elsewhere(file: &FileRead, document: DocumentId, sheet: Option<&Sheet>) -> bool {
    let is_notebook = file.documents.get(&document).is_some_and(|it| it.kind == Kind::Notebook);
    is_notebook && sheet.is_none_or(|sheet| sheet.gone)
}

/// An update without what stands behind it, which is about the document that it was written in.
fn words_of(record: &Record) -> Option<Vec<u8>> {
    let bytes = match record.header().kind {
        RecordKind::Update => record.payload(),
        RecordKind::Snapshot => record.payload().get(8..)?,
        RecordKind::Membership | RecordKind::Later(_) => return None,
    };
    let length = documents::contents(bytes).ok()?.length;
    bytes.get(..length).map(<[u8]>::to_vec)
}

/// Whether what a record says stands in a document, by whatever way it came there: a snapshot stands in for
/// many records.
fn stands_in(held: &mut LiteMap<DocumentId, Loan>, sheet: &Sheet, record: &Record) -> bool {
    let document = record.header().document;
    if !held.contains_key(&document) {
        held.insert(document, Loan::of(&sheet.paper.state()).unwrap_or_default());
    }
    let (Ok(mut said), Some(held)) = (Loan::of(record.payload()), held.get(&document)) else {
        return false;
    };
    said.repay(held);
    said.is_repaid()
}
