// Made from spec/contract by tools/generate; changes here are lost.

//! The error table of the contract.

use crate::wire::*;

/// The errors of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes received are not JSON.
    ///
    /// `parseError`, code -32700, HTTP status 400. `data` may have `reason`.
    ParseError,
    /// The JSON received is not a JSON-RPC 2.0 request, or it passes a limit on depth or batch
    /// length.
    ///
    /// `invalidRequest`, code -32600, HTTP status 400. `data` may have `reason`.
    InvalidRequest,
    /// The contract has no method of this name.
    ///
    /// `methodNotFound`, code -32601, HTTP status 404. `data` may have `method`.
    MethodNotFound,
    /// A parameter is missing, unknown, of the wrong type or outside its constraints; over HTTP
    /// also a malformed path, header, body or tar batch.
    ///
    /// `invalidParams`, code -32602, HTTP status 400. `data` may have `pointer`, `reason`.
    InvalidParams,
    /// The server failed. The reference is also in its log.
    ///
    /// `internal`, code -32603, HTTP status 500. `data` may have `reference`.
    Internal,
    /// The caller cancelled the call, or the server stopped before it ended.
    ///
    /// `requestCancelled`, code -32800, HTTP status 499.
    RequestCancelled,
    /// The method needs an account and the caller is a guest, or what the caller wants to prove
    /// itself with is not accepted.
    ///
    /// `unauthenticated`, code 401, HTTP status 401. `data` may have `access`, `reason`.
    Unauthenticated,
    /// The caller is known and may not do this.
    ///
    /// `forbidden`, code 403, HTTP status 403. `data` may have `access`.
    Forbidden,
    /// What the call names does not exist. A failing disk or an overloaded server is never reported
    /// this way.
    ///
    /// `notFound`, code 404, HTTP status 404. `data` may have `id`, `missing`, `missing_count`,
    /// `reason`.
    NotFound,
    /// The state of what the call names forbids it, such as a transfer that has ended.
    ///
    /// `conflict`, code 409, HTTP status 409. `data` may have `id`, `state`, `reason`.
    Conflict,
    /// A condition that the caller set does not hold.
    ///
    /// `preconditionFailed`, code 412, HTTP status 412. `data` may have `reason`.
    PreconditionFailed,
    /// A message, blob, batch or range passes a limit, which is named.
    ///
    /// `tooLarge`, code 413, HTTP status 413. `data` may have `limit`, `maximum`.
    TooLarge,
    /// Bytes do not have the digest that their id says: bytes that were sent, of which nothing was
    /// stored, or bytes on the disk.
    ///
    /// `digestMismatch`, code 422, HTTP status 422. `data` may have `id`, `actual`.
    DigestMismatch,
    /// The caller asks too often.
    ///
    /// `rateLimited`, code 429, HTTP status 429. `data` may have `retry_after`.
    RateLimited,
    /// The server is overloaded, is stopping, or its disk fails for the moment.
    ///
    /// `unavailable`, code 503, HTTP status 503. `data` may have `reason`, `retry_after`.
    Unavailable,
    /// The disk is full. What was stored before stays stored.
    ///
    /// `insufficientStorage`, code 507, HTTP status 507. `data` may have `reason`.
    InsufficientStorage,
    /// An error that this version of the client does not know.
    Unknown,
}

impl ErrorKind {
    /// The errors in the order of the table.
    pub const ALL: &'static [Self] = &[
        Self::ParseError,
        Self::InvalidRequest,
        Self::MethodNotFound,
        Self::InvalidParams,
        Self::Internal,
        Self::RequestCancelled,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::DigestMismatch,
        Self::RateLimited,
        Self::Unavailable,
        Self::InsufficientStorage,
    ];

    /// The name, as `data.name` has it; empty for an unknown error.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ParseError => "parseError",
            Self::InvalidRequest => "invalidRequest",
            Self::MethodNotFound => "methodNotFound",
            Self::InvalidParams => "invalidParams",
            Self::Internal => "internal",
            Self::RequestCancelled => "requestCancelled",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "notFound",
            Self::Conflict => "conflict",
            Self::PreconditionFailed => "preconditionFailed",
            Self::TooLarge => "tooLarge",
            Self::DigestMismatch => "digestMismatch",
            Self::RateLimited => "rateLimited",
            Self::Unavailable => "unavailable",
            Self::InsufficientStorage => "insufficientStorage",
            Self::Unknown => "",
        }
    }

    /// The code of JSON-RPC; 0 for an unknown error.
    pub const fn code(self) -> i64 {
        match self {
            Self::ParseError => -32700,
            Self::InvalidRequest => -32600,
            Self::MethodNotFound => -32601,
            Self::InvalidParams => -32602,
            Self::Internal => -32603,
            Self::RequestCancelled => -32800,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::PreconditionFailed => 412,
            Self::TooLarge => 413,
            Self::DigestMismatch => 422,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            Self::InsufficientStorage => 507,
            Self::Unknown => 0,
        }
    }

    /// The status on HTTP routes; 0 for an unknown error.
    pub const fn http_status(self) -> u16 {
        match self {
            Self::ParseError => 400,
            Self::InvalidRequest => 400,
            Self::MethodNotFound => 404,
            Self::InvalidParams => 400,
            Self::Internal => 500,
            Self::RequestCancelled => 499,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::PreconditionFailed => 412,
            Self::TooLarge => 413,
            Self::DigestMismatch => 422,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            Self::InsufficientStorage => 507,
            Self::Unknown => 0,
        }
    }

    /// Whether trying again can help.
    pub const fn retry(self) -> Retry {
        match self {
            Self::ParseError => Retry::No,
            Self::InvalidRequest => Retry::No,
            Self::MethodNotFound => Retry::No,
            Self::InvalidParams => Retry::No,
            Self::Internal => Retry::Maybe,
            Self::RequestCancelled => Retry::Yes,
            Self::Unauthenticated => Retry::No,
            Self::Forbidden => Retry::No,
            Self::NotFound => Retry::No,
            Self::Conflict => Retry::No,
            Self::PreconditionFailed => Retry::No,
            Self::TooLarge => Retry::No,
            Self::DigestMismatch => Retry::Maybe,
            Self::RateLimited => Retry::Yes,
            Self::Unavailable => Retry::Yes,
            Self::InsufficientStorage => Retry::Maybe,
            Self::Unknown => Retry::Maybe,
        }
    }
}

/// What an error's `data` may have beside its name; which error has what stands at [`ErrorKind`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ErrorData {
    /// What exactly was wrong, for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The method that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A JSON Pointer (RFC 6901) into the parameters, always by name: `/ids/3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Stands in the server's log beside what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What the caller would have to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// What the call names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Blobs that are not here: the first 100 of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<BlobId>>,
    /// How many blobs are not here.
    #[serde(rename = "missingCount", skip_serializing_if = "Option::is_none")]
    pub missing_count: Option<u64>,
    /// The state that forbids the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The limit that was passed, by its name in `server.info`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The most that the limit allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u64>,
    /// The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits
    /// mean BLAKE2b-256.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<BlobId>,
    /// Seconds to wait before another try.
    #[serde(rename = "retryAfter", skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}
