//! Writes tar batches.

use std::fs::File;
use std::io;

use tokio::sync::mpsc;

use super::source::Content;
use super::PIECE;
use crate::tar::{padding, write_header, Header, Piece, Pieces, BLOCK, USTAR_SIZES};
use crate::values::BlobId;

/// A blob that is sent.
pub(super) struct Entry {
    pub(super) id: BlobId,
    pub(super) size: u64,
    pub(super) content: Content,
}

/// The length of a whole batch.
pub(super) fn length_of(entries: &[Entry]) -> u64 {
    // A pax header has a block of its own, and one with the size in it.
    let head = |size| if size < USTAR_SIZES { BLOCK } else { 3 * BLOCK };
    entries
        .iter()
        .map(|entry| (head(entry.size) + padding(entry.size)) as u64 + entry.size)
        .sum::<u64>()
        + 2 * BLOCK as u64
}

/// Writes a batch; blocks while the other side is slower. Gives for each entry the reason why it
/// could not be read; its place was promised, so it is filled with zeros then, which are refused
/// for their digest.
pub(super) fn write(entries: Vec<Entry>, pieces: &mpsc::Sender<Piece>) -> Vec<Option<String>> {
    let mut out = Pieces::new(pieces, PIECE);
    let mut head = Vec::new();
    let mut failures = Vec::with_capacity(entries.len());
    for entry in entries {
        head.clear();
        write_header(
            &Header::file(entry.id.to_string().as_bytes(), entry.size),
            &mut head,
        );
        out.push(&head);
        failures.push(write_content(&entry, &mut out).err().map(|e| e.to_string()));
        out.push_zeros(padding(entry.size));
        if out.is_closed() {
            return failures;
        }
    }

    out.push_zeros(2 * BLOCK);
    out.flush();
    failures
}

fn write_content(entry: &Entry, out: &mut Pieces<'_>) -> io::Result<()> {
    let mut left = entry.size;
    let outcome = match &entry.content {
        Content::Bytes(bytes) => {
            out.push_content(bytes);
            return Ok(());
        }
        Content::File(path) => {
            File::open(path).and_then(|mut file| copy(&mut file, &mut left, out))
        }
    };
    while left > 0 && !out.is_closed() {
        left -= out.read(&mut io::repeat(0), left)? as u64;
    }

    outcome
}

fn copy(file: &mut File, left: &mut u64, out: &mut Pieces<'_>) -> io::Result<()> {
    while *left > 0 && !out.is_closed() {
        match out.read(file, *left)? {
            0 => {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "it became shorter while it was read",
                ))
            }
            count => *left -= count as u64,
        }
    }

    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(entries: Vec<Entry>) -> (Vec<Option<String>>, Vec<u8>, u64) {
        let (sender, mut receiver) = mpsc::channel(16);
        let failures = write(entries, &sender);
        let (mut all, mut content) = (Vec::new(), 0);
        while let Ok(piece) = receiver.try_recv() {
            all.extend_from_slice(&piece.bytes);
            content += piece.content;
        }

        (failures, all, content)
    }

    #[test]
    fn a_batch_is_as_long_as_was_promised() {
        let entry = |bytes: Vec<u8>| Entry {
            id: BlobId::of(&bytes),
            size: bytes.len() as u64,
            content: Content::Bytes(bytes.into()),
        };
        let entries = vec![
            entry(vec![]),
            entry(vec![1]),
            entry(vec![7; 512]),
            entry(vec![7; 513]),
            entry(vec![8; PIECE + 1]),
        ];
        let promised = length_of(&entries);

        let (failures, written, content) = run(entries);

        assert!(failures.iter().all(Option::is_none));
        assert_eq!(written.len() as u64, promised);
        assert_eq!(content, 1 + 512 + 513 + PIECE as u64 + 1);
    }

    #[test]
    fn a_file_that_is_gone_or_shorter_keeps_its_place() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        for (path, word, kept) in [
            ("/nonexistent/x".into(), "No such file", 0),
            (file.path().to_owned(), "shorter", 3),
        ] {
            let entry = Entry {
                id: BlobId::of(b"x"),
                size: 1000,
                content: Content::File(path),
            };
            let promised = length_of(std::slice::from_ref(&entry));

            let (failures, written, _) = run(vec![entry]);

            assert!(failures[0].as_ref().unwrap().contains(word), "{failures:?}");
            assert_eq!(written.len() as u64, promised);
            assert!(written[BLOCK + kept..].iter().all(|byte| *byte == 0));
        }
    }
}
