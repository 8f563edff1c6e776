//! Files that are there whole, or not at all.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncRead, AsyncWriteExt};

use crate::error::Error;

/// Writes what a reader gives to a file, which gets its name when all of it came. Gives how many
/// bytes there were.
pub(crate) async fn write(
    path: PathBuf,
    reader: &mut (impl AsyncRead + Unpin),
) -> Result<u64, Error> {
    let mut file = PartialFile::create(path).await?;
    let count = tokio::io::copy(reader, &mut file.file).await?;
    file.commit().await?;
    Ok(count)
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// A file under another name until it is whole.
struct PartialFile {
    file: File,
    partial: Partial,
    path: PathBuf,
}

struct Partial(Option<PathBuf>);

impl PartialFile {
    async fn create(path: PathBuf) -> io::Result<Self> {
        let (file, partial) = loop {
            // Another download to the same place has another one.
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(format!(".{}-{number}.partial", std::process::id()));
            let partial = path.with_file_name(name);
            let mut options = OpenOptions::new();
            match options.write(true).create_new(true).open(&partial).await {
                Ok(file) => break (file, partial),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        };
        Ok(Self {
            file,
            partial: Partial(Some(partial)),
            path,
        })
    }

    /// Gives it its name.
    async fn commit(mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.partial.rename(&self.path).await
    }
}

impl Partial {
    async fn rename(&mut self, to: &Path) -> io::Result<()> {
        if let Some(path) = &self.0 {
            fs::rename(path, to).await?;
            self.0 = None;
        }

        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // There is nobody to tell; a file that stays is named as what it is.
            let _ = std::fs::remove_file(path);
        }
    }
}
