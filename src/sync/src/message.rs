//! What goes over the wire, the same over a WebSocket and over plain HTTPS.
//!
//! A frame is the byte [`WIRE_VERSION`] and one [`Ask`] or [`Tell`] in CBOR. Cases and fields are
//! numbered and only ever added: a reader skips fields it does not know, and an optional field
//! that is missing is `None`. An unknown case is [`Unreadable`], and the rest goes on.

pub use crate::aside::{AsidePage, AsideRecord, RecordName};
pub use crate::devices::{KnownDevice, PutOut};
pub use crate::fields::Fields;
pub use crate::frame::{
    FRAME_BYTES_MAX, Frame, Unreadable, WIRE_VERSION, join_frames, split_frames,
};

use crate::read_in_order;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use trust::{Challenge, DeviceId, DocumentId, Hash, InvitationId, Kind, Member, Pass, PersonId};

mod why;

pub use why::{NotRedeemed, Refusal, Standing, WaitFor};

/// What a device says to the hub.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub enum Ask {
    /// Who I am: always first.
    #[n(0)]
    Pass(#[n(0)] Pass),
    /// Please keep these records, in this order.
    #[n(1)]
    Push {
        /// Each the bytes of one `trust::Record`.
        #[n(0)]
        records: Vec<ByteVec>,
    },
    /// What comes after this position in this document?
    #[n(2)]
    Pull {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// The last position I have; 0 for none.
        #[n(1)]
        after: u64,
        /// Every record, also those that a snapshot covers.
        #[n(2)]
        whole: bool,
    },
    /// Pass this on to those who have the document open; keep nothing.
    #[n(3)]
    Live {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// Opaque to the hub.
        #[n(1)]
        payload: ByteVec,
    },
    /// Make an invitation for a member who has no device yet.
    #[n(4)]
    Invite {
        /// A fresh random name.
        #[n(0)]
        invitation: InvitationId,
        /// The hash of the code.
        #[n(1)]
        code: trust::CodeHash,
        /// Whom it is for: already a member of `document`.
        #[n(2)]
        person: PersonId,
        /// The document that gives me the right to invite them.
        #[n(3)]
        document: DocumentId,
    },
    /// How does this invitation stand?
    #[n(5)]
    Invitation(#[n(0)] InvitationId),
    /// It must not work any longer.
    #[n(6)]
    Cancel(#[n(0)] InvitationId),
    /// The right person is in: the code must not work again.
    #[n(7)]
    Confirm(#[n(0)] InvitationId),
    /// I was given this code.
    #[n(8)]
    Redeem {
        /// As it was typed or scanned, in capitals without spaces.
        #[n(0)]
        code: String,
        /// This may be the wrong place (a browser tab on an iPhone): let the code work once more.
        #[n(1)]
        tentative: bool,
    },
    /// What does the municipality say of its programmes and open places, if that is not what I have?
    #[n(9)]
    Guide {
        /// The hash of the one I have; `None` for none.
        #[n(0)]
        have: Option<Hash>,
    },
    /// Which devices has this person, and how did they come?
    #[n(10)]
    Devices(#[n(0)] PersonId),
    /// This device of mine is mine: it may have what mine has.
    #[n(11)]
    Vouch(#[n(0)] DeviceId),
    /// This device, of mine or of somebody whom I may invite, must not come in any longer.
    #[n(12)]
    PutOut(#[n(0)] DeviceId),
    /// What is kept aside here, of everybody's where I may write, else of my own?
    #[n(20)]
    Aside {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// [`AsidePage::next`] of the page before; `None` for the first.
        #[n(1)]
        after: Option<RecordName>,
    },
    /// Nobody needs these any longer.
    #[n(21)]
    EraseAside {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// Which; at most [`crate::aside::ERASED_AT_ONCE_MAX`], the rest is passed over.
        #[n(1)]
        names: Vec<RecordName>,
    },
    /// I was let in for now: the next device of mine comes in by this code, in my place, and by the first nobody does.
    #[n(22)]
    CarryOver {
        /// The hash of the code.
        #[n(0)]
        code: trust::CodeHash,
    },
}

/// What the hub says to a device.
#[derive(Clone, PartialEq, Debug, Encode)]
pub enum Tell {
    /// Sign this to show who you are.
    #[n(0)]
    Challenge(#[n(0)] Challenge),
    /// You are known, and this is what you are a member of.
    #[n(1)]
    Welcome {
        /// Which log this is; another number than last time means that the server was restored.
        #[n(0)]
        generation: u64,
        /// Who you are; `None` for a device that has redeemed nothing yet.
        #[n(1)]
        person: Option<PersonId>,
        /// Every document you may read.
        #[n(2)]
        documents: Vec<Held>,
        /// The highest counter of your device in any log: a phone whose disk was full may have
        /// forgotten that it had used it.
        #[n(3)]
        counter: Option<u64>,
        /// How many documents there are beside these, of kinds that only a newer app knows. It is counted
        /// where the message is read, and is not written.
        #[cbor(skip)]
        later: usize,
        /// What time it is by the server's clock, in seconds since 1970-01-01 UTC; an older server does not say.
        #[n(5)]
        seconds: Option<u64>,
        /// The devices of this person, this one among them; an older server does not say.
        #[n(6)]
        devices: Option<Vec<KnownDevice>>,
    },
    /// This record is on disk, at this position.
    #[n(2)]
    Stored {
        /// The device that wrote it.
        #[n(0)]
        device: DeviceId,
        /// Its counter.
        #[n(1)]
        counter: u64,
        /// The document.
        #[n(2)]
        document: DocumentId,
        /// The position it got.
        #[n(3)]
        seq: u64,
    },
    /// This record was not kept, and why.
    #[n(3)]
    Refused {
        /// The counter of your record; 0 when not even that could be read.
        #[n(0)]
        counter: u64,
        /// Why.
        #[n(1)]
        why: Refusal,
        /// Who made it: what is given back to a restored server has counters of several devices.
        #[n(2)]
        device: Option<DeviceId>,
    },
    /// Part of a document's log.
    #[n(4)]
    Records(#[n(0)] Page),
    /// Somebody who has the document open said this just now.
    #[n(5)]
    Live {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// Who said it.
        #[n(1)]
        device: DeviceId,
        /// Opaque to the hub.
        #[n(2)]
        payload: ByteVec,
        /// Whose device that is.
        #[n(3)]
        person: Option<PersonId>,
    },
    /// You have become a member here, or your role or end has changed.
    #[n(6)]
    Joined(#[n(0)] Held),
    /// You are not a member here, or there is no such document: the same answer on purpose.
    #[n(7)]
    Gone(#[n(0)] DocumentId),
    /// How an invitation stands.
    #[n(8)]
    Invitation {
        /// Which.
        #[n(0)]
        invitation: InvitationId,
        /// How it stands.
        #[n(1)]
        standing: Standing,
        /// How long the code still works.
        #[n(2)]
        seconds_left: u64,
    },
    /// The code let you in.
    #[n(9)]
    Redeemed(#[n(0)] PersonId),
    /// The code did not let you in, and why.
    #[n(10)]
    NotRedeemed(#[n(0)] NotRedeemed),
    /// Too much at once, or the server has no room: keep what you have and try again later.
    #[n(11)]
    Wait {
        /// How long at least.
        #[n(0)]
        seconds: u64,
        /// Why, so that the person can be told.
        #[n(1)]
        why: WaitFor,
    },
    /// What the municipality says: the bytes of a [`GuideRow`](crate::guide::GuideRow).
    #[n(12)]
    Guide(#[n(0)] ByteVec),
    /// The devices of this person: an answer, and said to all of them whenever one has come or gone.
    #[n(13)]
    Devices {
        /// Whose.
        #[n(0)]
        person: PersonId,
        /// Oldest first.
        #[n(1)]
        devices: Vec<KnownDevice>,
    },
    /// You were let in once and have been put out: in the place of a welcome.
    #[n(14)]
    PutOut(#[n(0)] PutOut),
    /// What is kept aside.
    #[n(20)]
    Aside(#[n(0)] AsidePage),
    /// These are not kept aside any longer.
    #[n(21)]
    AsideErased {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// Which.
        #[n(1)]
        names: Vec<RecordName>,
    },
    /// That code lets your next device in, for so long.
    #[n(22)]
    CarriesOver {
        /// How long.
        #[n(0)]
        seconds_left: u64,
    },
}

/// A document you may read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct Held {
    /// Which.
    #[n(0)]
    pub document: DocumentId,
    /// What sort.
    #[n(1)]
    pub kind: Kind,
    /// The newest position in its log.
    #[n(2)]
    pub head: u64,
    /// As what you are in it.
    #[n(3)]
    pub member: Member,
}

read_in_order!(Held { document, kind, head, member });

/// Part of a document's log. Positions may be left out where a snapshot covers them.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct Page {
    /// The document.
    #[n(0)]
    pub document: DocumentId,
    /// It follows directly on this position.
    #[n(1)]
    pub after: u64,
    /// Having it, you have everything up to and including this position.
    #[n(2)]
    pub through: u64,
    /// The records, by rising position.
    #[n(3)]
    pub records: Vec<Placed>,
    /// The newest position there is.
    #[n(4)]
    pub head: u64,
    /// Whose the devices are that wrote them, as far as the hub knows.
    #[n(5)]
    pub writers: Option<Vec<(DeviceId, PersonId)>>,
}

read_in_order!(Page { document, after, through, records, head, writers });

/// A record and its position.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct Placed {
    /// From 1, without gaps in the log itself.
    #[n(0)]
    pub seq: u64,
    /// The bytes of a `trust::Record`.
    #[n(1)]
    pub record: ByteVec,
}

read_in_order!(Placed { seq, record });

#[cfg(test)]
mod tests;
