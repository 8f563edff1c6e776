//! A flist, or a file of one, that comes.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

use hyper::header::{CONTENT_LENGTH, ETAG, TRANSFER_ENCODING};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::end::End;
use crate::bulk::{Counter, Verified};
use crate::error::Error;
use crate::http::Answer;
use crate::values::BlobId;

/// What comes, as an [`AsyncRead`]; made by awaiting a [`FlistDownload`](crate::FlistDownload).
///
/// Whoever sees an end without an error has all of it. A `.fl` file is held against its digest, and
/// its last bytes are given out only when it is right; of a tar the end has to be there, of anything
/// else as many bytes as the server said. What is wrong is an [`Error`] inside an [`io::Error`],
/// which `?` turns into an [`Error`] again.
pub struct FlistReader {
    answer: Answer,
    size: Option<u64>,
    check: Check,
    counter: Counter,
    is_whole: bool,
}

enum Check {
    Digest(Verified),
    End(End),
}

impl FlistReader {
    /// A `.fl` file.
    pub(super) fn file(answer: Answer, counter: Counter) -> Result<Self, Error> {
        let size = length_of(&answer)?;
        let digest = answer.headers().get(ETAG).and_then(|tag| {
            let tag = tag.to_str().ok()?.strip_prefix('"')?.strip_suffix('"')?;
            tag.parse::<BlobId>().ok()
        });
        let (Some(digest), Some(length)) = (digest, size) else {
            return Err(Error::protocol(
                "it did not say which digest the flist has, and how long it is",
            ));
        };
        let check = Check::Digest(Verified::new(digest, length));
        Ok(Self::new(answer, size, check, counter))
    }

    /// Something that ends as it has to.
    pub(super) fn ending(answer: Answer, end: End, counter: Counter) -> Result<Self, Error> {
        let size = length_of(&answer)?;
        Ok(Self::new(answer, size, Check::End(end), counter))
    }

    fn new(answer: Answer, size: Option<u64>, check: Check, mut counter: Counter) -> Self {
        counter.expect(1, size.unwrap_or(0));
        if size.is_some() {
            counter.expect_no_more();
        }

        Self {
            answer,
            size,
            check,
            counter,
            is_whole: false,
        }
    }

    /// Its bytes, as the server says; `None` for an archive, which is made while it is sent.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Whether all of it has been read, and its end has been seen.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn poll_take(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<usize>> {
        let end = match &mut self.check {
            Check::Digest(file) => return file.poll_read(cx, Pin::new(&mut self.answer), buffer),
            Check::End(end) => end,
        };
        let available = ready!(Pin::new(&mut self.answer).poll_fill_buf(cx))?;
        let count = available.len().min(buffer.remaining());
        buffer.put_slice(&available[..count]);
        end.update(&available[..count]);
        if available.is_empty() {
            end.check().map_err(Error::into_io)?;
        }

        Pin::new(&mut self.answer).consume(count);
        Poll::Ready(Ok(count))
    }
}

/// How long an answer is. One that ends when the connection does could have been cut off anywhere.
fn length_of(answer: &Answer) -> Result<Option<u64>, Error> {
    let headers = answer.headers();
    match headers.get(CONTENT_LENGTH) {
        Some(value) => Ok(value.to_str().ok().and_then(|text| text.parse().ok())),
        None if headers.contains_key(TRANSFER_ENCODING) => Ok(None),
        None => Err(Error::protocol("it did not say where its answer ends")),
    }
}

impl AsyncRead for FlistReader {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.is_whole || buffer.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }

        match ready!(this.poll_take(cx, buffer))? {
            0 => {
                this.is_whole = true;
                this.counter.done(1);
                this.counter.expect_no_more();
            }
            count if this.size.is_none() => {
                this.counter.expect(0, count as u64);
                this.counter.moved(count as u64);
            }
            count => this.counter.moved(count as u64),
        }

        Poll::Ready(Ok(()))
    }
}

impl fmt::Debug for FlistReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlistReader")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
