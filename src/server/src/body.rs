//! The body of a post, as it comes: into one buffer, the pass before the rest, all of it in its time.

use axum::body::{Body, HttpBody};
use bytes::BytesMut;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// For the pass to come.
const PASS_SECONDS: u64 = 10;
/// For all of it to come: half a megabyte, which is what an app sends at once, where there is hardly a network.
const BODY_SECONDS: u64 = 60;

/// Why a body cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unusable {
    /// It did not come in time.
    Late,
    /// It is larger than it may be.
    TooLarge,
    /// It begins with no pass or ends in the middle of something, or the connection did.
    Cut,
}

/// What has come of a body.
pub(crate) struct Incoming {
    body: Body,
    come: BytesMut,
    pass_until: Instant,
    until: Instant,
}

impl Incoming {
    pub(crate) fn new(body: Body) -> Self {
        let now = Instant::now();
        Self {
            body,
            come: BytesMut::new(),
            pass_until: now + Duration::from_secs(PASS_SECONDS),
            until: now + Duration::from_secs(BODY_SECONDS),
        }
    }

    /// The first frame, without its length: the pass.
    pub(crate) async fn first_frame(&mut self, bytes_max: usize) -> Result<BytesMut, Unusable> {
        loop {
            if let Some((length, rest)) = self.come.split_first_chunk::<4>() {
                let length = u32::from_be_bytes(*length) as usize;
                if length > bytes_max {
                    return Err(Unusable::Cut);
                }
                if length <= rest.len() {
                    let _ = self.come.split_to(4);
                    return Ok(self.come.split_to(length));
                }
            }
            if !self.more(self.pass_until).await? {
                return Err(Unusable::Cut);
            }
        }
    }

    /// Everything that follows.
    pub(crate) async fn rest(mut self, bytes_max: usize) -> Result<BytesMut, Unusable> {
        if self.body.size_hint().lower() > bytes_max as u64 {
            return Err(Unusable::TooLarge);
        }
        while self.come.len() <= bytes_max {
            if !self.more(self.until).await? {
                return Ok(self.come);
            }
        }
        Err(Unusable::TooLarge)
    }

    /// Waits for a piece, and says whether there was one. What it came in is let go of at once: a piece may be a
    /// single byte, and what it came in a thousand times as large.
    async fn more(&mut self, until: Instant) -> Result<bool, Unusable> {
        let next = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context));
        match timeout_at(until, next).await {
            Err(_) => Err(Unusable::Late),
            Ok(None) => Ok(false),
            Ok(Some(Err(_))) => Err(Unusable::Cut),
            Ok(Some(Ok(frame))) => {
                if let Some(piece) = frame.data_ref() {
                    // What comes with the pass in one piece is the beginning of the rest.
                    self.come.extend_from_slice(piece);
                }
                Ok(true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::stream;
    use sync::message::join_frames;

    use super::*;

    fn body(pieces: Vec<Vec<u8>>) -> Incoming {
        let pieces = pieces.into_iter().map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece)));
        Incoming::new(Body::from_stream(stream::iter(pieces)))
    }

    fn by_byte() -> Vec<Vec<u8>> {
        join_frames([vec![1, 2, 3], vec![4]]).into_iter().map(|byte| vec![byte]).collect()
    }

    #[tokio::test]
    async fn a_body_that_comes_byte_by_byte_is_read_as_any_other() {
        for pieces in [by_byte(), vec![by_byte().concat()]] {
            let mut incoming = body(pieces);
            assert_eq!(incoming.first_frame(100).await.unwrap(), vec![1, 2, 3]);
            assert_eq!(incoming.rest(100).await.unwrap(), vec![0, 0, 0, 1, 4]);
        }
    }

    #[tokio::test]
    async fn what_comes_in_one_piece_with_the_pass_is_all_there() {
        let mut incoming = body(vec![join_frames([vec![1; 100], vec![7; 20_000]])]);
        assert_eq!(incoming.first_frame(1024).await.unwrap(), vec![1; 100]);
        assert_eq!(incoming.rest(1 << 20).await.unwrap().len(), 4 + 20_000);
    }

    #[tokio::test]
    async fn what_is_too_large_or_cut_is_not_taken_in() {
        let told = body(by_byte()).first_frame(2).await.unwrap_err();
        assert_eq!(told, Unusable::Cut);
        let told = body(by_byte()[..6].to_vec()).first_frame(100).await.unwrap_err();
        assert_eq!(told, Unusable::Cut);
        let mut incoming = body(by_byte());
        incoming.first_frame(100).await.unwrap();
        assert_eq!(incoming.rest(4).await.unwrap_err(), Unusable::TooLarge);
        let mut incoming = body(by_byte());
        incoming.first_frame(100).await.unwrap();
        assert!(incoming.rest(5).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn what_does_not_come_in_time_is_not_waited_for() {
        let begun = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(&[0, 0]))]);
        let never = futures_util::StreamExt::chain(begun, stream::pending());
        let start = Instant::now();
        let told = Incoming::new(Body::from_stream(never)).first_frame(100).await.unwrap_err();
        assert_eq!(told, Unusable::Late);
        assert_eq!(start.elapsed().as_secs(), PASS_SECONDS);
    }
}
