//! Random names of 16 bytes for people, documents and invitations.

use core::fmt;

macro_rules! random_name {
    ($name:ident, $what:literal) => {
        #[doc = $what]
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode,
        )]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

        impl $name {
            /// Reads the 32 hexadecimal digits that `Display` writes; `None` for anything else.
            pub fn from_hex(text: &str) -> Option<Self> {
                from_hex(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(&self.0, out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(&self.0[..4], out)
            }
        }
    };
}

random_name!(PersonId, "One person, whatever devices they have. 16 random bytes.");
random_name!(DocumentId, "One document: the unit of sharing. 16 random bytes.");
random_name!(InvitationId, "One invitation. 16 random bytes; not the code.");

pub(crate) fn write_hex(bytes: &[u8], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
}

pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_what_it_shows() {
        let id = DocumentId(core::array::from_fn(|i| i as u8 * 17));
        assert_eq!(DocumentId::from_hex(&id.to_string()), Some(id));
        assert_eq!(DocumentId::from_hex("xyz"), None);
        assert_eq!(DocumentId::from_hex(&"å".repeat(16)), None);
    }
}
