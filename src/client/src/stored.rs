//! Rows as they lie on the device's own disk. Fields are only added: a newer app reads what an
//! older one wrote. What cannot be read is left out, never a reason not to open.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use sync::message::{Refusal, Standing};
use sync::read_in_order;
use trust::{
    Change, DeviceId, DocumentId, Hash, Header, InvitationId, Kind, Member, Membership, PersonId,
    Record, RecordKind,
};

use crate::client::Bond;
use crate::effect::{Range, Row, Store, Write};
use crate::owners::OwnerRow;
use crate::sheet::Sheet;

/// `device`: the one row, under an empty key.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct DeviceRow {
    #[n(0)]
    pub(crate) seed: ByteVec,
    #[n(1)]
    pub(crate) person: Option<PersonId>,
    #[n(2)]
    pub(crate) counter: u64,
    #[n(3)]
    pub(crate) generation: Option<u64>,
    #[n(4)]
    pub(crate) bond: Option<Bond>,
}

read_in_order!(DeviceRow { seed, person, counter, generation, bond });

/// `positions`, by document: how far it is known, and who is in it.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct PositionRow {
    #[n(0)]
    pub(crate) through: u64,
    #[n(1)]
    pub(crate) kind: Kind,
    #[n(2)]
    pub(crate) parent: Option<DocumentId>,
    #[n(3)]
    pub(crate) members: Vec<(PersonId, Member)>,
    #[n(4)]
    pub(crate) head: Hash,
    #[n(5)]
    pub(crate) gone: bool,
    /// The newest record that lay on the disk with it.
    #[n(6)]
    pub(crate) arrival: Option<u64>,
    /// Whether there is a link that only a newer app knows.
    #[n(7)]
    pub(crate) has_later_link: Option<bool>,
    /// Records that a snapshot stands in for here: after this position and through that.
    #[n(8)]
    pub(crate) gap: Option<(u64, u64)>,
    /// Whether every record but those has been here; an older app does not say.
    #[n(9)]
    pub(crate) is_filled: Option<bool>,
}

read_in_order!(PositionRow {
    through,
    kind,
    parent,
    members,
    head,
    gone,
    arrival,
    has_later_link,
    gap,
    is_filled
});

/// `merged`, by document: everything up to an arrival, as one update.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct MergedRow {
    #[n(0)]
    pub(crate) arrival: u64,
    #[n(1)]
    pub(crate) state: ByteVec,
    /// Up to which position on the server a snapshot stands in for the records.
    #[n(2)]
    pub(crate) covered: Option<u64>,
    /// Whose the sessions in it are.
    #[n(3)]
    pub(crate) owners: Option<Vec<OwnerRow>>,
}

read_in_order!(MergedRow { arrival, state, covered, owners });

/// `drafts`, by tab and number: something done that is in no record yet.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct DraftRow {
    #[n(0)]
    pub(crate) document: DocumentId,
    #[n(1)]
    pub(crate) draft: Draft,
}

read_in_order!(DraftRow { document, draft });

/// What was done.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub(crate) enum Draft {
    /// Something was written.
    #[n(0)]
    Update(#[n(0)] ByteVec),
    /// A document was founded, or who is in it changed.
    #[n(1)]
    Link(#[n(0)] Change),
}

/// `aside`, by a random name: what was refused or could not be read.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct Aside {
    #[n(0)]
    pub(crate) document: DocumentId,
    #[n(1)]
    pub(crate) record: ByteVec,
    /// `None` for one that came from elsewhere and could not be read.
    #[n(2)]
    pub(crate) why: Option<Refusal>,
    #[n(3)]
    pub(crate) at_ms: i64,
    /// Whether the person has seen that it is here.
    #[n(4)]
    pub(crate) told: Option<bool>,
    /// The app ended while it read this one.
    #[n(5)]
    pub(crate) attempt: Option<Attempt>,
    /// It can be read, and was not what it claims to be.
    #[n(6)]
    pub(crate) untrue: Option<Untrue>,
}

read_in_order!(Aside { document, record, why, at_ms, told, attempt, untrue });

/// What somebody's record claims that is not so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Untrue {
    /// To write under a session that is somebody else's.
    #[n(0)]
    Writer,
    /// To stand in for records that say something else.
    #[n(1)]
    Summary,
}

/// How often which app has tried to read something that ended it.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub(crate) struct Attempt {
    #[n(0)]
    pub(crate) version: String,
    #[n(1)]
    pub(crate) tries: u32,
}

impl Aside {
    pub(crate) fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// Whether it came from elsewhere and only a newer app knows what it is.
    pub(crate) fn is_later(&self) -> bool {
        let header = Header::read(&self.record);
        let is_later = |header: Header| matches!(header.kind, RecordKind::Later(_));
        self.why.is_none() && header.is_ok_and(is_later)
    }

    /// Something of somebody else's that could not be taken in.
    pub(crate) fn of(document: DocumentId, record: &Record, at_ms: i64) -> Self {
        let record = record.bytes().to_vec().into();
        Self { document, record, why: None, at_ms, told: None, attempt: None, untrue: None }
    }

