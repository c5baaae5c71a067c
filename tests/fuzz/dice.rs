//! Numbers from a fuzzer's bytes.

use tests::hostile::Dice;

/// Bytes that are used up.
pub struct Bytes<'a>(arbitrary::Unstructured<'a>);

impl<'a> Bytes<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(arbitrary::Unstructured::new(bytes))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Some of what is left, as it is.
    pub fn rest_of_some(&mut self) -> Vec<u8> {
        let count = self.below(200) as usize;
        let count = count.min(self.0.len());
        self.0.bytes(count).map(<[u8]>::to_vec).unwrap_or_default()
    }
}

impl Dice for Bytes<'_> {
    fn below(&mut self, end: u64) -> u64 {
        self.0.int_in_range(0..=end.saturating_sub(1)).unwrap_or_default()
    }
}
