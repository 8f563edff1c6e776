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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn archive_of(folder: &Path) -> (Result<(), Error>, Vec<u8>, u64) {
        let (sender, mut receiver) = mpsc::channel(64);
        let outcome = write(folder, &sender);
        let (mut bytes, mut files) = (Vec::new(), 0);
        while let Ok(piece) = receiver.try_recv() {
            bytes.extend_from_slice(&piece.bytes);
            files += piece.files;
        }

        (outcome, bytes, files)
    }

    /// Kind and name of each entry, pax headers among them.
    fn entries_of(mut tar: &[u8]) -> Vec<(char, String)> {
        let mut entries = Vec::new();
        while tar[0] != 0 {
            let name: Vec<u8> = tar[..100]
                .iter()
                .copied()
                .take_while(|byte| *byte != 0)
                .collect();
            let size = std::str::from_utf8(&tar[124..135]).unwrap();
            let size = u64::from_str_radix(size, 8).unwrap();
            entries.push((char::from(tar[156]), String::from_utf8(name).unwrap()));
            tar = &tar[BLOCK + size as usize + padding(size)..];
        }

        assert_eq!(tar, [0; 2 * BLOCK]);
        entries
    }

    #[test]
    fn a_folder_is_archived_in_the_order_of_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let long = "n".repeat(101);
        fs::create_dir_all(root.join("b/c")).unwrap();
        fs::write(root.join("b/c/file"), [7; 513]).unwrap();
        fs::write(root.join("b.txt"), "").unwrap();
        fs::write(root.join("a").with_file_name(&long), "x").unwrap();
        std::os::unix::fs::symlink("/etc", root.join("b/etc")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.join("b/socket")).unwrap();

        let (outcome, tar, files) = archive_of(root);

        outcome.unwrap();
        let entries = entries_of(&tar);
        let names: Vec<_> = entries
            .iter()
            .map(|(kind, name)| (*kind, name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                ('5', "./"),
                ('5', "b/"),
                ('5', "b/c/"),
                ('0', "b/c/file"),
                ('2', "b/etc"),
                ('0', "b.txt"),
                ('x', "pax"),
                ('0', &long[..100]),
            ]
        );
        assert_eq!(files, 3);
        assert_eq!(archive_of(root).1, tar);
    }

    #[test]
    fn what_is_no_folder_is_refused_by_name() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let name = file.path().display().to_string();
        let error = archive_of(file.path()).0.unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }) && error.to_string().contains(&name));
        let error = archive_of(Path::new("/nonexistent/folder")).0.unwrap_err();
        assert!(error.to_string().contains("/nonexistent/folder"), "{error}");
    }
}
