//! The client's side of a WebSocket (RFC 6455): one message of JSON-RPC a text frame.

mod frame;
mod handshake;

use std::sync::{Arc, Mutex, PoisonError};

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
    /// An answer to a ping that found the stream busy; whoever holds the stream sends it.
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

        let mut stream = self.shared.write.lock().await;
        stream.write_all(&self.frames).await?;
        if let Some(pong) = take(&self.shared.pong) {
            stream.write_all(&pong).await?;
        }

        stream.flush().await
    }
}

fn take(pong: &Mutex<Option<Vec<u8>>>) -> Option<Vec<u8>> {
    pong.lock().unwrap_or_else(PoisonError::into_inner).take()
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

            let room = self.limit - self.message.len();
            while let Some(header) = Header::take(&mut self.buffer, room, self.limit)? {
                self.frame(&header, messages).await?;
            }
        }

        Ok(())
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
        match self.shared.write.try_lock() {
            Ok(mut stream) => {
                let sent = async {
                    stream.write_all(&frame).await?;
                    stream.flush().await
                };
                sent.await.map_err(|e| Error::lost(e.to_string()))
            }
            Err(_) => {
                // Waiting here could keep both sides waiting for each other.
                *self
                    .shared
                    .pong
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner) = Some(frame);
                Ok(())
            }
        }
    }
}
