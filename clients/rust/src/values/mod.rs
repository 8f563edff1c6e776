//! The values of the contract that JSON has no type for.

mod base64;
mod blob_id;
mod string_enum;
mod timestamp;

pub(crate) use base64::{decode, encode};
pub use base64::{Base64, ParseBase64Error};
pub(crate) use blob_id::{from_hex, to_hex};
pub use blob_id::{BlobId, DigestFunctionKind, ParseBlobIdError};
pub(crate) use string_enum::string_enum;
pub use timestamp::{ParseTimestampError, Timestamp};
