//! Frames (RFC 6455, section 5).

use bytes::{Buf, BytesMut};

use crate::error::Error;

pub(super) const CONTINUATION: u8 = 0;
pub(super) const TEXT: u8 = 1;
pub(super) const CLOSE: u8 = 8;
pub(super) const PING: u8 = 9;
pub(super) const PONG: u8 = 10;

/// The keys that frames are masked with: a generator of Marsaglia's, from a random seed. They hide
/// nothing; they keep what is sent from being what an attacker chose, byte for byte.
pub(super) struct Mask(u64);

impl Mask {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(super) fn next(&mut self) -> [u8; 4] {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 16) as u32).to_le_bytes()
    }
}

pub(super) fn write_frame(opcode: u8, payload: &[u8], key: [u8; 4], out: &mut Vec<u8>) {
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

/// What stands before the payload of a frame.
pub(super) struct Header {
    pub(super) is_last: bool,
    pub(super) opcode: u8,
    pub(super) length: usize,
}

impl Header {
    /// The header of the next frame, when the frame is there whole.
    /// `room`: bytes that the message still may have, `limit`: all that it may have.
    pub(super) fn take(
        buffer: &mut BytesMut,
        room: usize,
        limit: usize,
    ) -> Result<Option<Self>, Error> {
        let [first, second, ..] = buffer[..] else {
            return Ok(None);
        };
        if first & 0x70 != 0 || second & 0x80 != 0 {
            return Err(Error::protocol(
                "a WebSocket frame has flags that no server may set here",
            ));
        }

        let (length, start) = match second {
            126 if buffer.len() < 4 => return Ok(None),
            126 => (u64::from(u16::from_be_bytes([buffer[2], buffer[3]])), 4),
            127 if buffer.len() < 10 => return Ok(None),
            127 => ((&buffer[2..10]).get_u64(), 10),
            short => (u64::from(short), 2),
        };
        let is_control = first & 0x08 != 0;
        let most = if is_control { 125 } else { room };
        let length = match usize::try_from(length) {
            Ok(length) if length <= most => length,
            _ => {
                return Err(Error::protocol(format!(
                    "a message has more than {limit} bytes (max_message_bytes)"
                )))
            }
        };
        if buffer.len() < start + length {
            return Ok(None);
        }

        buffer.advance(start);
        Ok(Some(Self {
            is_last: first & 0x80 != 0,
            opcode: first & 0x0f,
            length,
        }))
    }
}

/// What a frame that closes says.
pub(super) fn close_reason(payload: &[u8]) -> String {
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
