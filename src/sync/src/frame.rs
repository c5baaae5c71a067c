//! Frames: what one message is wrapped in, and how several travel in one HTTPS body.

use minicbor::{Decode, Encode};

/// The first byte of every frame.
pub const WIRE_VERSION: u8 = 1;
/// No frame is larger: a page of records and a little around it.
pub const FRAME_BYTES_MAX: usize = 1024 * 1024;

/// A frame that is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Beskeden kan ikke læses.")]
pub struct Unreadable;

/// Something that travels as one frame.
pub trait Frame: Sized {
    /// The frame's bytes.
    fn to_frame(&self) -> Vec<u8>;

    /// Reads a frame.
    ///
    /// # Errors
    /// [`Unreadable`] when it is too large, from another wire version, or not this type.
    fn from_frame(bytes: &[u8]) -> Result<Self, Unreadable>;
}

impl<T: Encode<()> + for<'b> Decode<'b, ()>> Frame for T {
    fn to_frame(&self) -> Vec<u8> {
        let mut bytes = vec![WIRE_VERSION];
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    fn from_frame(bytes: &[u8]) -> Result<Self, Unreadable> {
        match bytes.split_first() {
            Some((&WIRE_VERSION, body)) if bytes.len() <= FRAME_BYTES_MAX => {
                minicbor::decode(body).map_err(|_| Unreadable)
            }
            _ => Err(Unreadable),
        }
    }
}

/// Puts frames into one HTTPS body, each behind its length in 4 big-endian bytes.
pub fn join_frames(frames: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut body = Vec::new();
    for frame in frames {
        // No frame is over 1 MB, so the length always fits.
        let length = u32::try_from(frame.len()).unwrap_or(u32::MAX);
        body.extend_from_slice(&length.to_be_bytes());
        body.extend_from_slice(&frame);
    }
    body
}

/// Takes an HTTPS body apart again.
///
/// # Errors
/// [`Unreadable`] when a length does not fit what follows.
pub fn split_frames(mut body: &[u8]) -> Result<Vec<&[u8]>, Unreadable> {
    let mut frames = Vec::new();
    while !body.is_empty() {
        let (length, rest) = body.split_first_chunk::<4>().ok_or(Unreadable)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (frame, rest) = rest.split_at_checked(length).ok_or(Unreadable)?;
        frames.push(frame);
        body = rest;
    }
    Ok(frames)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_in_one_body_come_apart_again() {
        let body = join_frames([vec![1, 2], vec![], vec![3]]);
        assert_eq!(split_frames(&body), Ok(vec![&[1, 2][..], &[], &[3]]));
        assert_eq!(split_frames(&body[..body.len() - 1]), Err(Unreadable));
        assert_eq!(split_frames(&[0xff; 4]), Err(Unreadable));
    }
}
