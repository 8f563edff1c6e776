//! Downloads as tar batches.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::path::Path;
use std::pin::Pin;

use hyper::{Body, Request};

use super::batch_reader::{BatchReader, DownloadedBlob};
use super::files;
use super::progress::{Counter, Progress};
use super::MOST_IDS;
use crate::client::Client;
use crate::error::Error;
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
            let path = folder.join(blob.id().to_string());
            files::write(path, &mut blob).await?;
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
            batch: BatchReader::new(self.counter),
            missing: Vec::new(),
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
    batch: BatchReader,
    missing: Vec<BlobId>,
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
        self.batch.enter()?;
        let is_there = self.advance().await?;
        self.batch.leave();
        Ok(if is_there {
            Some(self.batch.blob())
        } else {
            None
        })
    }

    /// The blobs that were not there, of those that have been passed so far.
    pub fn missing(&self) -> &[BlobId] {
        &self.missing
    }

    async fn advance(&mut self) -> Result<bool, Error> {
        loop {
            let Some((id, size)) = self.batch.next().await? else {
                self.pass_missing(None)?;
                if !self.open().await? {
                    self.batch.counter.expect_no_more();
                    return Ok(false);
                }

                continue;
            };
            self.pass_missing(Some(id))?;
            if self.next == self.chunk_end {
                return Err(Error::protocol(format!(
                    "the answer has the blob {id}, which was not asked for there"
                )));
            }

            self.next += 1;
            self.batch.counter.expect(0, size);
            self.batch.accept(id, size);
            return Ok(true);
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
        let answer = inner.http.expect_success(answer).await?;
        self.batch.begin(answer);
        Ok(true)
    }

    fn pass_missing(&mut self, until: Option<BlobId>) -> Result<(), Error> {
        while self.next < self.chunk_end && Some(self.ids[self.next]) != until {
            let id = self.ids[self.next];
            if !self.skips_missing {
                return Err(Error::protocol(format!("the answer lacks the blob {id}")));
            }

            self.missing.push(id);
            self.batch.counter.done(1);
            self.next += 1;
        }

        Ok(())
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
