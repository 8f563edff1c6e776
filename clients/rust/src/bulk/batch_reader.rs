//! A tar batch that comes: its blobs, one after the other, each held against its id.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

use super::progress::Counter;
use super::reader::Verified;
use crate::error::Error;
use crate::http::Answer;
use crate::tar::reader;
use crate::values::BlobId;

/// What gives the blobs of batches, and counts them.
pub(crate) struct BatchReader {
    pub(crate) counter: Counter,
    answer: Option<Answer>,
    current: Option<Verified>,
    is_broken: bool,
}

impl BatchReader {
    pub(crate) fn new(counter: Counter) -> Self {
        Self {
            counter,
            answer: None,
            current: None,
            is_broken: false,
        }
    }

    /// Begins with a batch.
    pub(crate) fn begin(&mut self, answer: Answer) {
        self.answer = Some(answer);
    }

    /// What is to be done first by whatever may fail, or be dropped, in the middle: then nothing
    /// more can be had.
    pub(crate) fn enter(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.is_broken, true) {
            return Err(Error::invalid(
                "this download has failed, or was broken off",
            ));
        }

        Ok(())
    }

    /// What is to be done when it went well.
    pub(crate) fn leave(&mut self) {
        self.is_broken = false;
    }

    /// The blob that is given out.
    pub(crate) fn blob(&mut self) -> DownloadedBlob<'_> {
        DownloadedBlob { batch: self }
    }

    /// Passes over the rest of the blob before, verifies it, and goes to the next one; `None` at
    /// the end of the batch. It is not given out before [`Self::accept`].
    pub(crate) async fn next(&mut self) -> Result<Option<(BlobId, u64)>, Error> {
        self.finish_blob().await?;
        let Some(answer) = &mut self.answer else {
            return Ok(None);
        };
        match reader::next(answer).await? {
            Some(header) => {
                let id = header
                    .name
                    .parse()
                    .map_err(|e| Error::protocol(format!("in its answer {e}")))?;
                Ok(Some((id, header.size)))
            }
            None => {
                reader::finish(answer).await?;
                self.answer = None;
                Ok(None)
            }
        }
    }

    /// Takes the blob that came.
    pub(crate) fn accept(&mut self, id: BlobId, size: u64) {
        self.current = Some(Verified::new(id, size));
    }

    async fn finish_blob(&mut self) -> Result<(), Error> {
        while std::future::poll_fn(|cx| self.poll_skip(cx)).await? > 0 {}
        if let (Some(current), Some(answer)) = (self.current.take(), &mut self.answer) {
            reader::skip_padding(answer, current.size).await?;
            self.counter.done(1);
        }

        Ok(())
    }

    fn poll_skip(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize, Error>> {
        let (Some(current), Some(answer)) = (&mut self.current, &mut self.answer) else {
            return Poll::Ready(Ok(0));
        };
        let count = ready!(current.poll_take(cx, Pin::new(answer), usize::MAX, |_| ()))?;
        self.counter.moved(count as u64);
        Poll::Ready(Ok(count))
    }

    fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (Some(current), Some(answer)) = (&mut self.current, &mut self.answer) else {
            return Poll::Ready(Ok(()));
        };
        let outcome = ready!(current.poll_read(cx, Pin::new(answer), buffer));
        self.is_broken |= current.failure().is_some();
        self.counter.moved(outcome? as u64);
        Poll::Ready(Ok(()))
    }
}

/// A blob that comes, as an [`AsyncRead`].
///
/// Its last bytes are given out only when all of its bytes have the right digest. Otherwise the
/// read fails with [`Error::Corrupt`] inside an [`io::Error`], which `?` turns into an [`Error`]
/// again: whoever sees an end without an error has the blob.
pub struct DownloadedBlob<'d> {
    batch: &'d mut BatchReader,
}

impl DownloadedBlob<'_> {
    /// Its id.
    pub fn id(&self) -> BlobId {
        self.with(|current| current.id)
    }

    /// Its bytes, as the server says; no more and no fewer are read.
    pub fn size(&self) -> u64 {
        self.with(|current| current.size)
    }

    /// The whole blob in memory, if it has no more than so many bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`]: it has more. Otherwise those of
    /// [`Downloading::next`](crate::Downloading::next).
    pub async fn bytes(mut self, most: u64) -> Result<Vec<u8>, Error> {
        let size = self.size();
        if size > most {
            return Err(Error::invalid(format!(
                "the blob {} has {size} bytes, more than {most}",
                self.id()
            )));
        }

        let mut bytes = BytesMut::new();
        while self.read_buf(&mut bytes).await? > 0 {}
        Ok(bytes.into())
    }

    fn with<T>(&self, get: impl FnOnce(&Verified) -> T) -> T {
        // It is there for as long as this borrows the batch.
        match &self.batch.current {
            Some(current) => get(current),
            None => get(&Verified::new(BlobId::of(b""), 0)),
        }
    }
}

impl AsyncRead for DownloadedBlob<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.batch.poll_read(cx, buffer)
    }
}

impl fmt::Debug for DownloadedBlob<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DownloadedBlob({}, {} bytes)", self.id(), self.size())
    }
}
