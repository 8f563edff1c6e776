//! Private keys.

use std::fmt;
use std::path::Path;

use ring::signature::{Ed25519KeyPair, KeyPair, Signature};

use crate::error::Error;
use crate::values::{decode, encode};

const BEGIN: &str = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END: &str = "-----END OPENSSH PRIVATE KEY-----";
const MAGIC: &[u8] = b"openssh-key-v1\0";
const ENCRYPTED: &str = "it is encrypted with a passphrase, which this client does not ask for. \
    Take the passphrase off a copy ('cp KEY COPY && ssh-keygen -p -N \"\" -f COPY'), or have \
    'ssh-keygen -Y sign -n rpcstore', which asks for it or an agent, sign the challenge, and give \
    the token of that login to ClientBuilder::token";
pub(super) const KEY_TYPE: &[u8] = b"ssh-ed25519";

/// A private Ed25519 key to log in with.
///
/// ```
/// use rpcstore_client::SigningKey;
///
/// let key = SigningKey::from_seed(&[7; 32]).unwrap();
/// assert!(key.public_key().starts_with("ssh-ed25519 AAAA"));
/// ```
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key of a seed (RFC 8032).
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if there is none.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed);
        pair.map(Self)
            .map_err(|e| Error::invalid(format!("the seed is no Ed25519 key: {e}")))
    }

    /// The key in a file that `ssh-keygen -t ed25519 -N ''` wrote.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`]: the file cannot be read, or the key is of another kind or has a
    /// passphrase; the message names the file and says what to do.
    pub fn from_openssh_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let explain = |reason: String| {
            Error::invalid(format!(
                "the key {} cannot be used: {reason}",
                path.display()
            ))
        };
        let text = std::fs::read_to_string(path).map_err(|e| explain(e.to_string()))?;
        parse(&text).map_err(explain)
    }

    /// The key in the text of such a file.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`]: it is of another kind, encrypted or broken.
    pub fn from_openssh(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|reason| Error::invalid(format!("the key cannot be used: {reason}")))
    }

    /// The public half as an OpenSSH line without a comment, as servers know it.
    pub fn public_key(&self) -> String {
        format!("ssh-ed25519 {}", encode(&self.public_blob()))
    }

    pub(super) fn public_blob(&self) -> Vec<u8> {
        let mut blob = Vec::new();
        put_string(KEY_TYPE, &mut blob);
        put_string(self.0.public_key().as_ref(), &mut blob);
        blob
    }

    pub(super) fn sign(&self, bytes: &[u8]) -> Signature {
        self.0.sign(bytes)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public_key())
    }
}

/// A string as RFC 4251, section 5, has it.
pub(super) fn put_string(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
}

fn parse(text: &str) -> Result<SigningKey, String> {
    let body = text
        .trim()
        .strip_prefix(BEGIN)
        .and_then(|rest| rest.strip_suffix(END))
        .ok_or("it is no private key of OpenSSH")?;
    let compact: Vec<u8> = body
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let bytes = decode(&compact).ok_or("its base64 is broken")?;
    parse_blob(&bytes)?
}

// OpenSSH's PROTOCOL.key.
fn parse_blob(bytes: &[u8]) -> Result<Result<SigningKey, String>, &'static str> {
    const BROKEN: &str = "it is broken";
    let mut rest = bytes
        .strip_prefix(MAGIC)
        .ok_or("it is no private key of OpenSSH")?;
    let cipher = take_string(&mut rest).ok_or(BROKEN)?;
    if cipher != b"none" {
        return Err(ENCRYPTED);
    }

    let _kdf = take_string(&mut rest).ok_or(BROKEN)?;
    let _kdf_options = take_string(&mut rest).ok_or(BROKEN)?;
    if take_u32(&mut rest).ok_or(BROKEN)? != 1 {
        return Err("it holds more than one key");
    }

    let _public = take_string(&mut rest).ok_or(BROKEN)?;
    let mut private = take_string(&mut rest).ok_or(BROKEN)?;
    if take_u32(&mut private).ok_or(BROKEN)? != take_u32(&mut private).ok_or(BROKEN)? {
        return Err(BROKEN);
    }

    if take_string(&mut private).ok_or(BROKEN)? != KEY_TYPE {
        return Err("it is no Ed25519 key; 'ssh-keygen -t ed25519' makes one");
    }

    let public = take_string(&mut private).ok_or(BROKEN)?;
    let pair = take_string(&mut private).ok_or(BROKEN)?;
    let seed = pair.get(..32).ok_or(BROKEN)?;
    let key = Ed25519KeyPair::from_seed_and_public_key(seed, public);
    Ok(key
        .map(SigningKey)
        .map_err(|e| format!("its halves do not fit: {e}")))
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = (rest.get(..4)?, rest.get(4..)?);
    *rest = after;
    Some(u32::from_be_bytes(number.try_into().ok()?))
}

fn take_string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(take_u32(rest)?).ok()?;
    let (text, after) = (rest.get(..length)?, rest.get(length..)?);
    *rest = after;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Of 'ssh-keygen -t ed25519 -N ""'.
    const KEY: &str = include_str!("../../tests/keys/ed25519");
    const PUBLIC: &str = include_str!("../../tests/keys/ed25519.pub");

    #[test]
    fn a_key_of_ssh_keygen_is_read() {
        let key = SigningKey::from_openssh(KEY).unwrap();
        assert!(PUBLIC.starts_with(&key.public_key()));
        assert!(!format!("{key:?}").contains("PRIVATE"));
    }

    #[test]
    fn other_keys_are_refused_with_what_is_wrong() {
        let encrypted = include_str!("../../tests/keys/encrypted");
        let ecdsa = include_str!("../../tests/keys/ecdsa");
        for (text, word) in [
            (encrypted, "passphrase"),
            (ecdsa, "no Ed25519 key"),
            ("", "no private key"),
            (PUBLIC, "no private key"),
        ] {
            let reason = SigningKey::from_openssh(text).unwrap_err().to_string();
            assert!(reason.contains(word), "{reason}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named_with_what_to_do() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/keys");
        for (name, word) in [
            ("encrypted", "ssh-keygen -p"),
            ("encrypted", "ClientBuilder::token"),
            ("ecdsa", "ssh-keygen -t ed25519"),
            ("none", "No such file"),
        ] {
            let path = format!("{folder}/{name}");
            let reason = SigningKey::from_openssh_file(&path)
                .unwrap_err()
                .to_string();
            assert!(reason.contains(&path) && reason.contains(word), "{reason}");
        }
    }

    #[test]
    fn a_key_that_is_cut_anywhere_is_refused() {
        let body: String = KEY.lines().filter(|line| !line.starts_with('-')).collect();
        let bytes = decode(body.as_bytes()).unwrap();
        for length in 0..bytes.len() - 40 {
            assert!(
                !matches!(parse_blob(&bytes[..length]), Ok(Ok(_))),
                "{length}"
            );
        }
    }
}
