//! A folder as a tar, made while it is sent.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

use tokio::sync::mpsc;

use super::attributes::header_of;
use crate::bulk::PIECE;
use crate::error::Error;
use crate::tar::{padding, write_header, Kind, Piece, Pieces, BLOCK};

/// Writes all that is in a folder, and the folder itself as the root; blocks while the other side
/// is slower. What fails leaves the archive without its end.
pub(super) fn write(folder: &Path, sender: &mpsc::Sender<Piece>) -> Result<(), Error> {
    let metadata = fs::metadata(folder).map_err(|e| about(folder, &e))?;
    if !metadata.is_dir() {
        return Err(Error::invalid(format!("{} is no folder", folder.display())));
    }

    let mut archive = Archive {
        out: Pieces::new(sender, PIECE),
        head: Vec::new(),
    };
    archive.add(folder, b"./", &metadata)?;
    let mut open = vec![Level::open(folder, b"")?];
    while let Some(level) = open.last_mut() {
        if archive.out.is_closed() {
            return Ok(());
        }

        let Some(name) = level.names.next() else {
            open.pop();
            continue;
        };
        let path = level.folder.join(&name);
        let metadata = fs::symlink_metadata(&path).map_err(|e| about(&path, &e))?;
        let mut entry = level.prefix.clone();
        entry.extend_from_slice(name.as_encoded_bytes());
        if metadata.is_dir() {
            entry.push(b'/');
            archive.add(&path, &entry, &metadata)?;
            open.push(Level::open(&path, &entry)?);
        } else {
            archive.add(&path, &entry, &metadata)?;
        }
    }

    archive.out.push_zeros(2 * BLOCK);
    archive.out.flush();
    Ok(())
}

/// A folder whose entries are being written.
struct Level {
    folder: PathBuf,
    prefix: Vec<u8>,
    names: IntoIter<OsString>,
}

impl Level {
    fn open(folder: &Path, prefix: &[u8]) -> Result<Self, Error> {
        let names: io::Result<Vec<_>> = fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
        let mut names = names.map_err(|e| about(folder, &e))?;
        names.sort_unstable();
        Ok(Self {
            folder: folder.to_owned(),
            prefix: prefix.to_owned(),
            names: names.into_iter(),
        })
    }
}

struct Archive<'a> {
    out: Pieces<'a>,
    head: Vec<u8>,
}

impl Archive<'_> {
    fn add(&mut self, path: &Path, name: &[u8], metadata: &Metadata) -> Result<(), Error> {
        let Some(mut header) = header_of(name, metadata) else {
            return Ok(());
        };
        let target;
        if header.kind == Kind::SymbolicLink {
            target = fs::read_link(path).map_err(|e| about(path, &e))?;
            header.target = target.as_os_str().as_encoded_bytes();
        }

        if header.kind != Kind::File {
            self.head.clear();
            write_header(&header, &mut self.head);
            self.out.push(&self.head);
            return Ok(());
        }

        let mut file = File::open(path).map_err(|e| about(path, &e))?;
        header.size = file.metadata().map_err(|e| about(path, &e))?.len();
        self.head.clear();
        write_header(&header, &mut self.head);
        self.out.push(&self.head);
        self.copy(&mut file, header.size)
            .map_err(|e| about(path, &e))
    }

    fn copy(&mut self, file: &mut File, size: u64) -> io::Result<()> {
        let mut left = size;
        while left > 0 && !self.out.is_closed() {
            match self.out.read(file, left)? {
                0 => {
                    return Err(io::Error::new(
                        io::ErrorKind::UnexpectedEof,
                        "it became shorter while it was read",
                    ))
                }
                count => left -= count as u64,
            }
        }

        self.out.push_zeros(padding(size));
        self.out.end_file();
        Ok(())
    }
}

/// An error of a file, with its name.
pub(super) fn about(path: &Path, e: &io::Error) -> Error {
    Error::from_io(io::Error::new(e.kind(), format!("{}: {e}", path.display())))
}
