//! How far a device is: with each document, and at the door.

/// How far a document is known here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Position {
    pub(crate) through: u64,
    pub(crate) head: u64,
    pub(crate) pulling: bool,
    /// Records that a summary stands in for here, and that are being fetched: after this position, through that.
    pub(crate) filling: Option<(u64, u64)>,
}

/// How far the hub has let this device in on the present connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Door {
    #[default]
    Shut,
    /// It belongs to nobody the hub knows, and may only redeem a code.
    Stranger,
    In,
}
