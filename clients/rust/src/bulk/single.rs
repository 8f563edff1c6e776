//! One blob over HTTP, and batches that exist as tar already.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE};
use hyper::{Body, Request};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

use super::body;
use super::exact::Exact;
use super::reader::Verified;
use crate::client::Client;
use crate::error::Error;
use crate::http::Answer;
use crate::login;
use crate::types::{BatchResult, BlobStored};
use crate::values::BlobId;

impl Client {
    /// Reads one blob of any size as a stream, verified.
    ///
    /// ```no_run
    /// # async fn example(client: rpcstore_client::Client, id: rpcstore_client::BlobId) -> Result<(), rpcstore_client::Error> {
    /// let mut blob = client.open(id).await?;
    /// tokio::io::copy(&mut blob, &mut tokio::io::sink()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound), and those of a connection.
    pub async fn open(&self, id: BlobId) -> Result<BlobReader, Error> {
        let inner = &self.inner;
        let token = login::token_for_http(inner).await?;
        let request = || Request::get(format!("/blobs/{id}")).body(Body::empty());
        let answer = inner
            .http
            .send_again(inner, request, token.as_deref())
            .await?;
        let answer = inner.http.expect_success(answer).await?;
        let length = answer
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let size = length.ok_or_else(|| Error::protocol("it did not say how long the blob is"))?;
        Ok(BlobReader {
            answer,
            blob: Verified::new(id, size),
        })
    }

    /// Stores one blob of any size out of a stream. The server verifies it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DigestMismatch`](crate::ErrorKind::DigestMismatch): the bytes are others.
    /// [`Error::Io`]: the reader failed, or gave fewer or more bytes than `size`.
    pub async fn put_from(
        &self,
        id: BlobId,
        size: u64,
        reader: impl AsyncRead + Unpin + Send,
    ) -> Result<BlobStored, Error> {
        let request = Request::put(format!("/blobs/{id}"))
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(CONTENT_LENGTH, size);
        let exact = Exact::new(reader, size);
        let produce = |sender| body::copy(exact, sender, |_| ());
        body::send(&self.inner, request, produce).await?.read()
    }

    /// Stores a tar batch (spec/tar-batch.md), plain or compressed with gzip, as it is.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidParams`](crate::ErrorKind::InvalidParams): it is no tar batch. An entry
    /// that is wrong is no error, and stands in the result.
    pub async fn upload_tar(
        &self,
        reader: impl AsyncRead + Unpin + Send,
    ) -> Result<BatchResult, Error> {
        let request = Request::post("/blobs").header(CONTENT_TYPE, "application/x-tar");
        let produce = |sender| body::copy(reader, sender, |_| ());
        body::send(&self.inner, request, produce).await?.read()
    }
}

/// One blob as an [`AsyncRead`]; made by [`Client::open`]. The last bytes are given out only when
/// all of its bytes have the right digest; otherwise the read fails with [`Error::Corrupt`] inside
/// an [`io::Error`].
pub struct BlobReader {
    answer: Answer,
    blob: Verified,
}

impl BlobReader {
    /// Its id.
    pub fn id(&self) -> BlobId {
        self.blob.id
    }

    /// Its bytes, as the server says; no more and no fewer are read.
    pub fn size(&self) -> u64 {
        self.blob.size
    }

    /// Whether all of it has been read and is right.
    pub fn is_whole(&self) -> bool {
        self.blob.is_whole()
    }

    /// The whole blob in memory, if it has no more than so many bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`]: it has more. [`Error::Corrupt`] and [`Error::ConnectionLost`].
    pub async fn bytes(mut self, most: u64) -> Result<Vec<u8>, Error> {
        if self.size() > most {
            return Err(Error::invalid(format!(
                "the blob {} has {} bytes, more than {most}",
                self.id(),
                self.size()
            )));
        }

        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes).await?;
        Ok(bytes)
    }
}

impl AsyncRead for BlobReader {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.blob
            .poll_read(cx, Pin::new(&mut this.answer), buffer)
            .map_ok(|_| ())
    }
}

impl fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobReader({}, {} bytes)", self.id(), self.size())
    }
}
