//! The reasons that are told: why a record was not kept, how an invitation stands, why a code let nobody in, why
//! a device waits.
use minicbor::{Decode, Encode};

/// Why a record was not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Refusal {
    /// It cannot be read, or the signature is not its device's.
    #[n(0)]
    Malformed,
    /// Over `trust::RECORD_BYTES_MAX`.
    #[n(1)]
    TooLarge,
    /// Its author is no member here, or there is no such document: the same answer on purpose.
    #[n(2)]
    NotMember,
    /// Its author was a member once: it was kept aside for the coordinator, not in the log.
    #[n(3)]
    KeptAside,
    /// Its author is a member but may not do this.
    #[n(4)]
    NotAllowed,
    /// The membership chain has moved on: make the link again.
    #[n(5)]
    ChainMoved,
    /// The same device wrote something else under the same counter: it has been copied.
    #[n(6)]
    Cloned,
    /// A newer snapshot stands already, or it covers what is not there.
    #[n(7)]
    StaleSnapshot,
    /// It is made by a newer version than the one that would have to understand it; and what a newer server
    /// says that this version has no word for.
    #[n(8)]
    Later,
    /// It would let somebody in, and no older device of its author has said yes to the device that made it.
    #[n(9)]
    Unconfirmed,
}

/// How an invitation stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Standing {
    /// Nobody has used it.
    #[n(0)]
    Waiting,
    /// Used where it may have been the wrong place; it works once more until confirmed.
    #[n(1)]
    UsedForNow,
    /// Used.
    #[n(2)]
    Used,
    /// Cancelled by the one who made it.
    #[n(3)]
    Cancelled,
    /// Its 24 hours are over.
    #[n(4)]
    Expired,
}

/// Why a code did not let somebody in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum NotRedeemed {
    /// There is no such code.
    #[n(0)]
    Wrong,
    /// It has been used.
    #[n(1)]
    Used,
    /// Its 24 hours are over.
    #[n(2)]
    Expired,
    /// It was cancelled.
    #[n(3)]
    Cancelled,
    /// This device is somebody else's already.
    #[n(4)]
    DeviceTaken,
    /// Too many wrong codes today.
    #[n(5)]
    TooMany,
    /// For a reason that only a newer version has a word for.
    #[n(255)]
    Later,
}

/// Why a device is asked to wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum WaitFor {
    /// It has sent more than a person writes.
    #[n(0)]
    TooMuch,
    /// The server's disk is full, or its database is away.
    #[n(1)]
    NoRoom,
}
