//! Downloads as tar batches.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

use bytes::BytesMut;
use hyper::{Body, Request};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

use super::files::PartialFile;
use super::progress::{Counter, Progress};
use super::reader::Verified;
use super::{tar_reader, MOST_IDS};
use crate::client::Client;
use crate::error::Error;
use crate::http::Answer;
use crate::types::OnMissing;
use crate::values::BlobId;

/// A download that has not begun: set what is optional, and `.await` it. Made by
/// [`Client::download`].
///
/// ```no_run
/// # async fn example(client: rpcstore_client::Client, ids: Vec<rpcstore_client::BlobId>) -> Result<(), rpcstore_client::Error> {
/// let mut blobs = client.download(ids).skip_missing().await?;
/// while let Some(mut blob) = blobs.next().await? {
///     let mut file = tokio::fs::File::create(blob.id().to_string()).await?;
///     tokio::io::copy(&mut blob, &mut file).await?;
/// }
///
/// println!("not there: {:?}", blobs.missing());
/// # Ok(())
/// # }
/// ```
#[must_use = "a download does nothing unless it is awaited"]
pub struct Download {
    client: Client,
    ids: Vec<BlobId>,
    skips_missing: bool,
    counter: Counter,
}

impl Download {
    pub(crate) fn new(client: Client, ids: Vec<BlobId>) -> Self {
        Self {
            client,
            ids,
            skips_missing: false,
            counter: Counter::default(),
        }
    }

    /// Leaves out blobs that are not there, and tells them by [`Downloading::missing`]. Without it
    /// they are the error [`ErrorKind::NotFound`](crate::ErrorKind::NotFound).
    pub fn skip_missing(mut self) -> Self {
        self.skips_missing = true;
        self
    }

    /// Calls `listener` as it goes on.
    pub fn progress(mut self, listener: impl FnMut(Progress) + Send + 'static) -> Self {
        self.counter.listen(Box::new(listener));
        self
    }

    /// Writes each blob to a file in `folder` that is named by its id. A file is there when it is
    /// whole and right, and not before; of a blob whose bytes are wrong nothing is kept. The folder
    /// is made when it is missing.
    ///
    /// Gives the blobs that were not there, which is nothing without [`Self::skip_missing`].
    ///
    /// # Errors
    ///
    /// Those of [`Downloading::next`], and [`Error::Io`] when a file cannot be written.
    pub async fn into_folder(self, folder: impl AsRef<Path>) -> Result<Vec<BlobId>, Error> {
        let folder = folder.as_ref();
        tokio::fs::create_dir_all(folder).await?;
        let mut blobs = self.await?;
        while let Some(mut blob) = blobs.next().await? {
            let mut file = PartialFile::create(folder.join(blob.id().to_string())).await?;
            tokio::io::copy(&mut blob, file.writer()).await?;
            file.commit().await?;
        }

        Ok(blobs.missing)
    }

    async fn start(mut self) -> Result<Downloading, Error> {
        let limits = self.client.limits().await?;
        let chunk = usize::try_from(limits.max_batch_entries)
            .unwrap_or(MOST_IDS)
            .clamp(1, MOST_IDS);
        self.counter.expect(self.ids.len() as u64, 0);
        let mut downloading = Downloading {
            client: self.client,
            ids: self.ids,
            next: 0,
            chunk,
            chunk_end: 0,
            skips_missing: self.skips_missing,
            counter: self.counter,
            answer: None,
            current: None,
            missing: Vec::new(),
            is_broken: false,
        };
        downloading.open().await?;
        Ok(downloading)
    }
}

impl IntoFuture for Download {
    type Output = Result<Downloading, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.start())
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("ids", &self.ids.len())
            .finish_non_exhaustive()
    }
}

/// A download that is under way: the blobs, one after the other, in the order asked. Dropping it
/// ends the download.
pub struct Downloading {
    client: Client,
    ids: Vec<BlobId>,
    next: usize,
    chunk: usize,
    chunk_end: usize,
    skips_missing: bool,
    counter: Counter,
    answer: Option<Answer>,
    current: Option<Verified>,
    missing: Vec<BlobId>,
    is_broken: bool,
}

