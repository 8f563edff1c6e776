//! The client's side of a WebSocket (RFC 6455): one message of JSON-RPC a text frame.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Buf, Bytes, BytesMut};
use hyper::header::{
    CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::{Body, Request, StatusCode};
use ring::rand::{SecureRandom, SystemRandom};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::dial::{BoxedRead, BoxedWrite};
use crate::client::Inner;
use crate::error::Error;
use crate::values::encode;

const ACCEPT_GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const READ_SIZE: usize = 64 << 10;

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// Opens a WebSocket, with the token of the client if it has one.
pub(super) async fn open(inner: &Arc<Inner>) -> Result<(WebSocketReader, WebSocketWriter), Error> {
    let mut nonce = [0; 16];
    random(&mut nonce)?;
    let key = encode(&nonce);
    let request = Request::get("/rpc")
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, &key)
        .body(Body::empty())
        .map_err(|e| Error::invalid(e.to_string()))?;
    let response = inner.http.upgrade(inner, request).await?;
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Err(inner.http.read_error(inner, response).await);
    }

    let accept = response
        .headers()
        .get(SEC_WEBSOCKET_ACCEPT)
        .map(|value| value.as_bytes().to_vec());
    if accept != Some(accept_of(&key).into_bytes()) {
        return Err(inner.dialer.refuse("it does not speak WebSocket"));
    }

    let upgraded = hyper::upgrade::on(response)
        .await
        .map_err(|e| inner.dialer.refuse(e.to_string()))?;
    let (read, write) = tokio::io::split(upgraded);
    let shared = Arc::new(Shared {
        write: tokio::sync::Mutex::new(Box::new(write)),
        pong: Mutex::default(),
    });
    let mut seed = [0; 8];
    random(&mut seed)?;
    Ok((
        WebSocketReader {
            stream: Box::new(read),
            buffer: BytesMut::new(),
            message: BytesMut::new(),
            is_inside: false,
            limit: inner.options.max_message_bytes,
            shared: Arc::clone(&shared),
            mask: Mask(u64::from_le_bytes(seed) | 1),
        },
        WebSocketWriter {
            shared,
            frames: Vec::new(),
            mask: Mask(u64::from_be_bytes(seed) | 1),
        },
    ))
}

fn accept_of(key: &str) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY);
    context.update(key.as_bytes());
    context.update(ACCEPT_GUID);
    encode(context.finish().as_ref())
}

fn random(bytes: &mut [u8]) -> Result<(), Error> {
    SystemRandom::new()
        .fill(bytes)
        .map_err(|_| Error::invalid("the system gives no random numbers"))
}

struct Shared {
    write: tokio::sync::Mutex<BoxedWrite>,
    /// An answer to a ping that found the stream busy; whoever holds the stream sends it.
    pong: Mutex<Option<Vec<u8>>>,
}

/// The keys that frames are masked with: a generator of Marsaglia's, from a random seed. They hide
/// nothing; they keep what is sent from being what an attacker chose, byte for byte.
struct Mask(u64);

impl Mask {
    fn next(&mut self) -> [u8; 4] {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 16) as u32).to_le_bytes()
    }
}

fn write_frame(opcode: u8, payload: &[u8], key: [u8; 4], out: &mut Vec<u8>) {
    out.push(0x80 | opcode);
    match payload.len() {
        length @ 0..=125 => out.push(0x80 | length as u8),
        length @ 126..=0xffff => {
            out.push(0x80 | 126);
            out.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            out.push(0x80 | 127);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }

    out.extend_from_slice(&key);
    out.extend(
        payload
            .iter()
            .zip(key.iter().cycle())
            .map(|(byte, key)| byte ^ key),
    );
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

struct Header {
    is_last: bool,
    opcode: u8,
    length: usize,
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
                let payload = self.buffer.split_to(header.length);
                self.frame(&header, payload, messages).await?;
            }
        }

        Ok(())
    }

    /// The header of the next frame, when the frame is there whole.
    fn header(&mut self) -> Result<Option<Header>, Error> {
        let [first, second, ..] = self.buffer[..] else {
            return Ok(None);
        };
        if first & 0x70 != 0 || second & 0x80 != 0 {
            return Err(Error::protocol(
                "a WebSocket frame has flags that no server may set here",
            ));
        }

        let (length, start) = match second {
            126 if self.buffer.len() < 4 => return Ok(None),
            126 => (
                u64::from(u16::from_be_bytes([self.buffer[2], self.buffer[3]])),
                4,
            ),
            127 if self.buffer.len() < 10 => return Ok(None),
            127 => ((&self.buffer[2..10]).get_u64(), 10),
            short => (u64::from(short), 2),
        };
        let is_control = first & 0x08 != 0;
        let limit = if is_control {
            125
        } else {
            self.limit - self.message.len()
        };
        let length = match usize::try_from(length) {
            Ok(length) if length <= limit => length,
            _ => {
                return Err(Error::protocol(format!(
                    "a message has more than {} bytes (max_message_bytes)",
                    self.limit
                )))
            }
        };
        if self.buffer.len() < start + length {
            return Ok(None);
        }

        self.buffer.advance(start);
        Ok(Some(Header {
            is_last: first & 0x80 != 0,
            opcode: first & 0x0f,
            length,
        }))
    }

    async fn frame(
        &mut self,
        header: &Header,
        payload: BytesMut,
        messages: &mut Vec<Bytes>,
    ) -> Result<(), Error> {
        match header.opcode {
            TEXT if !self.is_inside && header.is_last => messages.push(payload.freeze()),
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

fn close_reason(payload: &[u8]) -> String {
    match payload {
        [high, low, text @ ..] => {
            let code = u16::from_be_bytes([*high, *low]);
            let text = String::from_utf8_lossy(text);
            format!("the server closed it with status {code} {text}")
                .trim_end()
                .to_owned()
        }
        _ => "the server closed it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6455, section 1.3.
    #[test]
    fn the_answer_to_a_key_is_that_of_the_standard() {
        assert_eq!(
            accept_of("dGhlIHNhbXBsZSBub25jZQ=="),
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        );
    }

    // RFC 6455, section 5.7.
    #[test]
    fn a_frame_is_that_of_the_standard() {
        let mut out = Vec::new();
        write_frame(TEXT, b"Hello", [0x37, 0xfa, 0x21, 0x3d], &mut out);
        assert_eq!(
            out,
            [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]
        );
    }

    #[test]
    fn lengths_take_the_shortest_form() {
        for (length, header) in [(125, 6), (126, 8), (65_535, 8), (65_536, 14)] {
            let mut out = Vec::new();
            write_frame(TEXT, &vec![0; length], [0; 4], &mut out);
            assert_eq!(out.len(), header + length);
        }
    }
}
