//! Names and numbers as columns hold them.

use minicbor::{Decode, Encode};
use trust::{Hash, Membership};

use crate::chance;
use crate::trouble::Trouble;

/// The number a case of an enum has on the wire; columns keep the same promise.
pub(super) fn to_number(case: impl Encode<()>) -> i64 {
    let mut bytes = Vec::new();
    // Writing to a Vec cannot fail.
    let _ = minicbor::encode(case, &mut bytes);
    minicbor::decode(&bytes).unwrap_or(-1)
}

/// The case that has this number.
pub(super) fn from_number<T: for<'b> Decode<'b, ()>>(
    number: i64,
    column: &'static str,
) -> Result<T, Trouble> {
    let mut bytes = Vec::new();
    let _ = minicbor::encode(number, &mut bytes);
    minicbor::decode(&bytes).map_err(|_| Trouble::Unreadable(column))
}

/// A fixed number of bytes from a column.
pub(super) fn fixed<const N: usize>(
    bytes: &[u8],
    column: &'static str,
) -> Result<[u8; N], Trouble> {
    bytes.try_into().map_err(|_| Trouble::Unreadable(column))
}

/// Positions, seconds and sums are far below 2^63.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Back from [`signed`].
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// 8 bytes as they stand under a name that belongs to the installation.
pub(super) fn number_about(value: Option<Vec<u8>>, name: &'static str) -> Result<u64, Trouble> {
    let value = value.ok_or(Trouble::Unreadable(name))?;
    Ok(u64::from_be_bytes(fixed(&value, name)?))
}

/// A number above 0 that every signed column can hold.
pub(super) fn random_positive() -> Result<u64, Trouble> {
    Ok((u64::from_be_bytes(chance::bytes()?) >> 1).max(1))
}

/// A document's row, before its members are added.
pub(super) fn chain(kind: i64, parent: Option<&[u8]>, chain: &[u8]) -> Result<Membership, Trouble> {
    let parent = parent.map(|bytes| fixed(bytes, "documents.parent")).transpose()?;
    let unread =
        Membership::unread(from_number(kind, "documents.kind")?, parent.map(trust::DocumentId));
    Ok(Membership { head: Hash(fixed(chain, "documents.chain")?), ..unread })
}

/// A member's role and end, as columns hold them.
pub(super) fn member(role: i64, until: Option<i64>) -> Result<trust::Member, Trouble> {
    let until =
        until.map(|day| u32::try_from(day).map_err(|_| Trouble::Unreadable("members.until")));
    Ok(trust::Member { role: from_number(role, "members.role")?, until: until.transpose()? })
}

#[cfg(test)]
mod tests {
    use trust::{Kind, Role};

    use super::*;

    #[test]
    fn a_case_reads_back_from_its_number() {
        for kind in Kind::ALL {
            assert_eq!(from_number::<Kind>(to_number(kind), "kind").unwrap(), kind);
        }
        assert_eq!(to_number(Role::DailyLead), 4);
        assert!(from_number::<Role>(99, "role").is_err());
    }
}