impl Downloading {
    /// The next blob; `None` at the end. What was not read of the one before is passed over, and
    /// verified all the same.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`]: the bytes of the blob before are wrong. [`Error::Protocol`]: the answer
    /// is no tar batch, or has blobs that were not asked for. [`Error::ConnectionLost`];
    /// [`Error::Rpc`]. Nothing more comes after an error, nor after a call that was dropped before
    /// it ended.
    pub async fn next(&mut self) -> Result<Option<DownloadedBlob<'_>>, Error> {
        if self.is_broken {
            return Err(Error::invalid(
                "this download has failed, or was broken off",
            ));
        }

        // Until it is known to be well: whoever drops the future in the middle leaves the stream in
        // the middle of something.
        self.is_broken = true;
        let is_there = self.advance().await?;
        self.is_broken = false;
        Ok(if is_there {
            Some(DownloadedBlob { download: self })
        } else {
            None
        })
    }

    /// The blobs that were not there, of those that have been passed so far.
    pub fn missing(&self) -> &[BlobId] {
        &self.missing
    }

    async fn advance(&mut self) -> Result<bool, Error> {
        self.finish_current().await?;
        loop {
            if self.answer.is_none() && !self.open().await? {
                self.counter.expect_no_more();
                return Ok(false);
            }

            let Some(answer) = &mut self.answer else {
                continue;
            };
            match tar_reader::next(answer).await? {
                Some(header) => {
                    let id = header
                        .name
                        .parse()
                        .map_err(|e| Error::protocol(format!("in its answer {e}")))?;
                    self.pass_missing(Some(id))?;
                    if self.next == self.chunk_end {
                        return Err(Error::protocol(format!(
                            "the answer has the blob {id}, which was not asked for there"
                        )));
                    }

                    self.next += 1;
                    self.counter.expect(0, header.size);
                    self.current = Some(Verified::new(id, header.size));
                    return Ok(true);
                }
                None => {
                    tar_reader::finish(answer).await?;
                    self.answer = None;
                    self.pass_missing(None)?;
                }
            }
        }
    }

    /// Asks for the next chunk; false when there is none.
    async fn open(&mut self) -> Result<bool, Error> {
        if self.next == self.ids.len() {
            return Ok(false);
        }

        self.chunk_end = self.ids.len().min(self.next + self.chunk);
        let on_missing = if self.skips_missing {
            OnMissing::Skip
        } else {
            OnMissing::Error
        };
        let transfer = self
            .client
            .blobs()
            .download(&self.ids[self.next..self.chunk_end])
            .on_missing(on_missing)
            .await?;
        let url = transfer
            .url
            .ok_or_else(|| Error::protocol("a new transfer has no URL"))?;

        // The URL is the permission.
        let inner = &self.client.inner;
        let answer = inner
            .http
            .send(inner, Request::get(url).body(Body::empty()), None)
            .await?;
        self.answer = Some(inner.http.expect_success(answer).await?);
        Ok(true)
    }

    fn pass_missing(&mut self, until: Option<BlobId>) -> Result<(), Error> {
        while self.next < self.chunk_end && Some(self.ids[self.next]) != until {
            let id = self.ids[self.next];
            if !self.skips_missing {
                return Err(Error::protocol(format!("the answer lacks the blob {id}")));
            }

            self.missing.push(id);
            self.counter.done(1);
            self.next += 1;
        }

        Ok(())
    }

    async fn finish_current(&mut self) -> Result<(), Error> {
        while std::future::poll_fn(|cx| self.poll_skip(cx)).await? > 0 {}
        if let (Some(current), Some(answer)) = (self.current.take(), &mut self.answer) {
            tar_reader::skip_padding(answer, current.size).await?;
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

impl fmt::Debug for Downloading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Downloading")
            .field("ids", &self.ids.len())
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// A blob that comes, as an [`AsyncRead`].
///
/// Its last bytes are given out only when all of its bytes have the right digest. Otherwise the
/// read fails with [`Error::Corrupt`] inside an [`io::Error`], which `?` turns into an [`Error`]
/// again: whoever sees an end without an error has the blob.
pub struct DownloadedBlob<'d> {
    download: &'d mut Downloading,
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
    /// [`Error::Invalid`]: it has more. Otherwise those of [`Downloading::next`].
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
        // It is there for as long as this borrows the download.
        match &self.download.current {
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
        self.download.poll_read(cx, buffer)
    }
}

impl fmt::Debug for DownloadedBlob<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DownloadedBlob({}, {} bytes)", self.id(), self.size())
    }
}
