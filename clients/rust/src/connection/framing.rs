//! How messages are told apart on a connection.

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::dial::{BoxedRead, BoxedWrite};
use super::websocket::{WebSocketReader, WebSocketWriter};
use crate::error::Error;

const READ_SIZE: usize = 64 << 10;

/// Bytes of a message that are copied rather than kept with all that was read with them.
const MOST_COPIED: usize = 4 << 10;

/// Gives the messages that come in.
pub(crate) enum MessageReader {
    Lines(LineReader),
    WebSocket(WebSocketReader),
}

impl MessageReader {
    /// Waits for messages, and gives all that are there, at least one. The end is an error.
    pub(crate) async fn read(&mut self, messages: &mut Vec<Bytes>) -> Result<(), Error> {
        match self {
            Self::Lines(reader) => reader.read(messages).await,
            Self::WebSocket(reader) => reader.read(messages).await,
        }
    }
}

/// Sends messages.
pub(crate) enum MessageWriter {
    Lines(BoxedWrite),
    WebSocket(WebSocketWriter),
}

impl MessageWriter {
    /// Sends messages, each of which ends in a line feed and has none inside.
    pub(crate) async fn write(&mut self, lines: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Lines(stream) => {
                stream.write_all(lines).await?;
                stream.flush().await
            }
            Self::WebSocket(writer) => writer.write(lines).await,
        }
    }
}

/// Takes a message out of a buffer. A short one is copied, so that the buffer is used again and
/// again; a long one keeps it.
pub(super) fn take(buffer: &mut BytesMut, length: usize) -> Bytes {
    if length > MOST_COPIED {
        return buffer.split_to(length).freeze();
    }

    let message = Bytes::copy_from_slice(&buffer[..length]);
    buffer.advance(length);
    message
}

/// A stream of JSON values: the server sends each on a line of its own.
pub(crate) struct LineReader {
    stream: BoxedRead,
    buffer: BytesMut,
    searched: usize,
    limit: usize,
}

impl LineReader {
    /// A reader of lines.
    /// `limit`: bytes in a line at the most.
    pub(crate) fn new(stream: BoxedRead, limit: usize) -> Self {
        Self {
            stream,
            buffer: BytesMut::new(),
            searched: 0,
            limit,
        }
    }

    async fn read(&mut self, messages: &mut Vec<Bytes>) -> Result<(), Error> {
        while messages.is_empty() {
            // A long line doubles the buffer as it comes, so that it is not moved again and again.
            self.buffer.reserve(READ_SIZE.max(self.buffer.len()));
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) if self.buffer.is_empty() => return Err(Error::lost("the server closed it")),
                Ok(0) => {
                    return Err(Error::lost(
                        "the server closed it in the middle of a message",
                    ))
                }
                Ok(_) => self.split(messages)?,
                Err(e) => return Err(Error::lost(e.to_string())),
            }
        }

        Ok(())
    }

    fn split(&mut self, messages: &mut Vec<Bytes>) -> Result<(), Error> {
        while let Some(found) = memchr::memchr(b'\n', &self.buffer[self.searched..]) {
            let length = self.searched + found + 1;
            self.searched = 0;
            if length > self.limit {
                return Err(self.too_long());
            }

            let line = take(&mut self.buffer, length);
            if !line.iter().all(u8::is_ascii_whitespace) {
                messages.push(line);
            }
        }

        self.searched = self.buffer.len();
        if self.searched > self.limit {
            return Err(self.too_long());
        }

        Ok(())
    }

    fn too_long(&self) -> Error {
        Error::protocol(format!(
            "a message has more than {} bytes (max_message_bytes)",
            self.limit
        ))
    }
}
