//! Flists in and out, as streams (spec/flist.md, section 7).

mod address;
mod archive;
mod attributes;
mod blobs;
mod download;
mod end;
mod reader;
mod source;
mod upload;

pub use blobs::FlistBlobs;
pub use download::FlistDownload;
pub use reader::FlistReader;
pub use source::FlistSource;
pub use upload::FlistUpload;
