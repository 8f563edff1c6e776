//! What is uploaded.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

/// The bytes of a blob that is to be uploaded.
///
/// ```
/// use rpcstore_client::Source;
///
/// let sources = [Source::bytes("hello"), Source::file("/etc/hostname").named("hostname")];
/// ```
#[derive(Debug, Clone)]
pub struct Source {
    pub(super) name: String,
    pub(super) content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Bytes(Bytes),
    File(PathBuf),
}

impl Source {
    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self {
            name: String::new(),
            content: Content::Bytes(bytes.into()),
        }
    }

    /// A file. It is read twice: once for its id, and once more if the server does not have it.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        Self {
            name: path.display().to_string(),
            content: Content::File(path.to_owned()),
        }
    }

    /// Gives it another name; the name is for the report alone.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
}

impl Content {
    /// Opens it; this may block.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
            Self::File(path) => Box::new(File::open(path)?),
        })
    }
}
