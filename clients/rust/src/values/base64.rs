//! Base64 as RFC 4648 section 4 has it, padded.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes that travel inside JSON as base64.
///
/// ```
/// let data = rpcstore_client::Base64::new("hello");
/// assert_eq!(data.as_ref(), b"hello");
/// assert_eq!("aGVsbG8=".parse(), Ok(data));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(Vec<u8>);

impl Base64 {
    /// Bytes to be sent.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes, without a copy.
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Base64> for Vec<u8> {
    fn from(value: Base64) -> Self {
        value.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(value: Vec<u8>) -> Self {
        Self(value)
    }
}

impl FromStr for Base64 {
    type Err = ParseBase64Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        decode(text.as_bytes()).map(Self).ok_or(ParseBase64Error)
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

/// A text is not base64 with padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseBase64Error;

impl fmt::Display for ParseBase64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not base64 (RFC 4648 section 4) with padding")
    }
}

impl std::error::Error for ParseBase64Error {}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        decode(text.as_bytes())
            .map(Self)
            .ok_or_else(|| D::Error::custom("a string is not base64 with padding"))
    }
}

/// Writes bytes as text.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0u32, |bits, byte| (bits << 8) | u32::from(*byte))
            << (8 * (3 - group.len()));
        for position in 0..4 {
            text.push(if position <= group.len() {
                char::from(ALPHABET[(bits >> (18 - 6 * position)) as usize & 63])
            } else {
                '='
            });
        }
    }

    text
}

/// Reads text; `None` unless it is exactly what [`encode`] writes for some bytes.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() % 4 != 0 {
        return None;
    }

    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let last = (text.len() / 4).saturating_sub(1);
    for (index, group) in text.chunks_exact(4).enumerate() {
        let padding = match group {
            [_, _, b'=', b'='] if index == last => 2,
            [_, _, _, b'='] if index == last => 1,
            _ => 0,
        };
        let mut bits = 0u32;
        for digit in &group[..4 - padding] {
            bits = (bits << 6) | digit_value(*digit)?;
        }

        bits <<= 6 * padding;
        if bits & ((1 << (8 * padding)) - 1) != 0 {
            return None;
        }

        bytes.extend_from_slice(&bits.to_be_bytes()[1..4 - padding]);
    }

    Some(bytes)
}

fn digit_value(digit: u8) -> Option<u32> {
    Some(match digit {
        b'A'..=b'Z' => u32::from(digit - b'A'),
        b'a'..=b'z' => u32::from(digit - b'a') + 26,
        b'0'..=b'9' => u32::from(digit - b'0') + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648_hold_both_ways() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, text) in vectors {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text.as_bytes()).as_deref(), Some(plain.as_bytes()));
        }
    }

    #[test]
    fn text_that_no_bytes_have_is_refused() {
        for text in [
            "Z", "Zg", "Zg=", "Zh==", "Zm9=", "====", "Zg==Zg==", "Zm 9", "Zm9v\n", "Zm-v",
        ] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }
}
