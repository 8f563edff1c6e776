// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `blobs`.

use super::*;

/// What is known of a stored blob.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobInfo {
    /// The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits
    /// mean BLAKE2b-256.
    pub id: BlobId,
    /// Bytes.
    pub size: u64,
    /// When it was stored (RFC 3339, UTC).
    #[serde(rename = "storedAt")]
    pub stored_at: Timestamp,
}

/// Which blobs are here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobPresence {
    /// Those that are here, in the order asked.
    pub present: Vec<BlobId>,
    /// Those that are not, in the order asked.
    pub missing: Vec<BlobId>,
}

/// What is known of the blobs asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobStats {
    /// Those that are here, in the order asked.
    pub blobs: Vec<BlobInfo>,
    /// Those that are not, in the order asked.
    pub missing: Vec<BlobId>,
}

/// A page of blobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobPage {
    /// In the order of their ids.
    pub blobs: Vec<BlobInfo>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A blob that is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobStored {
    /// The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits
    /// mean BLAKE2b-256.
    pub id: BlobId,
    /// Bytes.
    pub size: u64,
    /// False when it was here before.
    pub stored: bool,
}

/// Bytes of a blob.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobContent {
    /// The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits
    /// mean BLAKE2b-256.
    pub id: BlobId,
    /// Bytes in the whole blob.
    pub size: u64,
    /// Where `data` starts.
    pub offset: u64,
    /// The bytes, in base64 (RFC 4648 section 4, padded).
    pub data: Base64,
}

/// What a check of blobs found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobVerification {
    /// Those that are here and right.
    pub ok: Vec<BlobId>,
    /// Those that are not here.
    pub missing: Vec<BlobId>,
    /// Those whose bytes were wrong; they are in the quarantine now.
    pub corrupt: Vec<BlobId>,
}

/// `referenced`: something needs the blob, it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlobDeletionStatus {
    /// `deleted` on the wire.
    Deleted,
    /// `absent` on the wire.
    Absent,
    /// `referenced` on the wire.
    Referenced,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl BlobDeletionStatus {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Deleted => "deleted",
            Self::Absent => "absent",
            Self::Referenced => "referenced",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for BlobDeletionStatus {
    fn from(value: &str) -> Self {
        match value {
            "deleted" => Self::Deleted,
            "absent" => Self::Absent,
            "referenced" => Self::Referenced,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(BlobDeletionStatus);

/// What became of one blob.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobDeletion {
    /// The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits
    /// mean BLAKE2b-256.
    pub id: BlobId,
    /// `referenced`: something needs the blob, it was kept.
    pub status: BlobDeletionStatus,
}

/// What became of the blobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobDeletions {
    /// In the order asked.
    pub results: Vec<BlobDeletion>,
}

/// `error`: refuse the whole download and name what is missing. `skip`: leave it out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnMissing {
    /// `error` on the wire.
    Error,
    /// `skip` on the wire.
    Skip,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl OnMissing {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Error => "error",
            Self::Skip => "skip",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for OnMissing {
    fn from(value: &str) -> Self {
        match value {
            "error" => Self::Error,
            "skip" => Self::Skip,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(OnMissing);

/// `existing`: was here before. `mismatch`: the bytes do not have the digest that the name says.
/// `invalid`: not a blob entry, such as a link, a bad name or too large a size.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchEntryStatus {
    /// `stored` on the wire.
    Stored,
    /// `existing` on the wire.
    Existing,
    /// `mismatch` on the wire.
    Mismatch,
    /// `invalid` on the wire.
    Invalid,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl BatchEntryStatus {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stored => "stored",
            Self::Existing => "existing",
            Self::Mismatch => "mismatch",
            Self::Invalid => "invalid",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for BatchEntryStatus {
    fn from(value: &str) -> Self {
        match value {
            "stored" => Self::Stored,
            "existing" => Self::Existing,
            "mismatch" => Self::Mismatch,
            "invalid" => Self::Invalid,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(BatchEntryStatus);

/// Blobs that nothing references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobCollection {
    /// How many.
    pub blobs: u64,
    /// Their sizes together.
    pub bytes: u64,
    /// The first 1,000 of them.
    pub examples: Vec<BlobId>,
    /// Whether they were removed.
    pub removed: bool,
}

/// What became of one entry of a tar batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchEntryResult {
    /// The entry's name: the blob's id, unless the status is `invalid`.
    pub id: String,
    /// Bytes, as the entry's header says.
    pub size: u64,
    /// `existing`: was here before. `mismatch`: the bytes do not have the digest that the name
    /// says. `invalid`: not a blob entry, such as a link, a bad name or too large a size.
    pub status: BatchEntryStatus,
    /// What was wrong, when `mismatch` or `invalid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of a tar batch: the answer to its upload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchResult {
    /// Entries stored.
    pub stored: u64,
    /// Entries that were here before.
    pub existing: u64,
    /// Entries that are `mismatch` or `invalid`.
    pub failed: u64,
    /// Bytes of the entries stored.
    pub bytes: u64,
    /// In the order of the entries.
    pub results: Vec<BatchEntryResult>,
    /// An error as JSON-RPC 2.0 section 5.1 has it: what ended a tar batch before its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorObject>,
}

/// An error as JSON-RPC 2.0 section 5.1 has it: what ended a tar batch before its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorObject {
    /// The code of the error table.
    pub code: i64,
    /// What was wrong and what to do, for a person.
    pub message: String,
    /// The data of the error table, `name` first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// The body of `POST /blobs/tar`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DownloadRequest {
    /// The blobs wanted, in the order of the entries; at most `maxBatchEntries`.
    pub ids: Vec<BlobId>,
    /// `error`: refuse the whole download and name what is missing. `skip`: leave it out. `error`
    /// when left out.
    #[serde(rename = "onMissing", skip_serializing_if = "Option::is_none")]
    pub on_missing: Option<OnMissing>,
}

impl DownloadRequest {
    /// One with what must be there; the rest is left out, and can be set.
    pub fn new(ids: &[BlobId]) -> Self {
        Self {
            ids: ids.to_vec(),
            on_missing: None,
        }
    }
}
