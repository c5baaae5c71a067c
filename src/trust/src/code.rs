//! The 8 letters of an invitation, as a person types them on a phone in pain.

use core::fmt;

use sha2::{Digest, Sha256};

/// No 0, O, 1 or I: 32 letters and digits that are not mistaken for one another.
pub const CODE_LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many of them a code has: 32^8, about 10^12.
pub const CODE_LENGTH: usize = 8;

/// An invitation's code, in capital letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; CODE_LENGTH]);

/// What the server keeps instead of the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct CodeHash(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// What was typed is no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotACode {
    /// Not 8 letters and digits.
    #[error("En kode har 8 tegn. Du har skrevet {0}.")]
    Length(usize),
    /// A sign that no code has.
    #[error("Tegnet {0} er ikke med i nogen kode. Se efter igen.")]
    Letter(char),
}

impl Code {
    /// The code that these 8 random bytes make; each letter is equally likely.
    pub fn from_chance(bytes: [u8; CODE_LENGTH]) -> Self {
        Self(bytes.map(|byte| CODE_LETTERS[usize::from(byte) % CODE_LETTERS.len()]))
    }

    /// Reads what a person typed: small letters, spaces and hyphens are forgiven.
    ///
    /// # Errors
    /// [`NotACode`], with what to look at.
    pub fn read(typed: &str) -> Result<Self, NotACode> {
        let mut code = [0; CODE_LENGTH];
        let mut length = 0;
        for letter in typed.chars().filter(|c| !c.is_whitespace() && !"-–.".contains(*c)) {
            let capital = letter.to_ascii_uppercase();
            let byte = u8::try_from(capital).ok().filter(|byte| CODE_LETTERS.contains(byte));
            let byte = byte.ok_or(NotACode::Letter(letter))?;
            if let Some(place) = code.get_mut(length) {
                *place = byte;
            }
            length += 1;
        }
        if length == CODE_LENGTH { Ok(Self(code)) } else { Err(NotACode::Length(length)) }
    }

    /// What the server keeps.
    pub fn hash(&self) -> CodeHash {
        CodeHash(
            Sha256::new().chain_update(b"medspil code 1").chain_update(self.0).finalize().into(),
        )
    }
}

/// Two groups of four, as it is shown and read aloud.
impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.iter().enumerate() {
            if place == CODE_LENGTH / 2 {
                write!(out, " ")?;
            }
            write!(out, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

/// A code is a secret: it does not stand in a log by accident.
impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Code(********)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::from_chance([0, 1, 2, 3, 28, 29, 30, 31]);
        assert_eq!(code.to_string(), "2345 WXYZ");
        for typed in ["2345WXYZ", "2345 wxyz", " 2345-wXyZ ", "2 3 4 5 w x y z"] {
            assert_eq!(Code::read(typed), Ok(code), "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_says_why() {
        assert_eq!(Code::read("2345WXY"), Err(NotACode::Length(7)));
        assert_eq!(Code::read("2345WXYZ2"), Err(NotACode::Length(9)));
        assert_eq!(Code::read("2345WXY0"), Err(NotACode::Letter('0')));
        assert_eq!(Code::read("2345WXYå"), Err(NotACode::Letter('å')));
        assert_eq!(Code::read(""), Err(NotACode::Length(0)));
    }
}
