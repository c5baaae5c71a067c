//! Reads a case and its fields in their order, as minicbor's derive writes them.
//!
//! The reader that the derive makes is written out for every field of every case, in both forms an
//! array can have: for [`Tell`](crate::message::Tell) alone 16 KB of the program.

use minicbor::decode::{Decode, Decoder, Error};

/// The fields of one case that have not been read yet.
pub struct Fields<'a, 'b> {
    bytes: &'a mut Decoder<'b>,
    left: u64,
}

impl<'a, 'b> Fields<'a, 'b> {
    /// The number of the case, and its fields.
    ///
    /// # Errors
    /// When it is no case with fields.
    pub fn of_case(bytes: &'a mut Decoder<'b>) -> Result<(u64, Self), Error> {
        let is_case = bytes.array()? == Some(2);
        let case = bytes.u64()?;
        match bytes.array()? {
            Some(left) if is_case => Ok((case, Self { bytes, left })),
            _ => Err(Error::message("no case with fields")),
        }
    }

    /// The fields of what has only one case.
    ///
    /// # Errors
    /// When it has no fields.
    pub fn of(bytes: &'a mut Decoder<'b>) -> Result<Self, Error> {
        match bytes.array()? {
            Some(left) => Ok(Self { bytes, left }),
            None => Err(Error::message("no fields")),
        }
    }

    /// The next field. One that is missing, from an older writer, is what it is when it is not there.
    ///
    /// # Errors
    /// When it is something else, or is missing and must not be.
    #[inline(never)]
    pub fn take<T: Decode<'b, ()>>(&mut self) -> Result<T, Error> {
        if self.left == 0 {
            return T::nil().ok_or_else(|| Error::message("a field is missing"));
        }
        self.left -= 1;
        self.bytes.decode()
    }

    /// The next field, where a newer writer may have put a case that this reader does not know: `None` for
    /// that, and for a field that is missing.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn take_if_known<T: Decode<'b, ()>>(&mut self) -> Result<Option<T>, Error> {
        self.take::<Known<T>>().map(|known| known.0)
    }

    /// The next field, a list: those of it that this reader knows, and how many it does not.
    ///
    /// # Errors
    /// When it is no list, or cannot be read at all.
    pub fn take_known<T: Decode<'b, ()>>(&mut self) -> Result<(Vec<T>, usize), Error> {
        let all: Vec<Known<T>> = self.take()?;
        let count = all.len();
        let known: Vec<T> = all.into_iter().filter_map(|one| one.0).collect();
        let later = count - known.len();
        Ok((known, later))
    }

    /// Passes over one field that this reader knows nothing of.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn pass_over(&mut self) -> Result<(), Error> {
        if self.left > 0 {
            self.left -= 1;
            self.bytes.skip()?;
        }
        Ok(())
    }

    /// Passes over what a newer writer has added.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn end(self) -> Result<(), Error> {
        (0..self.left).try_for_each(|_| self.bytes.skip())
    }
}

/// What may be from a newer writer: passed over where this reader does not know it.
struct Known<T>(Option<T>);

impl<'b, T: Decode<'b, ()>> Decode<'b, ()> for Known<T> {
    fn decode(bytes: &mut Decoder<'b>, _: &mut ()) -> Result<Self, Error> {
        let start = bytes.position();
        let known = bytes.decode().ok();
        // A reader that stops half-way stands somewhere inside.
        bytes.set_position(start);
        bytes.skip()?;
        Ok(Self(known))
    }

    fn nil() -> Option<Self> {
        Some(Self(None))
    }
}

/// Has a struct read field by field, in the order of their numbers, which have no gaps.
#[macro_export]
macro_rules! read_in_order {
    ($name:ident { $($field:ident),* }) => {
        impl<'b> minicbor::Decode<'b, ()> for $name {
            fn decode(
                bytes: &mut minicbor::Decoder<'b>,
                _: &mut (),
            ) -> Result<Self, minicbor::decode::Error> {
                let mut fields = $crate::message::Fields::of(bytes)?;
                let read = Self { $($field: fields.take()?),* };
                fields.end()?;
                Ok(read)
            }
        }
    };
}
