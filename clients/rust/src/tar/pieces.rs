//! An archive on its way out, in pieces.

use std::io::{self, Read};

use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;

/// A part of an archive.
pub(crate) struct Piece {
    pub(crate) bytes: Bytes,
    /// How many of its bytes are contents of entries.
    pub(crate) content: u64,
    /// Files that were ended since the piece before.
    pub(crate) files: u64,
}

/// Pieces that wait to be sent at the most.
const MOST_WAITING: usize = 4;

/// A way for pieces of an archive from where it is written to where it is sent.
pub(crate) fn pieces() -> (mpsc::Sender<Piece>, mpsc::Receiver<Piece>) {
    mpsc::channel(MOST_WAITING)
}

/// From this size on, content that is in memory is sent from where it is: a piece of its own costs
/// less than a copy of it.
const SHARED: usize = 64 << 10;

/// Gathers what is written into pieces, and blocks while the other side is slower.
pub(crate) struct Pieces<'a> {
    sender: &'a mpsc::Sender<Piece>,
    buffer: BytesMut,
    size: usize,
    content: u64,
    files: u64,
    is_closed: bool,
}

impl<'a> Pieces<'a> {
    /// Pieces of `size` bytes at the most, which go to `sender`.
    pub(crate) fn new(sender: &'a mpsc::Sender<Piece>, size: usize) -> Self {
        Self {
            sender,
            buffer: BytesMut::with_capacity(size),
            size,
            content: 0,
            files: 0,
            is_closed: false,
        }
    }

    /// Whether nobody takes them any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Appends bytes that are no content.
    pub(crate) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let count = bytes.len().min(self.room());
            self.buffer.extend_from_slice(&bytes[..count]);
            bytes = &bytes[count..];
        }
    }

    /// Appends zeros that are no content.
    pub(crate) fn push_zeros(&mut self, count: usize) {
        const ZEROS: [u8; 1024] = [0; 1024];
        self.push(&ZEROS[..count]);
    }

    /// Appends content: a copy of it if it is small.
    pub(crate) fn push_content(&mut self, mut bytes: Bytes) {
        if bytes.len() < SHARED {
            for part in bytes.chunks(self.size) {
                self.push(part);
                self.content += part.len() as u64;
            }

            return;
        }

        self.flush();
        while !bytes.is_empty() && !self.is_closed {
            let part = bytes.split_to(self.size.min(bytes.len()));
            self.content += part.len() as u64;
            self.send(part);
        }
    }

    /// Appends what a reader has, `most` bytes of content at the most; 0 is its end.
    pub(crate) fn read(&mut self, reader: &mut impl Read, most: u64) -> io::Result<usize> {
        let room = self.room();
        let start = self.buffer.len();
        let wanted = usize::try_from(most).unwrap_or(room).min(room);
        // Read to where it is sent from.
        self.buffer.resize(start + wanted, 0);
        let outcome = loop {
            match reader.read(&mut self.buffer[start..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                outcome => break outcome,
            }
        };
        let count = *outcome.as_ref().unwrap_or(&0);
        self.buffer.truncate(start + count);
        self.content += count as u64;
        outcome
    }

    /// Counts a file whose content is written.
    pub(crate) fn end_file(&mut self) {
        self.files += 1;
    }

    /// Sends what has gathered.
    pub(crate) fn flush(&mut self) {
        let gathered = self.buffer.split().freeze();
        if !gathered.is_empty() && !self.is_closed {
            self.send(gathered);
        }
    }

    fn send(&mut self, bytes: Bytes) {
        let piece = Piece {
            bytes,
            content: std::mem::take(&mut self.content),
            files: std::mem::take(&mut self.files),
        };
        self.is_closed = self.sender.blocking_send(piece).is_err();
    }

    /// Bytes that the piece still takes, at least one.
    fn room(&mut self) -> usize {
        // A piece ends where its memory ends, so that one allocation serves many small ones.
        if self.buffer.len() == self.buffer.capacity() {
            self.flush();
            self.buffer.reserve(self.size);
        }

        self.buffer.capacity() - self.buffer.len()
    }
}
