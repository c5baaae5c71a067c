//! The one chain in a log. A device's own log also holds links that another one won over.

use trust::{Change, Hash, Record, RecordKind};

/// The links from the founding to this head, in order; to the newest that leads back to it where the head is
/// not there. Empty where there is no founding.
pub(super) fn links_to(records: &[Record], head: Hash) -> Vec<&Record> {
    let links: Vec<(Hash, &Record)> = records
        .iter()
        .filter(|record| record.header().kind == RecordKind::Membership)
        .map(|record| (Hash::of(record), record))
        .collect();
    let back = |from: Hash| whole_chain(&links, from);
    back(head).or_else(|| links.iter().rev().find_map(|(hash, _)| back(*hash))).unwrap_or_default()
}

fn whole_chain<'a>(links: &[(Hash, &'a Record)], head: Hash) -> Option<Vec<&'a Record>> {
    let mut chain = Vec::new();
    let mut wanted = head;
    while wanted != Hash::default() {
        let (_, link) = links.iter().find(|(hash, _)| *hash == wanted)?;
        // A hash cannot lead back to itself, so this ends.
        wanted = Change::previous(link).ok()?;
        chain.push(*link);
    }
    chain.reverse();
    (!chain.is_empty()).then_some(chain)
}