    pub(crate) fn told(self) -> Self {
        Self { told: Some(true), ..self }
    }
}

/// `notes`, under `invitation/` and the name: a code that was made here.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct InvitationRow {
    #[n(0)]
    pub(crate) invitation: InvitationId,
    #[n(1)]
    pub(crate) code: ByteVec,
    #[n(2)]
    pub(crate) person: PersonId,
    #[n(3)]
    pub(crate) document: DocumentId,
    /// `None` until the server has it.
    #[n(4)]
    pub(crate) standing: Option<Standing>,
    #[n(5)]
    pub(crate) made_ms: i64,
    /// What I have asked it to become: cancelled, or used and done with.
    #[n(6)]
    pub(crate) wanted: Option<Standing>,
}

read_in_order!(InvitationRow { invitation, code, person, document, standing, made_ms, wanted });

/// `notes`, under `seen/` and the document: what its things looked like when I last looked.
#[derive(Clone, PartialEq, Debug, Default, Encode, Decode)]
pub(crate) struct SeenRow {
    #[n(0)]
    pub(crate) things: Vec<(u64, u64)>,
}

pub(crate) const INVITATION_NOTE: &[u8] = b"invitation/";
pub(crate) const SEEN_NOTE: &[u8] = b"seen/";
/// `notes`, under this: this device has been started before.
pub(crate) const LOOKED_NOTE: &[u8] = b"seen/before";

pub(crate) fn put(store: Store, key: &[u8], value: &impl Encode<()>) -> Write {
    let mut bytes = Vec::new();
    // Writing to a Vec cannot fail.
    let _ = minicbor::encode(value, &mut bytes);
    Write::Put(Row { store, key: key.to_vec(), value: bytes })
}

pub(crate) fn read<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Option<T> {
    minicbor::decode(bytes).ok()
}

/// A key for a draft that no other tab uses: the tab's own name, and how many it has made.
pub(crate) fn draft_key(tab: [u8; 8], made: &mut u64) -> Vec<u8> {
    *made += 1;
    [tab.as_slice(), &made.to_be_bytes()].concat()
}

/// The key of a record in the outbox that a restored server would not take back yet; longer than that of
/// one that was never sent.
pub(crate) fn owed_key(device: DeviceId, counter: u64) -> Vec<u8> {
    [device.0.as_slice(), &counter.to_be_bytes()].concat()
}

/// The key of a record: its document and its place in the order of arrival.
pub(crate) fn arrival_key(document: DocumentId, arrival: u64) -> Vec<u8> {
    [document.0.as_slice(), &arrival.to_be_bytes()].concat()
}

/// The place in the order of arrival, from a key.
pub(crate) fn arrival_of(key: &[u8]) -> Option<(DocumentId, u64)> {
    let (document, arrival) = key.split_first_chunk::<16>()?;
    Some((DocumentId(*document), u64::from_be_bytes(arrival.try_into().ok()?)))
}

/// Every record of a document that arrived after this one.
pub(crate) fn after_arrival(document: DocumentId, arrival: u64) -> Range {
    Range {
        store: Store::Records,
        first: arrival_key(document, arrival + 1),
        last: arrival_key(document, u64::MAX),
    }
}

impl PositionRow {
    pub(crate) fn new(sheet: &Sheet, through: u64) -> Self {
        let Sheet { ref membership, gone, arrival, gap, is_filled, .. } = *sheet;
        let members = membership.members.iter().map(|(who, member)| (*who, *member)).collect();
        let Membership { kind, parent, head, has_later_link, .. } = *membership;
        let (arrival, has_later_link) = (Some(arrival), has_later_link.then_some(true));
        let is_filled = Some(is_filled);
        Self { through, kind, parent, members, head, gone, arrival, has_later_link, gap, is_filled }
    }

    pub(crate) fn membership(self) -> Membership {
        let Self { kind, parent, members, head, has_later_link, .. } = self;
        let (members, has_later_link) =
            (members.into_iter().collect(), has_later_link.unwrap_or_default());
        Membership { kind, parent, members, head, has_later_link }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_written_by_version_1_are_read_for_ever() {
        let row = DeviceRow {
            seed: vec![1, 2].into(),
            person: Some(PersonId([3; 16])),
            counter: 9,
            generation: None,
            bond: None,
        };
        let Write::Put(put) = put(Store::Device, &[], &row) else { panic!() };
        // What is missing at the end is left out, so an older row reads as a newer one with less.
        let mut bytes = vec![0x83, 0x42, 1, 2, 0x50];
        bytes.extend([3; 16]);
        bytes.push(9);
        assert_eq!(put.value, bytes);
        assert_eq!(read::<DeviceRow>(&bytes), Some(row));
        assert_eq!(read::<DeviceRow>(b"garbage"), None);
    }

    #[test]
    fn arrivals_lie_in_order() {
        let document = DocumentId([7; 16]);
        let range = after_arrival(document, 255);
        assert!(arrival_key(document, 255) < range.first);
        assert!(range.first <= arrival_key(document, 256));
        assert!(arrival_key(DocumentId([8; 16]), 1) > range.last);
        assert_eq!(arrival_of(&range.first), Some((document, 256)));
    }
}
