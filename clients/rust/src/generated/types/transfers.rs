// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `transfers`.

use super::*;

/// Which way the bytes move: into the store, out of it, or from its disk through the digest.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransferKind {
    /// `upload` on the wire.
    Upload,
    /// `download` on the wire.
    Download,
    /// `scrub` on the wire.
    Scrub,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl TransferKind {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Upload => "upload",
            Self::Download => "download",
            Self::Scrub => "scrub",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for TransferKind {
    fn from(value: &str) -> Self {
        match value {
            "upload" => Self::Upload,
            "download" => Self::Download,
            "scrub" => Self::Scrub,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(TransferKind);

/// `pending`: its URL waits to be used. `running`: bytes move. The others are ends and do not
/// change any more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransferState {
    /// `pending` on the wire.
    Pending,
    /// `running` on the wire.
    Running,
    /// `completed` on the wire.
    Completed,
    /// `failed` on the wire.
    Failed,
    /// `cancelled` on the wire.
    Cancelled,
    /// `expired` on the wire.
    Expired,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl TransferState {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for TransferState {
    fn from(value: &str) -> Self {
        match value {
            "pending" => Self::Pending,
            "running" => Self::Running,
            "completed" => Self::Completed,
            "failed" => Self::Failed,
            "cancelled" => Self::Cancelled,
            "expired" => Self::Expired,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(TransferState);

/// The HTTP method to use on `url`. Absent when there is no `url`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransferMethod {
    /// `GET` on the wire.
    Get,
    /// `PUT` on the wire.
    Put,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl TransferMethod {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for TransferMethod {
    fn from(value: &str) -> Self {
        match value {
            "GET" => Self::Get,
            "PUT" => Self::Put,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(TransferMethod);

/// One movement of bulk bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Transfer {
    /// 128 random bits in hex. It names a transfer and permits nothing.
    pub id: String,
    /// Which way the bytes move: into the store, out of it, or from its disk through the digest.
    pub kind: TransferKind,
    /// `pending`: its URL waits to be used. `running`: bytes move. The others are ends and do not
    /// change any more.
    pub state: TransferState,
    /// The HTTP method to use on `url`. Absent when there is no `url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<TransferMethod>,
    /// A path that any endpoint of this server serves once, to whoever holds it: it is the
    /// permission. Only while `pending`, and only to the caller whose transfer it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was asked for (RFC 3339, UTC).
    #[serde(rename = "createdAt")]
    pub created_at: Timestamp,
    /// When it ends by itself if `url` is not used before (RFC 3339, UTC).
    #[serde(rename = "expiresAt")]
    pub expires_at: Timestamp,
    /// When it ended (RFC 3339, UTC).
    #[serde(rename = "endedAt", skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Bytes of blobs moved so far.
    pub bytes: u64,
    /// Bytes that it will move, where that is known.
    #[serde(rename = "totalBytes", skip_serializing_if = "Option::is_none")]
    pub total_bytes: Option<u64>,
    /// Blobs moved so far.
    pub items: u64,
    /// Blobs that it will move, where that is known.
    #[serde(rename = "totalItems", skip_serializing_if = "Option::is_none")]
    pub total_items: Option<u64>,
    /// Of a scrub: the first 1,000 blobs that were found corrupt and quarantined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrupt: Option<Vec<BlobId>>,
    /// Of a scrub: how many blobs were found corrupt so far.
    #[serde(rename = "corruptItems", skip_serializing_if = "Option::is_none")]
    pub corrupt_items: Option<u64>,
    /// Why a transfer failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<TransferError>,
}

/// Why a transfer failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TransferError {
    /// The code of the error table.
    pub code: i64,
    /// The name of the error table.
    pub name: String,
    /// What was wrong and what to do, for a person.
    pub message: String,
}

/// A page of transfers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TransferPage {
    /// The newest first.
    pub transfers: Vec<Transfer>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
