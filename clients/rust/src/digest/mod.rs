//! The digests that ids are made of.

mod blake2b;

use crate::values::{BlobId, DigestFunctionKind};
use blake2b::Blake2b256;
use sha2::{Digest, Sha256};

/// Computes the id of bytes that come piece by piece.
///
/// ```
/// use rpcstore_client::{BlobId, DigestFunctionKind, Hasher};
///
/// let mut hasher = Hasher::new(DigestFunctionKind::Sha256);
/// hasher.update(b"hel");
/// hasher.update(b"lo");
/// assert_eq!(hasher.finish(), BlobId::of(b"hello"));
/// ```
#[derive(Clone)]
pub struct Hasher(State);

#[derive(Clone)]
enum State {
    Sha256(Box<Sha256>),
    Blake2b(Box<Blake2b256>),
}

impl Hasher {
    /// One that has seen nothing.
    pub fn new(function: DigestFunctionKind) -> Self {
        Self(match function {
            DigestFunctionKind::Sha256 => State::Sha256(Box::default()),
            DigestFunctionKind::Blake2b => State::Blake2b(Box::default()),
        })
    }

    /// Takes the bytes that come next.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Sha256(state) => state.update(bytes),
            State::Blake2b(state) => state.update(bytes),
        }
    }

    /// The id of all bytes.
    pub fn finish(self) -> BlobId {
        match self.0 {
            State::Sha256(state) => {
                BlobId::new(DigestFunctionKind::Sha256, state.finalize().into())
            }
            State::Blake2b(state) => BlobId::new(DigestFunctionKind::Blake2b, state.finish()),
        }
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            State::Sha256(_) => "Hasher(sha256)",
            State::Blake2b(_) => "Hasher(blake2b)",
        })
    }
}
