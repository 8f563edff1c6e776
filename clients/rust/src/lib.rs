//! Client of RpcStore, a server for content-addressed blobs and file trees.
#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod bulk;
mod client;
mod connection;
mod digest;
mod endpoint;
mod error;
mod flists;
mod generated;
mod http;
mod login;
mod request;
mod tar;
mod values;
mod wire;

#[cfg(test)]
#[allow(dead_code)]
#[path = "../tests/sample/mod.rs"]
mod sample;
#[cfg(test)]
mod sample_tests;

pub use crate::bulk::{
    BlobReader, Download, DownloadedBlob, Downloading, Progress, Source, Upload, UploadReport,
    UploadStatus, UploadedBlob,
};
pub use crate::client::{Client, ClientBuilder};
pub use crate::digest::Hasher;
pub use crate::endpoint::{Authority, Endpoint};
pub use crate::error::{Error, Retry, RpcError};
pub use crate::flists::{FlistBlobs, FlistDownload, FlistReader, FlistSource, FlistUpload};
pub use crate::generated::errors::{ErrorData, ErrorKind};
pub use crate::generated::{calls, types, CONTRACT_VERSION, METHODS};
pub use crate::login::SigningKey;
pub use crate::request::{Call, Method, Request};
pub use crate::values::{
    Base64, BlobId, DigestFunctionKind, ParseBase64Error, ParseBlobIdError, ParseTimestampError,
    Timestamp,
};
