//! Who said it, and what it is called: names without meaning.

use core::fmt;
use core::str::FromStr;

/// One person. The same 16 bytes as the person's name in `trust`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who(pub [u8; 16]);

/// One document. The same 16 bytes as the document's name in `trust`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentName(pub [u8; 16]);

/// One thing in a document: a topic, a goal, an agreement. Random, 64 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u64);

/// Thrown out: it lies in "Smidt ud" and can be taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Removed {
    /// Milliseconds since 1970-01-01 UTC, by the clock of whoever threw it out.
    pub at_ms: i64,
    /// Who threw it out, where that is known.
    pub by: Option<Who>,
}

impl Removed {
    /// How long a thing lies on top in "Smidt ud".
    pub const DAYS_ON_TOP: i64 = 30;

    /// Whether it has been put away. It can still be fetched: one of the two clocks may be wrong.
    pub fn is_old(&self, now_ms: i64) -> bool {
        now_ms - self.at_ms >= Self::DAYS_ON_TOP * 24 * 60 * 60 * 1000
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl fmt::Debug for ItemId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl fmt::Display for Who {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Who {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:08x}", u128::from_be_bytes(self.0) >> 96)
    }
}

impl fmt::Display for DocumentName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Who(self.0), out)
    }
}

impl fmt::Debug for DocumentName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Who(self.0), out)
    }
}

/// What was read is no name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAName;

impl FromStr for ItemId {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        hex(text, 16)?;
        u64::from_str_radix(text, 16).map(Self).map_err(|_| NotAName)
    }
}

impl FromStr for Who {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        hex(text, 32)?;
        u128::from_str_radix(text, 16).map(|bits| Self(bits.to_be_bytes())).map_err(|_| NotAName)
    }
}

impl FromStr for DocumentName {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        text.parse().map(|Who(bytes)| Self(bytes))
    }
}

fn hex(text: &str, digits: usize) -> Result<(), NotAName> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits { Ok(()) } else { Err(NotAName) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_what_they_show() {
        let item = ItemId(0x0123_4567_89ab_cdef);
        assert_eq!(item.to_string().parse(), Ok(item));
        let who = Who(core::array::from_fn(|i| i as u8));
        assert_eq!(who.to_string().parse(), Ok(who));
        let document = DocumentName(who.0);
        assert_eq!(document.to_string().parse(), Ok(document));
        assert_eq!("+123456789abcdef".parse::<ItemId>(), Err(NotAName));
        assert_eq!("".parse::<Who>(), Err(NotAName));
    }

    #[test]
    fn what_is_thrown_out_lies_on_top_for_30_days() {
        let day = 24 * 60 * 60 * 1000;
        let removed = Removed { at_ms: 5 * day, by: None };
        assert!(!removed.is_old(5 * day) && !removed.is_old(35 * day - 1));
        assert!(removed.is_old(35 * day));
        assert!(!removed.is_old(0), "a clock set back puts nothing away");
    }
}
