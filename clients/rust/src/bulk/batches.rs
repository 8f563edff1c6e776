//! The batches of an upload: what is sent of each, and what became of it.

use std::collections::HashSet;

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE};
use hyper::Request;

use super::batch_writer::{self, Entry};
use super::body;
use super::hashing::Hashed;
use super::progress::Counter;
use super::report::{UploadReport, UploadStatus, UploadedBlob};
use crate::client::Client;
use crate::error::{Error, RpcError};
use crate::tar::pieces;
use crate::types::{BatchEntryStatus, BatchResult, Transfer};
use crate::values::BlobId;

/// Hears what became of each blob.
pub(super) type Listener = Box<dyn FnMut(&UploadedBlob) + Send>;

/// What became of an entry, and why.
type Outcome = (UploadStatus, Option<String>);

/// Sends chunks of an upload, and reports.
pub(super) struct Batches {
    pub(super) client: Client,
    pub(super) counter: Counter,
    pub(super) each: Option<Listener>,
    pub(super) report: UploadReport,
}

impl Batches {
    /// Sends what the server does not have of a chunk.
    pub(super) async fn send(&mut self, chunk: Vec<Hashed>) -> Result<(), Error> {
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
            .header(CONTENT_LENGTH, batch_writer::length_of(&entries));
        let (sender, mut written) = pieces();
        let writing = tokio::task::spawn_blocking(move || batch_writer::write(entries, &sender));
        let counter = &mut self.counter;
        let received = body::send(&self.client.inner, request, |mut sender| async move {
            while let Some(piece) = written.recv().await {
                if !sender.push(piece.bytes).await {
                    return Ok(());
                }

                counter.moved(piece.content);
            }

            sender.finish();
            Ok(())
        })
        .await?;

        // An error that ended the batch comes with a status of its own and the results before it.
        let Ok(result) = serde_json::from_slice::<BatchResult>(&received.json) else {
            return Err(match received.read::<BatchResult>() {
                Err(e) => e,
                Ok(_) => Error::protocol("the answer is no result of a batch"),
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
                .unwrap_or_else(|| RpcError::from_status(received.status.as_u16()))
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
