//! A connection that is watched: what it moves, and that whoever is answered reads it. Without this a client that
//! never reads holds its answer for ever.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::places::Place;

/// Who does not take [`STALL_BYTES`] of what waits for them in this time is let go: a hundredth of what a phone
/// moves where there is hardly a network.
const STALL_SECONDS: u64 = 30;
const STALL_BYTES: usize = 4 * 1024;

pub(crate) struct Watched<S> {
    stream: S,
    place: Arc<Place>,
    stall: Option<Stall>,
}

/// Something has been waiting to be read since.
struct Stall {
    over: Pin<Box<Sleep>>,
    taken: usize,
}

impl<S> Watched<S> {
    pub(crate) fn new(stream: S, place: Arc<Place>) -> Self {
        Self { stream, place, stall: None }
    }

    /// What became of an attempt to write this much.
    fn wrote(
        &mut self,
        context: &mut Context<'_>,
        wanted: usize,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            let count = *written.as_ref().unwrap_or(&0);
            self.place.moved(count);
            let taken = self.stall.as_mut().map_or(0, |stall| {
                stall.taken += count;
                stall.taken
            });
            if count >= wanted || taken >= STALL_BYTES {
                self.stall = None;
            }
            return Poll::Ready(written);
        }
        let stall = self.stall.get_or_insert_with(|| Stall {
            over: Box::pin(sleep(Duration::from_secs(STALL_SECONDS))),
            taken: 0,
        });
        ready!(stall.over.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let count = buffer.filled().len() - before;
        self.place.moved(count);
        if !self.place.reads(count) {
            return Poll::Ready(Err(ErrorKind::QuotaExceeded.into()));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(context, bytes.len(), written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wanted = pieces.iter().map(|piece| piece.len()).sum();
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.wrote(context, wanted, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::Instant;

    use super::*;
    use crate::block::UNKNOWN;
    use crate::places::{Places, Room};

    fn connection(buffer: usize) -> (Watched<DuplexStream>, DuplexStream) {
        let place = Places::new(Room::new(10, 1000)).enter(UNKNOWN).unwrap();
        let (ours, theirs) = duplex(buffer);
        (Watched::new(ours, place), theirs)
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_read_is_let_go() {
        let (mut ours, _theirs) = connection(1024);
        let start = Instant::now();
        let written = ours.write_all(&[0; 100_000]).await;
        assert_eq!(written.unwrap_err().kind(), ErrorKind::TimedOut);
        assert_eq!(start.elapsed().as_secs(), STALL_SECONDS);
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_a_byte_now_and_then_is_let_go_too() {
        let (mut ours, mut theirs) = connection(1024);
        let reads = async {
            while theirs.read_u8().await.is_ok() {
                sleep(Duration::from_secs(1)).await;
            }
        };
        let start = Instant::now();
        let written = async { ours.write_all(&[0; 100_000]).await };
        tokio::select! {
            () = reads => panic!("cut off by them"),
            written = written => assert_eq!(written.unwrap_err().kind(), ErrorKind::TimedOut),
        }
        assert_eq!(start.elapsed().as_secs(), STALL_SECONDS);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_phone_is_waited_for() {
        let (mut ours, mut theirs) = connection(1024);
        let reads = async {
            let mut piece = [0; 1024];
            while theirs.read_exact(&mut piece).await.is_ok() {
                sleep(Duration::from_secs(5)).await;
            }
        };
        tokio::select! {
            () = reads => panic!("cut off by them"),
            written = ours.write_all(&[0; 100_000]) => written.unwrap(),
        }
    }

    #[tokio::test]
    async fn a_stranger_s_socket_is_read_so_far_and_somebody_s_to_its_end() {
        let (mut ours, mut theirs) = connection(100_000);
        ours.place.is_live();
        theirs.write_all(&[0; 50_000]).await.unwrap();
        let mut all = vec![0; 50_000];
        let read = ours.read_exact(&mut all).await;
        assert_eq!(read.unwrap_err().kind(), ErrorKind::QuotaExceeded);

        let (mut ours, mut theirs) = connection(100_000);
        ours.place.is_live();
        assert!(ours.place.take());
        theirs.write_all(&[0; 50_000]).await.unwrap();
        ours.read_exact(&mut all).await.unwrap();
    }
}
