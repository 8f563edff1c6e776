//! Holds bytes against the id that they came for.

use std::io;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

use tokio::io::{AsyncBufRead, ReadBuf};

use crate::digest::Hasher;
use crate::error::Error;
use crate::values::BlobId;

/// A blob that comes, and how much of it is still to come.
pub(crate) struct Verified {
    pub(crate) id: BlobId,
    pub(crate) size: u64,
    left: u64,
    hasher: Hasher,
    failure: Option<Error>,
}

impl Verified {
    pub(crate) fn new(id: BlobId, size: u64) -> Self {
        let mut verified = Self {
            id,
            size,
            left: size,
            hasher: Hasher::new(id.function()),
            failure: None,
        };
        if size == 0 {
            verified.verify();
        }

        verified
    }

    pub(crate) fn failure(&self) -> Option<&Error> {
        self.failure.as_ref()
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.left == 0 && self.failure.is_none()
    }

    /// Takes what the source has, at most so many bytes, and gives it to `deliver`. The last bytes
    /// are only delivered when all of them are right. Gives how many there were: 0 at the end.
    pub(crate) fn poll_take(
        &mut self,
        cx: &mut Context<'_>,
        mut source: Pin<&mut impl AsyncBufRead>,
        most: usize,
        deliver: impl FnOnce(&[u8]),
    ) -> Poll<Result<usize, Error>> {
        if let Some(failure) = &self.failure {
            return Poll::Ready(Err(failure.clone()));
        }

        if self.left == 0 || most == 0 {
            return Poll::Ready(Ok(0));
        }

        let outcome = match ready!(source.as_mut().poll_fill_buf(cx)) {
            Ok([]) => Err(Error::lost(format!(
                "the answer ended inside the blob {}",
                self.id
            ))),
            Ok(available) => {
                let count = usize::try_from(self.left)
                    .unwrap_or(usize::MAX)
                    .min(most)
                    .min(available.len());
                self.hasher.update(&available[..count]);
                self.left -= count as u64;
                if self.left == 0 {
                    self.verify();
                }

                if self.failure.is_none() {
                    deliver(&available[..count]);
                }

                Ok(count)
            }
            Err(e) => Err(Error::from_io(e)),
        };
        match (outcome, &self.failure) {
            (Ok(_), Some(failure)) => Poll::Ready(Err(failure.clone())),
            (Ok(count), None) => {
                source.consume(count);
                Poll::Ready(Ok(count))
            }
            (Err(e), _) => {
                self.failure = Some(e.clone());
                Poll::Ready(Err(e))
            }
        }
    }

    /// What [`tokio::io::AsyncRead`] asks for; the second number is how many bytes came.
    pub(crate) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        source: Pin<&mut impl AsyncBufRead>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<usize>> {
        let most = buffer.remaining();
        self.poll_take(cx, source, most, |bytes| buffer.put_slice(bytes))
            .map_err(Error::into_io)
    }

    fn verify(&mut self) {
        let hasher = std::mem::replace(&mut self.hasher, Hasher::new(self.id.function()));
        let actual = hasher.finish();
        if actual != self.id {
            self.failure = Some(Error::Corrupt {
                id: self.id,
                actual,
            });
        }
    }
}
