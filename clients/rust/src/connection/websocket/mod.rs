//! The client's side of a WebSocket (RFC 6455): one message of JSON-RPC a text frame.

mod frame;
mod handshake;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use self::frame::{close_reason, write_frame, Header, Mask, CLOSE, CONTINUATION, PING, PONG, TEXT};
use super::dial::{BoxedRead, BoxedWrite};
use super::framing;
use crate::client::Inner;
use crate::error::Error;

const READ_SIZE: usize = 64 << 10;

/// Opens a WebSocket, with the token of the client if it has one.
pub(super) async fn open(inner: &Arc<Inner>) -> Result<(WebSocketReader, WebSocketWriter), Error> {
    let (read, write) = tokio::io::split(handshake::open(inner).await?);
    let shared = Arc::new(Shared {
        write: tokio::sync::Mutex::new(Box::new(write)),
        pong: Mutex::default(),
    });
    let mut seed = [0; 8];
    handshake::random(&mut seed)?;
    Ok((
        WebSocketReader {
            stream: Box::new(read),
            buffer: BytesMut::new(),
            message: BytesMut::new(),
            is_inside: false,
            limit: inner.options.max_message_bytes,
            shared: Arc::clone(&shared),
            mask: Mask::new(u64::from_le_bytes(seed)),
        },
        WebSocketWriter {
            shared,
            frames: Vec::new(),
            mask: Mask::new(u64::from_be_bytes(seed)),
        },
    ))
}

struct Shared {
    write: tokio::sync::Mutex<BoxedWrite>,
    /// The answer to the last ping that waits to be sent (RFC 6455, section 5.5.3).
    pong: Mutex<Option<Vec<u8>>>,
}

/// Sends messages as frames.
pub(crate) struct WebSocketWriter {
    shared: Arc<Shared>,
    frames: Vec<u8>,
    mask: Mask,
}

impl WebSocketWriter {
    pub(super) async fn write(&mut self, lines: &[u8]) -> std::io::Result<()> {
        self.frames.clear();
        for line in lines
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            write_frame(TEXT, line, self.mask.next(), &mut self.frames);
        }

        self.shared.send(&self.frames).await?;
        // After the stream was let go: a pong that found it taken until now is seen here.
        while let Some(pong) = self.shared.take_pong() {
            self.shared.send(&pong).await?;
        }

        Ok(())
    }
}

impl Shared {
    async fn send(&self, frames: &[u8]) -> std::io::Result<()> {
        let mut stream = self.write.lock().await;
        stream.write_all(frames).await?;
        stream.flush().await
    }

    fn pong(&self) -> MutexGuard<'_, Option<Vec<u8>>> {
        self.pong.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_pong(&self) -> Option<Vec<u8>> {
        self.pong().take()
    }
}

/// Gives the messages that come in.
pub(crate) struct WebSocketReader {
    stream: BoxedRead,
    buffer: BytesMut,
    message: BytesMut,
    is_inside: bool,
    limit: usize,
    shared: Arc<Shared>,
    mask: Mask,
}

impl WebSocketReader {
    pub(super) async fn read(&mut self, messages: &mut Vec<Bytes>) -> Result<(), Error> {
        while messages.is_empty() {
            self.buffer.reserve(READ_SIZE.max(self.buffer.len()));
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) if self.buffer.is_empty() && !self.is_inside => {
                    return Err(Error::lost("the server closed it"))
                }
                Ok(0) => {
                    return Err(Error::lost(
                        "the server closed it in the middle of a message",
                    ))
                }
                Ok(_) => {}
                Err(e) => return Err(Error::lost(e.to_string())),
            }

            while let Some(header) = self.header()? {
                self.frame(&header, messages).await?;
            }
        }

        Ok(())
    }

    fn header(&mut self) -> Result<Option<Header>, Error> {
        // No frame is taken that makes the message longer than the limit.
        let room = self.limit - self.message.len();
        Header::take(&mut self.buffer, room, self.limit)
    }

    async fn frame(&mut self, header: &Header, messages: &mut Vec<Bytes>) -> Result<(), Error> {
        if header.opcode == TEXT && header.is_last && !self.is_inside {
            messages.push(framing::take(&mut self.buffer, header.length));
            return Ok(());
        }

        let payload = self.buffer.split_to(header.length);
        match header.opcode {
            TEXT if !self.is_inside => {
                self.is_inside = true;
                self.message = payload;
            }
            CONTINUATION if self.is_inside => {
                self.message.unsplit(payload);
                if header.is_last {
                    self.is_inside = false;
                    messages.push(std::mem::take(&mut self.message).freeze());
                }
            }
            PING if header.is_last => self.pong(&payload).await?,
            PONG if header.is_last => {}
            CLOSE if header.is_last => return Err(Error::lost(close_reason(&payload))),
            _ => return Err(Error::protocol("a WebSocket frame stands where it may not")),
        }

        Ok(())
    }

    async fn pong(&mut self, payload: &[u8]) -> Result<(), Error> {
        let mut frame = Vec::new();
        write_frame(PONG, payload, self.mask.next(), &mut frame);
        *self.shared.pong() = Some(frame);
        // Waiting for the stream could keep both sides waiting for each other: who has it sends the pong.
        let Ok(mut stream) = self.shared.write.try_lock() else {
            return Ok(());
        };
        let Some(frame) = self.shared.take_pong() else {
            return Ok(());
        };
        let sent = async {
            stream.write_all(&frame).await?;
            stream.flush().await
        };
        sent.await.map_err(|e| Error::lost(e.to_string()))
    }
}
