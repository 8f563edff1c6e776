//! Files that are there whole, or not at all.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// A file under another name until it is whole.
pub(super) struct PartialFile {
    file: File,
    partial: Partial,
    path: PathBuf,
}

struct Partial(Option<PathBuf>);

impl PartialFile {
    pub(super) async fn create(path: PathBuf) -> io::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.partial", std::process::id()));
        let partial = path.with_file_name(name);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&partial)
            .await?;
        Ok(Self {
            file,
            partial: Partial(Some(partial)),
            path,
        })
    }

    pub(super) fn writer(&mut self) -> &mut File {
        &mut self.file
    }

    /// Gives it its name.
    pub(super) async fn commit(mut self) -> io::Result<()> {
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
