//! The answer to an HTTP request, and its body as a stream of bytes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes, BytesMut};
use hyper::body::HttpBody;
use hyper::client::conn::SendRequest;
use hyper::{Body, HeaderMap, Response, StatusCode};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::pool::lost;
use crate::client::Inner;
use crate::error::Error;

/// An answer. When its body was read to the end, its connection is free for the next request.
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    chunk: Bytes,
    connection: Option<(Arc<Inner>, SendRequest<Body>)>,
}

impl Answer {
    pub(super) fn new(
        inner: &Arc<Inner>,
        response: Response<Body>,
        sender: SendRequest<Body>,
    ) -> Self {
        Self {
            connection: Some((Arc::clone(inner), sender)),
            ..Self::lonely(inner, response)
        }
    }

    /// An answer whose connection is not used again.
    pub(super) fn lonely(_: &Arc<Inner>, response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status,
            headers: parts.headers,
            body,
            chunk: Bytes::new(),
            connection: None,
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body, if it has no more bytes than that.
    pub(crate) async fn read_all(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = std::future::poll_fn(|cx| self.poll_chunk(cx)).await? {
            if all.len() + chunk.len() > limit {
                return Err(Error::protocol(format!(
                    "an answer has more than {limit} bytes (max_message_bytes)"
                )));
            }

            all.extend_from_slice(&chunk);
        }

        Ok(all.freeze())
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Error>> {
        match Pin::new(&mut self.body).poll_data(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(Ok(chunk))) => Poll::Ready(Ok(Some(chunk))),
            Poll::Ready(Some(Err(e))) => {
                self.connection = None;
                Poll::Ready(Err(lost(&e)))
            }
            Poll::Ready(None) => {
                if let Some((inner, sender)) = self.connection.take() {
                    inner.http.put(sender);
                }

                Poll::Ready(Ok(None))
            }
        }
    }
}

impl AsyncBufRead for Answer {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.chunk.is_empty() {
            match this.poll_chunk(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(Some(chunk))) => this.chunk = chunk,
                Poll::Ready(Ok(None)) => break,
                Poll::Ready(Err(e)) => return Poll::Ready(Err(e.into_io())),
            }
        }

        Poll::Ready(Ok(&this.chunk))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        self.get_mut().chunk.advance(count);
    }
}

impl AsyncRead for Answer {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let available = match self.as_mut().poll_fill_buf(cx) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Ok(available)) => available,
            Poll::Ready(Err(e)) => return Poll::Ready(Err(e)),
        };
        let count = available.len().min(buffer.remaining());
        buffer.put_slice(&available[..count]);
        self.consume(count);
        Poll::Ready(Ok(()))
    }
}
