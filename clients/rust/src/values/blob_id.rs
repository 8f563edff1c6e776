//! The ids of blobs.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest::Hasher;

const BLAKE2B_PREFIX: &str = "blake2b-";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// The function that an id is a digest of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DigestFunctionKind {
    /// SHA-256: 64 hex digits.
    Sha256,
    /// BLAKE2b-256: `blake2b-` and 64 hex digits, as the blocks of flists are named.
    Blake2b,
}

/// A blob's id, which is its digest.
///
/// ```
/// use rpcstore_client::BlobId;
///
/// let id = BlobId::of(b"hello");
/// assert_eq!(id.to_string(), "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
/// assert_eq!(id.to_string().parse::<BlobId>(), Ok(id));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId {
    function: DigestFunctionKind,
    digest: [u8; 32],
}

impl BlobId {
    /// An id from a digest.
    pub const fn new(function: DigestFunctionKind, digest: [u8; 32]) -> Self {
        Self { function, digest }
    }

    /// The SHA-256 id of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::new(DigestFunctionKind::Sha256);
        hasher.update(bytes);
        hasher.finish()
    }

    /// The BLAKE2b id of some bytes.
    pub fn blake2b_of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::new(DigestFunctionKind::Blake2b);
        hasher.update(bytes);
        hasher.finish()
    }

    /// The function that it is a digest of.
    pub const fn function(&self) -> DigestFunctionKind {
        self.function
    }

    /// The digest.
    pub const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    // The text is 64 or 72 characters; the second number is where it starts.
    fn text(&self) -> ([u8; 72], usize) {
        let mut text = [0; 72];
        text[..8].copy_from_slice(BLAKE2B_PREFIX.as_bytes());
        for (pair, byte) in text[8..].chunks_exact_mut(2).zip(self.digest) {
            pair[0] = HEX[usize::from(byte >> 4)];
            pair[1] = HEX[usize::from(byte & 15)];
        }

        let start = match self.function {
            DigestFunctionKind::Sha256 => 8,
            DigestFunctionKind::Blake2b => 0,
        };
        (text, start)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, start) = self.text();
        f.pad(std::str::from_utf8(&text[start..]).unwrap_or_default())
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseBlobIdError(String);

impl fmt::Display for ParseBlobIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.chars().take(100).collect();
        write!(
            f,
            "'{text}' is no blob id: 64 lower-case hex digits, or blake2b- and 64 of them"
        )
    }
}

impl std::error::Error for ParseBlobIdError {}

impl FromStr for BlobId {
    type Err = ParseBlobIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (function, digits) = match text.strip_prefix(BLAKE2B_PREFIX) {
            Some(digits) => (DigestFunctionKind::Blake2b, digits),
            None => (DigestFunctionKind::Sha256, text),
        };
        match from_hex(digits) {
            Some(digest) => Ok(Self { function, digest }),
            None => Err(ParseBlobIdError(text.to_owned())),
        }
    }
}

impl Serialize for BlobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (text, start) = self.text();
        serializer.serialize_str(std::str::from_utf8(&text[start..]).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// 32 bytes of 64 lower-case hex digits.
pub(crate) fn from_hex(digits: &str) -> Option<[u8; 32]> {
    let (mut bytes, mut wrong) = ([0; 32], 0);
    if digits.len() != 64 {
        return None;
    }

    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let (high, low) = (hex_value(pair[0]), hex_value(pair[1]));
        *byte = high << 4 | low & 15;
        wrong |= high | low;
    }

    (wrong < NO_DIGIT).then_some(bytes)
}

/// Lower-case hex digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

const NO_DIGIT: u8 = 16;

/// The value of each lower-case hex digit; [`NO_DIGIT`] for anything else.
const HEX_VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        values[HEX[value] as usize] = value as u8;
        value += 1;
    }

    values
};

fn hex_value(digit: u8) -> u8 {
    HEX_VALUES[usize::from(digit)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_both_functions_survive_a_round_trip() {
        for id in [BlobId::of(b"a"), BlobId::blake2b_of(b"a")] {
            assert_eq!(id.to_string().parse(), Ok(id));
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(json, format!("\"{id}\""));
            assert_eq!(serde_json::from_str::<BlobId>(&json).unwrap(), id);
        }
    }

    #[test]
    fn other_text_is_refused() {
        let id = BlobId::of(b"a").to_string();
        for text in [
            "",
            "blake2b-",
            &id[1..],
            &id.to_uppercase(),
            &format!("{id}0"),
            &format!("./{id}"),
            &"é".repeat(32),
        ] {
            assert!(text.parse::<BlobId>().is_err(), "{text}");
        }
    }
}
