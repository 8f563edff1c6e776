//! Writes tar batches: ustar, with a pax header before blobs of 8 GiB or more.

use std::io::Read;

use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;

use super::source::Content;
use super::PIECE;
use crate::values::BlobId;

pub(super) const BLOCK: usize = 512;

/// Eleven octal digits hold less than this; from here on a pax header says the size.
const USTAR_LIMIT: u64 = 1 << 33;

/// A blob that is sent.
pub(super) struct Entry {
    pub(super) id: BlobId,
    pub(super) size: u64,
    pub(super) content: Content,
}

/// A piece of the batch, and how many bytes of it are bytes of blobs.
pub(super) type Piece = (Bytes, u64);

/// The length of a whole batch.
pub(super) fn length_of(entries: &[Entry]) -> u64 {
    entries
        .iter()
        .map(|entry| head(entry).len() as u64 + entry.size + padding(entry.size))
        .sum::<u64>()
        + 2 * BLOCK as u64
}

/// Writes a batch; blocks while the other side is slower. Gives for each entry the reason why it
/// could not be read; its place was promised, so it is filled with zeros then, which are refused
/// for their digest.
pub(super) fn write(entries: Vec<Entry>, pieces: &mpsc::Sender<Piece>) -> Vec<Option<String>> {
    let mut out = Out {
        pieces,
        buffer: BytesMut::with_capacity(PIECE),
        blob_bytes: 0,
        is_closed: false,
    };
    let mut failures = Vec::with_capacity(entries.len());
    for entry in entries {
        out.push(&head(&entry));
        failures.push(write_content(&entry, &mut out));
        out.push(&[0; BLOCK][..padding(entry.size) as usize]);
        if out.is_closed {
            return failures;
        }
    }

    out.push(&[0; 2 * BLOCK]);
    out.flush();
    failures
}

fn write_content(entry: &Entry, out: &mut Out<'_>) -> Option<String> {
    let mut left = entry.size;
    let mut failure = None;
    let mut content = match entry.content.open() {
        Ok(content) => Some(content),
        Err(e) => {
            failure = Some(e.to_string());
            None
        }
    };
    let mut buffer = vec![0; usize::try_from(left).unwrap_or(PIECE).min(PIECE)];
    while left > 0 && !out.is_closed {
        let wanted = buffer.len().min(usize::try_from(left).unwrap_or(PIECE));
        let read = match content
            .as_mut()
            .map(|content| content.read(&mut buffer[..wanted]))
        {
            Some(Ok(0)) => {
                failure = Some("it became shorter while it was read".to_owned());
                content = None;
                continue;
            }
            Some(Ok(read)) => read,
            Some(Err(e)) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Some(Err(e)) => {
                failure = Some(e.to_string());
                content = None;
                continue;
            }
            None => {
                buffer.fill(0);
                wanted
            }
        };
        out.push(&buffer[..read]);
        out.blob_bytes += read as u64;
        left -= read as u64;
    }

    failure
}

struct Out<'a> {
    pieces: &'a mpsc::Sender<Piece>,
    buffer: BytesMut,
    blob_bytes: u64,
    is_closed: bool,
}

impl Out<'_> {
    fn push(&mut self, bytes: &[u8]) {
        if self.buffer.len() + bytes.len() > PIECE {
            self.flush();
        }

        self.buffer.extend_from_slice(bytes);
    }

    fn flush(&mut self) {
        if !self.buffer.is_empty() {
            let piece = (
                self.buffer.split().freeze(),
                std::mem::take(&mut self.blob_bytes),
            );
            self.is_closed |= self.pieces.blocking_send(piece).is_err();
            self.buffer.reserve(PIECE);
        }
    }
}

fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

fn head(entry: &Entry) -> Vec<u8> {
    let mut blocks = Vec::with_capacity(BLOCK);
    if entry.size < USTAR_LIMIT {
        blocks.extend_from_slice(&header(&entry.id.to_string(), b'0', entry.size));
        return blocks;
    }

    let record = pax_record("size", &entry.size.to_string());
    blocks.extend_from_slice(&header("pax", b'x', record.len() as u64));
    blocks.extend_from_slice(record.as_bytes());
    blocks.resize(2 * BLOCK, 0);
    blocks.extend_from_slice(&header(&entry.id.to_string(), b'0', 0));
    blocks
}

// The number at its start counts the whole record, itself included.
fn pax_record(key: &str, value: &str) -> String {
    let rest = format!(" {key}={value}\n");
    let mut length = rest.len() + 1;
    while format!("{length}{rest}").len() != length {
        length += 1;
    }

    format!("{length}{rest}")
}

fn header(name: &str, kind: u8, size: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put =
        |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000444");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, "00000000000");
    put(148, "        ");
    put(257, "ustar\x0000");
    block[156] = kind;
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_pax_record_counts_itself() {
        assert_eq!(pax_record("size", "8589934592"), "19 size=8589934592\n");
        assert_eq!(pax_record("k", &"v".repeat(94)).len(), 101);
    }

    #[test]
    fn a_batch_is_as_long_as_was_promised() {
        let entry = |bytes: &'static [u8]| Entry {
            id: BlobId::of(bytes),
            size: bytes.len() as u64,
            content: Content::Bytes(bytes.into()),
        };
        let entries = vec![entry(b""), entry(b"a"), entry(&[7; 512]), entry(&[7; 513])];
        let promised = length_of(&entries);
        let (sender, mut receiver) = mpsc::channel(16);

        assert!(write(entries, &sender).iter().all(Option::is_none));
        drop(sender);

        let mut written = 0;
        while let Ok((piece, _)) = receiver.try_recv() {
            written += piece.len() as u64;
        }

        assert_eq!(written, promised);
    }

    #[test]
    fn a_file_that_is_gone_keeps_its_place() {
        let gone = Entry {
            id: BlobId::of(b"x"),
            size: 1000,
            content: Content::File("/nonexistent/x".into()),
        };
        let promised = length_of(std::slice::from_ref(&gone));
        let (sender, mut receiver) = mpsc::channel(16);

        assert!(write(vec![gone], &sender)[0].is_some());

        assert_eq!(receiver.try_recv().unwrap().0.len() as u64, promised);
    }
}
