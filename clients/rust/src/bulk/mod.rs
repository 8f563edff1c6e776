//! Blobs that are too large or too many for calls: tar batches over HTTP on the same endpoint
//! (spec/tar-batch.md).

mod batch_reader;
mod batch_writer;
mod batches;
pub(crate) mod body;
mod chunks;
mod download;
mod exact;
pub(crate) mod files;
mod hashing;
mod progress;
mod reader;
mod report;
mod single;
mod source;
mod upload;

pub(crate) use batch_reader::BatchReader;
pub use batch_reader::DownloadedBlob;
pub use download::{Download, Downloading};
pub(crate) use exact::Exact;
pub(crate) use progress::Counter;
pub use progress::Progress;
pub(crate) use reader::Verified;
pub use report::{UploadReport, UploadStatus, UploadedBlob};
pub use single::BlobReader;
pub use source::Source;
pub use upload::Upload;

/// Ids in a call, and so blobs in a batch, at the most: what the contract allows.
const MOST_IDS: usize = 10_000;

/// Bytes that are read and sent in one piece.
pub(crate) const PIECE: usize = 256 << 10;
