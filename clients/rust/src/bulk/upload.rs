//! Uploads as tar batches.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::{pin, Pin};
use std::task::Poll;

use super::batches::{Batches, Listener};
use super::chunks::Chunks;
use super::hashing::Hashing;
use super::progress::{Counter, Progress};
use super::report::{UploadReport, UploadedBlob};
use super::source::Source;
use super::MOST_IDS;
use crate::client::Client;
use crate::error::Error;
use crate::values::DigestFunctionKind;

/// Bytes of blobs in one batch: what is lost at the most when a connection breaks.
const CHUNK_BYTES: u64 = 256 << 20;

/// An upload that has not begun: set what is optional, and `.await` it. Made by [`Client::upload`].
///
/// Blobs travel in batches. Of each batch those that the server does not have are sent; what a
/// batch stored stays stored also when a later one fails, so that an upload that is begun again
/// goes on where it ended. Memory is bounded, whatever the number and the size of the blobs: of an
/// iterator that makes bytes as it goes, two batches of at most 256 MiB are held at once.
/// Dropping the future ends the upload.
///
/// ```no_run
/// # async fn example(client: rpcstore_client::Client) -> Result<(), rpcstore_client::Error> {
/// use rpcstore_client::Source;
///
/// let report = client
///     .upload([Source::bytes("hello"), Source::file("photo.jpg")])
///     .progress(|now| eprintln!("{} of {} bytes", now.bytes, now.total_bytes))
///     .each(|blob| println!("{:?} is {}", blob.id, blob.name))
///     .await?;
/// assert_eq!(report.failed, 0);
/// # Ok(())
/// # }
/// ```
#[must_use = "an upload does nothing unless it is awaited"]
pub struct Upload<I> {
    client: Client,
    sources: I,
    function: DigestFunctionKind,
    counter: Counter,
    each: Option<Listener>,
}

impl<I: Iterator<Item = Source> + Send> Upload<I> {
    pub(crate) fn new(client: Client, sources: I) -> Self {
        Self {
            client,
            sources,
            function: DigestFunctionKind::Sha256,
            counter: Counter::default(),
            each: None,
        }
    }

    /// Calls `listener` as it goes on, often: after each piece of at most 256 KiB.
    pub fn progress(mut self, listener: impl FnMut(Progress) + Send + 'static) -> Self {
        self.counter.listen(Box::new(listener));
        self
    }

    /// Calls `listener` with what became of each blob, in the order of the sources, batch by batch.
    pub fn each(mut self, listener: impl FnMut(&UploadedBlob) + Send + 'static) -> Self {
        self.each = Some(Box::new(listener));
        self
    }

    /// The digest that the blobs are named by; SHA-256 unless it is set.
    pub fn digest(mut self, function: DigestFunctionKind) -> Self {
        self.function = function;
        self
    }

    async fn run(self) -> Result<UploadReport, Error> {
        let limits = self.client.limits().await?;
        let items = usize::try_from(limits.max_batch_entries)
            .unwrap_or(MOST_IDS)
            .clamp(1, MOST_IDS);
        let bytes = CHUNK_BYTES.min(limits.max_batch_bytes);
        let hashing = Hashing::new(self.sources, self.function);
        let mut chunks = Chunks::new(hashing, items, bytes);
        let mut batches = Batches {
            client: self.client,
            counter: self.counter,
            each: self.each,
            report: UploadReport::default(),
        };
        let mut chunk = chunks.next().await?;
        while !chunk.is_empty() {
            let total = chunk.iter().map(|blob| blob.size).sum();
            batches.counter.expect(chunk.len() as u64, total);
            if chunks.has_ended() {
                batches.counter.expect_no_more();
            }

            // The next one is hashed while this one is sent.
            chunk = beside(batches.send(chunk), chunks.next()).await?;
        }

        Ok(batches.report)
    }
}

/// Waits for both, and gives what the second one gave. What fails first ends it.
async fn beside<T>(
    first: impl Future<Output = Result<(), Error>>,
    second: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let mut is_done = false;
    let mut value = None;
    std::future::poll_fn(|cx| {
        if !is_done {
            if let Poll::Ready(outcome) = first.as_mut().poll(cx) {
                outcome?;
                is_done = true;
            }
        }

        if value.is_none() {
            if let Poll::Ready(outcome) = second.as_mut().poll(cx) {
                value = Some(outcome?);
            }
        }

        match value.take() {
            Some(value) if is_done => Poll::Ready(Ok(value)),
            unfinished => {
                value = unfinished;
                Poll::Pending
            }
        }
    })
    .await
}

impl<I: Iterator<Item = Source> + Send + 'static> IntoFuture for Upload<I> {
    type Output = Result<UploadReport, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<I> fmt::Debug for Upload<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("function", &self.function)
            .finish_non_exhaustive()
    }
}
