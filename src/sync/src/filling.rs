//! Records that a snapshot stands in for: whoever has only the snapshot has somebody's word for what they say, and
//! fetches them when there is time.

use trust::{DocumentId, Record};

use crate::message::{Ask, Placed};
use crate::replica::Replica;
use crate::step::Step;

/// Through which position a snapshot among these stands in for records that are not, after this position.
pub(crate) fn skipped(records: &[Placed], after: u64) -> Option<u64> {
    let covers = |placed: &Placed| {
        // A page of a long log holds many; only a snapshot's own bytes are looked at.
        let header = trust::Header::read(&placed.record).ok()?;
        let is_snapshot = header.kind == trust::RecordKind::Snapshot;
        Record::trust_own_disk(placed.record.to_vec()).ok().filter(|_| is_snapshot)?.covers()
    };
    let covered = records.iter().filter_map(covers).max().filter(|covered| *covered > after)?;
    let is_here = |placed: &&Placed| placed.seq <= covered;
    let count = records.iter().filter(is_here).count() as u64;
    (count < covered - after).then_some(covered)
}

impl Replica {
    /// Fetches the records of a document after one position and through another, which a snapshot stands in for
    /// here. They come as [`Step::Filled`]. Nothing happens while the document itself is not known to its end, or
    /// another such question is open.
    pub fn fill(&mut self, document: DocumentId, (after, through): (u64, u64)) -> Option<Step> {
        let is_known = self.is_known(document);
        let position = self.positions.get_mut(&document)?;
        if !is_known || position.filling.is_some() || after >= through {
            return None;
        }
        position.filling = Some((after, through));
        Some(Step::Ask(Ask::Pull { document, after, whole: true }))
    }

    /// Part of what was asked for has come: records after one position, through another.
    pub(crate) fn filled(
        &mut self,
        document: DocumentId,
        (after, through): (u64, u64),
        mut records: Vec<Placed>,
    ) -> Vec<Step> {
        let Some(position) = self.positions.get_mut(&document) else { return Vec::new() };
        let Some((_, last)) = position.filling.take() else { return Vec::new() };
        records.retain(|placed| placed.seq > after && placed.seq <= last);
        let through = through.min(last);
        let is_all = through >= last || through <= after;
        let mut steps = vec![Step::Filled { document, records, through, is_all }];
        if !is_all {
            position.filling = Some((through, last));
            steps.push(Step::Ask(Ask::Pull { document, after: through, whole: true }));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use trust::{DeviceKey, Header, Kind, Member, PersonId, RecordKind, Role, VERSION};

    use super::*;
    use crate::message::{Held, Page, Tell};

    const DOCUMENT: DocumentId = DocumentId([7; 16]);

    fn placed(seq: u64, kind: RecordKind, payload: &[u8]) -> Placed {
        let key = DeviceKey::from_seed(&[1; 32]);
        let (document, device) = (DOCUMENT, key.device());
        let header = Header { version: VERSION, kind, document, device, counter: seq, epoch: 0 };
        let record = Record::sign(header, payload, &key).unwrap();
        Placed { seq, record: record.into_bytes().into() }
    }

    fn words(seq: u64) -> Placed {
        placed(seq, RecordKind::Update, b"words")
    }

    fn page(after: u64, records: Vec<Placed>, head: u64) -> Tell {
        let through = records.last().map_or(head, |placed| placed.seq);
        Tell::Records(Page { document: DOCUMENT, after, through, records, head, writers: None })
    }

    /// A device that has a snapshot of the first four records, and what came after.
    fn with_snapshot() -> (Replica, Vec<Step>) {
        let mut replica = Replica::default();
        let member = Member::always(Role::Citizen);
        let held = Held { document: DOCUMENT, kind: Kind::Meeting, head: 6, member };
        let (person, documents) = (Some(PersonId([1; 16])), vec![held]);
        replica.hear(Tell::Welcome {
            generation: 1,
            person,
            documents,
            counter: None,
            later: 0,
            seconds: None,
            devices: None,
        });
        let snapshot = placed(5, RecordKind::Snapshot, &4_u64.to_be_bytes());
        let link = placed(1, RecordKind::Membership, b"?");
        let steps = replica.hear(page(0, vec![link, snapshot, words(6)], 6));
        (replica, steps)
    }

    #[test]
    fn what_a_snapshot_stands_in_for_is_told_and_fetched() {
        let (mut replica, steps) = with_snapshot();
        let skipped = Step::Skipped { document: DOCUMENT, after: 0, through: 4 };
        assert!(steps.contains(&skipped), "{steps:?}");
        let ask = |after| Step::Ask(Ask::Pull { document: DOCUMENT, after, whole: true });
        assert_eq!(replica.fill(DOCUMENT, (0, 4)), Some(ask(0)));
        assert_eq!(replica.fill(DOCUMENT, (0, 4)), None, "once at a time");
        let steps = replica.hear(page(0, vec![words(1), words(2)], 6));
        assert_eq!(steps[1], ask(2));
        let steps = replica.hear(page(2, vec![words(3), words(4), words(5)], 6));
        let Step::Filled { records, is_all: true, through: 4, .. } = &steps[0] else {
            panic!("{steps:?}")
        };
        assert_eq!(records.len(), 2, "what is here already is left out");
    }

    #[test]
    fn a_log_that_came_whole_has_nothing_to_be_fetched() {
        let (mut replica, _) = with_snapshot();
        let newer = placed(8, RecordKind::Snapshot, &7_u64.to_be_bytes());
        let steps = replica.hear(page(6, vec![words(7), newer], 8));
        assert!(!steps.iter().any(|step| matches!(step, Step::Skipped { .. })), "{steps:?}");
    }
}
