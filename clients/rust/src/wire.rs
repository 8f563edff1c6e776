//! What generated code is made of.

pub(crate) use serde::{Deserialize, Serialize};
pub(crate) use serde_json::Value;

pub(crate) use crate::client::Client;
pub(crate) use crate::error::Retry;
pub(crate) use crate::request::{Method, Request};
pub(crate) use crate::values::{string_enum, Base64, BlobId, Timestamp};
