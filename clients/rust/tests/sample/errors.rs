// Made from spec/contract by tools/generate; changes here are lost.

//! The error table of the contract.

use crate::wire::*;

/// The errors of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Always.
    ///
    /// `invalidParams`, code -32602, HTTP status 400. `data` may have `pointer`, `reason`.
    InvalidParams,
    /// There is no coffee.
    ///
    /// `teapot`, code 418, HTTP status 418. `data` may have `reason`, `ids`, `cups`.
    Teapot,
    /// An error that this version of the client does not know.
    Unknown,
}

impl ErrorKind {
    /// The errors in the order of the table.
    pub const ALL: &'static [Self] = &[Self::InvalidParams, Self::Teapot];

    /// The name, as `data.name` has it; empty for an unknown error.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidParams => "invalidParams",
            Self::Teapot => "teapot",
            Self::Unknown => "",
        }
    }

    /// The code of JSON-RPC; 0 for an unknown error.
    pub const fn code(self) -> i64 {
        match self {
            Self::InvalidParams => -32602,
            Self::Teapot => 418,
            Self::Unknown => 0,
        }
    }

    /// The status on HTTP routes; 0 for an unknown error.
    pub const fn http_status(self) -> u16 {
        match self {
            Self::InvalidParams => 400,
            Self::Teapot => 418,
            Self::Unknown => 0,
        }
    }

    /// Whether trying again can help.
    pub const fn retry(self) -> Retry {
        match self {
            Self::InvalidParams => Retry::No,
            Self::Teapot => Retry::Maybe,
            Self::Unknown => Retry::Maybe,
        }
    }
}

/// What an error's `data` may have beside its name; which error has what stands at [`ErrorKind`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ErrorData {
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<BlobId>>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cups: Option<i64>,
}
