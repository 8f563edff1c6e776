//! Blobs that are too large or too many for calls: tar batches over HTTP on the same endpoint
//! (spec/tar-batch.md).

mod body;
mod download;
mod files;
mod hashing;
mod progress;
mod reader;
mod report;
mod single;
mod source;
mod tar_reader;
mod tar_writer;
mod upload;

pub use download::{Download, DownloadedBlob, Downloading};
pub use progress::Progress;
pub use report::{UploadReport, UploadStatus, UploadedBlob};
pub use single::BlobReader;
pub use source::Source;
pub use upload::Upload;

/// Ids in a call, and so blobs in a batch, at the most: what the contract allows.
const MOST_IDS: usize = 10_000;

/// Bytes that are read and sent in one piece.
const PIECE: usize = 256 << 10;
