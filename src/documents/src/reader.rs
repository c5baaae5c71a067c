//! Reads the bytes of Yjs' first format, and nothing that the library would read otherwise: numbers in their
//! shortest form alone, lengths that are there, depths and sizes with a limit.

use crate::paper::BadUpdate;

/// Values may lie so deep in lists and maps. This app writes none in any.
const DEPTH_MAX: usize = 8;

/// Bytes that are still to be read.
#[derive(Clone)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(crate) fn byte(&mut self) -> Result<u8, BadUpdate> {
        let (&first, rest) = self.0.split_first().ok_or(BadUpdate)?;
        self.0 = rest;
        Ok(first)
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], BadUpdate> {
        let count = usize::try_from(count).map_err(|_| BadUpdate)?;
        let (taken, rest) = self.0.split_at_checked(count).ok_or(BadUpdate)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of at most `max`, below 2^63.
    pub(crate) fn number(&mut self, max: u64) -> Result<u64, BadUpdate> {
        let mut number = 0;
        for place in 0..9 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                // A longer form of the same number would be another one to whoever reads only 32 bits of it.
                let is_shortest = byte > 0 || place == 0;
                return if is_shortest && number <= max { Ok(number) } else { Err(BadUpdate) };
            }
        }
        Err(BadUpdate)
    }

    /// How many things follow, each of at least one byte.
    pub(crate) fn count(&mut self) -> Result<u64, BadUpdate> {
        let count = self.number(u64::from(u32::MAX))?;
        if count > self.0.len() as u64 { Err(BadUpdate) } else { Ok(count) }
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, BadUpdate> {
        let length = self.number(u64::from(u32::MAX))?;
        str::from_utf8(self.take(length)?).map_err(|_| BadUpdate)
    }

    /// Passes over a value.
    pub(crate) fn value(&mut self) -> Result<(), BadUpdate> {
        self.value_within(DEPTH_MAX)
    }

    fn value_within(&mut self, depth: usize) -> Result<(), BadUpdate> {
        match self.byte()? {
            // Undefined, null, true, false.
            127 | 126 | 121 | 120 => Ok(()),
            125 => self.whole_number(),
            124 => self.take(4).map(drop),
            123 | 122 => self.take(8).map(drop),
            119 => self.text().map(drop),
            118 => self.many(depth, |reader, depth| {
                reader.text()?;
                reader.value_within(depth)
            }),
            117 => self.many(depth, Self::value_within),
            116 => {
                let length = self.number(u64::from(u32::MAX))?;
                self.take(length).map(drop)
            }
            _ => Err(BadUpdate),
        }
    }

    fn many(
        &mut self,
        depth: usize,
        one: impl Fn(&mut Self, usize) -> Result<(), BadUpdate>,
    ) -> Result<(), BadUpdate> {
        let depth = depth.checked_sub(1).ok_or(BadUpdate)?;
        (0..self.count()?).try_for_each(|_| one(self, depth))
    }

    /// A whole number with its sign: 6 bits in the first byte, 7 in each that follows.
    fn whole_number(&mut self) -> Result<(), BadUpdate> {
        let mut byte = self.byte()?;
        for place in 0..9 {
            if byte < 0x80 {
                return Ok(());
            }
            byte = self.byte()?;
            // The last of them has room for the uppermost bit of 63 and no more.
            if place == 8 && byte > 1 {
                return Err(BadUpdate);
            }
        }
        if byte < 0x80 { Ok(()) } else { Err(BadUpdate) }
    }
}
