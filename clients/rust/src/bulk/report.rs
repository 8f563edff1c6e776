//! What became of an upload.

use crate::values::BlobId;

/// Blobs that failed, of which a report tells the first.
const MOST_FAILURES: usize = 1000;

/// What became of one blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UploadStatus {
    /// It was stored.
    Stored,
    /// It was on the server before.
    Existing,
    /// It is the same as one before it in this upload.
    Duplicate,
    /// Its bytes changed on the way.
    Mismatch,
    /// The server does not take it, as when it is too large.
    Invalid,
    /// It could not be read here.
    Unreadable,
}

/// One blob of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadedBlob {
    /// The name of its source.
    pub name: String,
    /// Its id; `None` if it could not be read.
    pub id: Option<BlobId>,
    /// Its bytes.
    pub size: u64,
    /// What became of it.
    pub status: UploadStatus,
    /// Why it failed, for a person.
    pub reason: Option<String>,
}

impl UploadedBlob {
    /// Whether it is on the server now.
    pub fn is_on_server(&self) -> bool {
        matches!(
            self.status,
            UploadStatus::Stored | UploadStatus::Existing | UploadStatus::Duplicate
        )
    }
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct UploadReport {
    /// Blobs that were stored.
    pub stored: u64,
    /// Bytes of these.
    pub stored_bytes: u64,
    /// Blobs that were on the server before, or came twice.
    pub existing: u64,
    /// Blobs that are not on the server.
    pub failed: u64,
    /// The first 1,000 of these, and why.
    pub failures: Vec<UploadedBlob>,
}

impl UploadReport {
    pub(super) fn add(&mut self, blob: UploadedBlob) {
        if !blob.is_on_server() {
            self.failed += 1;
            if self.failures.len() < MOST_FAILURES {
                self.failures.push(blob);
            }
        } else if blob.status == UploadStatus::Stored {
            self.stored += 1;
            self.stored_bytes += blob.size;
        } else {
            self.existing += 1;
        }
    }
}
