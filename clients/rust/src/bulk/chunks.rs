//! What is uploaded, hashed and cut into what one batch takes.

use super::hashing::{Hashed, Hashing};
use super::source::Source;
use crate::error::Error;

/// Takes hashed sources together.
pub(super) struct Chunks<I> {
    hashing: Hashing<I>,
    most_items: usize,
    most_bytes: u64,
    /// The first of the next chunk.
    left_over: Option<Hashed>,
    has_ended: bool,
}

impl<I: Iterator<Item = Source>> Chunks<I> {
    pub(super) fn new(hashing: Hashing<I>, most_items: usize, most_bytes: u64) -> Self {
        Self {
            hashing,
            most_items,
            most_bytes,
            left_over: None,
            has_ended: false,
        }
    }

    /// Whether the one that was given last is the last one.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// The next chunk; an empty one at the end. A single source may be larger than a chunk.
    pub(super) async fn next(&mut self) -> Result<Vec<Hashed>, Error> {
        let mut chunk: Vec<Hashed> = self.left_over.take().into_iter().collect();
        let mut bytes = chunk.first().map_or(0, |first| first.size);
        while let Some(next) = self.hashing.next().await? {
            let is_full = chunk.len() == self.most_items || bytes + next.size > self.most_bytes;
            if is_full && !chunk.is_empty() {
                self.left_over = Some(next);
                return Ok(chunk);
            }

            bytes += next.size;
            chunk.push(next);
        }

        self.has_ended = true;
        Ok(chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::DigestFunctionKind;

    #[tokio::test]
    async fn a_chunk_has_as_much_as_it_may_have() {
        let sizes = [3, 3, 3, 12, 1, 1, 1, 1];
        let sources = sizes.into_iter().map(|size| Source::bytes(vec![0; size]));
        let hashing = Hashing::new(sources, DigestFunctionKind::Sha256);
        let mut chunks = Chunks::new(hashing, 3, 8);
        let mut seen = Vec::new();
        while !chunks.has_ended() {
            let chunk = chunks.next().await.unwrap();
            seen.push(chunk.iter().map(|blob| blob.size).collect::<Vec<_>>());
        }

        assert_eq!(
            seen,
            [vec![3, 3], vec![3], vec![12], vec![1, 1, 1], vec![1]]
        );
        assert!(chunks.next().await.unwrap().is_empty());
    }
}
