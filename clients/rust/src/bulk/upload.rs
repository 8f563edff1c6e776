//! Uploads as tar batches.

use std::collections::HashSet;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE};
use hyper::Request;
use tokio::sync::mpsc;

use super::body;
use super::hashing::{Hashed, Hashing};
use super::progress::{Counter, Progress};
use super::report::{UploadReport, UploadStatus, UploadedBlob};
use super::source::Source;
use super::tar_writer::{self, Entry};
use super::MOST_IDS;
use crate::client::Client;
use crate::error::{Error, RpcError};
use crate::types::{BatchEntryStatus, BatchResult, Transfer};
use crate::values::{BlobId, DigestFunctionKind};

/// Bytes of blobs in one batch: what is lost at the most when a connection breaks.
const CHUNK_BYTES: u64 = 256 << 20;

/// Hears what became of each blob.
type Listener = Box<dyn FnMut(&UploadedBlob) + Send>;

/// What became of an entry, and why.
type Outcome = (UploadStatus, Option<String>);

/// Pieces that wait to be sent.
const PIECES_AHEAD: usize = 4;

/// An upload that has not begun: set what is optional, and `.await` it. Made by [`Client::upload`].
///
/// Blobs travel in batches. Of each batch those that the server does not have are sent; what a
/// batch stored stays stored also when a later one fails, so that an upload that is begun again
/// goes on where it ended. Memory is bounded, whatever the number and the size of the blobs.
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
        let mut hashing = Hashing::new(self.sources, self.function);
        let mut batches = Batches {
            client: self.client,
            counter: self.counter,
            each: self.each,
            report: UploadReport::default(),
        };
        let mut chunk: Vec<Hashed> = Vec::new();
        let mut chunk_bytes = 0;
        while let Some(next) = hashing.next().await? {
            batches.counter.expect(1, next.size);
            if chunk.len() == items || (!chunk.is_empty() && chunk_bytes + next.size > bytes) {
                batches.send(std::mem::take(&mut chunk)).await?;
                chunk_bytes = 0;
            }

            chunk_bytes += next.size;
            chunk.push(next);
        }

        batches.counter.expect_no_more();
        batches.send(chunk).await?;
        Ok(batches.report)
    }
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

struct Batches {
    client: Client,
    counter: Counter,
    each: Option<Listener>,
    report: UploadReport,
}

impl Batches {
    async fn send(&mut self, chunk: Vec<Hashed>) -> Result<(), Error> {
        let mut seen = HashSet::new();
        let ids: Vec<_> = chunk
            .iter()
            .filter(|blob| blob.failure.is_none() && seen.insert(blob.id))
            .map(|blob| blob.id)
            .collect();
        let mut missing = HashSet::new();
        if !ids.is_empty() {
            missing.extend(self.client.blobs().has(&ids).await?.missing);
        }

        let mut first = missing.clone();
        let entries: Vec<_> = chunk
            .iter()
            .filter(|blob| blob.failure.is_none() && first.remove(&blob.id))
            .map(|blob| Entry {
                id: blob.id,
                size: blob.size,
                content: blob.content.clone(),
            })
            .collect();
        let mut outcomes = Vec::new();
        let mut end = Ok(());
        if !entries.is_empty() {
            let transfer = self.client.blobs().upload().await?;
            let sent = self.transfer(transfer, entries).await?;
            outcomes = sent.0;
            end = sent.1;
        }

        let mut outcomes = outcomes.into_iter();
        seen.clear();
        for blob in chunk {
            let is_first = seen.insert(blob.id);
            let was_sent = blob.failure.is_none() && is_first && missing.contains(&blob.id);
            let (status, reason) = match blob.failure {
                Some(failure) => (UploadStatus::Unreadable, Some(failure)),
                None if was_sent => match outcomes.next() {
                    Some(outcome) => outcome,
                    // The batch ended before this one, with the error that follows.
                    None => continue,
                },
                None if !is_first && missing.contains(&blob.id) => (UploadStatus::Duplicate, None),
                None => (UploadStatus::Existing, None),
            };
            if !was_sent {
                self.counter.moved(blob.size);
            }

            self.counter.done(1);
            let id = (status != UploadStatus::Unreadable).then_some(blob.id);
            let uploaded = UploadedBlob {
                name: blob.name,
                id,
                size: blob.size,
                status,
                reason,
            };
            if let Some(each) = &mut self.each {
                each(&uploaded);
            }

            self.report.add(uploaded);
        }

        end
    }

    /// Sends a batch, and gives what became of its entries and of itself.
    async fn transfer(
        &mut self,
        transfer: Transfer,
        entries: Vec<Entry>,
    ) -> Result<(Vec<Outcome>, Result<(), Error>), Error> {
        let url = transfer
            .url
            .ok_or_else(|| Error::protocol("a new transfer has no URL"))?;
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        let request = Request::put(url)
            .header(CONTENT_TYPE, "application/x-tar")
            .header(CONTENT_LENGTH, tar_writer::length_of(&entries));
        let (pieces, mut written) = mpsc::channel(PIECES_AHEAD);
        let writing = tokio::task::spawn_blocking(move || tar_writer::write(entries, &pieces));
        let counter = &mut self.counter;
        let answer = body::send(&self.client.inner, request, |mut sender| async move {
            while let Some((piece, blob_bytes)) = written.recv().await {
                if !body::push(&mut sender, piece).await {
                    break;
                }

                counter.moved(blob_bytes);
            }

            Ok(())
        })
        .await?;

        let status = answer.status();
        let json = answer
            .read_all(self.client.inner.options.max_message_bytes)
            .await?;
        let Ok(result) = serde_json::from_slice::<BatchResult>(&json) else {
            let error = crate::http::error_of(status.as_u16(), &json);
            return Err(if status.is_success() {
                Error::protocol("the answer is no result of a batch")
            } else {
                error
            });
        };
        let failures = writing.await.map_err(|e| Error::from_io(e.into()))?;
        let end = match &result.error {
            None if result.results.len() == ids.len() => Ok(()),
            None => Err(Error::protocol(
                "the answer has not as many results as there were blobs",
            )),
            Some(error) => Err(serde_json::to_vec(error)
                .ok()
                .and_then(|json| RpcError::parse(&json))
                .unwrap_or_else(|| RpcError::from_status(status.as_u16()))
                .into()),
        };
        Ok((outcomes(&ids, failures, result)?, end))
    }
}

fn outcomes(
    ids: &[BlobId],
    failures: Vec<Option<String>>,
    result: BatchResult,
) -> Result<Vec<Outcome>, Error> {
    let mut failures = failures.into_iter().chain(std::iter::repeat(None));
    let mut expected = ids.iter();
    let mut outcomes = Vec::with_capacity(ids.len());
    for entry in result.results {
        if expected.next().map(BlobId::to_string).as_deref() != Some(&entry.id) {
            return Err(Error::protocol(format!(
                "the answer has a result for '{}', which was not sent there",
                entry.id
            )));
        }

        let failure = failures.next().flatten();
        outcomes.push(match entry.status {
            BatchEntryStatus::Stored => (UploadStatus::Stored, None),
            BatchEntryStatus::Existing => (UploadStatus::Existing, None),
            BatchEntryStatus::Mismatch if failure.is_some() => (UploadStatus::Unreadable, failure),
            BatchEntryStatus::Mismatch => (UploadStatus::Mismatch, entry.reason),
            _ => (UploadStatus::Invalid, entry.reason),
        });
    }

    Ok(outcomes)
}
