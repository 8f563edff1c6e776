//! What becomes a flist.

use std::fmt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::io::AsyncRead;

/// What a flist is made of: an archive (a tar or a gzip of one), a `.fl` file, or a folder. Which of
/// the first three it is the server tells by the first bytes.
///
/// ```
/// use rpcstore_client::FlistSource;
///
/// let site = FlistSource::folder("public");
/// let image = FlistSource::file("debian.tar.gz");
/// ```
pub struct FlistSource(pub(super) Content);

pub(super) enum Content {
    Folder(PathBuf),
    File(PathBuf),
    Bytes(Bytes),
    Reader(Box<dyn AsyncRead + Send + Unpin>),
}

impl FlistSource {
    /// What is in a folder, which becomes the root. It is archived while it is sent, in the order
    /// of the names, so that the same folder gives the same flist. Links are kept and not followed;
    /// sockets, which no archive holds, are left out.
    pub fn folder(path: impl AsRef<Path>) -> Self {
        Self(Content::Folder(path.as_ref().to_owned()))
    }

    /// An archive, or a `.fl` file.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self(Content::File(path.as_ref().to_owned()))
    }

    /// The bytes of an archive, or of a `.fl` file.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Content::Bytes(bytes.into()))
    }

    /// The bytes of an archive, or of a `.fl` file, as they come.
    pub fn reader(reader: impl AsyncRead + Send + Unpin + 'static) -> Self {
        Self(Content::Reader(Box::new(reader)))
    }
}

impl fmt::Debug for FlistSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Folder(path) => write!(f, "FlistSource::folder({path:?})"),
            Content::File(path) => write!(f, "FlistSource::file({path:?})"),
            Content::Bytes(bytes) => write!(f, "FlistSource::bytes({} bytes)", bytes.len()),
            Content::Reader(_) => f.write_str("FlistSource::reader"),
        }
    }
}
