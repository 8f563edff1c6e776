//! Readers whose length was promised.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};

/// A reader that gives as many bytes as were promised, or fails.
pub(crate) struct Exact<R> {
    reader: R,
    left: u64,
}

impl<R> Exact<R> {
    pub(crate) fn new(reader: R, size: u64) -> Self {
        Self { reader, left: size }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Exact<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.reader).poll_read(cx, buffer);
        let count = (buffer.filled().len() - before) as u64;
        match outcome {
            Poll::Ready(Ok(())) if count > self.left => Poll::Ready(Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "there are more bytes than was said",
            ))),
            Poll::Ready(Ok(())) if count == 0 && self.left > 0 => Poll::Ready(Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!("{} bytes are missing", self.left),
            ))),
            outcome => {
                self.left -= count;
                outcome
            }
        }
    }
}
