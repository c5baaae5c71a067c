//! The devices of a person: when each came, who let it in, and which of them have said yes to each other.

use minicbor::Encode;
use trust::{DeviceId, PersonId};

use crate::read_in_order;

/// A device of somebody's, as it is told to those who may know of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct KnownDevice {
    /// Which.
    #[n(0)]
    pub device: DeviceId,
    /// When it came, in seconds since 1970-01-01 UTC by the hub's clock; 0 for before this was noted.
    #[n(1)]
    pub since: u64,
    /// Who had made the code that let it in; `None` for before this was noted.
    #[n(2)]
    pub by: Option<PersonId>,
    /// Whether the oldest device of the person has said yes to it, itself or through others; the oldest has itself.
    /// Only such a device may let somebody in, say yes to another or put one out.
    #[n(3)]
    pub confirmed: bool,
}

read_in_order!(KnownDevice { device, since, by, confirmed });

/// That a device was put out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct PutOut {
    /// When, in seconds since 1970-01-01 UTC by the hub's clock.
    #[n(0)]
    pub at: u64,
    /// By whom.
    #[n(1)]
    pub by: Option<PersonId>,
}

read_in_order!(PutOut { at, by });
