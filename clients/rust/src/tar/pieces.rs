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

    /// Appends content.
    pub(crate) fn push_content(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(self.size) {
            self.push(part);
            self.content += part.len() as u64;
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
        if !self.buffer.is_empty() && !self.is_closed {
            let piece = Piece {
                bytes: self.buffer.split().freeze(),
                content: std::mem::take(&mut self.content),
                files: std::mem::take(&mut self.files),
            };
            self.is_closed = self.sender.blocking_send(piece).is_err();
        }

        self.buffer.clear();
        self.buffer.reserve(self.size);
    }

    /// Bytes that the piece still takes, at least one.
    fn room(&mut self) -> usize {
        if self.buffer.len() == self.size {
            self.flush();
        }

        self.size - self.buffer.len()
    }
}
