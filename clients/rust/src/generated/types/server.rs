// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `server`.

use super::*;

/// What a server is: constant while it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServerInfo {
    /// The name of the software.
    pub name: String,
    /// Its version, as semver.org writes it.
    pub version: String,
    /// Names this server's data directory for as long as it exists: 128 random bits in hex.
    #[serde(rename = "serverId")]
    pub server_id: String,
    /// Every limit by the name that the configuration gives it. A limit that is passed is named in
    /// the error.
    pub limits: Limits,
    /// The digests that a blob id may use.
    #[serde(rename = "digestFunctions")]
    pub digest_functions: Vec<DigestFunction>,
    /// The endpoints that listen, as `--server` takes them.
    pub endpoints: Vec<String>,
}

/// Every limit by the name that the configuration gives it. A limit that is passed is named in the
/// error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes in one JSON-RPC message, or one batch of them.
    #[serde(rename = "maxMessageBytes")]
    pub max_message_bytes: u64,
    /// Levels of arrays and objects inside one another in a message.
    #[serde(rename = "maxMessageDepth")]
    pub max_message_depth: u64,
    /// Members of a JSON-RPC batch.
    #[serde(rename = "maxBatchCalls")]
    pub max_batch_calls: u64,
    /// Calls that run at once on one connection. Further ones wait unread: this is back-pressure,
    /// not an error.
    #[serde(rename = "maxConcurrentCalls")]
    pub max_concurrent_calls: u64,
    /// Connections open at once over all endpoints.
    #[serde(rename = "maxConnections")]
    pub max_connections: u64,
    /// Seconds without a message or a running call after which a connection is closed.
    #[serde(rename = "connectionIdleSeconds")]
    pub connection_idle_seconds: u64,
    /// Seconds from the first byte of a message to its last.
    #[serde(rename = "messageSeconds")]
    pub message_seconds: u64,
    /// Bytes of a blob that travel inside JSON, in `blobs.put` and `blobs.get`.
    #[serde(rename = "maxInlineBlobBytes")]
    pub max_inline_blob_bytes: u64,
    /// Bytes in one blob.
    #[serde(rename = "maxBlobBytes")]
    pub max_blob_bytes: u64,
    /// Entries in one tar batch.
    #[serde(rename = "maxBatchEntries")]
    pub max_batch_entries: u64,
    /// Bytes in one tar batch, after decompression.
    #[serde(rename = "maxBatchBytes")]
    pub max_batch_bytes: u64,
    /// Bytes in one block that is uploaded by the routes of the flist server.
    #[serde(rename = "maxBlockBytes")]
    pub max_block_bytes: u64,
    /// Transfers that are pending or running at once.
    #[serde(rename = "maxTransfers")]
    pub max_transfers: u64,
    /// Seconds for which a transfer waits to be used.
    #[serde(rename = "transferSeconds")]
    pub transfer_seconds: u64,
    /// Bytes of the `.fl` file of a flist.
    #[serde(rename = "maxFlistBytes")]
    pub max_flist_bytes: u64,
    /// Inodes of a flist, and entries of an archive that becomes one.
    #[serde(rename = "maxFlistInodes")]
    pub max_flist_inodes: u64,
    /// Bytes of one file in a flist.
    #[serde(rename = "maxFlistFileBytes")]
    pub max_flist_file_bytes: u64,
    /// Bytes of an archive that becomes a flist, after decompression.
    #[serde(rename = "maxArchiveBytes")]
    pub max_archive_bytes: u64,
}

/// `sha256`: SHA-256 (FIPS 180-4); ids are 64 hex digits. `blake2b`: BLAKE2b with 256 bits of
/// output and no key (RFC 7693); ids are `blake2b-` and 64 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DigestFunction {
    /// `sha256` on the wire.
    Sha256,
    /// `blake2b` on the wire.
    Blake2b,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl DigestFunction {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sha256 => "sha256",
            Self::Blake2b => "blake2b",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for DigestFunction {
    fn from(value: &str) -> Self {
        match value {
            "sha256" => Self::Sha256,
            "blake2b" => Self::Blake2b,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(DigestFunction);

/// Figures of the moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServerStatus {
    /// Whole seconds since the server was ready.
    #[serde(rename = "uptimeSeconds")]
    pub uptime_seconds: u64,
    /// Connections open now, the caller's included.
    pub connections: u64,
    /// Blobs stored.
    pub blobs: u64,
    /// The sum of their sizes in bytes.
    #[serde(rename = "blobBytes")]
    pub blob_bytes: u64,
    /// Bytes that the data directory's file system still has for this server.
    #[serde(rename = "freeBytes")]
    pub free_bytes: u64,
    /// Transfers whose bytes move now.
    #[serde(rename = "runningTransfers")]
    pub running_transfers: u64,
}
