//! Who may, and with which key.
//!
//! Identities, signed records, membership chains, and the one function that says who may do what.
//! It knows no plan, no clock, no chance and no network: seeds, days and bytes are arguments.

mod chain;
mod code;
mod device;
mod hash;
mod id;
mod may;
mod pass;
mod record;
mod session;

pub use chain::{ChainRefusal, Change, Member, Members, Membership, Role};
pub use code::{CODE_LENGTH, CODE_LETTERS, Code, CodeHash, NotACode};
pub use device::{DeviceId, DeviceKey, Signature};
pub use hash::Hash;
pub use id::{DocumentId, InvitationId, PersonId};
use may::may_last;
pub use may::{Act, Kind, PARTICIPANT_DAYS_MAX, may};
pub use pass::{Challenge, Pass};
pub use record::{
    HEADER_BYTES, Header, Malformed, RECORD_BYTES_MAX, Record, RecordKind, SIGNATURE_BYTES, VERSION,
};
pub use session::{SessionNonce, said_live, sign_live};
