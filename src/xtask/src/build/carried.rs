//! The part of a program that the page carries. On a slow line the file it lies in is two seconds on its way
//! before its first byte; until then the line would be idle, and the page fills it. Not more than that: what
//! is carried takes a little more room, and is read again whenever the page is.

/// As many bytes as come in those two seconds, compressed; for a program that is folded, and so begins with
/// what compresses best as text.
const BYTES: usize = 250_000;

/// What the page carries of a program, and what is left for its file.
pub(super) fn split(program: &[u8]) -> (&[u8], &[u8]) {
    program.split_at(BYTES.min(program.len()))
}

/// Every byte as the letter of its number. HTML takes two of them for something else, and a third could
/// begin a tag: they stand 256 numbers further on, and whoever reads a letter's lowest 8 bits has them all.
pub(super) fn letters(bytes: &[u8]) -> String {
    let letter = |&byte: &u8| match byte {
        b'\0' | b'\r' | b'<' => char::from_u32(u32::from(byte) + 0x100).unwrap_or_default(),
        byte => char::from(byte),
    };
    bytes.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_in_the_lowest_bits_of_its_letter_and_html_leaves_all_letters_alone() {
        let bytes: Vec<u8> = (0..=255).collect();
        let letters = letters(&bytes);
        let read: Vec<u8> = letters.chars().map(|letter| u32::from(letter) as u8).collect();
        assert_eq!(read, bytes);
        assert!(!letters.contains(['\0', '\r', '<']));
    }
}
