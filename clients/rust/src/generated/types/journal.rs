// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `journal`.

use super::*;

/// Which entries come first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JournalOrder {
    /// `newest` on the wire.
    Newest,
    /// `oldest` on the wire.
    Oldest,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl JournalOrder {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for JournalOrder {
    fn from(value: &str) -> Self {
        match value {
            "newest" => Self::Newest,
            "oldest" => Self::Oldest,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(JournalOrder);

/// What sums are made by; a day is one of UTC.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JournalGroup {
    /// `account` on the wire.
    Account,
    /// `method` on the wire.
    Method,
    /// `day` on the wire.
    Day,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl JournalGroup {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Account => "account",
            Self::Method => "method",
            Self::Day => "day",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for JournalGroup {
    fn from(value: &str) -> Self {
        match value {
            "account" => Self::Account,
            "method" => Self::Method,
            "day" => Self::Day,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(JournalGroup);

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalEntry {
    /// Its place in the journal: later entries have higher ones.
    pub position: u64,
    /// When it began (RFC 3339, UTC).
    pub time: Timestamp,
    /// Who did it: an account, `guest` or `local`.
    pub account: String,
    /// What a caller may do: each may do what those before it may.
    pub role: Role,
    /// A method of the contract, or a route such as `PUT /blobs/{id}`.
    pub method: String,
    /// `ok`, or the name of an error.
    pub outcome: String,
    /// How long it took, in microseconds.
    #[serde(rename = "durationMicroseconds")]
    pub duration_microseconds: u64,
    /// The endpoint of the server.
    pub endpoint: String,
    /// The address on the other side; absent for a local socket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 128 random bits in hex. It names a session and permits nothing.
    #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// What it was about, such as an id or the name of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Blobs that came in.
    #[serde(rename = "blobsIn")]
    pub blobs_in: u64,
    /// Blobs that went out.
    #[serde(rename = "blobsOut")]
    pub blobs_out: u64,
    /// Bytes of blobs that came in.
    #[serde(rename = "bytesIn")]
    pub bytes_in: u64,
    /// Bytes of blobs that went out.
    #[serde(rename = "bytesOut")]
    pub bytes_out: u64,
    /// Whatever else helps, for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Some of the entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalPage {
    /// The entries of this page.
    pub entries: Vec<JournalEntry>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A sum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalTotalsRow {
    /// The account, where sums are by account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The method or route, where sums are by method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The day (UTC, `2026-11-21`), where sums are by day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Entries.
    pub actions: u64,
    /// Those that did not end with `ok`.
    pub failures: u64,
    /// Blobs that came in.
    #[serde(rename = "blobsIn")]
    pub blobs_in: u64,
    /// Blobs that went out.
    #[serde(rename = "blobsOut")]
    pub blobs_out: u64,
    /// Bytes of blobs that came in.
    #[serde(rename = "bytesIn")]
    pub bytes_in: u64,
    /// Bytes of blobs that went out.
    #[serde(rename = "bytesOut")]
    pub bytes_out: u64,
    /// How long they took together, in microseconds.
    #[serde(rename = "durationMicroseconds")]
    pub duration_microseconds: u64,
}

/// Sums over the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalTotals {
    /// The sums.
    pub rows: Vec<JournalTotalsRow>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// How far a watch came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalWatched {
    /// The position of the last entry that was sent.
    pub position: u64,
    /// Entries that were sent.
    pub entries: u64,
}
